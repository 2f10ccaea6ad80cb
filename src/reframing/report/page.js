// Lights what belongs together: a sentence with its counterparts, a mark with its entry.
(() => {
  const keysAround = (element) => {
    const keys = new Set();
    for (let at = element; at instanceof Element; at = at.parentElement) {
      for (const key of (at.dataset.lights || "").split(" ")) if (key) keys.add(key);
    }
    return keys;
  };
  const light = (element) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const key of keysAround(element)) {
      for (const found of document.querySelectorAll(`[data-key~="${key}"]`)) found.classList.add("lit");
    }
  };
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("focusout", () => light(null));
})();
