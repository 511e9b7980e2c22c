// The left panel: what is shown. A type that is switched off hides its nodes; the other filters hide lines and
// fade the nodes that keep none.
const filtered = () =>
  state.relation !== "" || state.modality !== "" || state.confidence > 0 || state.onlyBridges || state.hiddenDocuments.size > 0;

function passes(edge) {
  return (state.relation === "" || edge.type === state.relation)
    && (state.modality === "" || edge.modality === state.modality)
    && edge.confidence * 100 >= state.confidence
    && (!state.onlyBridges || edge.bridge)
    && (state.hiddenDocuments.size === 0 || edge.evidence.some((found) => !state.hiddenDocuments.has(found.document)));
}

function drawLegend() {
  const counts = new Map();
  for (const node of nodes) counts.set(node.type, (counts.get(node.type) || 0) + 1);
  const types = [...counts.keys()].sort((a, b) => page.classes[a].rank - page.classes[b].rank);
  byId("legend").replaceChildren(...types.map((type) => {
    const chip = el("button", { type: "button", "aria-pressed": String(!state.hiddenTypes.has(type)), "data-type": type },
      symbol(type), className(type), el("span", { className: "n" }, String(counts.get(type))));
    chip.addEventListener("click", () => toggle(state.hiddenTypes, type));
    return chip;
  }));
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
  const focused = document.activeElement?.dataset?.type;
  if (state.focus?.kind === "node" && state.hiddenTypes.has(nodes[state.focus.id].type)) state.focus = null;
  refresh();
  if (focused) document.querySelector(`#legend [data-type="${CSS.escape(focused)}"]`)?.focus();
}

function drawChoices() {
  const fill = (id, values, name, chosen) => byId(id).replaceChildren(
    el("option", { value: "" }, word("all")),
    ...values.map((value) => el("option", { value, selected: value === chosen }, name(value))));
  const relations = Object.keys(page.relations).sort((a, b) =>
    page.relations[a][state.language].localeCompare(page.relations[b][state.language], state.language));
  fill("by-relation", relations, (type) => page.relations[type][state.language], state.relation);
  fill("by-modality", page.modalities, (value) => word(value), state.modality);
}

function drawDocuments() {
  byId("documents").replaceChildren(...page.documents.map((source, index) => {
    const box = el("input", { type: "checkbox", checked: !state.hiddenDocuments.has(index) });
    box.addEventListener("change", () => toggle(state.hiddenDocuments, index));
    return el("label", { className: "check" }, box,
      el("span", {}, source.title, el("small", {}, [source.publisher, dateOf(source)].filter(Boolean).join(" · "))));
  }));
}

function showFilters() {
  byId("least").textContent = state.confidence + "\u00a0%";
  byId("by-confidence").value = String(state.confidence);
  byId("by-bridge").checked = state.onlyBridges;
  byId("reset").hidden = !filtered() && state.hiddenTypes.size === 0;
  for (const row of document.querySelectorAll("#relations tbody tr")) row.hidden = !shown.edges.has(Number(row.dataset.edge));
  for (const row of document.querySelectorAll("#nodes tbody tr")) row.hidden = !shown.nodes.has(Number(row.dataset.node));
}

function listenToFilters() {
  const listen = (id, event, change) => byId(id).addEventListener(event, () => { change(byId(id)); refresh({ quiet: true }); });
  listen("by-relation", "change", (field) => { state.relation = field.value; });
  listen("by-modality", "change", (field) => { state.modality = field.value; });
  listen("by-confidence", "input", (field) => { state.confidence = Number(field.value); });
  listen("by-bridge", "change", (field) => { state.onlyBridges = field.checked; });
  byId("reset").addEventListener("click", () => {
    Object.assign(state, { relation: "", modality: "", confidence: 0, onlyBridges: false });
    state.hiddenTypes.clear();
    state.hiddenDocuments.clear();
    refresh();
  });
}
