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

  function sheet(figure, height, label, role = "img") {
    const canvas = figure.querySelector(".canvas");
    const width = Math.max(300, Math.round(canvas.clientWidth || 700));
    const svg = d3.select(canvas).append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", role).attr("aria-label", label);
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

  // The key stands in the picture itself, so that it is there in what is saved. Each entry draws its own sign.
  function legend(svg, width, top, entries) {
    let x = 8, y = top + 12;
    for (const [draw, text] of entries) {
      const size = 18 + 6.4 * text.length;
      if (x > 8 && x + size > width) { x = 8; y += 18; }
      draw(svg.append("g").attr("transform", `translate(${x},${y})`));
      svg.append("text").attr("x", x + 14).attr("y", y + 4).text(text);
      x += size + 14;
    }
    const [, , , height] = svg.attr("viewBox").split(" ");
    svg.attr("viewBox", `0 0 ${width} ${Math.max(height, y + 10)}`);
  }
  const square = (name) => (g) => g.append("rect").attr("class", name).attr("width", 9).attr("height", 9).attr("y", -4.5);
  const circle = (name, r = 4.5) => (g) => g.append("circle").attr("class", name).attr("r", r).attr("cx", 4.5);
  const symbol = (kind) => (g) => g.append("path").attr("class", "step").attr("transform", "translate(4.5,0)").attr("d", d3.symbol(kind, 55)());
  const MARKS = { opened: d3.symbolTriangle, closed: d3.symbolSquare, other: d3.symbolDiamond };
  const STATES = { open: 10, reduced: 6, contested: 10, closed: 4, other: 10 };
  const ROWS = 40;

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
      legend(svg, width, height, QUADS.map((quad) => [square("fill-" + quad), words(quad)]));
    },
    // Mean scores of several directions over time, a dot a bin.
    scores(figure, data) {
      const ways = data.ways.map((way) => ({ ...way, rows: way.rows.filter((row) => row.happened && row.score !== null).map((row) => ({ ...row, at: utc(row.bin) })) }));
      const all = ways.flatMap((way) => way.rows);
      if (!all.length) return;
      const height = 230, left = 34, bottom = 24;
      const { svg, width } = sheet(figure, height, `Mean scores by ${data.by}; the numbers stand in the table below.`);
      const step = STEP[data.by];
      const x = d3.scaleUtc([d3.min(all, (row) => row.at), step.offset(d3.max(all, (row) => row.at), 1)], [left + 8, width - 12]);
      const y = d3.scaleLinear([-10, 10], [height - bottom, 8]);
      const size = d3.scaleSqrt([0, d3.max(all, (row) => row.happened)], [2, 9]);
      for (const tick of [-10, -5, 0, 5, 10]) {
        svg.append("line").attr("class", tick ? "axis" : "zero").attr("x1", left).attr("x2", width - 6).attr("y1", y(tick)).attr("y2", y(tick));
        svg.append("text").attr("x", left - 6).attr("y", y(tick) + 4).attr("text-anchor", "end").text((tick > 0 ? "+" : tick < 0 ? "−" : "") + Math.abs(tick));
      }
      const middle = (row) => (x(row.at) + x(step.offset(row.at, 1))) / 2;
      ways.forEach((way, number) => {
        for (const [one, next] of d3.pairs(way.rows)) {
          const near = step.offset(one.at, 1) >= next.at;
          svg.append("line").attr("class", `way-${number} ${near ? "near" : "far"}`).attr("x1", middle(one)).attr("y1", y(one.score)).attr("x2", middle(next)).attr("y2", y(next.score));
        }
        for (const row of way.rows) {
          const shape = svg.append(number % 2 ? "rect" : "circle").attr("class", `dot way-${number}`);
          const r = size(row.happened);
          if (number % 2) shape.attr("x", middle(row) - r).attr("y", y(row.score) - r).attr("width", 2 * r).attr("height", 2 * r);
          else shape.attr("cx", middle(row)).attr("cy", y(row.score)).attr("r", r);
          shape.append("title").text(`${way.name}, ${bin[data.by](row.at)}: mean score ${row.score}, n = ${row.happened}`);
        }
      });
      time(svg, x, height - bottom, width);
      legend(svg, width, height, ways.map((way, number) => [(number % 2 ? square : circle)(`dot way-${number}`), way.name]));
    },

    // A row a tie: bars while it stood in a state, a mark at each step, linked to the event that shows it.
    ties(figure, whole) {
      const data = whole.slice(0, ROWS);
      const dates = data.flatMap((tie) => [...tie.steps.flatMap((one) => [one.from, one.to]), tie.last].filter(Boolean).map(utc));
      if (!dates.length) return;
      const row = 30, top = 6, bottom = 24, height = top + data.length * row + bottom;
      const { svg, width } = sheet(figure, height, "Ties over time; the steps stand in the table below.", "group");
      const [first, last] = d3.extent(dates);
      const x = d3.scaleUtc([d3.utcMonth.offset(first, -2), d3.utcMonth.offset(last, 2)], [8, width - 8]);
      const [begin, end] = x.range();
      data.forEach((tie, number) => {
        const y = top + number * row;
        svg.append("text").attr("class", "name").attr("x", begin).attr("y", y + 11).text(tie.title);
        svg.append("line").attr("class", "axis").attr("x1", begin).attr("x2", end).attr("y1", y + 21).attr("y2", y + 21);
        for (const span of tie.spans) {
          const from = span.from ? x(utc(span.from)) : begin;
          const to = span.to ? x(utc(span.to)) : tie.last ? Math.max(x(utc(tie.last)), from + 3) : end;
          const state = span.state in STATES ? span.state : "other", thick = STATES[state];
          const bar = svg.append("rect").attr("class", `bar ${state}`).attr("x", from).attr("width", Math.max(to - from, 2)).attr("y", y + 21 - thick / 2).attr("height", thick);
          bar.append("title").text(`${span.state} from ${span.from || "a day not told"} to ${span.to || (tie.last ? `at least ${tie.last}` : "a day not told")}`);
          if (!span.to && to < end) svg.append("rect").attr("class", "bar faded").attr("x", to).attr("width", end - to).attr("y", y + 20).attr("height", 2)
            .append("title").text("nothing later is told");
        }
        for (const one of tie.steps) {
          if (!one.from || one.step === "confirmed") continue;
          const at = (x(utc(one.from)) + x(utc(one.to || one.from))) / 2;
          const place = one.event ? svg.append("a").attr("href", `/events/${one.event}`).attr("aria-label", `${one.step}, ${one.when}: ${one.text}`) : svg;
          const mark = place.append("path").attr("class", "step").attr("transform", `translate(${at},${y + 21})`).attr("d", d3.symbol(MARKS[one.step] || MARKS.other, 60)());
          mark.append("title").text(`${one.step}, ${one.when}: ${one.text}`);
        }
      });
      time(svg, x, height - bottom, width);
      const seen = new Set(data.flatMap((tie) => tie.spans.map((span) => (span.state in STATES ? span.state : "other"))));
      const states = Object.keys(STATES).filter((one) => seen.has(one));
      const bar = (state) => (g) => g.append("rect").attr("class", `bar ${state}`).attr("width", 10).attr("height", STATES[state]).attr("y", -STATES[state] / 2);
      legend(svg, width, height, [
        ...states.map((one) => [bar(one), one]),
        [symbol(MARKS.opened), "opened"], [symbol(MARKS.closed), "closed"], [symbol(MARKS.other), "another step"],
      ]);
      if (whole.length > ROWS) svg.append("text").attr("x", width - 8).attr("y", 12).attr("text-anchor", "end").text(`the first ${ROWS} of ${whole.length}`);
    },
  };

  function draw(figure) {
    const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    figure.querySelector(".canvas").replaceChildren();
    drawers[figure.dataset.kind](figure, data);
    const tools = figure.querySelector(".tools");
    if (tools) tools.hidden = !figure.querySelector("svg");
  }

  window.dragomanCharts = { drawers, draw, sheet, time, utc, day, words, legend, square, circle };
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
