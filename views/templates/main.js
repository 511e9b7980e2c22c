// Start, language, views, and the address: #node=...&view=... . Whatever else stands there is dropped.
const VIEWS = ["network", "table", "sources"];

function setFocus(focus, { move = false } = {}) {
  state.focus = focus;
  if (focus !== null && state.view === "sources") state.view = "network";
  refresh();
  if (focus?.kind !== "node" || !move || state.view !== "network") return;
  // Where the whole picture can be read it stays as it is, so that places keep their places.
  const { x, y } = network.canvasToDOM(network.getPosition(focus.id)), { clientWidth, clientHeight } = byId("network");
  const seen = x > 0 && y > 0 && x < clientWidth && y < clientHeight;
  if (!seen || network.getScale() < 0.5) network.focus(focus.id, { scale: Math.max(network.getScale(), 0.8), animation: false });
}

function refresh({ quiet = false } = {}) {
  root.dataset.view = state.view;
  redraw();
  drawLegend();
  if (!quiet) drawDocuments();
  showFilters();
  drawPanel();
  writeAddress();
}

function readAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const id = byKey.get(wanted.get("node") ?? "");
  state.focus = id === undefined ? null : { kind: "node", id };
  state.view = VIEWS.includes(wanted.get("view")) ? wanted.get("view") : "network";
}

function writeAddress() {
  const parts = new URLSearchParams();
  if (state.focus?.kind === "node") parts.set("node", nodes[state.focus.id].key);
  if (state.view !== "network") parts.set("view", state.view);
  const wanted = "#" + parts.toString();
  if (location.hash !== wanted && !(wanted === "#" && location.hash === "")) history.replaceState(null, "", wanted);
}

function setView(view) {
  state.view = view;
  for (const tab of document.querySelectorAll("[data-view]")) if (tab !== root) tab.setAttribute("aria-selected", String(tab.dataset.view === view));
  root.dataset.view = view;
  writeAddress();
  if (view === "network") { network.redraw(); fit(); }
}

function setLanguage(language) {
  state.language = root.lang = language;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
  for (const place of document.querySelectorAll("[data-relation]")) place.textContent = page.relations[place.dataset.relation][language];
  for (const place of document.querySelectorAll("[data-class]")) place.textContent = className(place.dataset.class);
  byId("search").placeholder = word("search");
  byId("search").setAttribute("aria-label", word("search"));
  drawChoices();
}

/** In the table the names of both ends open the panel. */
function linkTable() {
  for (const row of document.querySelectorAll("#relations tbody tr")) {
    const edge = edges[Number(row.dataset.edge)];
    for (const [cell, id] of [[row.cells[0], edge.from], [row.cells[2], edge.to]]) cell.replaceChildren(link(nodes[id]));
  }
  for (const row of document.querySelectorAll("#nodes tbody tr")) row.cells[0].replaceChildren(link(nodes[Number(row.dataset.node)]));
}

function start() {
  root.classList.add("js");
  readAddress();
  root.dataset.view = "network"; // vis-network measures its element, so it must be visible at first
  setLanguage(state.language);
  drawNetwork();
  linkTable();
  listenToFilters();
  listenToSearch();
  refresh();
  setView(state.view);
  for (const tab of document.querySelectorAll(".tabs [data-view]")) tab.addEventListener("click", () => setView(tab.dataset.view));
  byId("fit").addEventListener("click", () => { setView("network"); fit(); });
  byId("print").addEventListener("click", () => window.print());
  byId("language").addEventListener("click", () => { setLanguage(state.language === "de" ? "en" : "de"); refresh(); });
  window.addEventListener("hashchange", () => { readAddress(); refresh(); setView(state.view); });
  const refit = () => { network.redraw(); fit(); };
  window.addEventListener("resize", refit);
  matchMedia("print").addEventListener("change", refit);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input[type=text], select");
    if (event.key === "/" && !typing) { event.preventDefault(); byId("search").focus(); }
    if (event.key === "Escape" && !typing) setFocus(null);
  });
}

start();
