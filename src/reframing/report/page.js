// Lights a move wherever it is shown, and opens what is folded around a place that is jumped to or printed.
(() => {
  const light = (element) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (let at = element; at instanceof Element; at = at.parentElement) {
      if (!at.dataset.key) continue;
      for (const found of document.querySelectorAll(`[data-key="${at.dataset.key}"]`)) found.classList.add("lit");
    }
  };
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("focusout", () => light(null));

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const folds = [];
    for (let at = target; at; at = at.parentElement) if (at.localName === "details" && !at.open) folds.push(at);
    for (const fold of folds) fold.open = true;
    if (folds.length) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const fold of closed) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
  });
})();
