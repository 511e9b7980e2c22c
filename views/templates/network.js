// The picture: rooms, symbols with labels, three kinds of lines. Positions come from Python and never move by
// themselves; what is out of focus fades.
const FADED = 0.13;
const LABEL = 12, HUB_LABEL = 13.5, LINE_HEIGHT = 14, LABEL_WIDTH = 128;
const hubs = new Set(page.hubs);
const paths = new Map();
let network = null, visNodes = null, visEdges = null, colours = {};
let shown = { nodes: new Set(), edges: new Set(), near: null };

function readColours() {
  const style = getComputedStyle(root);
  for (const name of ["ground", "card", "ink", "muted", "line", "edge", "accent", "strong"])
    colours[name] = style.getPropertyValue("--" + name).trim();
  colours.font = getComputedStyle(document.body).fontFamily;
}

/** Which nodes and edges pass the filters, and which of them are near the focus (null: all). */
function compute() {
  const passing = new Set(nodes.filter((n) => !state.hiddenTypes.has(n.type)).map((n) => n.id));
  const lines = edges.filter((edge) => passing.has(edge.from) && passing.has(edge.to) && passes(edge));
  shown = { nodes: passing, edges: new Set(lines.map((edge) => edge.id)), near: near(lines) };
}

function near(lines) {
  const { focus } = state;
  const whole = (chosen) => ({
    edges: new Set(chosen.map((edge) => edge.id)),
    nodes: new Set(chosen.flatMap((edge) => [edge.from, edge.to])),
  });
  if (focus?.kind === "node") {
    const found = whole(lines.filter((edge) => edge.from === focus.id || edge.to === focus.id));
    found.nodes.add(focus.id);
    return found;
  }
  if (focus?.kind === "edge") return whole([edges[focus.id]]);
  if (focus?.kind === "bridge") {
    const wanted = new Set(page.bridges[focus.id].edges);
    return whole(lines.filter((edge) => wanted.has(edge.id)));
  }
  return filtered() ? whole(lines) : null;
}

const isFaded = (id) => shown.near !== null && !shown.near.nodes.has(id);

/** Parallel lines bend apart, lines between rooms bend a little, all others are straight. */
function bends() {
  const groups = new Map();
  for (const edge of edges) {
    const pair = Math.min(edge.from, edge.to) + "-" + Math.max(edge.from, edge.to);
    groups.set(pair, [...(groups.get(pair) || []), edge]);
  }
  const result = new Map();
  for (const group of groups.values()) group.forEach((edge, index) => {
    const spread = (index - (group.length - 1) / 2) * 0.22;
    const bend = spread + (group.length === 1 && edge.bridge ? 0.09 : 0);
    const turned = edge.from > edge.to ? -bend : bend;
    result.set(edge.id, bend === 0 ? false
      : { enabled: true, type: turned > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) });
  });
  return result;
}

function lineStyle(edge) {
  const on = shown.near?.edges.has(edge.id) && state.focus !== null;
  const faded = shown.near !== null && !shown.near.edges.has(edge.id);
  const topic = page.rooms[nodes[edge.to].room].kind === "topics" || page.rooms[nodes[edge.from].room].kind === "topics";
  // A verb needs a line that is long enough to carry it, and not too many others around it.
  const length = Math.hypot(nodes[edge.from].x - nodes[edge.to].x, nodes[edge.from].y - nodes[edge.to].y);
  const told = on && length > 140 && shown.near.edges.size <= 16;
  return {
    id: edge.id,
    hidden: !shown.edges.has(edge.id),
    dashes: edge.dashed ? [5, 4] : false,
    width: on ? 2.2 : edge.bridge ? 1.8 : 1.1,
    color: {
      color: on ? colours.strong : edge.bridge ? colours.accent : colours.edge,
      opacity: faded ? FADED * 0.7 : on ? 1 : edge.bridge ? 0.62 : topic ? 0.55 : 0.95,
    },
    arrows: on ? { to: { enabled: true, scaleFactor: 0.55 } } : "",
    label: told ? verb(edge, true) : "",
  };
}

function drawRooms(ctx) {
  for (const room of page.rooms) {
    ctx.beginPath();
    ctx.roundRect(room.left, room.top, room.width, room.height, 14);
    ctx.fillStyle = colours.card;
    ctx.fill();
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = colours.line;
    ctx.stroke();
  }
}

/** Titles lie above the lines that cross them. */
function drawTitles(ctx) {
  const scale = network.getScale();
  for (const room of page.rooms) {
    const size = Math.max(12.5, 10.5 / scale);
    ctx.font = `650 ${size}px ${colours.font}`;
    ctx.fillStyle = colours.muted;
    ctx.textAlign = "left";
    ctx.textBaseline = "top";
    ctx.letterSpacing = size * 0.05 + "px";
    ctx.lineWidth = size * 0.4;
    ctx.lineJoin = "round";
    ctx.strokeStyle = colours.card;
    const title = fitting(ctx, roomName(room).toUpperCase(), room.width - 28);
    ctx.strokeText(title, room.left + 15, room.top + 12);
    ctx.fillText(title, room.left + 15, room.top + 12);
    ctx.letterSpacing = "0px";
  }
}

function fitting(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  let end = text.length;
  while (end > 1 && ctx.measureText(text.slice(0, end) + "…").width > width) end -= 1;
  return text.slice(0, end) + "…";
}

function drawNode({ ctx, id, x, y, state: { hover } }) {
  const node = nodes[id], alpha = isFaded(id) ? FADED : 1;
  const chosen = state.focus?.kind === "node" && state.focus.id === id;
  return {
    drawNode() {
      if (!paths.has(node.type)) paths.set(node.type, new Path2D(shapeOf(node.type)));
      ctx.save();
      ctx.globalAlpha = alpha;
      ctx.translate(x, y);
      if (chosen || hover) {
        ctx.beginPath();
        ctx.arc(0, 0, node.radius * 1.25 + 4, 0, 2 * Math.PI);
        ctx.lineWidth = 2.4;
        ctx.strokeStyle = colours.strong;
        ctx.stroke();
      }
      ctx.scale(node.radius, node.radius);
      ctx.lineWidth = 3 / node.radius;
      ctx.lineJoin = "round";
      ctx.strokeStyle = colours.card;
      ctx.stroke(paths.get(node.type));
      ctx.fillStyle = colourOf(node.type);
      ctx.fill(paths.get(node.type));
      ctx.restore();
    },
    drawExternalLabel() {
      if (network.getScale() >= 0.5) drawLabel(ctx, node, x, y, alpha, 1);
    },
    nodeDimensions: { width: 2.2 * node.radius, height: 2.2 * node.radius },
  };
}

function drawLabel(ctx, node, x, y, alpha, zoom) {
  const hub = hubs.has(node.id), size = (hub ? HUB_LABEL : LABEL) * zoom;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.font = `${hub ? 650 : 400} ${size}px ${colours.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.6 * zoom;
  ctx.strokeStyle = colours.card;
  ctx.fillStyle = colours.ink;
  node.lines.forEach((line, index) => {
    const top = y + node.radius * 1.15 + (4 + index * LINE_HEIGHT) * zoom;
    ctx.strokeText(line, x, top, LABEL_WIDTH * zoom);
    ctx.fillText(line, x, top, LABEL_WIDTH * zoom);
  });
  ctx.restore();
}

/** From afar only the strongest nodes keep a label, in a size that can be read. */
function drawFarLabels(ctx) {
  drawTitles(ctx);
  const scale = network.getScale();
  if (scale >= 0.5) return;
  const taken = [];
  const ranked = nodes.filter((n) => shown.nodes.has(n.id) && !isFaded(n.id)).sort((a, b) => b.ties - a.ties || a.id - b.id);
  for (const node of ranked.slice(0, 40)) {
    const { x, y } = network.getPosition(node.id), wide = 60 / scale, high = (12 + 14 * node.lines.length) / scale;
    if (taken.some((spot) => Math.abs(spot.x - x) < wide * 1.7 && Math.abs(spot.y - y) < Math.max(high, spot.high))) continue;
    taken.push({ x, y, high });
    drawLabel(ctx, node, x, y, 1, 0.92 / scale);
  }
}

function redraw() {
  compute();
  visNodes.update(nodes.map((node) => ({ id: node.id, hidden: !shown.nodes.has(node.id) })));
  visEdges.update(edges.map(lineStyle));
  network.redraw();
}

function fit() {
  if (!page.rooms.length || !byId("network").clientWidth) return; // nothing to show, or another view is open
  const right = Math.max(...page.rooms.map((room) => room.left + room.width));
  const bottom = Math.max(...page.rooms.map((room) => room.top + room.height));
  const { clientWidth, clientHeight } = byId("network");
  const scale = Math.min(clientWidth / (right + 24), clientHeight / (bottom + 24), 1.4);
  network.moveTo({ position: { x: (right + 9) / 2, y: (bottom + 9) / 2 }, scale, animation: false });
}

function drawNetwork() {
  readColours();
  compute();
  const bent = bends();
  visNodes = new vis.DataSet(nodes.map(({ id, x, y, radius }) => ({ id, x, y, size: radius })));
  visEdges = new vis.DataSet(edges.map((e) => ({ ...lineStyle(e), from: e.from, to: e.to, smooth: bent.get(e.id) })));
  network = new vis.Network(byId("network"), { nodes: visNodes, edges: visEdges }, {
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: true, multiselect: false, selectConnectedEdges: false, zoomSpeed: 0.7 },
    nodes: { shape: "custom", ctxRenderer: drawNode, chosen: false },
    edges: { smooth: false, chosen: false, selectionWidth: 0, hoverWidth: 0, font: edgeFont() },
  });
  network.on("beforeDrawing", drawRooms);
  network.on("afterDrawing", drawFarLabels);
  network.on("click", (event) => {
    if (event.nodes.length) setFocus({ kind: "node", id: event.nodes[0] });
    else if (event.edges.length) setFocus({ kind: "edge", id: event.edges[0] });
    else setFocus(null);
  });
  network.on("hoverNode", () => { byId("network").style.cursor = "pointer"; });
  network.on("blurNode", () => { byId("network").style.cursor = ""; });
  dark.addEventListener("change", () => {
    readColours();
    network.setOptions({ edges: { font: edgeFont() } });
    drawLegend();
    redraw();
  });
  fit();
}

const edgeFont = () => ({
  face: colours.font, size: 11, color: colours.strong, strokeWidth: 4, strokeColor: colours.card, align: "horizontal",
});
