"""How far a German name goes on behind its head noun."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.german import head_of, is_adjective
from loaders.extraction.lexicon import Head, lexicon
from loaders.extraction.roles import is_role
from loaders.extraction.tokens import Token, is_common

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


def right_end(tokens: Sequence[Token], i: int, head: Head) -> int:
    """One past the last token of the name right of the head."""
    end = i + 1
    if short_form_follows(tokens, end) and names_place(tokens, end + 3):
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
            return right_end(tokens, end + 1, head_of(texts[0])[0])  # type: ignore[index]
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
        if (
            token.text.islower()
            and is_adjective(token.text)
            and end + 1 < len(tokens)
            and tokens[end + 1].is_name_like
        ):
            end += 1  # "für wirtschaftliche Entwicklung"
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


def short_form_follows(tokens: Sequence[Token], end: int) -> bool:
    """A bracket with capitals behind a noun phrase makes it a name: "Deutsch-Beispielische Kammer (DBK)"."""
    return (
        end + 2 < len(tokens)
        and tokens[end].text == "("
        and tokens[end + 1].is_acronym
        and tokens[end + 2].text == ")"
    )
