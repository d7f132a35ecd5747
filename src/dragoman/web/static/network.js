"use strict";
// The network of ties on a day, and the slider of days; both are there as table and field, too.
(() => {
  const { drawers, sheet, day } = window.dragomanCharts;

  drawers.network = (figure, data) => {
    const height = Math.min(460, 150 + 22 * data.nodes.length);
    const { svg, width } = sheet(figure, height, `${data.nodes.length} countries and ${data.links.length} links; the ties stand in the table below.`, "group");
    const nodes = data.nodes.map((one) => ({ ...one }));
    const links = data.links.map((one) => ({ ...one }));
    d3.forceSimulation(nodes)
      .force("link", d3.forceLink(links).id((one) => one.id).distance(110))
      .force("charge", d3.forceManyBody().strength(-260))
      .force("x", d3.forceX(width / 2).strength(0.06))
      .force("y", d3.forceY(height / 2).strength(0.12))
      .force("apart", d3.forceCollide(26))
      .stop()
      .tick(300);
    const fit = (axis, from, to) => d3.scaleLinear(d3.extent(nodes, (one) => one[axis]), nodes.length > 1 ? [from, to] : [(from + to) / 2, (from + to) / 2]);
    const side = Math.max(48, (width - 900) / 2);
    const x = fit("x", side, width - side), y = fit("y", 26, height - 14);
    for (const one of nodes) { one.x = x(one.x); one.y = y(one.y); }
    for (const link of links) {
      svg.append("line").attr("class", link.unsure ? "tie unsure" : "tie").attr("stroke-width", 1 + Math.min(link.ties.length, 8))
        .attr("x1", link.source.x).attr("y1", link.source.y).attr("x2", link.target.x).attr("y2", link.target.y)
        .append("title").text(`${link.source.name} – ${link.target.name}: ${link.ties.join("; ")}`);
    }
    for (const one of nodes) {
      const place = svg.append("a").attr("href", `/actors?name=${encodeURIComponent(one.id)}`).attr("transform", `translate(${one.x},${one.y})`);
      place.append("circle").attr("class", "node").attr("r", 5);
      place.append("text").attr("class", "name").attr("y", -8).attr("text-anchor", "middle").text(one.name);
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const slider = document.getElementById("day-slider");
    if (!slider) return;
    const at = () => d3.utcDay.offset(new Date(slider.dataset.first + "T00:00:00Z"), Number(slider.value));
    slider.addEventListener("input", () => { document.getElementById("day-shown").textContent = day(at()); });
    slider.addEventListener("change", () => {
      document.getElementById("f-on").value = at().toISOString().slice(0, 10);
      document.getElementById("ties-form").requestSubmit();
    });
  });
})();
