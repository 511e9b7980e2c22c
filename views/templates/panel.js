// The right panel: a finding first, then whatever the reader chose, each relation with its evidence.
function drawPanel() {
  const { focus } = state, panel = byId("right");
  const content = focus === null ? overview() : focus.kind === "node" ? nodePanel(nodes[focus.id])
    : focus.kind === "edge" ? edgePanel(edges[focus.id]) : bridgePanel(page.bridges[focus.id]);
  panel.replaceChildren(...content);
  panel.scrollTop = 0;
}

const heading = (key) => el("h2", {}, word(key));
const back = () => el("button", { className: "back", type: "button", onclick: () => setFocus(null) }, "← " + word("overview"));
const link = (node) =>
  el("button", { className: "link", type: "button", onclick: () => setFocus({ kind: "node", id: node.id }) }, node.name);

function overview() {
  const made = [heading("glance")];
  if (page.hubs.length) {
    const first = nodes[page.hubs[0]], share = edges.filter((edge) => edge.bridge).length;
    made.push(el("p", {}, word("finding", { name: first.name, n: first.ties, share, edges: edges.length })));
  }
  if (page.bridges.length) made.push(heading("bridges"), ...page.bridges.map(bridgeCard));
  if (page.hubs.length) made.push(heading("strongest"), ...page.hubs.map((id) => hubCard(nodes[id])));
  made.push(el("p", { className: "muted" }, word("hint")));
  return made;
}

const bridgeTitle = (bridge) => bridge.places.map((id) => nodes[id].name).join(" – ");

function bridgeCard(bridge, index) {
  const names = bridge.nodes.slice(0, 4).map((id) => link(nodes[id]));
  const head = el("button", { className: "head", type: "button", onclick: () => setFocus({ kind: "bridge", id: index }) },
    el("span", {}, bridgeTitle(bridge)), el("span", { className: "n" }, countOf(bridge.edges.length)));
  return el("div", { className: "card" }, head, el("div", {}, ...names));
}

function hubCard(node) {
  return el("button", { className: "card", type: "button", onclick: () => setFocus({ kind: "node", id: node.id }) },
    symbol(node.type), el("b", {}, node.name), el("span", { className: "n" }, String(node.ties)));
}

function bridgePanel(bridge) {
  const chosen = edges.filter((edge) => shown.near.edges.has(edge.id));
  return [back(), el("h3", {}, bridgeTitle(bridge)), el("p", { className: "muted" }, countOf(chosen.length)),
    ...chosen.map((edge) => relation(edge, null))];
}

function edgePanel(edge) {
  return [back(), el("h3", {}, verb(edge, true)), relation(edge, null)];
}

function nodePanel(node) {
  const chosen = tiesOf[node.id].filter((edge) => shown.edges.has(edge.id));
  const place = node.place >= 0 && node.place !== node.id ? " · " + nodes[node.place].name : "";
  const chip = el("div", { className: "chip" }, symbol(node.type), className(node.type) + place);
  const facts = el("dl", { className: "facts" });
  const fact = (name, value) => facts.append(el("dt", {}, name), el("dd", {}, value));
  if (node.aliases.length) fact(word("also"), node.aliases.join(" · "));
  for (const [name, value] of node.attributes) fact(name === "start" || name === "end" ? word(name) : name, value);
  for (const identifier of node.identifiers) fact("ID", identifier);
  const order = (edge) => (edge.from === node.id ? 0 : 1);
  chosen.sort((a, b) => order(a) - order(b) || a.type.localeCompare(b.type) || a.id - b.id);
  const hint = chosen.length || !tiesOf[node.id].length ? [] : [el("p", { className: "muted" }, word("no_relations"))];
  return [back(), el("h3", {}, node.name), chip, ...(facts.childElementCount ? [facts] : []),
    el("h2", {}, countOf(chosen.length)), ...hint, ...chosen.map((edge) => relation(edge, node))];
}

/** One relation, told from `node` (null: with both ends), and every quote for it. */
function relation(edge, node) {
  const says = el("div", { className: "says" });
  if (node === null) says.append(link(nodes[edge.from]), el("span", {}, verb(edge, true) + " →"), link(nodes[edge.to]));
  else if (edge.from === node.id) says.append(el("span", {}, verb(edge, true) + " →"), link(nodes[edge.to]));
  else says.append(el("span", {}, "← " + verb(edge, false)), link(nodes[edge.from]));
  if (edge.role) says.append(el("span", { className: "role" }, edge.role));
  if (edge.modality !== "stated") says.append(el("span", { className: "badge" }, word(edge.modality)));
  const validity = [edge.valid_from && word("since") + " " + edge.valid_from, edge.valid_to && word("until") + " " + edge.valid_to, edge.amount];
  const extra = validity.filter(Boolean).join(" · ");
  return el("div", { className: "relation" }, says, extra ? el("div", { className: "role" }, extra) : "", ...edge.evidence.map(evidence));
}

function evidence(found) {
  const source = page.documents[found.document];
  const bar = el("meter", { min: 0, max: 1, low: 0.5, high: 0.7, optimum: 1, value: found.confidence, "aria-label": word("confidence") });
  const meta = el("div", { className: "meta" }, bar, el("span", {}, percent(found.confidence)));
  if (source) meta.append(el("span", {}, dateOf(source)), sourceTitle(source));
  if (found.line) meta.append(el("span", {}, word("line") + " " + found.line + (found.column ? ", " + found.column : "")));
  return el("div", {}, el("blockquote", {}, quoted(found.quote)), meta);
}

/** The title as a link only where the address is a web address. */
function sourceTitle(source) {
  if (!/^https?:\/\//i.test(source.url)) return el("span", {}, source.title);
  return el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, source.title);
}
