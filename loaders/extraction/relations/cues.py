"""Verbs and phrases that several relation rules share."""

from __future__ import annotations

import re

SIGN = re.compile(
    r"\b(?:unterzeichne\w*|unterschrieb\w*|unterschreib\w*|Unterschrift(?:en)?|besiegel\w*|ihre Namen setzten|signier\w*|"
    r"sign(?:s|ed|ing)?|signator\w*|put pen to paper|inked)\b",
    re.IGNORECASE,
)
CONCLUDE = re.compile(
    r"\b(?:geschlossen|schloss(?:en)?|schließen|vereinbar(?:t|ten|en)|verabschiede\w*|abgeschlossen|verständig\w*|"
    r"conclud\w*|agreed|entered into|struck)\b",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"\b(?:nicht|noch nicht|kein(?:e[nrsm]?)?|nie|weder|ohne|abgesagt|unterlegen|leer ausgegangen|not|never|no longer|without|"
    r"neither|nor|yet to be|noch zu|cancelled|declined|failed)\b",
    re.IGNORECASE,
)
INTENTION = re.compile(
    r"\b(?:soll(?:en|te|ten)?|wollen|will|möchte[nt]?|plan(?:t|en|ned|s)|geplant|vorgesehen|beabsichtig\w*|angestrebt|"
    r"hopes?|hoping|intend\w*|is to be|are to be|expected to|wants?|in Vorbereitung|vorbereitet|im Gespräch|künftig sollen|"
    r"werden .{0,80}?(?:unterzeichnen|besuchen|reisen)|will .{0,60}?(?:sign|visit|travel))\b",
    re.IGNORECASE,
)
WITNESS = re.compile(
    r"\b(?:im Beisein|in Anwesenheit|anwesend|Anwesend waren|in (?:the )?presence of|witnessed by|in Gegenwart|before guests)\b[^.;]*",
    re.IGNORECASE,
)
QUOTE = re.compile(r"[„“\"][^„“”\"]{25,}[“”\"]")
CLAUSE_END = re.compile(r"[;:]|, (?:aber|doch|während|wobei|obwohl|but|while|although)\b")


def clause(coded: str, position: int) -> str:
    """The part of a sentence around a position, cut at semicolons and at words that turn the thought."""
    start = max((m.end() for m in CLAUSE_END.finditer(coded, 0, position)), default=0)
    following = CLAUSE_END.search(coded, position)
    return coded[start : following.start() if following else len(coded)]


def is_negated(part: str) -> bool:
    """A relation in a negated clause is not told."""
    return bool(NEGATION.search(part))


def is_intended(part: str) -> bool:
    """ "soll", "geplant", "will sign": the relation is an intention."""
    return bool(INTENTION.search(part))
