"""Every page in a browser: whether hostile text stays text, and whether anybody can read and use the page.

    python benchmarks/pages_in_chromium.py --with ENV [--chromium FILE] [--only GROUP …] [--named REGEX]

ENV is an environment with Playwright and axe-playwright-python (`benchmarks/requirements.txt`), which brings
axe-core. Each page is made with each text of `tests/hostile/payloads.py` and opened in Chromium:

- with its content security policy and without: no script runs, no dialog opens, no request leaves, nothing is
  blocked by the policy, no form is sent, no link leads out; elements are those of the page itself;
- in light and dark, narrow and wide: axe-core finds no violation;
- from 320 to 1,600 px and on A4: nothing is wider than the page, except within what scrolls;
- by keyboard alone: each control is reached in one round, shows the focus, and works.

Drawings are opened as pages too. `jupyter` opens the notebooks in JupyterLab and runs all cells. Prints one
line for each violation and for each group of pages, writes the numbers of whole groups to
results/benchmarks/pages.csv, and exits with 1 where there is a violation.
"""

import argparse
import csv
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from in_jupyterlab import in_jupyterlab
from page_checks import WIDTHS, Browser, unseen
from pages_shown import GROUPS, ROOT, hostile_texts

OUT = ROOT / "results/benchmarks/pages.csv"
JUPYTER = "jupyter"
ALL = (*GROUPS, JUPYTER)
COMMITTED = ("printed", "published")
"""Groups of pages as they are committed, without hostile texts."""
COLUMNS = ("group", "pages", "payloads", "widths", "checks", "violations")

Checked = Iterator[tuple[str, int, list[str]]]
"""Of each page: its name, how many checks were made, and what is wrong."""


def checked(browser: Browser, group: str, named: str) -> Checked:
    """The pages of a group that are plain or have names that match."""
    for name, source in GROUPS[group]():
        if name.startswith("plain") or re.search(named, name):
            before = browser.checks
            faults = browser.faults(group, name, source)
            yield name, browser.checks - before, faults


def summed(group: str, pages: Checked) -> dict[str, Any]:
    """The row of a group; prints what is wrong."""
    row = dict.fromkeys(COLUMNS, 0) | {"group": group}
    row["payloads"] = 0 if group in COMMITTED else len(hostile_texts())
    row["widths"] = 0 if group in ("figures", JUPYTER) else len(WIDTHS)
    for name, checks, faults in pages:
        row["pages"] += 1
        row["checks"] += checks
        row["violations"] += len(faults)
        for fault in faults:
            line = f"{group}: {name}: {fault}"
            print(line.encode("ascii", "backslashreplace").decode(), flush=True)
    if not row["pages"]:
        sys.exit(f"{group}: there is no page to open")
    numbers = ", ".join(f"{row[column]} {column}" for column in COLUMNS[1:])
    print(f"{group}: {numbers}", flush=True)
    return row


def written(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the rows of these groups, and keep those of others."""
    kept = {}
    if path.is_file():
        with path.open(encoding="utf8", newline="") as file:
            kept = {row["group"]: row for row in csv.DictReader(file)}
    kept |= {row["group"]: row for row in rows}
    with path.open("w", encoding="utf8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(kept[group] for group in ALL if group in kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--with", dest="env", type=Path, help="environment with Playwright and axe")
    parser.add_argument(
        "--chromium", default=shutil.which("chromium"), help="the browser's program"
    )
    parser.add_argument("--only", nargs="+", choices=ALL, default=ALL)
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
            executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        browser = Browser(chromium, axe, Path(folder))
        if missed := unseen(browser):
            sys.exit(f"these checks see nothing: {missed}")
        for group in options.only:
            pages = (
                in_jupyterlab(chromium)
                if group == JUPYTER
                else checked(browser, group, options.named)
            )
            row = summed(group, pages)
            wrong += row["violations"]
            if not options.named:
                written([row], OUT)
        chromium.close()
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
