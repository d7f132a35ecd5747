"use strict";
// The map: outlines of countries, circles at towns. Buttons, drag, two fingers and Ctrl with the wheel move it.
(() => {
  const { drawers, sheet, legend, square, circle } = window.dragomanCharts;
  const SHARE = 0.9;

  // Where nine in ten events lie: a lone far place does not make all others small.
  function bulk(places) {
    const all = d3.sum(places, (one) => one.events);
    const center = [d3.median(places, (one) => one.lon), d3.median(places, (one) => one.lat)];
    const near = d3.sort(places, (one) => d3.geoDistance(center, [one.lon, one.lat]));
    let told = 0;
    return near.filter((one) => (told += one.events) - one.events < SHARE * all);
  }
  let world = null;

  function paint(figure, data) {
    const height = Number(figure.dataset.height) || 480;
    const { svg, width } = sheet(figure, height, "Places of events; the numbers stand in the table below.", "group");
    const all = topojson.feature(world, world.objects.countries);
    const projection = d3.geoEqualEarth();
    const spots = { type: "MultiPoint", coordinates: bulk(data.places).map((one) => [one.lon, one.lat]) };
    const tinted = { type: "FeatureCollection", features: all.features.filter((one) => data.countries[data.outlines[one.properties.name]]) };
    const near = spots.coordinates.length > 1 ? spots : tinted.features.length ? tinted : null;
    if (near) projection.fitExtent([[60, 50], [width - 60, height - 50]], near);
    else projection.fitSize([width, height], { type: "Sphere" });
    if (projection.scale() > 2600) {
      const middle = projection.invert([width / 2, height / 2]);
      projection.scale(2600);
      const [x, y] = projection(middle), [left, top] = projection.translate();
      projection.translate([left + width / 2 - x, top + height / 2 - y]);
    }
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
    const dots = [];
    for (const one of data.places) {
      const [x, y] = projection([one.lon, one.lat]);
      const conflict = one.material_conflict + one.verbal_conflict > one.material_cooperation + one.verbal_cooperation;
      const place = layer.append("a").attr("href", `/events?place=${encodeURIComponent(one.name)}${data.rest ? "&" + data.rest : ""}`).attr("aria-label", `${one.name}: ${one.events} events`);
      const dot = place.append("circle").attr("class", conflict ? "spot conflict" : "spot").attr("cx", x).attr("cy", y).attr("r", size(one.events));
      dot.append("title").text(`${one.name}: ${one.events} events, ${one.material_conflict} of material conflict, ${one.material_cooperation} of material cooperation`);
      dots.push({ dot, x, y, r: size(one.events), name: one.name });
    }
    for (const one of dots) one.label = layer.append("text").attr("class", "name").attr("x", one.r + 3).attr("y", 4).attr("transform", `translate(${one.x},${one.y})`).text(one.name);
    // A name is shown where it covers neither another name nor a circle; the busiest places come first.
    function label(k) {
      const taken = dots.map((one) => ({ of: one, left: k * one.x - one.r, right: k * one.x + one.r, top: k * one.y - one.r, bottom: k * one.y + one.r }));
      for (const one of dots) {
        const left = k * one.x + one.r + 2, box = { of: one, left, right: left + 6.3 * one.name.length + 4, top: k * one.y - 7, bottom: k * one.y + 7 };
        const free = !taken.some((other) => other.of !== one && other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom);
        one.label.attr("display", free ? null : "none");
        if (free) taken.push(box);
      }
    }
    label(1);
    const zoom = d3.zoom().scaleExtent([0.3, 40]).on("zoom", ({ transform }) => {
      layer.attr("transform", transform);
      for (const one of dots) {
        one.dot.attr("r", one.r / transform.k);
        one.label.attr("transform", `translate(${one.x},${one.y}) scale(${1 / transform.k})`);
      }
      layer.attr("stroke-width", 0.6 / transform.k);
    });
    zoom.on("end", ({ transform }) => label(transform.k));
    zoom.filter((event) => (event.type !== "wheel" || event.ctrlKey || event.metaKey) && !event.button && event.touches?.length !== 1);
    svg.call(zoom);
    const frame = svg.append("rect").attr("class", "key-paper").attr("y", height).attr("width", width).attr("height", 60);
    legend(svg, width, height + 2, [
      [circle("spot"), "more cooperation than conflict"],
      [circle("spot conflict"), "more conflict"],
      [square("land told"), "known to the country alone"],
    ]);
    frame.raise();
    svg.selectAll(":scope > text, :scope > g:not(:first-child)").raise();
    const tools = figure.querySelector(".tools");
    if (!tools.querySelector("[data-zoom]")) {
      for (const [text, by] of [["nearer", 1.6], ["farther", 1 / 1.6], ["as at first", 0]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.dataset.zoom = by;
        button.textContent = text;
        tools.append(" ", button);
      }
    }
    for (const button of tools.querySelectorAll("[data-zoom]")) button.onclick = () => Number(button.dataset.zoom) ? svg.call(zoom.scaleBy, Number(button.dataset.zoom)) : svg.call(zoom.transform, d3.zoomIdentity);
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
