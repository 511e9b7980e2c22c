// The data, the state and small helpers. Text from sources reaches the page through textContent only.
const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, page } = data;
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const byKey = new Map(nodes.map((node) => [node.key, node.id]));
const tiesOf = nodes.map(() => []);
for (const edge of edges) {
  tiesOf[edge.from].push(edge);
  if (edge.to !== edge.from) tiesOf[edge.to].push(edge);
}

// What the reader chose. `focus` is null or {kind: "node" | "edge" | "bridge", id}.
const state = {
  language: page.language, view: "network", focus: null,
  hiddenTypes: new Set(), hiddenDocuments: new Set(), relation: "", modality: "", confidence: 0, onlyBridges: false,
};

const word = (key, values = {}) =>
  page.words[state.language][key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
const className = (type) => page.classes[type][state.language];
const countOf = (n) => (n === 1 ? word("relations_1") : word("relations_n", { n }));
const percent = (share) => Math.round(share * 100) + "\u00a0%";
const verb = (edge, outward) => {
  const term = page.relations[edge.type];
  return outward ? term[state.language] : term["inverse_" + state.language];
};
const roomName = (room) =>
  room.kind === "topics" ? word("topics_room") : room.kind === "elsewhere" ? word("elsewhere_room") : room.name;
const dateOf = (document_) => document_.published || word("undated");
const quoted = (text) => (state.language === "de" ? "„" + text + "“" : "“" + text + "”");

/** An element with properties, attributes (names with a hyphen, and role) and children (elements or text). */
function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (name.includes("-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// The shapes of the vocabulary around the origin, of about equal area; the same paths serve legend and canvas.
const star = Array.from({ length: 10 }, (_, i) => {
  const angle = (Math.PI * i) / 5 - Math.PI / 2, far = i % 2 ? 0.55 : 1.25;
  return (i ? "L" : "M") + (far * Math.cos(angle)).toFixed(3) + " " + (far * Math.sin(angle)).toFixed(3);
}).join("") + "Z";
const SHAPES = new Map([
  ["dot", "M-1 0A1 1 0 0 1 1 0A1 1 0 0 1 -1 0Z"],
  ["square", "M-.78 -.9H.78A.12 .12 0 0 1 .9 -.78V.78A.12 .12 0 0 1 .78 .9H-.78A.12 .12 0 0 1 -.9 .78V-.78A.12 .12 0 0 1 -.78 -.9Z"],
  ["diamond", "M0 -1.22L1.22 0L0 1.22L-1.22 0Z"],
  ["triangle", "M0 -1.2L1.2 .9L-1.2 .9Z"],
  ["triangleDown", "M0 1.2L1.2 -.9L-1.2 -.9Z"],
  ["hexagon", "M-1.08 0L-.54 -.94L.54 -.94L1.08 0L.54 .94L-.54 .94Z"],
  ["star", star],
]);
const shapeOf = (type) => SHAPES.get(page.classes[type].shape) || SHAPES.get("dot");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** The colour of a class; a black symbol would vanish on a dark page. */
function colourOf(type) {
  const colour = page.classes[type].colour;
  if (colour === "#000000") return dark.matches ? "#aeb8c6" : "#4a5464";
  return colour;
}

function symbol(type) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  svg.setAttribute("class", "symbol");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", shapeOf(type));
  path.setAttribute("fill", colourOf(type));
  svg.append(path);
  return svg;
}
