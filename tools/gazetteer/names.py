"""Given names and surnames from Faker's lists, and those written by hand for other languages."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator

from gazetteer.sources import hand_words, nfc

LOCALES = (
    "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "en", "en_GB", "en_IE", "en_IN",
    "en_US", "es_ES", "et_EE", "fi_FI", "fr_BE", "fr_CH", "fr_FR", "hr_HR", "hu_HU",
    "it_IT", "ja_JP", "lt_LT", "lv_LV", "nl_BE", "nl_NL", "no_NO", "pl_PL", "pt_PT",
    "ro_RO", "sk_SK", "sl_SI", "sv_SE", "tr_TR", "zh_CN", "zh_TW",
)  # fmt: skip
# A name in Latin script: no digits, no initials, no transcription marks.
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-žșț'’]+\Z")


def given_names() -> set[str]:
    """Every single given name in Latin script, capitalised; double names are split."""
    return set(_latin("first")) | set(hand_words("given_names.txt"))


def surnames() -> set[str]:
    return set(_latin("last"))


def _latin(part: str) -> Iterator[str]:
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if part in attribute and "name" in attribute and not callable(values):
                yield from (word for value in values for word in _words(value) if LATIN.match(word))


def _words(value: object) -> list[str]:
    """Faker keeps names as text, or as pairs of native and romanised text."""
    texts = [value] if isinstance(value, str) else [v for v in value if isinstance(v, str)]  # type: ignore[attr-defined]
    return [
        nfc(word).capitalize() if word.isupper() else nfc(word)
        for text in texts
        for word in re.split(r"[ \-]", text)
    ]
