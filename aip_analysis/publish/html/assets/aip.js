/* Draws the charts of a page from the figures that stand in it. Asks nobody for anything. */
"use strict";

// Outlines stand in the page as paths of SVG, in steps from point to point; their y runs downwards.
const points = (path) => {
  const x = [], y = [];
  for (const line of document.getElementById(`o${path}`).getAttribute("d").split("M").slice(1)) {
    if (x.length) { x.push(null); y.push(null); }
    const first = x.length, steps = line.match(/-?\d+/g).map(Number);
    for (let east = 0, south = 0, at = 0; at < steps.length; at += 2) {
      x.push(east += steps[at]);
      south += steps[at + 1];
      y.push(0 - south);
    }
    if (line.endsWith("z")) { x.push(x[first]); y.push(y[first]); }
  }
  return { x, y };
};

// Circles are told by middle and radius. Their twelve corners lie out by these shares of it, with
// every digit that Python works with: a corner that is rounded otherwise would lie a metre beside.
const east = [
  1, 0.8660254037844387, 0.5000000000000001, 6.123233995736766e-17, -0.4999999999999998,
  -0.8660254037844387, -1, -0.8660254037844388, -0.5000000000000004, -1.8369701987210297e-16,
  0.5000000000000001, 0.8660254037844384,
];
const north = [
  0, 0.49999999999999994, 0.8660254037844386, 1, 0.8660254037844387, 0.49999999999999994,
  1.2246467991473532e-16, -0.4999999999999997, -0.8660254037844384, -1, -0.8660254037844386,
  -0.5000000000000004,
];
// The nearest whole number, of two as near the even one: as Python rounds.
const even = (value) => {
  const floor = Math.floor(value), over = value - floor;
  return over < 0.5 || (over === 0.5 && floor % 2 === 0) ? floor : floor + 1;
};
const corners = (numbers) => {
  const x = [], y = [];
  for (let at = 0; at < numbers.length; at += 3) {
    const [middle, up, radius] = numbers.slice(at, at + 3);
    if (at) { x.push(null); y.push(null); }
    for (let turn = 0; turn <= 12; turn += 1) {
      x.push(even(middle + radius * east[turn % 12]));
      y.push(even(up + radius * north[turn % 12]));
    }
  }
  return { x, y };
};

// What several charts have in common stands once, as a part: {"$part": 3}.
const parts = JSON.parse(document.getElementById("parts").textContent);
const whole = (value) => {
  if (Array.isArray(value)) return value.map(whole);
  if (value === null || typeof value !== "object") return value;
  const { $part, $path, $rings, ...own } = value;
  const named = Object.fromEntries(Object.entries(own).map(([name, inner]) => [name, whole(inner)]));
  const part = $part === undefined ? {} : whole(parts[$part]);
  if (Array.isArray(part) || typeof part !== "object") return part;
  const places = $rings ? corners($rings) : $path === undefined ? {} : points($path);
  return { ...part, ...named, ...places };
};

// How many half-width columns a text takes.
const columns = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2fff" ? 2 : 1), 0);

document.querySelectorAll("figure.chart").forEach((frame) => {
  const plot = frame.querySelector(".plot");
  const figure = whole(JSON.parse(frame.querySelector(".plot-data").textContent));
  const ratio = figure.layout.meta && figure.layout.meta.height_to_width;
  if (ratio) {
    // The legend stands above a map in columns as wide as its longest entry.
    const keys = figure.data.filter((trace) => trace.showlegend).map((trace) => columns(trace.name));
    const across = Math.max(1, Math.floor(plot.clientWidth / (6.6 * Math.max(0, ...keys) + 46)));
    const legend = 24 + 20 * Math.ceil(keys.length / across);
    figure.layout.height = Math.min(figure.layout.height, plot.clientWidth * ratio + legend);
  }
  Plotly.newPlot(plot, figure.data, figure.layout, {
    displayModeBar: false,
    displaylogo: false,
    responsive: true,
    showTips: false,
  });
});

// Paper gets the still pictures that stand in the page for readers without scripts: as wide as it is.
window.addEventListener("beforeprint", () => document.querySelectorAll(".plot > noscript").forEach((still) => {
  if (!still.parentNode.querySelector(":scope > .still")) still.insertAdjacentHTML("afterend", still.textContent);
}));
window.addEventListener("afterprint", () => document.querySelectorAll(".plot > .still").forEach((still) => still.remove()));

// Only a table that is wider than its frame needs the keyboard to be moved.
const frames = [...document.querySelectorAll(".table-frame")];
const stops = () => {
  const wide = frames.map((frame) => frame.scrollWidth > frame.clientWidth);
  frames.forEach((frame, at) => (wide[at] ? frame.setAttribute("tabindex", "0") : frame.removeAttribute("tabindex")));
};
stops();
window.addEventListener("resize", stops);
document.querySelectorAll("details").forEach((fold) => fold.addEventListener("toggle", stops));

// A table as CSV: one datum a cell. Units leave the numbers for the head of their column, or for a
// column of their own where a column has several; names of parts come before their rows. What figures
// leave out, or why there are none, is in a last column; then they have neither sign nor "at least".
const words = document.getElementById("main").dataset;
// An estimate says so before its number: およそ240人.
const FIGURE = /^[^\d±△▲+\-−]*([±△▲+\-−]?)([\d,]+(?:\.\d+)?)(\D*)$/;
const LACKING = /(以上)?[※*]?$/;
const parted = (cell) => {
  const text = cell.textContent.replace(/\s+/g, " ").trim();
  const numeric = "value" in cell.dataset || cell.classList.contains("number");
  const figure = numeric && text.match(FIGURE);
  const lack = cell.dataset.lack || "";
  if (!figure) return { text, unit: "", lack };
  const sign = /[△▲\-−]/.test(figure[1]) ? "-" : "";
  return { text: sign + figure[2].replaceAll(",", ""), unit: figure[3].replace(lack ? LACKING : "", "").trim(), lack, figure: true };
};
const rowsOf = (table) => {
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [];
  let part = "";
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
    if (row.classList.contains("part")) part = row.textContent.trim();
    else rows.push({ part, cells: [...row.cells].map(parted) });
  }
  const lacking = rows.some(({ cells }) => cells.some((cell) => cell.lack));
  const state = (cells) => cells.flatMap(({ lack }, at) => (lack ? [`${heads[at]}: ${lack}`] : [])).join("; ");
  const units = heads.map((_, at) => new Set(rows.map(({ cells }) => cells[at].unit).filter(Boolean)));
  const mixed = units.some((found) => found.size > 1);
  const told = heads.map((head, at) => (!mixed && units[at].size ? `${head} (${[...units[at]][0]})` : head));
  const lines = rows.map(({ part: name, cells }) => {
    const unit = (cells.find((cell) => cell.unit) || { unit: "" }).unit;
    // In a row of percentages a difference in points keeps its own unit.
    const data = cells.map((cell) => (mixed && cell.unit && cell.unit !== unit ? { ...cell, text: cell.text + cell.unit } : cell));
    return [...(part ? [{ text: name }] : []), ...data, ...(mixed ? [{ text: unit }] : []), ...(lacking ? [{ text: state(cells) }] : [])];
  });
  const first = [...(part ? [words.csvPart] : []), ...told, ...(mixed ? [words.csvUnit] : []), ...(lacking ? [words.csvState] : [])];
  return [first.map((text) => ({ text })), ...lines];
};
// What looks like a formula is kept a text.
const quoted = ({ text, figure }) => {
  const safe = !figure && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const saved = (table, name) => {
  const lines = rowsOf(table).map((cells) => cells.map(quoted).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const page = decodeURIComponent(location.pathname).split("/").pop().replace(/\.html?$/, "") || "report";
frames.forEach((frame, at) => {
  const table = frame.querySelector("table");
  const name = table.caption ? table.caption.textContent : table.getAttribute("aria-label") || "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "export";
  button.textContent = words.csv;
  button.setAttribute("aria-label", words.csvName.replace("{name}", name));
  button.addEventListener("click", () => saved(table, `${page}-${at + 1}.csv`));
  frame.after(button);
});
