/* Draws the charts of a page from the figures that stand in it. Asks nobody for anything. */
"use strict";

// What several charts have in common stands once, as a part: {"$part": 3}.
const parts = JSON.parse(document.getElementById("parts").textContent);
const whole = (value) => {
  if (Array.isArray(value)) return value.map(whole);
  if (value === null || typeof value !== "object") return value;
  if ("$part" in value) return whole(parts[value.$part]);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, whole(inner)]));
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
