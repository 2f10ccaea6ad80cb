// What benchmarks/page_checks.py asks of a page that is open: each answer is a list of faults, or a fact.
globalThis.checks = {
  // Elements of a page, each with each of its attributes.
  made() {
    const found = new Set();
    for (const element of document.querySelectorAll("*")) {
      found.add(element.localName);
      for (const { name } of element.attributes) found.add(`${element.localName}[${name}]`);
    }
    return [...found].sort();
  },

  // Addresses other than places of the page, pages beside it and drawings within it.
  leadingOut() {
    const own = /^(#|[\w.-]+\.html$|data:image\/svg\+xml[,;])/;
    const names = ["href", "action", "src", "formaction", "ping", "srcset"];
    return [...document.querySelectorAll("*")]
      .flatMap((element) => names.map((name) => element.getAttribute(name)))
      .filter((address) => address !== null && !own.test(address));
  },

  // Text that is read from right to left must stand alone in a block or an isolate; what turns others, in a block.
  turning() {
    const letters = /[\u0590-\u08ff]/, controls = /[\u202a-\u202e\u2066-\u2069]/;
    const paired = /\u2068[^\u202a-\u202e\u2066-\u2069]*\u2069/g;
    const found = [];
    const texts = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      const bare = data.replace(paired, "");
      if (!(letters.test(bare) || controls.test(bare)) || !parentElement.checkVisibility()) continue;
      let at = parentElement;
      const inline = (element) => getComputedStyle(element).display === "inline";
      while (inline(at) && !/isolate|plaintext/.test(getComputedStyle(at).unicodeBidi)) at = at.parentElement;
      const shown = at.outerHTML.slice(0, 160);
      if (at.closest("[data-article]")) continue;
      if (inline(at) && controls.test(bare)) found.push(`turns what is beside it: ${shown}`);
      else if (at.textContent.trim() !== data.trim() && !at.matches(".phrase")) found.push(`is not alone: ${shown}`);
    }
    return found;
  },

  // Elements that reach beyond the page, unless they are within one that scrolls.
  tooWide(width) {
    const found = [];
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth > width) found.push(`the page is ${scrollWidth} px wide`);
    const cuts = (element) => /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
    for (const element of document.body.querySelectorAll("*")) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.closest("svg, .skip, .hidden")) continue;
      const { left, right, width: own } = element.getBoundingClientRect();
      if (own === 0 || (right <= width + 1 && left >= -1)) continue;
      let at = element.parentElement;
      while (at !== document.body && !cuts(at)) at = at.parentElement;
      const name = `${element.localName}.${element.className}`;
      if (at === document.body) found.push(`${name} from ${Math.round(left)} to ${Math.round(right)}`);
    }
    return found.slice(0, 3);
  },

  // The element that has the focus: its place in the page, whether the focus shows, and whether it is in sight.
  focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      number: [...document.querySelectorAll("*")].indexOf(element),
      name: `${element.localName}.${element.className || element.id}`,
      shows: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
      seen: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
    };
  },

  // How many stops the tab key has; radio buttons of one name are one.
  stops() {
    const named = new Set();
    return [...document.querySelectorAll("a[href], summary, input:not([disabled]), button, [tabindex='0']")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter(({ type, name }) => type !== "radio" || (!named.has(name) && named.add(name))).length;
  },

  // What scrolls sideways but takes no focus.
  unreached() {
    return [...document.querySelectorAll("*")]
      .filter((element) => element.clientWidth && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => element.tabIndex < 0 && /auto|scroll/.test(getComputedStyle(element).overflowX))
      .filter((element) => !element.querySelector("a[href], [tabindex='0']"))
      .map((element) => `${element.localName}.${element.className}`);
  },

  // Opens or closes all folds.
  fold(open) {
    for (const fold of document.querySelectorAll("details")) fold.open = open;
  },

  // Does to elements what a reader may do, and sends all forms.
  touch() {
    for (const element of [...document.querySelectorAll("[data-key], summary, input, td, th")].slice(0, 60))
      for (const name of ["pointerover", "mouseover", "focusin"])
        element.dispatchEvent(new Event(name, { bubbles: true }));
    for (const form of document.forms) form.requestSubmit();
  },

  // Elements in the outputs of a notebook that text of a corpus must not make.
  inOutputs() {
    const never = "script, iframe, object, embed, form, base, link, mjx-container, math, [autofocus], [href*=evil], [src*=evil]:not([src^=\"data:image\"])";
    const runs = ({ name, value }) => name.startsWith("on") || /^\s*javascript:/i.test(value);
    return [...document.querySelectorAll(".jp-OutputArea-output *")]
      .filter((element) => element.matches(never) || [...element.attributes].some(runs))
      .map((element) => element.outerHTML.slice(0, 160));
  },
};

addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  console.warn(`blocked: ${violatedDirective} ${blockedURI}`.slice(0, 200));
});
