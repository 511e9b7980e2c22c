"""The words of the pages in German and English; names, roles and quotes stay as their sources wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Language = Literal["de", "en"]

# key: German, English. {n}, {a}, ... are filled in by the page.
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "search": ("Namen und Zitate suchen", "Search names and quotes"),
        "nothing": ("Nichts gefunden", "Nothing found"),
        "in_quote": ("im Zitat", "in a quote"),
        "network": ("Netz", "Network"),
        "table": ("Tabelle", "Table"),
        "sources": ("Quellen", "Sources"),
        "print": ("Drucken", "Print"),
        "fit": ("Alles zeigen", "Show all"),
        "other_language": ("English", "Deutsch"),
        "types": ("Legende · ein- und ausblenden", "Legend · show and hide"),
        "filter": ("Filter", "Filters"),
        "all": ("alle", "all"),
        "relation": ("Beziehung", "Relation"),
        "modality": ("Aussageweise", "Modality"),
        "confidence": ("Konfidenz", "Confidence"),
        "least_confidence": ("Mindest-Konfidenz", "Minimum confidence"),
        "only_bridges": ("nur ortsübergreifende Beziehungen", "cross-place relations only"),
        "reset": ("Filter zurücksetzen", "Reset filters"),
        "inside": ("innerhalb eines Ortes", "within one place"),
        "between": ("Brücke zwischen Orten", "bridge between places"),
        "unsure": ("unsicher oder nicht vollzogen", "uncertain or not (yet) done"),
        "glance": ("Auf einen Blick", "At a glance"),
        "counts": (
            "{nodes} Akteure, Orte und Themen · {edges} belegte Beziehungen · {documents} Quellen",
            "{nodes} actors, places and topics · {edges} evidenced relations · {documents} sources",
        ),
        "finding": (
            "Am stärksten vernetzt ist {name} mit {n} Beziehungen. {share} von {edges} Beziehungen verbinden "
            "verschiedene Orte.",
            "{name} is the best connected, with {n} relations. {share} of {edges} relations join "
            "different places.",
        ),
        "bridges": ("Brücken zwischen Orten", "Bridges between places"),
        "strongest": ("Stärkste Knoten", "Strongest nodes"),
        "relations_n": ("{n} Beziehungen", "{n} relations"),
        "relations_1": ("1 Beziehung", "1 relation"),
        "hint": (
            "Knoten oder Linie anklicken: Hier erscheinen alle Belege im Wortlaut.",
            "Click a node or a line: its evidence appears here, word for word.",
        ),
        "overview": ("Übersicht", "Overview"),
        "also": ("auch", "also"),
        "topics_room": ("Themen", "Topics"),
        "elsewhere_room": ("Ohne Ort", "No place"),
        "undated": ("ohne Datum", "undated"),
        "untitled": ("ohne Titel", "untitled"),
        "line": ("Zeile", "line"),
        "from": ("Von", "From"),
        "to": ("Nach", "To"),
        "quote": ("Originalzitat", "Quote"),
        "source": ("Quelle", "Source"),
        "date": ("Datum", "Date"),
        "role": ("Rolle", "Role"),
        "name": ("Name", "Name"),
        "type": ("Art", "Type"),
        "publisher": ("Herausgeber", "Publisher"),
        "nodes": ("Knoten", "Nodes"),
        "relations": ("Beziehungen", "Relations"),
        "start": ("Beginn", "Start"),
        "end": ("Ende", "End"),
        "since": ("ab", "from"),
        "until": ("bis", "until"),
        "amount": ("Betrag", "Amount"),
        "generated": ("Stand", "As of"),
        "left_out": (
            "Gezeigt werden die bestvernetzten Knoten; {n} weitere sind ausgelassen.",
            "The best-connected nodes are shown; {n} more are left out.",
        ),
        "no_relations": ("Die Filter verbergen alle Beziehungen.", "The filters hide every relation."),
        "no_script": (
            "Ohne JavaScript zeigt diese Seite alle Knoten, Beziehungen und Zitate als Tabellen.",
            "Without JavaScript this page shows all nodes, relations and quotes as tables.",
        ),
        "stated": ("belegt", "stated"),
        "intended": ("beabsichtigt", "intended"),
        "negated": ("verneint", "negated"),
        "past": ("vergangen", "past"),
    }
)


def words(language: Language) -> dict[str, str]:
    """Every word of the pages in one language."""
    return {key: german if language == "de" else english for key, (german, english) in WORDS.items()}
