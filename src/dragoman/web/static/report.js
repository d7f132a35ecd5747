"use strict";
// Text and events light up together.
(() => {
  const marked = [...document.querySelectorAll("[data-m]")];
  const of = (element) => element.dataset.m.split(" ");

  function light(ids) {
    for (const one of marked) one.classList.toggle("lit", ids.length > 0 && of(one).some((id) => ids.includes(id)));
  }

  for (const one of marked) {
    one.addEventListener("mouseenter", () => light(of(one)));
    one.addEventListener("mouseleave", () => light([]));
    one.addEventListener("focusin", () => light(of(one)));
    one.addEventListener("focusout", () => light([]));
  }
})();
