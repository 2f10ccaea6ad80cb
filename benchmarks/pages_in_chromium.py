"""Every page in a browser: whether hostile text stays text, and whether anybody can read and use the page.

    python benchmarks/pages_in_chromium.py --with ENV [--chromium FILE] [--only GROUP …] [--named REGEX]

ENV is an environment with Playwright and axe-playwright-python (`benchmarks/requirements.txt`), which brings
axe-core. Each page is made with each text of `tests/hostile/payloads.py` and opened in Chromium:

- with its content security policy and without: no script runs, no dialog opens, no request leaves, nothing is
  blocked by the policy, no form is sent, no link leads out; elements are those of the page itself;
- in light and dark, narrow and wide: axe-core finds no violation;
- from 320 to 1,600 px and on A4: nothing is wider than the page, except within what scrolls;
- by keyboard alone: each control is reached in one round, shows the focus, and works.

`jupyter` opens the notebooks in JupyterLab and runs all cells. Prints one line for each violation and for each
group of pages, and exits with 1 where there is a violation.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = (320, 375, 480, 560, 640, 700, 800, 899, 1024, 1120, 1280, 1600)
HEIGHT = 900
A4 = 794 - 2 * 76
"""Width in CSS pixels of the text on A4 with margins of 2 cm."""
OWN_ADDRESSES = ("file:", "data:image/svg+xml", "about:blank")
PATIENCE_S = 240
MOST_STEPS = 150
"""Most steps by tab in one page."""

Pages = Iterator[tuple[str, str]]


# Pages, by group: each with its name.


def reports() -> Pages:
    from hostile.pages import reports as made
    from hostile.payloads import PAYLOADS

    for name, text in {"plain": "the works", **PAYLOADS}.items():
        for page, source in made(text):
            yield f"{name}, {page}", source


def tables() -> Pages:
    from hostile.pages import table
    from hostile.payloads import PAYLOADS

    for name, text in {"plain": "the works", **PAYLOADS}.items():
        yield name, table(text)


def printed() -> Pages:
    """The tables that the stage prints of the committed results."""
    from reframing.stages.print_tables import OUT, main

    with TemporaryDirectory() as folder, in_folder(Path(folder)):
        shutil.copy(ROOT / "params.yaml", "params.yaml")
        shutil.copytree(ROOT / "results/tables", "results/tables")
        main()
        yield from ((path.stem, path.read_text("utf8")) for path in sorted(OUT.glob("*.html")))


def published() -> Pages:
    """The committed pages of notebooks."""
    for path in sorted((ROOT / "results/notebooks").glob("*/*.html")):
        yield f"{path.parent.name}/{path.stem}", path.read_text("utf8")


def notebooks() -> Pages:
    """The notebooks as the stage runs them, on a corpus whose every string is hostile."""
    from reframing.stages.run_notebooks import PAGES
    from reframing.stages.run_notebooks import notebooks as run

    with hostile_repository():
        run("sample")
        for path in sorted((PAGES / "sample").glob("*.html")):
            yield path.stem, path.read_text("utf8")


@contextmanager
def hostile_repository() -> Iterator[Path]:
    """A folder as the repository, with notebooks and one corpus of hostile strings; it is the current one."""
    from figures.test_notebook_pages import lay_out
    from hostile.pages import declared
    from hostile.payloads import PAYLOADS

    with TemporaryDirectory() as folder, in_folder(Path(folder)):
        texts = list(PAYLOADS.values())
        lay_out(declared(texts), texts=texts)
        shutil.copytree(ROOT / "notebooks", "notebooks", ignore=shutil.ignore_patterns(".*"))
        yield Path(folder)


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


GROUPS: dict[str, Callable[[], Pages]] = {
    "reports": reports,
    "tables": tables,
    "printed": printed,
    "notebooks": notebooks,
    "published": published,
}


# A page that does all that a page must not, and what is to be said of it: else the checks see nothing.

CONTROL = """<!DOCTYPE html>
<html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<style>:focus { outline: none }</style>
</head><body>
<p style="width: 2000px">wide<img src="x" onerror="alert(1)"><img src="https://evil.example/p.png"></p>
<p>before <a href="javascript:alert(2)">\u202eturned</a> after</p>
<div style="overflow-x: auto; width: 99px"><span style="white-space: nowrap">scrolls sideways alone</span></div>
<a href="#nowhere">nowhere</a><form action="https://evil.example"><input name="q"></form>
</body></html>"""
SAID = (
    "blocked: ",
    "leads out: javascript:",
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
CONTROL_CELL = """from IPython.display import HTML
HTML("<img src=x onerror=alert(1)><p>shown</p>")"""


# What is checked of a page.

CHECKS = Path(__file__).with_suffix(".js")

HARMLESS = re.compile(
    r"(a|b|bdi|ins|del|h3|i|li|mark|ol|p|span|details|summary|div|em|section|ul)"
    r"(\[(class|href|title|id|data-key|data-n|aria-label|aria-labelledby|dir|data-article|role|open)\])?"
)
"""Elements and attributes that a page of other words may have."""


class Browser:
    """Two windows of Chromium, one that heeds the policies of pages and one that does not."""

    def __init__(self, chromium: Any, axe: str, folder: Path) -> None:
        self.axe, self.file = axe, folder / "page.html"
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

    def faults(self, group: str, source: str, is_plain: bool) -> list[str]:
        """What is wrong with a page."""
        self.file.write_text(source, encoding="utf8")
        found = [
            *self._done(self.heeding),
            *self._made(group, is_plain),
            *self._widths(),
            *self._keyboard(),
        ]
        found += [f"without its policy: {each}" for each in self._done(self.free)]
        return list(dict.fromkeys([*found, *self._axe(is_plain or group not in self.own)]))

    def _done(self, page: Any) -> list[str]:
        """What a page does that it must not, when opened and used."""
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
        for _ in range(min(wanted + 5, MOST_STEPS)):
            page.keyboard.press("Tab")
            focused = page.evaluate("checks.focused()")
            if focused is None or focused["number"] in met:
                break
            met.append(focused["number"])
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
    """Note dialogs, requests that leave, new windows and what the policy blocks in all pages of a context."""
    context.add_init_script(path=CHECKS)

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


# JupyterLab.


def in_jupyterlab(chromium: Any) -> Iterator[str]:
    """What is wrong where the notebooks run in JupyterLab on hostile strings."""
    from figures.test_notebook_pages import write_notebook

    with hostile_repository() as folder, TemporaryDirectory() as settings:
        log = Path(settings) / "log"
        command = [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            "--expose-app-in-browser",
        ]
        command += ["--ip=127.0.0.1", "--ServerApp.port_retries=50", "--IdentityProvider.token=t"]
        command += [
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=",
        ]
        kept = {"JUPYTER_CONFIG_DIR": settings, "JUPYTER_DATA_DIR": settings, "HOME": settings}
        kept |= {
            "JUPYTERLAB_SETTINGS_DIR": settings,
            "IPYTHONDIR": settings,
            "MPLCONFIGDIR": settings,
        }
        kept |= {"JUPYTER_RUNTIME_DIR": settings, "REFRAMING_CORPUS": "sample"}
        with log.open("wb") as said:
            server = subprocess.Popen(
                command, cwd=folder, env=os.environ | kept, stderr=said, stdout=said
            )
        try:
            address = _address_of(server, log)
            write_notebook(Path("control/control.ipynb"), CONTROL_CELL)
            seen = list(_ran_in_lab(chromium, address, Path("control/control.ipynb")))
            if not any("opened a dialog" in each for each in seen):
                yield f"this check sees nothing, but {seen}"
            for path in sorted(Path("notebooks").glob("*.ipynb")):
                yield from (f"{path.stem}: {each}" for each in _ran_in_lab(chromium, address, path))
        finally:
            server.terminate()
            server.wait()


def _address_of(server: Any, log: Path) -> str:
    for _ in range(PATIENCE_S):
        found = re.search(r"http://127\.0\.0\.1:\d+/", log.read_text("utf8", "replace"))
        if found:
            with urllib.request.urlopen(f"{found[0]}api?token=t", timeout=PATIENCE_S):
                return found[0]
        if server.poll() is not None:
            break
        time.sleep(1)
    raise SystemExit(f"JupyterLab does not start: {log.read_text('utf8', 'replace')[-2000:]}")


def _ran_in_lab(chromium: Any, address: str, path: Path) -> Iterator[str]:
    context = chromium.new_context(viewport={"width": 1280, "height": 3000})
    did: list[str] = []
    watch(
        context,
        did,
        lambda url: url.startswith((address, "data:", "blob:", address.replace("http", "ws"))),
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    page.goto(f"{address}lab/tree/{path.as_posix()}?token=t&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.evaluate("() => window.jupyterapp.serviceManager.ready")
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_timeout(1000)
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
    )
    outputs = 0
    for cell in page.query_selector_all(".jp-Notebook .jp-Cell"):
        cell.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        outputs += len(cell.query_selector_all(".jp-OutputArea-output"))
    page.wait_for_timeout(2000)
    if not outputs:
        yield "nothing was put out"
    failed = page.query_selector_all(".jp-OutputArea-output[data-mime-type*=stderr]")
    yield from (f"a cell failed: {each.inner_text()[-200:]}" for each in failed)
    hostile = page.evaluate("checks.inOutputs()")
    yield from (f"an output has {each}" for each in hostile)
    yield from did
    context.close()


def _faults(browser: Browser, group: str, pages: Callable[[], Pages], named: str) -> Iterator[str]:
    """What is wrong with the pages of a group, and to stderr how many there are."""
    number = 0
    for name, source in pages():
        is_plain = name.startswith("plain")
        if not (is_plain or re.search(named, name)):
            continue
        number += 1
        yield from (f"{name}: {each}" for each in browser.faults(group, source, is_plain))
    print(f"{group}: {number} pages opened", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--with", dest="env", type=Path, help="environment with Playwright and axe")
    parser.add_argument(
        "--chromium", default=shutil.which("chromium"), help="the browser's program"
    )
    parser.add_argument(
        "--only", nargs="+", choices=[*GROUPS, "jupyter"], default=[*GROUPS, "jupyter"]
    )
    parser.add_argument(
        "--named", default="", help="only pages with names that match, and plain ones"
    )
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    if options.env:
        sys.path += [str(path.resolve()) for path in options.env.glob("lib/python*/site-packages")]
    import axe_playwright_python
    from playwright.sync_api import sync_playwright

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf8")
    wrong = 0
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(
            executable_path=options.chromium, args=["--no-sandbox"]
        )
        browser = Browser(chromium, axe, Path(folder))
        seen = browser.faults("control", CONTROL, False)
        if unseen := [said for said in SAID if not any(said in fault for fault in seen)]:
            sys.exit(f"these checks see nothing: {unseen}, but {seen}")
        for group in options.only:
            made = {"jupyter": lambda: in_jupyterlab(chromium)} | {
                name: partial(_faults, browser, name, pages, options.named)
                for name, pages in GROUPS.items()
            }
            number = 0
            for fault in made[group]():
                number += 1
                line = f"{group}: {fault}"
                print(line.encode("ascii", "backslashreplace").decode(), flush=True)
            print(f"{group}: {number} violations", flush=True)
            wrong += number
        chromium.close()
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
