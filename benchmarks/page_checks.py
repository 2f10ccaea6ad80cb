"""What is checked of a page that is open in Chromium; `page_checks.js` looks into the page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CHECKS = Path(__file__).with_suffix(".js")
WIDTHS = (320, 375, 480, 560, 640, 700, 800, 899, 1024, 1120, 1280, 1600)
HEIGHT = 900
A4 = 794 - 2 * 76
"""Width in CSS pixels of the text on A4 with margins of 2 cm."""
OWN_ADDRESSES = ("file:", "data:image/svg+xml", "about:blank")
PATIENCE_S = 240
MOST_STEPS = 150
"""Most steps by tab in one page."""

HARMLESS = re.compile(
    r"(a|b|bdi|ins|del|h3|i|li|mark|ol|p|span|details|summary|div|em|section|ul)"
    r"(\[(class|href|title|id|data-key|data-n|aria-label|aria-labelledby|dir|data-article|role|open)\])?"
)
"""Elements and attributes that a page of other words may have."""


class Browser:
    """Two windows of Chromium, one that heeds the policies of pages and one that does not."""

    def __init__(self, chromium: Any, axe: str, folder: Path) -> None:
        self.axe, self.folder, self.file = axe, folder, folder
        self.checks = 0
        """How many checks were made, of all pages."""
        self.did: list[str] = []
        self.own: dict[str, set[str]] = {}
        """Elements of the pages of a group that hold plain words."""
        self.heeding, self.free = (self._window(chromium, bypass) for bypass in (False, True))

    def _window(self, chromium: Any, bypass: bool) -> Any:
        context = chromium.new_context(
            bypass_csp=bypass, color_scheme="light", reduced_motion="reduce"
        )
        watch(context, self.did, lambda address: address.startswith(OWN_ADDRESSES))
        return context.new_page()

    def faults(self, group: str, name: str, source: str) -> list[str]:
        """What is wrong with a page; a name that ends in `.svg` is that of a drawing, which nobody uses."""
        is_plain, is_drawing = name.startswith("plain"), name.endswith(".svg")
        self.file = self.folder / ("page.svg" if is_drawing else "page.html")
        self.file.write_text(source, encoding="utf8")
        found = [*self._done(self.heeding), *self._made(group, is_plain)]
        if not is_drawing:
            found += [*self._widths(), *self._keyboard()]
        found += [f"without its policy: {each}" for each in self._done(self.free)]
        if not is_drawing:
            found += self._axe(is_plain or group not in self.own)
        return list(dict.fromkeys(found))

    def _done(self, page: Any) -> list[str]:
        """What a page does that it must not, when opened and used."""
        self.checks += 1
        self.did.clear()
        page.set_viewport_size({"width": 1280, "height": HEIGHT})
        page.goto(self.file.as_uri())
        page.evaluate("checks.fold(true)")
        page.evaluate("checks.touch()")
        for box in page.query_selector_all("input:not([disabled])")[:2]:
            box.focus()
            page.keyboard.press("Enter")
        page.wait_for_timeout(50)
        if page.url != self.file.as_uri():
            self.did.append(f"went to {page.url[:80]}")
        return list(self.did)

    def _made(self, group: str, is_plain: bool) -> Iterator[str]:
        """Elements, attributes and links that come from a text, and text that turns what is beside it."""
        self.checks += 3
        made = set(self.heeding.evaluate("checks.made()"))
        if is_plain:
            self.own.setdefault(group, set()).update(made)
        foreign = made - self.own.get(group, made)
        yield from (f"has {each}" for each in sorted(foreign) if not HARMLESS.fullmatch(each))
        leading = self.heeding.evaluate("checks.leadingOut()")
        yield from (f"leads out: {each[:80]}" for each in leading)
        yield from self.heeding.evaluate("checks.turning()")

    def _widths(self) -> Iterator[str]:
        page = self.heeding
        self.checks += len(WIDTHS) + 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            yield from (
                f"at {width} px: {each}"
                for each in page.evaluate("(width) => checks.tooWide(width)", width)
            )
        page.set_viewport_size({"width": A4, "height": 1123})
        page.emulate_media(media="print")
        yield from (
            f"on A4: {each}" for each in page.evaluate("(width) => checks.tooWide(width)", A4)
        )
        page.emulate_media(media="screen")

    def _keyboard(self) -> Iterator[str]:
        page = self.heeding
        page.set_viewport_size({"width": 1024, "height": HEIGHT})
        page.goto("about:blank")
        page.goto(self.file.as_uri())
        wanted = page.evaluate("checks.stops()")
        met: list[int] = []
        self.checks += 3
        for _ in range(min(wanted + 5, MOST_STEPS)):
            page.keyboard.press("Tab")
            focused = page.evaluate("checks.focused()")
            if focused is None or focused["number"] in met:
                break
            met.append(focused["number"])
            self.checks += 1
            if not focused["shows"]:
                yield f"keyboard: {focused['name']} does not show the focus"
            if not focused["seen"]:
                yield f"keyboard: {focused['name']} has the focus out of sight"
        if len(met) < min(wanted, MOST_STEPS):
            yield f"keyboard: {len(met)} of {wanted} controls are reached"
        yield from _works(page)
        unreached = page.evaluate("checks.unreached()")
        yield from (f"keyboard: {each} scrolls and takes no focus" for each in unreached)

    def _axe(self, thorough: bool) -> Iterator[str]:
        page = self.free
        page.evaluate(self.axe)
        settings = [("light", 1280), ("dark", 320), ("light", 320), ("dark", 1280)]
        for scheme, width in settings if thorough else settings[:2]:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)
            self.checks += 1
            found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
            for violation in found["violations"]:
                node = violation["nodes"][0]
                why = " ".join(node["failureSummary"].split())[:200]
                number = len(violation["nodes"])
                at = f"axe, {scheme}, {width} px: {violation['id']} ({number})"
                yield f"{at}: {node['html'][:120]!r}: {why}"


def _works(page: Any) -> Iterator[str]:
    """What cannot be done by keyboard: opening folds, ticking boxes, choosing, jumping."""
    if (fold := page.query_selector("summary")) is not None:
        before = fold.evaluate("(fold) => fold.parentElement.open")
        fold.focus()
        page.keyboard.press("Enter")
        if fold.evaluate("(fold) => fold.parentElement.open") == before:
            yield "keyboard: a fold does not open"
    if (box := page.query_selector("[type=checkbox]:not([disabled])")) is not None:
        box.focus()
        page.keyboard.press("Space")
        if box.is_checked():
            yield "keyboard: a box is not ticked off"
        page.keyboard.press("Space")
    if len(choices := page.query_selector_all("[type=radio]")) > 1:
        choices[0].focus()
        page.keyboard.press("ArrowDown")
        if not choices[1].is_checked():
            yield "keyboard: the next repost is not chosen"
    page.evaluate("checks.fold(false)")
    for link in page.query_selector_all("a[href^='#']")[:20]:
        if not link.is_visible():
            continue
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(10)
        target = page.query_selector(f"[id='{link.get_attribute('href')[1:]}']")
        if target is None or not target.is_visible():
            yield f"keyboard: {link.get_attribute('href')} leads to nothing that is shown"


def watch(context: Any, did: list[str], is_own: Callable[[str], bool]) -> None:
    """Note dialogs, requests that leave, new windows and what the policy blocks in all pages of a context.

    A request that would leave is answered here, with nothing, so that the page stays where it is.
    """
    context.set_default_timeout(PATIENCE_S * 1000)
    context.add_init_script(path=CHECKS)
    context.route(lambda address: not is_own(address), lambda route: route.fulfill(status=204))

    def dialog(opened: Any) -> None:
        did.append(f"a script opened a dialog: {opened.message[:80]}")
        opened.dismiss()

    def request(sent: Any) -> None:
        if not is_own(sent.url):
            did.append(f"a request left: {sent.url[:120]}")

    def console(message: Any) -> None:
        if message.text.startswith("blocked: ") or "Content Security Policy" in message.text:
            did.append(message.text[:200])

    def new(page: Any) -> None:
        page.on("dialog", dialog)
        if len(context.pages) > 1:
            did.append(f"a window opened: {page.url[:80]}")

    context.on("page", new)
    context.on("request", request)
    context.on("console", console)


# A page that does all that a page must not, and what is to be said of it: else the checks see nothing.

CONTROL = """<!DOCTYPE html>
<html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>:focus { outline: none }</style>
</head><body>
<p style="width: 2000px">wide<img src="x" onerror="alert(1)"><img src="https://evil.example/p.png"></p>
<p>before <a href="javascript:alert(2)">\u202eturned</a> <bdi>\u2069turned</bdi> after</p>
<div style="overflow-x: auto; width: 99px"><span style="white-space: nowrap">scrolls sideways alone</span></div>
<a href="#nowhere">nowhere</a><form action="https://evil.example"><input name="q"></form>
</body></html>"""
SAID = (
    "blocked: ",
    "leads out: javascript:",
    "is not alone: <p>before",
    "turns what is beside it",
    "at 320 px: the page is ",
    "on A4: the page is ",
    "does not show the focus",
    "#nowhere leads to nothing",
    "scrolls and takes no focus",
    "without its policy: a script opened a dialog",
    "without its policy: a request left",
    "axe, light, 1280 px: image-alt",
)


def unseen(browser: Browser) -> str:
    """Which faults of `CONTROL` the checks do not see, with what they see; empty where they see all."""
    seen = browser.faults("control", "control", CONTROL)
    missed = [said for said in SAID if not any(said in fault for fault in seen)]
    return f"{missed}, but {seen}" if missed else ""
