"""Who works for, leads or sits on the board of what: affiliatedWith, with the words of the text as role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.extraction.entities import Thing
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.lexicon import lexicon
from loaders.extraction.passage import Passage, pattern
from loaders.extraction.relations.found import Found
from loaders.extraction.relations.grammar import ASIDE
from loaders.extraction.relations.home import Home
from loaders.extraction.roles import role_head
from ontology.model import Modality

BODY = "<OLGJ:body>"
OF_WORD = (
    r"(?:der|des|die|das|dem|den|von|vom|bei|beim|am|an|im|in|für|zur|zum|of|at|for|with|the|its|to|unserer?s?|ihre[rs]|seine[rs]|"
    r"Stadt|Städte|Stadtbezirks|Landes|Kreises|Firma|Start-ups?|Startups?|Unternehmens?|Vereins?|Verbandes?|Konzerns?|Instituts|"
    r"city|borough|state|county|Provinz|Präfektur|Land|Region|Stiftung|company|start-up|startup|agency|inward|investment|gleichnamigen)\s+"
)
OF = rf"(?:{OF_WORD}){{1,4}}"
HEAD = r"†[\w-]+(?:\s*/\s*†?[\w-]+)?"
ROLE = (
    rf"(?<![\w-])(?P<role>(?:(?!{OF_WORD})[\w&/-]+\s+){{0,4}}?{HEAD}(?:\s+\([^()⟦⟧]{{1,30}}\))?"
    rf"(?:(?:\s+|,\s+)(?:und\s+|and\s+|&\s+)?[\w&†/-]+(?:\s+\([^()⟦⟧]{{1,20}}\))?){{0,9}}?)"
)
SKIP = (
    r"(?:(?:zugleich|auch|heute|künftig|seit\s+\d{4}|seit\s+diesem\s+Jahr|im\s+Haupt(?:beruf|amt)|im\s+Alltag|selbst|the|der|die|dem|den|das|"
    r"seinerzeit|zuletzt|bislang|also|einer|eine[rms]?|one\s+of)\s+){0,4}"
)
AFTER = rf"<P:person>{ASIDE}(?:,\s+|\s+[^⟦,.;:„“\"]{{1,30}},\s+|\s+[–-]\s+)"
DIRECT = (
    # Jörg Beispiel, Geschäftsführer der BMR; nahm X entgegen, die Präsidentin der Hochschule
    pattern(rf"{AFTER}{SKIP}{ROLE}\s+(?P<of>{OF}){BODY}"),
    # Jörg Beispiel, BMR-Geschäftsführer; X, Stockport Council's leader
    pattern(rf"<P:person>{ASIDE},\s+(?:the\s+)?{BODY}(?:['’]s?\s+|-|\s+)(?P<role>(?:[\w-]+\s+){{0,3}}?{HEAD}(?:\s+(?:of|for)\s+[\w ]{{3,40}})?)"),
    # der Geschäftsführer der BMR, Jörg Beispiel
    pattern(rf"{ROLE}\s+(?P<of>{OF}){BODY}{ASIDE}?(?:\s+in\s+⟦L\d+⟧)?,?\s+<P:person>"),
    # Geschäftsführerin der BMR ist Anna Beispiel
    pattern(rf"{ROLE}\s+(?P<of>{OF}){BODY}{ASIDE}?\s+(?:ist|wird|wurde|war|is|was|became)\s+<P:person>"),
    # BMR-Geschäftsführer X; Bottrops Oberbürgermeister X; Bochumer Oberbürgermeister X; Acme CEO X
    pattern(rf"<OLGJM:body>(?:['’]s?|s)?(?:\s+|-)(?P<role>(?:[\w-]+\s+){{0,2}}?{HEAD}(?:\s+(?:of\s+)?†[\w-]+)?),?\s+<P:person>"),
    # managing director X of BMR
    pattern(rf"(?<![\w-])(?P<role>(?:[\w-]+\s+)?{HEAD})\s+<P:person>{ASIDE}\s+(?P<of>(?:von der|vom|von|of|from|at|bei der|beim)\s+(?:the\s+)?){BODY}"),
    # Inkubator Novel-T, dessen Geschäftsführer X; an der Uni haben deren Rektor, X
    pattern(rf"{BODY}{ASIDE}(?:,\s+|[^⟦.;:„“\"]{{0,40}}\s)(?:dessen|deren|whose)\s+(?P<role>(?:[\w-]+\s+){{0,3}}?{HEAD}(?:\s+[\w-]+)?),?\s+<P:person>"),
    # X (Role, BMR); X (BMR)
    pattern(rf"<P:person>\s+\((?P<role>[^()⟦⟧]*?†[^()⟦⟧]*?),?\s+(?P<of>(?:{OF})?){BODY}\)"),
    pattern(rf"<P:person>\s+\((?P<role>){BODY}\)"),
    # X von der BMR
    pattern(rf"<P:person>{ASIDE}\s+(?:von der|vom|from|of)\s+(?P<role>)(?:the\s+)?{BODY}"),
    # X ist Geschäftsführerin der BMR
    pattern(rf"<P:person>{ASIDE},?\s+(?:ist|war|is|was|wird|der\s+als|die\s+als|amtiert als|arbeitet als|became|serves as|serving as|als|who\s+is(?:\s+also)?)\s+(?:neuer?\s+|the\s+|a\s+)?{ROLE}\s+(?P<of>{OF}){BODY}"),
    # Frank Beispiel, bei der BMR für Internationalisierung zuständig
    pattern(rf"<P:person>{ASIDE},\s+(?:die\s+sich\s+|der\s+sich\s+)?(?:bei|in|an|am|im|at)\s+(?:der\s+|dem\s+|the\s+)?{BODY}(?:\s+in\s+⟦L\d+⟧)?\s+(?P<role>(?:für\s+[^⟦.;,]{{3,70}}?(?:zuständig|verantwortlich)|um\s+[^⟦.;,]{{3,50}}?kümmert|[^⟦.;,]{{0,30}}?{HEAD}[^⟦.;,]{{0,50}}))"),
    # die BMR, an deren Spitze X steht
    pattern(rf"{BODY}{ASIDE},\s+(?P<role>an\s+(?:dessen|deren)\s+Spitze)\s+(?:[\w]+\s+)?<P:person>"),
    pattern(rf"{BODY}{ASIDE},\s+für\s+die\s+<P:person>\s+(?P<role>[^⟦,.;]{{5,40}})"),
    # Chairing the board of BMR is X
    pattern(rf"(?P<role>(?:Chairing|Leading|Heading)[^⟦,.;]{{0,40}}?)(?:of\s+)?(?:the\s+)?{BODY}\s+is\s+<P:person>"),
)  # fmt: skip
LEADING_ROLE = re.compile(
    r"\b(?:Konsortialführer|Projektleiter|Projektkoordinator|Koordinator|Leiter|leitet|koordiniert|leads?|coordinat|head)",
    re.IGNORECASE,
)
BEFORE = DIRECT[4]
MORE = pattern(
    rf"(?:\s+in\s+⟦L\d+⟧)?\s*(?:,\s*und|,\s*and|,|und|sowie|and|as well as)\s+{SKIP}(?:zudem\s+|zugleich\s+|also\s+)?{ROLE}\s+(?P<of>{OF}){BODY}"
)
VERB = (
    r"(?:leitet|führt|anführt|vorsteht|vorsitzt|angehört|steht|stand|koordiniert|arbeitet|verantwortet|lehrt|forscht|vertritt|betreut|gründete|"
    r"gegründet\s+hat|innehat|kümmert|amtiert|zuständig\s+ist|hält|moderiert|vertreten\s+hat|vorstand)"
)
WHO = (
    # X, die an der Spitze der BMR steht; X, der die BMR leitet
    pattern(rf"<P:person>{ASIDE}(?:,|\s+[^⟦,.;:„“\"]{{1,20}},)\s+(?:der|die|das)\s+(?P<role>[^⟦.;:„“\"]{{0,110}}?){BODY}(?P<verb>(?:\s+e\.\s?V\.|\.)?(?:\s+in\s+⟦L\d+⟧)?[^⟦.;:„“\",]{{0,80}}?\b{VERB}\b)"),
    pattern(rf"<P:person>{ASIDE},\s+who\s+(?P<role>(?:has\s+|also\s+)?†?(?:heads?|leads?|led|chairs?|runs?|directs?|founded|manages?|represents?|works\s+(?:at|for)|sits\s+on\s+the\s+†?board\s+of|serves\s+on[^⟦.;]{{0,30}}of))\s+(?:{OF})?{BODY}"),
)  # fmt: skip
ALSO = pattern(
    rf"\s+(?:und|sowie)\s+(?:(?:zudem|zugleich|auch|seit\s+\w+\s+auch|im\s+Hauptamt|außerdem)\s+){{0,2}}(?P<role>[^⟦.;:„“\"]{{0,50}}?){BODY}(?P<verb>(?:\s+e\.\s?V\.|\.)?[^⟦.;:„“\",]{{0,40}}?\b{VERB}\b)"
)
LEADS = pattern(
    rf"<P:person>{ASIDE},?\s+(?P<role>leitet|führt|heads|leads|chairs|runs|steht\s+an\s+der\s+Spitze|arbeitet\s+(?:bei|für|in|am|an)|works\s+(?:at|for))\s+(?:der\s+|die\s+|das\s+|the\s+|des\s+|von\s+|dem\s+)?{BODY}"
)
ALONE = pattern(rf"(?<![\w-])(?P<adjective>[\wäöüß-]+)?\s*(?P<role>{HEAD}),?\s+<P:person>")
BACK = pattern(
    rf"^\W*(?P<whose>Dessen|Deren|Its|Their|Sein|Seine|Ihr|Ihre)\s+(?P<role>(?:[\w-]+\s+){{0,3}}?{HEAD}),?\s+<P:person>"
)
HOLDER = pattern(
    rf"^\W*(?:Der|Die)\s+(?P<role>{HEAD}(?:\s+(?!{OF_WORD})[\w&†-]+){{0,4}}?)\s+(?P<of>{OF}){BODY}(?!\s*,?\s*⟦P)"
)
PERSONS = re.compile(r"(?:\s*\([^()]{1,20}\))?(?:,\s+|\s+und\s+|\s+sowie\s+|\s+and\s+)⟦P(\d+)⟧")
PLURAL = re.compile(
    r"(?:Vorsitzenden|sprecher|führer|führerinnen|präsidenten|minister|bürgermeister|(?<=[rtnd])s)\Z",
    re.IGNORECASE,
)
PLACE_ROLES = ("meister", "mayor", "präsident", "president", "minister", "botschafter", "konsul", "ambassador", "governor",
               "gouverneur", "senator", "landrat", "landrätin", "dezernent", "beigeordnete", "direktor", "councillor", "commissioner",
               "beauftragter", "beauftragte", "chef", "rat", "rätin", "kämmerer", "advisor", "leader")  # fmt: skip
OFFICES = (  # a role that stands alone -> where its body is looked for
    (
        (
            "oberbürgermeister",
            "bürgermeister",
            "stadtdirektor",
            "dezernent",
            "kämmerer",
            "beigeordnete",
            "stadtrat",
            "stadträtin",
        ),
        "City",
    ),
    (("ministerpräsident", "landesminister"), "Region"),
    (
        ("rektor", "prorektor", "hochschulpräsident", "universitätspräsident", "hochschulkanzler"),
        "University",
    ),
    (("landtagspräsident", "landtagsvizepräsident"), "Landtag"),
)


def leaderships(found: Sequence[Found]) -> Iterator[Found]:
    """Who leads a project or programme by role or verb also coordinates it."""
    for relation in found:
        if relation.target.root in ("Project", "Programme") and LEADING_ROLE.search(relation.role):
            yield replace(relation, type="coordinates", role="", rule="leads it")


def affiliations(passage: Passage, home: Home, before: Passage | None = None) -> Iterator[Found]:
    """Yield affiliatedWith for one sentence; `before` is the sentence that it may point back to."""
    if before is not None:
        yield from _across(passage, before)
    bound: set[int] = set()
    for rule in DIRECT:
        for match in rule.finditer(passage.coded):
            if _is_plausible(passage, match):
                yield _found(passage, match, "role")
                bound.add(int(match["person"]))
                yield from _further_roles(passage, match)
                yield from _further_persons(passage, match)
    for rule in (*WHO, LEADS):
        for match in rule.finditer(passage.coded):
            if passage.thing(match["body"]).root != "Place" and len(match["role"]) < 120:
                yield _found(passage, match, "relative clause", role=_with_verb(match))
                bound.add(int(match["person"]))
                yield from _also(passage, match)
    for match in ALONE.finditer(passage.coded):
        if int(match["person"]) not in bound:
            yield from _at_home(passage, match, home)


def _across(passage: Passage, before: Passage) -> Iterator[Found]:
    """ "... am Umweltcluster. Dessen Geschäftsführer X"; "... von X. Der Leiter Marketing der BMR hatte ..."."""
    pointing = BACK.match(passage.coded)
    if pointing is not None and pointing["whose"][0] in "DIT":
        bodies = before.of("OGJ") or before.of("L")
        if bodies and (pointing["whose"] not in ("Ihr", "Ihre") or not before.of("P")):
            start, end = passage.span(pointing.start(), pointing.end())
            yield Found(
                passage.thing(pointing["person"]), "affiliatedWith", before.thing(bodies[-1]), start, end, "role of the last body",
                _clean(pointing["role"]), _modality(pointing["role"]), confidence=0.65,
            )  # fmt: skip
    holder = HOLDER.match(passage.coded)
    persons = before.of("P")
    if holder is not None and persons and passage.thing(holder["body"]).root != "Place":
        start, end = passage.span(holder.start(), holder.end())
        yield Found(
            before.thing(persons[-1]), "affiliatedWith", passage.thing(holder["body"]), start, end, "role of the last person",
            _clean(holder["role"]), _modality(holder["role"]), confidence=0.6,
        )  # fmt: skip


def _with_verb(match: re.Match[str]) -> str:
    """ "an der Spitze ... steht" keeps the phrase, "die BMR leitet" the verb."""
    verb = (match.groupdict().get("verb") or "").strip()
    role = match["role"]
    return f"{role} {verb}"


def _is_plausible(passage: Passage, match: re.Match[str]) -> bool:
    """A place needs an office that goes with places, or the way "der Stadt"."""
    body = passage.thing(match["body"])
    role = match["role"].casefold()
    if body.root != "Place":
        return True
    first = match.start("body") < match.start("person") and match.re is BEFORE
    if first and not _is_possessive(passage, int(match["body"]), match):
        return False
    of = (match.groupdict().get("of") or "").casefold()
    if "stadt" in of or "city of" in of or "landes" in of:
        return True
    if re.search(r"\b(?:in|im|aus|from|nach|at)\s+(?:der\s+|the\s+)?$", of):
        return any(w in role for w in ("bürgermeister", "mayor", "botschaft", "konsul", "ambassador"))
    return any(word in role for word in PLACE_ROLES)


def _is_possessive(passage: Passage, number: int, match: re.Match[str]) -> bool:
    """ "Bottrops Oberbürgermeister", "the city's mayor", but not "in Sevilla Ministerpräsident X"."""
    mention = passage.mention(number)
    genitive = mention.surface.endswith(("s", "’", "'")) and not mention.name.endswith(mention.surface)
    return (
        mention.head == "adjective"
        or genitive
        or passage.coded[match.end("body") + 1 :].startswith(("'", "’"))
    )


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


def _further_persons(passage: Passage, match: re.Match[str]) -> Iterator[Found]:
    """ "die Vorsitzenden der Fraktionen der X, A (SPD), B und C"."""
    if match.start("person") < match.start("body") or not PLURAL.search(match["role"]):
        return
    end = match.end()
    while (more := PERSONS.match(passage.coded, end)) is not None:
        start, stop = passage.span(match.start(), more.end())
        yield Found(
            passage.thing(more[1]), "affiliatedWith", passage.thing(match["body"]), start, stop, "shared role",
            _clean(match["role"]), _modality(match["role"]), confidence=0.7,
        )  # fmt: skip
        end = more.end()


def _also(passage: Passage, match: re.Match[str]) -> Iterator[Found]:
    """ "..., die an der Spitze der A steht und dem Beirat der B angehört"."""
    end = match.end()
    while (more := ALSO.match(passage.coded, end)) is not None:
        start, stop = passage.span(match.start(), more.end())
        yield Found(
            passage.thing(match["person"]), "affiliatedWith", passage.thing(more["body"]), start, stop, "further clause",
            _clean(_with_verb(more)),
        )  # fmt: skip
        end = more.end()


def _found(passage: Passage, match: re.Match[str], rule: str, *, role: str | None = None) -> Found:
    words = match["role"] if role is None else role
    start, end = passage.span(match.start(), match.end())
    return Found(
        passage.thing(match["person"]), "affiliatedWith", passage.thing(match["body"]), start, end, rule,
        _clean(words), _modality(words),
    )  # fmt: skip


LEADING = re.compile(
    r"^\W*(?:(?:der|die|das|dem|den|des|dessen|deren|the|ihr|sein|unser|und|and|von|ist|war|is|was|als|neben|auch|so|sagt|sagte|"
    r"betonte|erklärte|said|says|mit|durch|by|bei|im|in|zu|zur|zum|\w+(?:te|ten)|unterschrieb|schrieb|sprach|kam|hat|haben|wird)\s+)+",
    re.IGNORECASE,
)


def _clean(role: str) -> str:
    words = LEADING.sub("", re.sub(r"⟦\w+⟧|†", "", role))
    return re.sub(r"\s+", " ", words).strip(" ,-.")


def _modality(role: str) -> Modality:
    folded = role.casefold().replace("†", "")
    past = any(w.startswith(cue) for w in folded.split() for cue in lexicon().past_modifiers)
    return Modality.PAST if past else Modality.STATED


def _at_home(passage: Passage, match: re.Match[str], home: Home) -> Iterator[Found]:
    """A role without a body: by the adjective before it, else by the office."""
    role = match["role"].strip("†").casefold()
    body = _by_adjective(match["adjective"] or "", home) or _by_office(role, passage, home)
    if body is not None and body.root != "Person":
        start, end = passage.span(match.start(), match.end())
        person = passage.thing(match["person"])
        yield Found(
            person, "affiliatedWith", body, start, end, "role at home", _clean(match["role"]), confidence=0.55
        )


def _by_adjective(word: str, home: Home) -> Thing | None:
    """ "der israelische Botschafter", "der andalusische Regionalpräsident"."""
    place = gazetteer().demonym(word) if word else None
    return home.places.get(place.canonical) if place is not None else None


def _by_office(role: str, passage: Passage, home: Home) -> Thing | None:
    bare = role.removesuffix("in")
    for words, kind in OFFICES:
        if bare.endswith(words):
            if kind == "City":
                return home.city
            if kind == "Region":
                return home.state
            return home.last(kind, passage.sentence.start)
    if role_head(role) in ("minister", "ministerin", "staatssekretär", "staatssekretärin"):
        return next(
            (t for t in home.cast.things if t.type == "PublicBody" and "minister" in t.name.casefold()), None
        )
    return None
