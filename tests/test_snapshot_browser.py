"""The snapshot in a browser: offline, without one violation, and usable from search to quote by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from views_fixtures import DOCUMENTS, HOSTILE, hostile_graph, sample_graph

from ontology.model import Edge, Graph
from views.workbench import snapshot

pytestmark = pytest.mark.browser
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@dataclass
class Opened:
    """A page with everything that it complained about or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no Chromium found: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("snapshots")
    graphs: dict[str, Graph] = {"sample": sample_graph(), "hostile": hostile_graph()}
    graphs["empty"] = Graph(documents=(), nodes=(), edges=())
    made = {}
    for name, graph in graphs.items():
        title = HOSTILE[2] if name == "hostile" else "Brücken"
        html = snapshot(graph, title=title, language="de", generated="2026-11-21")
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(html.encode())
    return made


def opened(
    browser: Browser, file: Path, *, address: str = "", script: bool = True, dark: bool = False
) -> Opened:
    context = browser.new_context(
        offline=True,
        java_script_enabled=script,
        viewport={"width": 1400, "height": 900},
        color_scheme="dark" if dark else "light",
    )
    found = Opened(context.new_page())
    found.page.on("console", lambda message: found.complaints.append(message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("request", lambda request: found.requests.append(request.url))
    found.page.goto(file.as_uri() + address)
    if script:
        found.page.wait_for_selector("html.js canvas", state="attached")
    return found


def panel(page: Page) -> str:
    return page.inner_text("#right")


@pytest.mark.parametrize("name", ["sample", "hostile", "empty"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_asks_for_nothing_and_complains_of_nothing(
    browser: Browser, files: dict[str, Path], name: str, dark: bool
) -> None:
    found = opened(browser, files[name], dark=dark)
    for view in ("table", "sources", "network"):
        found.page.click(f"[data-view={view}]")
    found.page.click("#language")
    assert found.requests == [files[name].as_uri()]
    assert found.complaints == []


def test_search_by_keyboard_leads_to_the_quote_its_source_and_its_date(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = opened(browser, files["sample"]).page
    page.keyboard.press("Tab")
    page.keyboard.type("geschaeftsfuehrerin")  # stands in a quote only, and there with umlauts
    page.keyboard.press("Enter")
    text = panel(page)
    assert "„Anke Beispiel, Geschäftsführerin der BMR“" in text
    assert "Ruhrgebiet und Region Haifa besiegeln Innovationsbrücke" in text
    assert "2023-05-11" in text
    assert "90\u00a0%" in text
    assert "#node=" in page.url


def test_an_other_name_finds_its_node_and_escape_leads_back(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["sample"]).page
    page.keyboard.press("/")
    page.keyboard.type("ZBT")
    page.keyboard.press("Enter")
    assert page.inner_text("#right h3") == "Zentrum für BrennstoffzellenTechnik"
    page.keyboard.press("Escape")
    assert "AUF EINEN BLICK" in panel(page).upper()
    assert page.evaluate("location.hash") in ("", "#")


def test_two_roles_at_one_company_are_two_relations(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["sample"], address="#node=person%2Fanke-beispiel").page
    text = panel(page)
    assert "Geschäftsführerin" in text
    assert "Aufsichtsrätin" in text
    assert "ab 2021" in text


def test_the_other_end_of_a_relation_is_one_click_away(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["sample"], address="#node=person%2Fanke-beispiel").page
    page.click("#right .link >> text=Gemeinsame Erklärung")
    assert page.inner_text("#right h3") == "Gemeinsame Erklärung Ruhr–Haifa"
    assert "← unterzeichnet von" in panel(page)


def test_the_first_panel_names_bridges_and_the_strongest(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["sample"]).page
    assert "Metropole Ruhr – Haifa District" in panel(page)
    assert "Innovation Bridge Israel" in panel(page)
    page.click("#right .card .head >> nth=0")
    assert "verbindet die Metropole Ruhr mit Israel" in panel(page)


def shown(page: Page, table: str) -> int:
    return page.locator(f"#{table} tbody tr:not([hidden])").count()


def test_a_type_that_is_switched_off_hides_its_nodes_and_their_relations(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = opened(browser, files["sample"]).page
    before = shown(page, "nodes"), shown(page, "relations")
    page.click("#legend [data-type=Person]")
    assert shown(page, "nodes") == before[0] - 6
    assert shown(page, "relations") < before[1]
    page.click("#reset")
    assert (shown(page, "nodes"), shown(page, "relations")) == before


@pytest.mark.parametrize(
    ("choose", "keeps"),
    [
        (lambda page: page.select_option("#by-relation", "signed"), lambda e: e.type == "signed"),
        (lambda page: page.select_option("#by-modality", "intended"), lambda e: e.modality == "intended"),
        (lambda page: page.fill("#by-confidence", "60"), lambda e: e.confidence >= 0.6),
        (
            lambda page: page.click("#documents input >> nth=0"),
            lambda e: e.evidence[0].document != DOCUMENTS[0].id,
        ),
    ],
    ids=["relation", "modality", "confidence", "document"],
)
def test_each_filter_leaves_what_it_promises(
    browser: Browser, files: dict[str, Path], choose: Callable[[Page], None], keeps: Callable[[Edge], bool]
) -> None:
    page = opened(browser, files["sample"]).page
    choose(page)
    left = sum(map(keeps, sample_graph().edges))
    assert 0 < shown(page, "relations") == left < len(sample_graph().edges)


def test_the_interface_speaks_both_languages_and_quotes_stay(
    browser: Browser, files: dict[str, Path]
) -> None:
    page = opened(browser, files["sample"], address="#node=person%2Fanke-beispiel").page
    assert "unterzeichnete →" in panel(page)
    page.click("#language")
    assert "signed →" in panel(page)
    assert "Geschäftsführerin der BMR" in panel(page)
    assert page.get_attribute("html", "lang") == "en"


def test_hostile_texts_are_shown_and_do_nothing(browser: Browser, files: dict[str, Path]) -> None:
    for attack in HOSTILE:
        found = opened(browser, files["hostile"])
        found.page.fill("#search", attack)
        found.page.keyboard.press("Enter")
        assert found.page.inner_text("#right h3") == attack
        assert "role " + attack in panel(found.page)
        assert "quote " + attack in panel(found.page)
        found.page.mouse.move(700, 450)
        assert found.page.evaluate("window.hacked") is None
        assert found.page.locator("a[href]").count() == 0
        assert found.complaints == []
        found.page.context.close()


@pytest.mark.parametrize(
    "address",
    [
        "#node=__proto__",
        "#node=constructor&view=<img src=x onerror=window.hacked=1>",
        "#view=javascript:window.hacked=1",
        "#node=%E0%A4%A",
        "#<script>window.hacked=1</script>",
        *("#node=" + quote(attack) for attack in HOSTILE),
    ],
)
def test_a_hostile_address_opens_the_overview(browser: Browser, files: dict[str, Path], address: str) -> None:
    found = opened(browser, files["sample"], address=address)
    assert "AUF EINEN BLICK" in panel(found.page).upper()
    assert found.page.evaluate("location.hash") in ("", "#")
    assert found.page.evaluate("window.hacked") is None
    assert found.complaints == []


def test_without_javascript_the_tables_tell_everything(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["sample"], script=False).page
    text = page.inner_text("main")
    for edge in sample_graph().edges:
        assert edge.evidence[0].quote in text
    for node in sample_graph().nodes:
        assert node.name in text
    assert not page.is_visible("#left")


def test_a_click_on_a_symbol_opens_its_node(browser: Browser, files: dict[str, Path]) -> None:
    page = opened(browser, files["sample"]).page
    box = page.locator("#network canvas").bounding_box()
    assert box
    # The script keeps its names to itself, so the symbol is looked for where the cursor becomes a hand.
    for x in range(20, int(box["width"]), 22):
        page.mouse.move(box["x"] + x, box["y"] + box["height"] / 2)
        if page.evaluate("document.getElementById('network').style.cursor") == "pointer":
            break
    page.mouse.click(box["x"] + x, box["y"] + box["height"] / 2)
    page.wait_for_selector("#right h3")
    assert page.inner_text("#right h3") in {node.name for node in sample_graph().nodes}
