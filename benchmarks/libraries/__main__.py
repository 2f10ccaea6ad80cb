"""What libraries give in place of our own code: the tables of docs/libraries.md.

    python -m benchmarks.libraries --with LIBENV [--only downloads quantities …]

LIBENV is an environment with `benchmarks/requirements.txt`; its packages are looked up after those of this
one. Texts are invented ones of the tests, the embedded sample, and the hand-checked sentences of PolNeAR,
for which REFRAMING_MIRROR names the mirror. Servers are on the loopback.

Writes results/benchmarks/libraries.csv, one row for each contender and quantity, and from it the tables of
the page. With `--only`, the other comparisons keep their rows.
"""

import argparse
import importlib.metadata
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

from benchmarks.libraries import checks, computing, downloads, language
from benchmarks.libraries.measuring import OURS, ROOT, Compared, Values
from benchmarks.libraries.table import PAGE, Row, read_rows, said, with_tables, write_rows

COMPARISONS: dict[str, Callable[[], Compared]] = {
    "downloads": downloads.downloads,
    "sentences": language.sentences,
    "tokens": language.tokens,
    "inflection": language.inflection,
    "marks": language.marks,
    "quantities": language.quantities,
    "parameters": checks.parameters,
    "manifests": checks.manifests,
    "annotations": checks.annotations,
    "copies": computing.copies,
    "bootstrap": computing.bootstrap,
    "intervals": computing.intervals,
    "permutations": computing.permutations,
    "parallelism": computing.parallelism,
}

VARIES = ("time", "taken ahead")
"""How the names of quantities begin that differ between runs."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--with", dest="env", type=Path, help="environment of the libraries")
    parser.add_argument("--only", nargs="+", choices=list(COMPARISONS), default=list(COMPARISONS))
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    if options.env:
        sys.path += [str(path) for path in options.env.glob("lib/python*/site-packages")]
    warnings.simplefilter("ignore")
    for comparison in options.only:
        rows = [row for row in read_rows() if row.comparison != comparison]
        for contender, values in COMPARISONS[comparison]():
            rows += measured(comparison, contender, values)
        write_rows(sorted(rows, key=lambda row: list(COMPARISONS).index(row.comparison)))
    page = PAGE.read_text(encoding="utf8")
    PAGE.write_text(with_tables(page, read_rows()), encoding="utf8")


def measured(comparison: str, contender: str, values: Values) -> list[Row]:
    """The rows of one contender, which are printed in a line."""
    version = "" if contender == OURS else importlib.metadata.version(contender)
    rows = []
    for quantity, value in values.items():
        if isinstance(value, bool):
            value = "yes" if value else "no"
        value, of = value if isinstance(value, tuple) else (value, "")
        varies = "yes" if quantity.startswith(VARIES) else "no"
        rows.append(Row(comparison, contender, version, quantity, str(value), str(of), varies))
    line = "; ".join(f"{row.quantity} {said(row)}" for row in rows)
    print(comparison, f"{contender} {version}".strip(), line, sep=" | ", flush=True)
    return rows


if __name__ == "__main__":
    main()
