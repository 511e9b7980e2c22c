// Search over names, other names and quotes. Enter takes the chosen suggestion, arrows move, Esc closes.
const MOST_HITS = 12;
let hits = [], chosenHit = 0;

/** Lower case without accents; umlauts also as two letters, so that "duesseldorf" finds "Düsseldorf". */
function folded(text) {
  const lower = text.toLowerCase().replace(/ß/g, "ss");
  const plain = lower.normalize("NFKD").replace(/\p{M}/gu, "");
  const wide = lower.replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").normalize("NFKD").replace(/\p{M}/gu, "");
  return plain === wide ? plain : plain + "\n" + wide;
}

const index = nodes.map((node) => ({
  node,
  name: folded(node.name),
  aliases: folded(node.aliases.join("\n")),
  quotes: tiesOf[node.id].flatMap((edge) => edge.evidence.map((found) => ({ text: found.quote, folded: folded(found.quote) }))),
}));

function find(text) {
  const wanted = folded(text.trim()).split("\n");
  if (!wanted[0]) return [];
  const within = (hay) => wanted.some((needle) => hay.includes(needle));
  const found = [];
  for (const entry of index) {
    const starts = entry.name.split("\n").some((name) => wanted.some((needle) => name.startsWith(needle)));
    const quote = entry.quotes.find((q) => within(q.folded));
    const rank = starts ? 0 : within(entry.name) ? 1 : within(entry.aliases) ? 2 : quote ? 3 : -1;
    if (rank >= 0) found.push({ node: entry.node, rank, quote: rank === 3 ? quote.text : "" });
  }
  return found.sort((a, b) => a.rank - b.rank || b.node.ties - a.node.ties || a.node.id - b.node.id).slice(0, MOST_HITS);
}

function drawHits() {
  const list = byId("hits"), field = byId("search"), open = field.value.trim() !== "" && document.activeElement === field;
  list.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (!open) return field.removeAttribute("aria-activedescendant");
  list.replaceChildren(...hits.map((hit, at) => {
    const words_ = el("span", {}, hit.node.name, hit.quote ? el("small", {}, quoted(around(hit.quote))) : "");
    const item = el("li", { id: "hit-" + at, role: "option", "aria-selected": String(at === chosenHit) }, symbol(hit.node.type), words_);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(at); });
    return item;
  }));
  if (!hits.length) list.append(el("li", { role: "option" }, word("nothing")));
  if (hits.length) field.setAttribute("aria-activedescendant", "hit-" + chosenHit);
  byId("hit-" + chosenHit)?.scrollIntoView({ block: "nearest" });
}

const around = (quote) => (quote.length > 90 ? quote.slice(0, 89) + "…" : quote);

function take(at) {
  if (!hits[at]) return;
  byId("search").value = "";
  const { id, type } = hits[at].node;
  state.hiddenTypes.delete(type);
  hits = [];
  drawHits();
  setFocus({ kind: "node", id }, { move: true });
  byId("right").focus({ preventScroll: true });
}

function listenToSearch() {
  const field = byId("search");
  field.addEventListener("input", () => { hits = find(field.value); chosenHit = 0; drawHits(); });
  field.addEventListener("blur", drawHits);
  field.addEventListener("focus", drawHits);
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      chosenHit = (chosenHit + step + hits.length) % hits.length;
      drawHits();
    } else if (event.key === "Enter") take(chosenHit);
    else if (event.key === "Escape" && field.value) {
      event.stopPropagation();
      field.value = "";
      hits = [];
      drawHits();
    }
  });
}
