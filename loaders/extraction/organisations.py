"""Bodies: by legal form, by head noun, by a noun before the name, by the list of universities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.german import head_of, is_adjective, nominative_adjective
from loaders.extraction.lexicon import Head, lexicon
from loaders.extraction.mentions import Mention
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common
from ontology.names import fold
from ontology.topics import concepts, labels

JOINERS = frozenset(["&", "+", "–", "-"])
OF_PLACE = frozenset(
    [
        "generalkonsulat",
        "konsulat",
        "botschaft",
        "vertretung",
        "generaldelegation",
        "landtag",
        "parlament",
        "universität",
        "senat",
        "landesregierung",
        "regierung",
        "handelskammer",
        "auslandshandelskammer",
        "präsidium",
    ]
)
FOR_LISTS = frozenset(
    [
        "ministerium",
        "institut",
        "zentrum",
        "forschungszentrum",
        "amt",
        "stelle",
        "zentralstelle",
        "behörde",
        "stiftung",
        "gesellschaft",
        "verein",
        "verband",
        "hochschule",
        "universität",
        "akademie",
        "agentur",
        "bundesamt",
        "landesamt",
    ]
)
BEFORE_ACRONYM = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "beim",
        "vom",
        "zum",
        "zur",
        "am",
        "im",
        "die",
        "the",
        "of",
        "at",
        "by",
        "with",
        "from",
        "bei",
        "von",
    ]
)
LONGEST_ENGLISH_HEAD = 4  # tokens


def find_organisations(text: str, tokens: Sequence[Token], language: str) -> Iterator[Mention]:
    """Yield named bodies and, with an empty name, nouns that point back at one ("die Universität")."""
    yield from _by_legal_form(text, tokens)
    yield from _by_list(text, tokens)
    yield from _by_shape(text, tokens)
    for i, token in enumerate(tokens):
        if not token.is_word:
            continue
        if language != "en" or not token.text.isascii():
            yield from _by_german_head(text, tokens, i)
        yield from _by_english_head(text, tokens, i)
        yield from _by_apposition(text, tokens, i)


def _mention(text: str, tokens: Sequence[Token], i: int, end: int, type_: str, **more: object) -> Mention:
    surface = text[tokens[i].start : tokens[end - 1].end]
    values: dict[str, object] = {"name": surface, "rank": 3, "rule": "head", **more}
    return Mention(tokens[i].start, tokens[end - 1].end, type_, surface=surface, **values)  # type: ignore[arg-type]


def _by_legal_form(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    forms = lexicon().legal_forms
    for i, token in enumerate(tokens):
        if token.text not in forms or i == 0 or (i + 1 < len(tokens) and tokens[i + 1].text in ("&", "Co")):
            continue
        start = _trim(tokens, _walk_left(tokens, i), i)
        if start == i:
            continue
        end = i + 1
        type_ = _type_within(tokens[start:i]) or forms[token.text]
        name = text[tokens[start].start : token.end]
        yield _mention(
            text,
            tokens,
            start,
            end,
            type_,
            rank=1,
            rule="legal form",
            confidence=0.95,
            name=_nominative(name),
        )


def _walk_left(tokens: Sequence[Token], i: int) -> int:
    """Step from a legal form back to the first word of the name."""
    forms = lexicon().legal_forms
    start = i
    j = i - 1
    while j >= 0:
        token = tokens[j]
        if token.text in JOINERS or token.text in forms or token.text in ("Co", "."):
            j -= 1
            continue
        if token.lower in ("für", "for", "of", "und", "and", "der", "data") and _joins(tokens, j):
            j -= 1
            continue
        if not (token.is_name_like or token.text.isdigit()) or is_role(token.lower):
            break
        start = j
        j -= 1
    return start


def _trim(tokens: Sequence[Token], start: int, i: int) -> int:
    """Leave "Dortmunder" and "Unternehmen" out of "das Dortmunder Unternehmen Solarwerk GmbH"."""
    while start < i - 1:
        place = gazetteer().demonym(tokens[start].text)
        adjective = place is not None and place.kind == "City" and tokens[start].text.endswith("er")
        shout = (
            tokens[start].text.isupper()
            and is_common(tokens[start].lower)
            and not tokens[start + 1].text.isupper()
        )
        if not adjective and not shout and tokens[start].lower not in lexicon().apposition:
            break
        start += 1
    return start


def _joins(tokens: Sequence[Token], j: int) -> bool:
    if j == 0:
        return False
    before = tokens[j - 1]
    if tokens[j].lower in ("und", "and"):
        return before.text.endswith("-")
    if tokens[j].lower in ("data",):
        return before.is_word and before.text.islower() and not before.is_function
    return tokens[j].lower in ("für", "for", "of") and head_of(before.text) is not None


def _type_within(tokens: Sequence[Token]) -> str:
    """The class that the nouns of a name tell: "Wirtschaftsförderung Region Stuttgart GmbH" is an agency."""
    for size in range(len(tokens), 0, -1):
        known = lexicon().bodies.get(" ".join(t.text for t in tokens[:size]))
        if known:
            return known[0]
    ranked = (
        "DevelopmentAgency",
        "Chamber",
        "Hospital",
        "University",
        "ResearchInstitute",
        "Hub",
        "Association",
    )
    found = {head[0].type for t in tokens if (head := head_of(t.text)) is not None}
    return next((type_ for type_ in ranked if type_ in found), "")


def _nominative(name: str) -> str:
    return name


def _by_list(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    names = gazetteer()
    for i, token in enumerate(tokens):
        if not token.is_name_like or "allian" in token.lower:
            continue
        for size in range(min(7, len(tokens) - i), 1, -1):
            surface = text[token.start : tokens[i + size - 1].end]
            if "llian" not in surface and names.institution(surface):
                yield _mention(text, tokens, i, i + size, "University", rank=2, rule="list", confidence=0.95)
                break


def _by_shape(text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
    """Well-known bodies; acronyms and words with capitals inside, where an article or a role points at a body."""
    for i, token in enumerate(tokens):
        known = _known_at(text, tokens, i)
        if known:
            size, type_ = known
            yield _mention(text, tokens, i, i + size, type_, rank=3, rule="known body", confidence=0.9)
        elif token.is_acronym and _points_at_body(tokens, i):
            yield _mention(
                text, tokens, i, i + 1, _class_of_shape(token), rank=5, rule="acronym", confidence=0.6
            )
        elif (
            "-" in token.text
            and (cut := token.text.split("-"))[0].isupper()
            and is_role(cut[-1].casefold())
            and len(cut[0]) > 1
        ):
            yield Mention(
                token.start,
                token.start + len(cut[0]),
                "Organisation",
                cut[0],
                cut[0],
                "",
                3,
                "role compound",
                0.7,
            )


def _known_at(text: str, tokens: Sequence[Token], i: int) -> tuple[int, str] | None:
    """The longest well-known body that begins at token i: its tokens and class."""
    bodies = lexicon().bodies
    for size in range(min(6, len(tokens) - i), 0, -1):
        surface = text[tokens[i].start : tokens[i + size - 1].end]
        plain = surface.replace("ischen ", "ische ", 1)  # "der Europäischen Union"
        known = bodies.get(plain) or (
            bodies.get(surface[:-1]) if surface.endswith("s") and size == 1 else None
        )
        if known:
            return size, known[0]
    return None


def _points_at_body(tokens: Sequence[Token], i: int) -> bool:
    """An unknown acronym counts as a body after "der", "bei der", "the", "of the" ... or before "GmbH"-less brackets."""
    token, before = tokens[i], tokens[i - 1] if i else None
    if token.text in lexicon().parties or token.lower in _acronyms_that_are_topics() or len(token.text) < 3:
        return False
    if (
        gazetteer().place(token.text) is not None
        or token.text in lexicon().legal_forms
        or token.text.isdigit()
    ):
        return False
    return before is not None and before.lower in BEFORE_ACRONYM and not any(c in token.text for c in "-/")


def _class_of_shape(token: Token) -> str:
    return "Hub" if token.lower.endswith("hub") else "Organisation"


@cache
def _acronyms_that_are_topics() -> frozenset[str]:
    return frozenset(text.casefold() for c in concepts().values() for _, text in c.synonyms if text.isupper())


def _by_german_head(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    token = tokens[i]
    if not (token.is_capitalised or any(c.isupper() for c in token.text)):
        return
    found = head_of(token.text)
    if found is None:
        return
    head, base = found
    start, adjectives = _left(tokens, i)
    end = _right(tokens, i, head)
    core = _core_is_name(token, base, head) or (start < i and _short_form_follows(tokens, end))
    if head.word == "messe" and token.lower != "messe":
        return  # a compound of "Messe" is an event
    if end > i + 1 or start < i or core:
        name = _german_name(text, tokens, start, i, end, base, head)
        weak = start == i and end == i + 1 and not core
        if adjectives and end == i + 1 and not core and not _says_where(tokens, start, i):
            weak = True
        if not weak:
            yield _mention(text, tokens, start, end, _refine(head, name), head=head.word, name=name)
            return
    yield _mention(text, tokens, i, i + 1, head.type, head=head.word, name="", rank=6, confidence=0.5)


def _short_form_follows(tokens: Sequence[Token], end: int) -> bool:
    """A bracket with capitals behind a noun phrase makes it a name: "Deutsch-Beispielische Kammer (DBK)"."""
    return (
        end + 2 < len(tokens)
        and tokens[end].text == "("
        and tokens[end + 1].is_acronym
        and tokens[end + 2].text == ")"
    )


def _says_where(tokens: Sequence[Token], start: int, i: int) -> bool:
    """An adjective of a place, or any non-adjective before the head, makes a noun a name."""
    return any(
        gazetteer().demonym(t.text) is not None or not is_adjective(t.text) for t in tokens[start:i]
    ) or (tokens[i].is_acronym and tokens[start].is_capitalised)


def _core_is_name(token: Token, base: str, head: Head) -> bool:
    lower = base.casefold()
    words = lexicon()
    if any(lower.endswith(s) for s in words.standalone) and (
        lower not in words.heads or lower in words.standalone
    ):
        return True
    if lower in words.generic or lower == head.word:
        return False
    first = base[: -len(head.word)].rstrip("-")
    if "-" in base or any(c.isupper() for c in base[1:]):
        part = first.split("-")[0]
        return not is_common(part.casefold()) or part.isupper()
    return (
        head.word not in words.generic
        and not is_common(lower)
        and len(lower) > len(head.word) + 3
        and not is_common(first.casefold().rstrip("s"))
    )


def _left(tokens: Sequence[Token], i: int) -> tuple[int, bool]:
    """First token of the name left of the head: adjectives, then proper words and acronyms."""
    names = gazetteer()
    start, adjectives = i, False
    while start:
        before = tokens[start - 1]
        if before.text == "und" and start > 1 and tokens[start - 2].text.endswith("-") and start == i:
            start -= 2
            continue
        if before.lower in ("und", "&") or not before.is_word or is_role(before.lower) or before.is_function:
            break
        if before.is_capitalised and (is_adjective(before.text) or names.demonym(before.text)):
            start, adjectives = start - 1, True
            continue
        if before.is_name_like and not is_common(before.lower) and not adjectives and start > 1:
            if names.is_first_name(before.text) and start == i and not _name_runs_on(tokens, start - 1):
                break
            start -= 1
            continue
        if (
            head_of(tokens[i].text)
            and tokens[i].lower in ("gruppe", "group")
            and before.text.islower()
            and start > 1
            and start > i - 2
        ):
            first = tokens[start - 2] if start == i else before
            if (
                first.text.islower()
                and not first.is_function
                and not is_common(first.lower)
                and first.is_word
            ):
                return (start - 2 if start == i else start - 1), adjectives
        if before.text.islower() and names.demonym(before.text) and head_of(tokens[i].text) and start == i:
            start, adjectives = start - 1, True
        break
    return start, adjectives


def _name_runs_on(tokens: Sequence[Token], i: int) -> bool:
    return i > 0 and tokens[i - 1].is_name_like


def _right(tokens: Sequence[Token], i: int, head: Head) -> int:
    """One past the last token of the name right of the head."""
    end = i + 1
    if _short_form_follows(tokens, end) and names_place(tokens, end + 3):
        end += 3  # "Technische Universität (TU) Dortmund"
    end = _name_run(tokens, end, limit=4)
    word = tokens[end].lower if end < len(tokens) else ""
    if word in ("für", "zur", "zum") and any(
        s in head.word or tokens[i].lower.startswith(s) for s in FOR_LISTS
    ):
        end = _list_end(tokens, end + 1)
        end = _name_run(tokens, end, limit=3)
        word = tokens[end].lower if end < len(tokens) else ""
    if word in ("der", "des", "von", "in") and end + 1 < len(tokens) and (end == i + 1 or word == "in"):
        end = _of_place(tokens, end, head)
    return end


def names_place(tokens: Sequence[Token], i: int) -> bool:
    """Whether a place name begins at token i."""
    return gazetteer().longest_place([t.text for t in tokens[i : i + 5]], 0) is not None


def _of_place(tokens: Sequence[Token], end: int, head: Head) -> int:
    names = gazetteer()
    word = tokens[end].lower
    texts = [t.text for t in tokens[end + 1 : end + 6]]
    if word in ("von", "in", "der", "des") and head.word in OF_PLACE:
        skip = 1 if texts[:1] in (["Bundesrepublik"], ["Landes"], ["Freistaats"]) else 0
        found = names.longest_place(texts, skip)
        if found and not (word == "in" and head.word in ("universität", "landtag", "parlament")):
            return end + 1 + skip + found[1]
        if word in ("der", "des") and texts and head_of(texts[0]) and head.word == "präsidium":
            return _right(tokens, end + 1, head_of(texts[0])[0])  # type: ignore[index]
    if word == "der" and texts[:1] == ["Künste"]:
        return end + 2
    if word == "des" and texts[:1] == ["Landes"] and (found := names.longest_place(texts, 1)):
        return end + 2 + found[1]
    return end


def _name_run(tokens: Sequence[Token], end: int, *, limit: int) -> int:
    """Take capitalised words that stand right behind: "Universität Duisburg-Essen", "Hochschule Ruhr West"."""
    names = gazetteer()
    stop = end
    while stop < len(tokens) and stop - end < limit:
        token = tokens[stop]
        if not token.is_word or token.is_function or is_role(token.lower):
            break
        place = names.longest_place([t.text for t in tokens[stop : stop + 5]], 0)
        if place is not None:
            stop += place[1]
            continue
        if (
            is_adjective(token.text)
            and token.is_capitalised
            and names.longest_place([t.text for t in tokens[stop + 1 : stop + 4]], 0)
        ):
            stop += 1
            continue
        if not token.is_name_like or names.is_first_name(token.text.split("-")[0]):
            break
        if is_common(token.lower) and token.text not in (
            "Region",
            "West",
            "Ost",
            "Nord",
            "Süd",
            "City",
            "Mitte",
        ):
            break
        stop += 1
    return stop


def _list_end(tokens: Sequence[Token], i: int) -> int:
    """Walk over "Wirtschaft, Arbeit und Tourismus" after "für"; a comma counts only when the list goes on."""
    end = i
    while end < len(tokens):
        token = tokens[end]
        if token.is_name_like or (
            token.lower in ("internationale", "neue", "angewandte", "nukleare", "das", "die") and end == i
        ):
            end += 1
            continue
        if (
            token.lower in ("und", "&", "sowie")
            and end + 1 < len(tokens)
            and tokens[end + 1].is_name_like
            and end > i
        ):
            if head_of(tokens[end + 1].text) is not None and not _continues(tokens, end + 1):
                break
            end += 2
            continue
        if (
            token.lower in ("der", "des")
            and end + 1 < len(tokens)
            and end > i
            and _plain_german_noun(tokens[end + 1])
        ):
            end += 2
            continue
        if token.text == "," and _list_goes_on(tokens, end + 1):
            end += 2
            continue
        break
    return max(end, i)


def _plain_german_noun(token: Token) -> bool:
    names = gazetteer()
    return (
        token.is_capitalised
        and is_common(token.lower)
        and names.place(token.text) is None
        and head_of(token.text) is None
    )


def _continues(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].lower in ("gesellschaft", "gesellschaften", "verbände")


def _list_goes_on(tokens: Sequence[Token], i: int) -> bool:
    """After a comma: single nouns up to "und Noun"."""
    for j in range(i, min(i + 6, len(tokens) - 1), 2):
        if not tokens[j].is_name_like or tokens[j].text in lexicon().parties:
            return False
        if tokens[j + 1].lower in ("und", "sowie", "&"):
            return j + 2 < len(tokens) and tokens[j + 2].is_name_like
        if tokens[j + 1].text != ",":
            return False
    return False


def _german_name(
    text: str, tokens: Sequence[Token], start: int, i: int, end: int, base: str, head: Head
) -> str:
    parts = [
        nominative_adjective(t.text, head.gender) if _declines(t, head) else t.text for t in tokens[start:i]
    ]
    rest = text[tokens[i].end : tokens[end - 1].end] if end > i + 1 else ""
    rest = re.sub(r"\s*\([^()]*\)", "", rest)
    return " ".join([*parts, base]) + rest


def _declines(token: Token, head: Head) -> bool:
    """City adjectives in -er never change: "Wuppertaler"."""
    city = (
        token.text.endswith("er")
        and gazetteer().demonym(token.text) is not None
        and not token.text.endswith("ischer")
    )
    return is_adjective(token.text) and head.gender != "x" and not city


def _refine(head: Head, name: str) -> str:
    """Some heads say little; the rest of the name says more."""
    lower = name.casefold()
    if head.word in ("gesellschaft", "agentur", "zentrum") and "wirtschaft" in lower and "förder" in lower:
        return "DevelopmentAgency"
    if head.type == "Hub" and head.word.startswith("innovation cent") and _is_technical(lower, head.word):
        return "ResearchInstitute"
    if head.word == "zentrum" and any(w in lower for w in ("gründer", "technologie- und", "innovations")):
        return "Hub"
    return head.type


def _is_technical(name: str, head: str) -> bool:
    """A field of technology before "Innovation Centre" tells a research centre from a start-up centre."""
    words = fold(name.split(head)[0]).split()
    return any(" ".join(words[-n:]) in labels() for n in (1, 2, 3))


def _by_english_head(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    heads = lexicon().heads
    for size in range(min(LONGEST_ENGLISH_HEAD, len(tokens) - i), 0, -1):
        words = tokens[i : i + size]
        head = heads.get(" ".join(t.lower for t in words))
        if head is None or head.gender != "x" or not words[0].is_name_like:
            continue
        start = _english_left(tokens, i)
        end = _english_right(tokens, i + size)
        if any(
            t.lower in heads and heads[t.lower].gender == "x"
            for t in tokens[i + size : end]
            if tokens[i + size].lower != "of"
        ):
            return  # "University Alliance": the later head names the body
        if fold(text[tokens[start].start : tokens[end - 1].end]) in labels():
            return
        if start == i and end == i + size:
            if size == 1:
                yield _mention(
                    text, tokens, i, i + size, head.type, head=head.word, name="", rank=6, confidence=0.5
                )
            return
        type_ = _refine(head, text[tokens[start].start : tokens[end - 1].end])
        yield _mention(text, tokens, start, end, type_, head=head.word)
        return


def _english_left(tokens: Sequence[Token], i: int) -> int:
    start = i
    while start:
        before = tokens[start - 1]
        if (
            before.lower in ("and", "of", "for", "&")
            and start > 1
            and tokens[start - 2].is_name_like
            and before.lower == "&"
        ):
            start -= 1
            continue
        if not before.is_name_like or is_role(before.lower) or before.lower in lexicon().titles:
            break
        start -= 1
    return start


def _english_right(tokens: Sequence[Token], end: int) -> int:
    if end + 1 < len(tokens) and tokens[end].lower in ("of", "for"):
        skip = 1 if tokens[end + 1].lower == "the" else 0
        stop = _english_list(tokens, end + 1 + skip)
        if stop > end + 1 + skip:
            return stop
    while end < len(tokens) and tokens[end].is_name_like and not is_role(tokens[end].lower):
        if gazetteer().is_first_name(tokens[end].text):
            break
        end += 1
    return end


def _english_list(tokens: Sequence[Token], i: int) -> int:
    """Walk over "Economic Affairs", "Business and Trade", "Culture, Media and Sport"."""
    end = i
    while end < len(tokens):
        token = tokens[end]
        if token.is_name_like and not is_role(token.lower):
            end += 1
        elif (
            token.lower in ("and", "&") and end > i and end + 1 < len(tokens) and _plain_noun(tokens, end + 1)
        ) or (
            token.text == ","
            and end + 3 < len(tokens)
            and tokens[end + 1].is_name_like
            and tokens[end + 2].lower in ("and", "&")
            and tokens[end + 3].is_name_like
        ):
            end += 2
        elif (
            token.lower in ("of", "the")
            and end > i
            and end + 1 < len(tokens)
            and tokens[end + 1].is_name_like
        ):
            end += 1
        else:
            break
    return end


def _plain_noun(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    names = gazetteer()
    return (
        token.is_name_like
        and is_common(token.lower)
        and not names.is_first_name(token.text)
        and names.place(token.text) is None
        and token.lower not in lexicon().heads
    )


def _by_apposition(text: str, tokens: Sequence[Token], i: int) -> Iterator[Mention]:
    """ "Das Start-up dubidoc", "Firmen wie A, B und C", "der Verein ruhrvalley e. V."."""
    cue = tokens[i].lower
    classes = lexicon().apposition
    type_ = classes.get(cue) or _compound_cue(cue)
    if not type_:
        return
    j = i + 1
    many = (cue.endswith(("s", "en", "ies")) and cue != "unternehmens") or cue == "unternehmen"
    if (j < len(tokens) and tokens[j].lower in ("wie", "like")) or (
        j + 1 < len(tokens) and tokens[j].lower == "such"
    ):
        j += 2 if tokens[j].lower == "such" else 1
        many = True
    while j < len(tokens):
        end = _appositive_name(tokens, j, type_)
        if end is None:
            return
        if not (
            end == j + 1 and head_of(tokens[j].text) is not None and tokens[j].lower in lexicon().generic
        ):
            yield _mention(text, tokens, j, end, type_, rank=4, rule="apposition", confidence=0.75)
        if not (
            many and end + 1 < len(tokens) and tokens[end].text in (",", "und", "and", "sowie", "or", "oder")
        ):
            return
        j = end + 1


def _compound_cue(cue: str) -> str:
    """ "Robotik-Start-up", "Energiekonzerns": the last part of a compound is the cue."""
    for word in ("start-up", "start-ups", "startup", "startups", "spin-off"):
        if cue.endswith("-" + word):
            return "Startup"
    for word in ("konzern", "konzerns", "hersteller", "herstellers", "unternehmen", "unternehmens"):
        if cue.endswith(word) and len(cue) > len(word) + 2:
            return "Company"
    return ""


def _appositive_name(tokens: Sequence[Token], j: int, type_: str) -> int | None:
    """One past a name that begins at j, or None. Start-ups may be written small."""
    names = gazetteer()
    first = tokens[j]
    small = type_ == "Startup" and first.text.islower() and len(first.text) > 3 and first.is_word
    if not (first.is_name_like or small) or is_role(first.lower):
        return None
    if small and first.lower.endswith(("en", "te", "et", "ern", "st", "lich", "isch")):
        return None
    if first.is_function or is_common(first.lower) or names.demonym(first.text):
        return None
    if names.place(first.text) is not None and (j + 1 >= len(tokens) or not tokens[j + 1].is_name_like):
        return None
    end = j + 1
    while end < len(tokens) and end - j < 4 and (tokens[end].is_name_like or tokens[end].text in ("&", "+")):
        if is_role(tokens[end].lower) or (
            is_common(tokens[end].lower)
            and tokens[end].text.lower() == tokens[end].lower
            and tokens[end - 1].text != "&"
            and names.is_first_name(first.text)
        ):
            break
        end += 1
    if tokens[end - 1].text in ("&", "+"):
        end -= 1
    return end
