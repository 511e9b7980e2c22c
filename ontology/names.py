"""When two spellings of a name count as equal: folding of case, accents' composition, legal forms and titles."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LEGAL_FORM = re.compile(
    r"\b(?:gesellschaft mit beschraenkter haftung|gemeinnuetzige gmbh|gmbh ?(?:& ?)?co kg|gmbh|mbh|ggmbh|ag|se|kgaa|kg|ohg|"
    r"ug|haftungsbeschraenkt|e ?v|eingetragener verein|aoer|inc|incorporated|ltd|limited|llc|plc|llp|corp|"
    r"corporation|b ?v|n ?v|s ?a ?r ?l|sas|s ?r ?l|s ?p ?a|a ?s|oy|ab|aps)$"
)
TITLE = re.compile(
    r"^(?:(?:prof|professor|professorin|dr|med|ing|rer|nat|phil|jur|pol|oec|h ?c|mult|dipl|mag|sir|dame|lord|"
    r"lady|herr|herrn|frau|mr|mrs|ms) )+"
)
ARTICLE = re.compile(r"^(?:der|die|das|des|dem|den|the|el|la|le) ")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Case-fold, write umlauts out, drop other accents and punctuation, collapse blanks.

    >>> fold("Ruhr-Universität  Bochum")
    'ruhr universitaet bochum'
    """
    plain = unicodedata.normalize("NFC", text).casefold().translate(UMLAUTS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


@lru_cache(maxsize=200_000)
def name_key(text: str) -> str:
    """The folded name without leading article and titles and without trailing legal forms.

    Two names with one key are spellings of one name. A name made of such words only keeps them.

    >>> name_key("Dr. med. Anke Beispiel"), name_key("die G DATA CyberDefense AG")
    ('anke beispiel', 'g data cyberdefense')
    """
    key = fold(text)
    for pattern in (ARTICLE, TITLE):
        key = pattern.sub("", key) or key
    while (shorter := LEGAL_FORM.sub("", key).strip()) and shorter != key:
        key = shorter
    return key


def slug(text: str) -> str:
    """A name as part of an id: ASCII letters and digits joined by hyphens; other scripts stay as they are.

    >>> slug("Zentrum für BrennstoffzellenTechnik GmbH")
    'zentrum-fuer-brennstoffzellentechnik'
    """
    return name_key(text).replace(" ", "-") or "unnamed"
