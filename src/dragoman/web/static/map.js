"use strict";
// The map: outlines of countries, circles at towns. Wheel, drag and the two buttons bring it nearer.
(() => {
  const { drawers, sheet } = window.dragomanCharts;
  let world = null;

  function paint(figure, data) {
    const height = 460;
    const { svg, width } = sheet(figure, height, "Places of events; the numbers stand in the table below.", "group");
    const all = topojson.feature(world, world.objects.countries);
    const projection = d3.geoEqualEarth();
    const spots = { type: "MultiPoint", coordinates: data.places.map((one) => [one.lon, one.lat]) };
    const tinted = { type: "FeatureCollection", features: all.features.filter((one) => data.countries[data.outlines[one.properties.name]]) };
    const near = data.places.length > 1 ? spots : tinted.features.length ? tinted : null;
    if (near) projection.fitExtent([[60, 50], [width - 60, height - 50]], near);
    else projection.fitSize([width, height], { type: "Sphere" });
    if (projection.scale() > 2600) projection.scale(2600);
    const path = d3.geoPath(projection);
    const layer = svg.append("g");
    const most = d3.max(Object.values(data.countries)) || 1;
    for (const one of all.features) {
      const code = data.outlines[one.properties.name];
      const count = data.countries[code] || 0;
      const shape = layer.append("path").attr("d", path(one)).attr("class", count ? "land told" : "land");
      if (count) shape.attr("fill-opacity", 0.25 + 0.6 * Math.sqrt(count / most));
      shape.append("title").text(count ? `${one.properties.name}: ${count} events known to the country alone` : one.properties.name);
    }
    const size = d3.scaleSqrt([0, d3.max(data.places, (one) => one.events) || 1], [2.5, 18]);
    const dots = [], labels = [];
    for (const one of data.places) {
      const [x, y] = projection([one.lon, one.lat]);
      const conflict = one.material_conflict + one.verbal_conflict > one.material_cooperation + one.verbal_cooperation;
      const place = layer.append("a").attr("href", `/events?place=${encodeURIComponent(one.name)}`).attr("aria-label", `${one.name}: ${one.events} events`);
      const dot = place.append("circle").attr("class", conflict ? "spot conflict" : "spot").attr("cx", x).attr("cy", y).attr("r", size(one.events));
      dot.append("title").text(`${one.name}: ${one.events} events, ${one.material_conflict} of material conflict, ${one.material_cooperation} of material cooperation`);
      const box = { left: x + size(one.events), right: x + size(one.events) + 6 * one.name.length + 6, top: y - 7, bottom: y + 7 };
      const free = !labels.some((other) => other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom);
      if (free) labels.push(box);
      const label = free ? layer.append("text").attr("class", "name").attr("x", size(one.events) + 3).attr("y", 4).attr("transform", `translate(${x},${y})`).text(one.name) : null;
      dots.push({ dot, label, x, y, r: size(one.events) });
    }
    const zoom = d3.zoom().scaleExtent([0.3, 40]).on("zoom", ({ transform }) => {
      layer.attr("transform", transform);
      for (const one of dots) {
        one.dot.attr("r", one.r / transform.k);
        if (one.label) one.label.attr("transform", `translate(${one.x},${one.y}) scale(${1 / transform.k})`);
      }
      layer.attr("stroke-width", 0.6 / transform.k);
    });
    svg.call(zoom);
    const tools = figure.querySelector(".tools");
    if (!tools.querySelector("[data-zoom]")) {
      for (const [text, by] of [["nearer", 1.6], ["farther", 1 / 1.6]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.dataset.zoom = by;
        button.textContent = text;
        tools.append(" ", button);
      }
    }
    for (const button of tools.querySelectorAll("[data-zoom]")) button.onclick = () => svg.call(zoom.scaleBy, Number(button.dataset.zoom));
  }

  drawers.map = (figure, data) => {
    if (world) return paint(figure, data);
    fetch("/static/vendor/countries-110m-2.0.2.json").then((answer) => answer.json()).then((found) => {
      world = found;
      figure.querySelector(".canvas").replaceChildren();
      paint(figure, data);
      figure.querySelector(".tools").hidden = false;
    });
  };
})();
