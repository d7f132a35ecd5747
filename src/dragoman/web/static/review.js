"use strict";
// One key each: r right, w wrong, s skip, u undo, c correct (with the words that are selected).
(() => {
  const field = document.getElementById("field"), value = document.getElementById("value");
  const choices = document.getElementById("choices");
  const typing = (element) => element.closest("input, select, textarea") !== null;

  function offer() {
    const known = JSON.parse(choices.textContent)[field.value] || [];
    document.getElementById("values").replaceChildren(...known.map((one) => { const made = document.createElement("option"); made.value = one; return made; }));
    value.placeholder = "now: " + field.selectedOptions[0].dataset.now;
  }
  if (field) {
    field.addEventListener("change", offer);
    offer();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "c" && field) {
      const words = String(getSelection()).trim();
      if (words) value.value = words.slice(0, 500);
      (words ? value : field).focus();
      event.preventDefault();
      return;
    }
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });
})();
