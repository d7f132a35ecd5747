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

  const PAINTED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font", "opacity", "text-anchor"];

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
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    paper.setAttribute("x", box.x);
    paper.setAttribute("y", box.y);
    paper.setAttribute("width", box.width);
    paper.setAttribute("height", box.height);
    paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
    copy.prepend(paper);
    return { text: new XMLSerializer().serializeToString(copy), width: box.width, height: box.height };
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
