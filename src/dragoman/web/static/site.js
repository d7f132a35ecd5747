"use strict";
// What every page does: filters fold at phone width, forms leave out empty fields, charts can be saved.
(() => {
  const filters = document.querySelector("details.filters");
  if (filters && window.matchMedia("(max-width: 760px)").matches) filters.open = false;

  for (const form of document.querySelectorAll('form[method="get"]')) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
      setTimeout(() => { for (const field of form.elements) field.disabled = false; }, 0);
    });
  }

  // Tables that are laid out as blocks on a phone stay tables for who hears them.
  for (const table of document.querySelectorAll("table.stack")) {
    table.setAttribute("role", "table");
    for (const one of table.querySelectorAll("thead, tbody")) one.setAttribute("role", "rowgroup");
    for (const one of table.querySelectorAll("tr")) one.setAttribute("role", "row");
    for (const one of table.querySelectorAll("td")) one.setAttribute("role", "cell");
    for (const one of table.querySelectorAll("th")) one.setAttribute("role", one.scope === "col" ? "columnheader" : "rowheader");
  }

  // What scrolls sideways can be scrolled by keyboard, too.
  function reach() {
    for (const one of document.querySelectorAll(".wide")) {
      if (one.scrollWidth > one.clientWidth + 1) { one.tabIndex = 0; one.setAttribute("role", "region"); one.setAttribute("aria-label", "table, wider than the page"); }
      else { one.removeAttribute("tabindex"); one.removeAttribute("role"); one.removeAttribute("aria-label"); }
    }
  }
  document.addEventListener("DOMContentLoaded", reach);
  window.addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  const PAINTED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font", "opacity", "fill-opacity", "stroke-opacity", "display", "text-anchor"];

  function picture(figure) {
    const from = figure.querySelector("svg");
    const copy = from.cloneNode(true);
    const olds = [from, ...from.querySelectorAll("*")];
    const news = [copy, ...copy.querySelectorAll("*")];
    olds.forEach((old, at) => {
      const look = getComputedStyle(old);
      for (const name of PAINTED) {
        if (name === "font") {
          if (old.tagName === "text") {
            news[at].setAttribute("font-size", look.fontSize);
            news[at].setAttribute("font-family", "sans-serif");
          }
        } else if (look.getPropertyValue(name)) news[at].setAttribute(name, look.getPropertyValue(name));
      }
      news[at].removeAttribute("class");
    });
    const box = from.viewBox.baseVal;
    const look = getComputedStyle(document.body);
    const add = (name, given, words = "") => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
      made.textContent = words;
      copy.prepend(made);
    };
    // What it shows, and of which corpus it is, go with the picture.
    const told = [figure.querySelector("figcaption").textContent.trim(), `${figure.dataset.source}; ${location.origin === "null" ? "" : location.pathname + location.search}`];
    const lines = told.flatMap((one) => wrapped(one, Math.floor(box.width / 5.9)));
    const height = box.height + 15 * lines.length + 14;
    lines.forEach((line, at) => add("text", { x: 8, y: box.height + 16 + 15 * at, "font-size": "11px", "font-family": "sans-serif", fill: look.color }, line));
    add("rect", { x: box.x, y: box.y, width: box.width, height, fill: look.backgroundColor });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${height}`);
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", height);
    return { text: new XMLSerializer().serializeToString(copy), width: box.width, height };
  }

  function wrapped(text, most) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      if (lines.at(-1).length + word.length + 1 > most && lines.at(-1)) lines.push("");
      lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
    }
    return lines;
  }

  function keep(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function save(figure, form) {
    const { text, width, height } = picture(figure);
    const name = (figure.id || "chart") + "." + form;
    if (form === "svg") return keep(new Blob([text], { type: "image/svg+xml" }), name);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * 2;
      canvas.height = height * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => keep(blob, name), "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (button) save(button.closest("figure"), button.dataset.save);
  });
})();
