"use strict";
// Charts from data that stands in the page; each page has the same numbers as a table, too.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const QUADS = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
  const words = (code) => code.replaceAll("_", " ");
  const utc = d3.utcParse("%Y-%m-%d");
  const day = d3.utcFormat("%-d %b %Y");
  const bin = { day, week: (at) => "week of " + day(at), month: d3.utcFormat("%b %Y"), year: d3.utcFormat("%Y") };
  const STEP = { day: d3.utcDay, week: d3.utcMonday, month: d3.utcMonth, year: d3.utcYear };

  function sheet(figure, height, label) {
    const canvas = figure.querySelector(".canvas");
    const width = Math.max(300, Math.round(canvas.clientWidth || 700));
    const svg = d3.select(canvas).append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img").attr("aria-label", label);
    return { svg, width };
  }

  function time(svg, scale, y, width) {
    const axis = svg.append("g").attr("transform", `translate(0,${y})`);
    axis.append("line").attr("class", "axis").attr("x1", scale.range()[0]).attr("x2", scale.range()[1]);
    const ticks = scale.ticks(Math.max(2, Math.floor(width / 90)));
    const format = scale.tickFormat();
    for (const at of ticks) {
      axis.append("line").attr("class", "axis").attr("x1", scale(at)).attr("x2", scale(at)).attr("y2", 4);
      axis.append("text").attr("x", scale(at)).attr("y", 16).attr("text-anchor", "middle").text(format(at));
    }
  }

  function legend(figure, entries) {
    const list = d3.select(figure).select(".canvas").append("ul").attr("class", "legend").attr("aria-hidden", "true");
    for (const [name, text] of entries) {
      const item = list.append("li");
      item.append("span").attr("class", `quad ${name}`);
      item.append("span").text(" " + text);
    }
  }

  const drawers = {
    // Bars by bin: cooperation above the line, conflict below it; the mean score as a line.
    quads(figure, data) {
      const rows = data.rows.map((row) => ({ ...row, at: utc(row.bin) }));
      if (!rows.length) return;
      const height = 210, left = 34, bottom = 24;
      const { svg, width } = sheet(figure, height, `Events by ${data.by}; the numbers stand in the table below.`);
      const step = STEP[data.by];
      const x = d3.scaleUtc([d3.min(rows, (row) => row.at), step.offset(d3.max(rows, (row) => row.at), 1)], [left, width - 6]);
      const up = d3.max(rows, (row) => row.verbal_cooperation + row.material_cooperation);
      const down = d3.max(rows, (row) => row.verbal_conflict + row.material_conflict);
      const y = d3.scaleLinear([-Math.max(down, 1), Math.max(up, 1)], [height - bottom, 8]).nice(5);
      for (const tick of y.ticks(5).filter(Number.isInteger)) {
        svg.append("line").attr("class", tick ? "axis" : "zero").attr("x1", left).attr("x2", width - 6).attr("y1", y(tick)).attr("y2", y(tick));
        svg.append("text").attr("x", left - 6).attr("y", y(tick) + 4).attr("text-anchor", "end").text(Math.abs(tick));
      }
      for (const row of rows) {
        const from = x(row.at), wide = Math.max(1, x(step.offset(row.at, 1)) - from - (rows.length < 200 ? 1 : 0));
        let above = 0, below = 0;
        for (const quad of ["material_cooperation", "verbal_cooperation", "material_conflict", "verbal_conflict"]) {
          const count = row[quad];
          if (!count) continue;
          const good = quad.endsWith("cooperation");
          const top = good ? y(above + count) : y(-below);
          const size = Math.abs(y(count) - y(0));
          if (good) above += count; else below += count;
          svg.append("rect").attr("class", "fill-" + quad).attr("x", from).attr("width", wide).attr("y", top).attr("height", size)
            .append("title").text(`${bin[data.by](row.at)}: ${count} ${words(quad)}`);
        }
      }
      time(svg, x, height - bottom, width);
      legend(figure, QUADS.map((quad) => [quad, words(quad)]));
    },
  };

  function draw(figure) {
    const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    figure.querySelector(".canvas").replaceChildren();
    drawers[figure.dataset.kind](figure, data);
    const tools = figure.querySelector(".tools");
    if (tools) tools.hidden = !figure.querySelector("svg");
  }

  window.dragomanCharts = { drawers, draw, sheet, time, utc, day, words, legend };
  document.addEventListener("DOMContentLoaded", () => {
    const figures = [...document.querySelectorAll("figure.chart")].filter((one) => drawers[one.dataset.kind]);
    figures.forEach(draw);
    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      if (window.innerWidth === width) return;
      width = window.innerWidth;
      figures.forEach(draw);
    });
  });
})();
