"""Who works for, leads or sits on the board of what: affiliatedWith, with the words of the text as role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.extraction.entities import Thing
from loaders.extraction.lexicon import lexicon
from loaders.extraction.passage import Passage, pattern
from loaders.extraction.relations.found import Found
from ontology.model import Modality

BODY = "<OLGJ:body>"
WORD = r"[\w&/.,-]+"
OF = (
    r"(?:(?:der|des|die|das|dem|den|von|vom|bei|beim|am|an|im|in|für|zur|zum|of|at|for|with|the|its|unseres?|ihrer|seiner|"
    r"Stadt|Städte|Stadtverwaltung|Landes|Kreises|Firma|Start-ups?|Startups?|Unternehmens?|Vereins?|Verbandes?|Konzerns?|"
    r"Essener|city|City|borough|state|Provinz|Partnerstadt|Land|Region|Stiftung|Bundesrepublik|company|start-up|startup)\s+)"
)
# A role: some words, a role noun, some words, and a way to the body.
ROLE = rf"(?P<role>(?:(?!{OF})[\w&/-]+\s+){{0,4}}?(?:†[\w-]+(?:\s*/\s*†?[\w-]+)?)(?:\s+(?:und\s+|and\s+|&\s+)?(?!{OF})[\w&†-]+){{0,5}}?(?:\s+\([^)]{{1,30}}\))?)"
ASIDE = r"(?:\s*\((?:[^()⟦⟧]|⟦O\d+⟧){1,20}\))?"
SKIP = r"(?:(?:zugleich|auch|heute|künftig|seit \d{4}|im Hauptberuf|im Hauptamt|selbst|the|der|die|einer der|eine der|one of the)\s+)?"
DIRECT = (
    # Jörg Beispiel, Geschäftsführer der BMR
    pattern(rf"<P:person>{ASIDE},\s+{SKIP}{ROLE}(?:,?\s+)(?P<of>{OF}{{1,3}}|-)?{BODY}"),
    # der Geschäftsführer der BMR, Jörg Beispiel
    pattern(rf"{ROLE}\s+(?P<of>{OF}{{1,3}}){BODY}{ASIDE}?,?\s+<P:person>"),
    # BMR-Geschäftsführer Jörg Beispiel; Bottrops Oberbürgermeister X; Bochumer Oberbürgermeister X
    pattern(rf"{BODY}(?:['’]s?|s)?(?:\s+|-)(?P<role>(?:[\w-]+\s+){{0,2}}?†[\w-]+(?:\s+(?:of\s+)?†[\w-]+)?),?\s+<P:person>"),
    # managing director Jörg Beispiel of BMR / vom / von der
    pattern(rf"(?P<role>(?:[\w-]+\s+)?†[\w-]+)\s+<P:person>{ASIDE}\s+(?P<of>(?:von der|vom|von|of|from|at|der|des|bei der|beim)\s+(?:the\s+)?){BODY}"),
    # Inkubator Novel-T, dessen Geschäftsführer X
    pattern(rf"{BODY}{ASIDE},\s+(?:dessen|deren|whose)\s+(?P<role>(?:[\w-]+\s+){{0,3}}?†[\w-]+(?:\s+[\w-]+)?),?\s+<P:person>"),
    # X (Role, BMR)
    pattern(rf"<P:person>\s+\((?P<role>[^()⟦⟧]*?†[^()⟦⟧]*?),?\s+(?P<of>{OF}{{0,2}}){BODY}\)"),
    pattern(rf"<P:person>\s+\((?P<role>){BODY}\)"),
    # X von der BMR
    pattern(rf"<P:person>{ASIDE}\s+(?:von der|vom|from|of|von)\s+(?P<role>)(?:the\s+)?{BODY}"),
    # BMR's managing director, X / X is managing director of BMR
    pattern(rf"<P:person>\s+(?:ist|war|is|was|wird|amtiert als|arbeitet als|became|serves as|serving as|als)\s+(?:neuer?\s+|the\s+|a\s+)?{ROLE}\s+(?P<of>{OF}{{1,3}}){BODY}"),
    # Frank Beispiel, bei der BMR für Internationalisierung zuständig
    pattern(rf"<P:person>,\s+(?:bei|in|an|am|im)\s+(?:der\s+|dem\s+)?{BODY}\s+(?P<role>(?:für\s+[^⟦.;,]{{3,60}}?(?:zuständig|verantwortlich)|[^⟦.;,]{{0,30}}?†[\w-]+[^⟦.;,]{{0,50}}))"),
)  # fmt: skip
MORE = pattern(rf"\s*(?:,|und|sowie|and|as well as|,\s*and|,\s*und)\s+{SKIP}(?:zudem\s+|zugleich\s+|also\s+)?{ROLE}\s+(?P<of>{OF}{{1,3}}){BODY}")
WHO = (
    # X, die an der Spitze der BMR steht / X, der die BMR leitet / X, who heads the BMR
    pattern(
        rf"<P:person>{ASIDE},\s+(?:der|die|who|das)\s+(?P<role>(?:[^⟦.;:„“\"]|⟦[T]\d+⟧){{0,70}}?){BODY}{ASIDE}"
        r"(?P<verb>(?:\s+[^⟦.;:„“\",]{0,60}?)?\b(?:leitet|führt|vorsteht|vorsitzt|angehört|steht|koordiniert|arbeitet|verantwortet|lehrt|forscht|vertritt|betreut|gründete|gegründet\s+hat|innehat|kümmert|amtiert))"
    ),
    pattern(
        rf"<P:person>{ASIDE},\s+who\s+(?P<role>(?:has\s+)?(?:heads?|leads?|led|chairs?|runs?|directs?|founded|manages?|represents?|works\s+(?:at|for)|sits\s+on\s+the\s+board\s+of|serves\s+on[^⟦.;]{{0,30}}of)){OF}{{0,2}}\s*(?:the\s+)?{BODY}"
    ),
)
LEADS = pattern(
    rf"<P:person>,?\s+(?P<role>leitet|führt|heads|leads|chairs|runs|steht\s+an\s+der\s+Spitze)\s+(?:der\s+|die\s+|das\s+|the\s+|des\s+|von\s+)?{BODY}"
)
ALONE = pattern(r"(?P<role>†[\w-]+)\s+<P:person>")
MAYORS = ("bürgermeister", "bürgermeisterin", "stadtdirektor", "stadtdirektorin", "dezernent", "dezernentin", "kämmerer",
          "kämmerin", "beigeordneter", "beigeordnete", "mayor")  # fmt: skip
PREMIERS = ("ministerpräsident", "ministerpräsidentin")


@dataclass(frozen=True, slots=True)
class Home:
    """Where the document is at home: what a bare "Oberbürgermeister X" belongs to."""

    city: Thing | None
    state: Thing | None


def affiliations(passage: Passage, home: Home) -> Iterator[Found]:
    """Yield affiliatedWith for one sentence."""
    bound: set[int] = set()
    for rule in DIRECT:
        for match in rule.finditer(passage.coded):
            if not _is_plausible(passage, match):
                continue
            yield _found(passage, match, "role")
            bound.add(int(match["person"]))
            yield from _further_roles(passage, match)
    for rule in (*WHO, LEADS):
        for match in rule.finditer(passage.coded):
            verb = match.groupdict().get("verb") or ""
            yield _found(passage, match, "relative clause", role=f"{match['role']}{verb}")
            bound.add(int(match["person"]))
    for match in ALONE.finditer(passage.coded):
        if int(match["person"]) not in bound:
            yield from _at_home(passage, match, home)


def _is_plausible(passage: Passage, match: re.Match[str]) -> bool:
    """A place needs a role that goes with places, or a way to it ("der Stadt", "of")."""
    body = passage.thing(match["body"])
    if body.root != "Place":
        return True
    role, of = match["role"].casefold(), (match.groupdict().get("of") or "").casefold()
    if not role:
        return False
    between = passage.coded[match.start() : match.end()].casefold()
    if re.search(r"\b(?:in|im|aus|from|nach)\s+$", of) and "stadt" not in of:
        return any(w in role for w in ("bürgermeister", "mayor", "botschaft", "konsul", "ambassador"))
    return "⟦" in between


def _further_roles(passage: Passage, match: re.Match[str]) -> Iterator[Found]:
    """ "..., Geschäftsführer der A und Mitglied im Kuratorium der B"."""
    end = match.end()
    if match.start("person") > match.start("body"):
        return
    while (more := MORE.match(passage.coded, end)) is not None:
        start, stop = passage.span(match.start("person") - 2, more.end())
        yield Found(
            passage.thing(match["person"]), "affiliatedWith", passage.thing(more["body"]), start, stop, "further role",
            _clean(more["role"]), _modality(more["role"]),
        )  # fmt: skip
        end = more.end()


def _found(passage: Passage, match: re.Match[str], rule: str, *, role: str | None = None) -> Found:
    words = match["role"] if role is None else role
    start, end = passage.span(match.start(), match.end())
    return Found(
        passage.thing(match["person"]), "affiliatedWith", passage.thing(match["body"]), start, end, rule,
        _clean(words), _modality(words),
    )  # fmt: skip


def _clean(role: str) -> str:
    words = re.sub(r"⟦\w+⟧|†", "", role)
    words = re.sub(r"^\W*(?:(?:der|die|das|dem|den|des|dessen|deren|the|ihr|sein|unser|und|and|von|ist|war|is|was|als|neben|auch|so|sagt|sagte|betonte|erklärte|said|says)\s+)+", "", words, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", words).strip(" ,-")


def _modality(role: str) -> Modality:
    folded = role.casefold().replace("†", "")
    past = any(w.startswith(cue) for w in folded.split() for cue in lexicon().past_modifiers)
    return Modality.PAST if past else Modality.STATED


def _at_home(passage: Passage, match: re.Match[str], home: Home) -> Iterator[Found]:
    role = match["role"].strip("†").casefold()
    body = home.city if role.endswith(MAYORS) else home.state if role.endswith(PREMIERS) else None
    if body is not None:
        start, end = passage.span(match.start(), match.end())
        person = passage.thing(match["person"])
        yield Found(person, "affiliatedWith", body, start, end, "role at home", _clean(match["role"]), confidence=0.6)
