/* Draws the charts of a page from the figures that stand in it. Asks nobody for anything. */
"use strict";

document.querySelectorAll("figure.chart").forEach((frame) => {
  const plot = frame.querySelector(".plot");
  const figure = JSON.parse(frame.querySelector(".plot-data").textContent);
  const ratio = figure.layout.meta && figure.layout.meta.height_to_width;
  if (ratio) {
    // The legend stands above a map in one to three lines.
    const legend = 80;
    figure.layout.height = Math.min(figure.layout.height, plot.clientWidth * ratio + legend);
  }
  Plotly.newPlot(plot, figure.data, figure.layout, {
    displayModeBar: false,
    displaylogo: false,
    responsive: true,
    showTips: false,
  });
});

const redraw = () => document.querySelectorAll(".plot").forEach((plot) => Plotly.Plots.resize(plot));
window.addEventListener("beforeprint", redraw);
window.addEventListener("afterprint", redraw);
