"""Find a quote in a text although blanks, line breaks and invisible characters differ. Nothing else may."""

from __future__ import annotations

from loaders.extraction.text import INVISIBLE


class Text:
    """A text that is searched for many quotes."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._plain, self._offsets = _plain(raw)

    def find(self, quote: str) -> tuple[int, int] | None:
        """The first span of `raw` that reads like `quote`, or None. One blank stands for any run of them.

        >>> text = Text("Die Stadt Bo\\u00adchum\\n  unterzeichnet.")
        >>> text.find("Stadt Bochum unterzeichnet"), text.find("Stadt Essen")
        ((4, 33), None)
        """
        wanted = _plain(quote)[0].strip()
        place = self._plain.find(wanted) if wanted else -1
        if place < 0:
            return None
        return self._offsets[place], self._offsets[place + len(wanted) - 1] + 1


def _plain(raw: str) -> tuple[str, list[int]]:
    """`raw` with single blanks and without invisible characters, and where each character stood."""
    kept: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(raw):
        if character in INVISIBLE or (character.isspace() and kept and kept[-1] == " "):
            continue
        kept.append(" " if character.isspace() else character)
        offsets.append(offset)
    return "".join(kept), offsets
