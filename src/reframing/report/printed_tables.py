"""Tables as a paper prints them: in LaTeX (booktabs) and as an HTML page that needs no network.

`print_table` sets any table of a study. An estimate and the ends of its interval become one cell, such as
*1.2 [0.8, 1.6]*. All numbers of a column have equally many decimals: so many that half of the median interval
(or, without intervals, the median number) has two significant digits. A negative number has a true minus, and a
missing one is a dash. The layout is made by pandas' `Styler`.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from reframing.documents.errors import InputError
from reframing.documents.latex import latex

if TYPE_CHECKING:
    import pandas as pd

MISSING = "–"
LEAST_PROBABILITY = 0.001
"""Smaller p- and q-values are printed as smaller than this."""
PROBABILITIES = ("p", "q")
DIGITS = 2
MOST_DECIMALS = 4
LONG_ROWS = 40
"""A table of more rows is set in LaTeX as a `longtable`, which breaks across pages."""
LONG_CHARACTERS = 28
"""Columns with longer texts are set in LaTeX as paragraphs."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table to be printed: its cells as text, the first column being the heads of its rows.

    `numeric` are the positions of columns, counted from 1 after the first one, whose cells are aligned right.
    """

    cells: "pd.DataFrame"
    caption: str
    label: str
    numeric: frozenset[int] = field(default=frozenset())

    def tex(self) -> str:
        """The table as a LaTeX float with booktabs' rules; `longtable` where it has many rows."""
        long = len(self.cells) > LONG_ROWS
        needed = ["booktabs", *(["longtable"] if long else [])]
        head = "".join(f"% needs \\usepackage{{{package}}}\n" for package in needed)
        written = self._styled(latex).to_latex(
            caption=latex(self.caption),
            column_format=self._column_format(),
            environment="longtable" if long else None,
            hrules=True,
            label=f"tab:{self.label}",
            position=None if long else "htbp",
            position_float=None if long else "centering",
        )
        return head + str(written)

    def html(self) -> str:
        """The table as a page that follows the reader's choice of light or dark; every head has a scope."""
        from jinja2 import Environment, PackageLoader, StrictUndefined
        from markupsafe import Markup

        caption = f"<span>{escape(self.caption)}</span>"
        styled = self._styled(escape).set_caption(caption)
        table = styled.to_html(table_uuid="table", cell_ids=False)
        table = _STYLE_AND_IDS.sub("", str(table))
        for heads, scope in (("index_name|col_heading", "col"), ("row_heading", "row")):
            table = re.sub(rf'<th class="({heads})', rf'<th scope="{scope}" class="\1', table)
        loader = PackageLoader("reframing", "report")
        environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        template = environment.get_template("printed_table.html.j2")
        numeric = ", ".join(f".col{column - 1}" for column in sorted(self.numeric))
        page = template.render(title=self.label, table=Markup(table), numeric=numeric)
        return "\n".join(line.rstrip() for line in page.strip().split("\n")) + "\n"

    def _styled(self, escaped: Callable[[str], str]) -> Any:
        """A Styler of the escaped cells, with the name of the first column in the corner."""
        heads, *rest = self.cells.columns
        shown = self.cells[rest].map(escaped)
        shown.index = self.cells[heads].map(escaped).array
        shown.columns = [escaped(column) for column in rest]
        shown.columns.name = escaped(heads)
        return shown.style

    def _column_format(self) -> str:
        longest = [self.cells[column].str.len().max() for column in self.cells]
        return "".join(
            "r" if position in self.numeric else "p{4cm}" if length > LONG_CHARACTERS else "l"
            for position, length in enumerate(longest)
        )


_STYLE_AND_IDS = re.compile(r"""<style.*?</style>\s*|(?<=<t[hd]) id="[^"]*\"""", re.DOTALL)


def print_table(
    table: "pd.DataFrame",
    caption: str,
    label: str,
    headings: Mapping[str, str] | None = None,
    decimals: Mapping[str, int] | None = None,
) -> Printed:
    """`table` as it is printed: its columns in their order, the first one as the heads of the rows.

    Columns that hold the interval of the one before them (`interval_columns`) are joined to it. `headings`
    names columns anew, others get blanks for underscores; `decimals` says how many a column shows. Raises
    `InputError` for a name that is no column, or where there is no column.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"move": ["hedge-added"], "value": [-1.25], "low": [-2.5], "high": [0.1]})
    >>> print_table(found, "Hedges.", "hedges").cells.to_dict("records")
    [{'move': 'hedge-added', 'value': '−1.2 [−2.5, 0.1]'}]
    """
    import pandas as pd

    headings, decimals = headings or {}, decimals or {}
    if table.columns.empty:
        raise InputError("has no column to print", label)
    for name in (*headings, *decimals):
        if name not in table.columns:
            raise InputError("is not a column of this table", label, field=name)
    intervals = interval_columns([*table.columns])
    ends = {end for found in intervals.values() for end in found}
    cells: dict[str, list[str]] = {}
    numeric = set()
    for name in (column for column in table.columns if column not in ends):
        if name in intervals:
            low, high = intervals[name]
            shown = _with_intervals(table[name], table[low], table[high], decimals.get(name))
        else:
            shown = _as_text(name, table[name], decimals.get(name))
        if pd.api.types.is_numeric_dtype(table[name]) and table[name].dtype != bool:
            numeric.add(len(cells))
        cells[headings.get(name, str(name).replace("_", " "))] = shown
    return Printed(pd.DataFrame(cells, dtype=str), caption, label, frozenset(numeric - {0}))


def _with_intervals(
    values: "pd.Series", lows: "pd.Series", highs: "pd.Series", decimals: int | None
) -> list[str]:
    if decimals is None:
        half = (highs - lows).abs().median() / 2
        decimals = _decimals(half if half > 0 else values.abs().median())
    cells = []
    for value, low, high in zip(values, lows, highs, strict=True):
        ends = [number(end, decimals) for end in (low, high)]
        interval = "" if MISSING in ends else f" [{', '.join(ends)}]"
        cells.append(number(value, decimals) + interval)
    return cells


def _as_text(name: str, column: "pd.Series", decimals: int | None) -> list[str]:
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    known = column.dropna()
    if is_bool_dtype(known) and len(known):
        words = {True: "yes", False: "no"}
        return [words.get(value, MISSING) for value in column]
    if not is_numeric_dtype(column):
        return [
            MISSING if missing else str(v) for v, missing in zip(column, column.isna(), strict=True)
        ]
    if name in PROBABILITIES:
        return [probability(value) for value in column]
    if decimals is None:
        whole = bool((known % 1 == 0).all())
        decimals = 0 if whole else _decimals(known.abs().median())
    return [number(value, decimals) for value in column]


def interval_columns(columns: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The columns (low, high) of the interval of each column that has one.

    They follow their estimate and are called `low` and `high`, or so with the estimate's name in front.
    """
    return {
        column: (low, high)
        for estimate, low, high in zip(columns, columns[1:], columns[2:], strict=False)
        if low in ("low", f"{estimate}_low") and high in ("high", f"{estimate}_high")
        for column in (estimate, low, high)
    }


def number(value: float, decimals: int) -> str:
    """A number with a true minus and commas between thousands; a dash where it is undefined.

    >>> number(-1234.56, 1), number(-0.01, 1), number(float("nan"), 1)
    ('−1,234.6', '0.0', '–')
    """
    if value is None or value != value:
        return MISSING
    shown = f"{value:,.{decimals}f}"
    nothing = not any(digit in "123456789" for digit in shown)
    return shown.lstrip("-") if nothing else shown.replace("-", "−")


def probability(value: float) -> str:
    """A p- or q-value with three decimals, or *<0.001*."""
    return f"<{LEAST_PROBABILITY}" if value < LEAST_PROBABILITY else number(value, 3)


def _decimals(size: float) -> int:
    """Decimals with which a number of this size has `DIGITS` significant digits."""
    if not size > 0:
        return 0
    return min(max(DIGITS - 1 - math.floor(math.log10(size)), 0), MOST_DECIMALS)


# The tables that a paper about this study prints.


def effects_table(
    effects: "pd.DataFrame", specifications: "pd.DataFrame", interval: float, fdr: float
) -> Printed:
    """Every effect that was asked for: corrected and raw, with what it rests on and whether it survives."""
    survives = specifications.drop_duplicates("estimand").set_index("estimand")["survives"]
    columns = ["estimand", "corpus", "family", "hypothesis", "value", "low", "high"]
    columns += ["counted", "counted_low", "counted_high", "events", "read", "q"]
    return print_table(
        effects[columns].assign(survives=effects["estimand"].map(survives)),
        "Effects that the study asked for before anything was read: moves per 1,000 words of the repost, those "
        "of one direction less those of the other. Corrected: by random samples of sentences that language "
        "models read for all moves; raw: the moves that are reported, taken as they are. Brackets are "
        f"{interval:.0%} intervals by event; events and read are events and units read. q is the false "
        f"discovery rate within the family of hypotheses; an effect is called found where q is below {fdr:g}. "
        "Survives: the same sign under every other choice, and 0 excluded under nine in ten.",
        "effects",
        {"value": "corrected", "counted": "raw"},
    )


def recognition_table(moves: "pd.DataFrame", interval: float) -> Printed:
    """Precision and recall of each move in all corpora together."""
    of_all = moves[moves["corpus"] == "all"]
    columns = ["move", "reported", "read", "found"]
    columns += [
        f"{share}{end}" for share in ("precision", "recall") for end in ("", "_low", "_high")
    ]
    return print_table(
        of_all[columns],
        "Precision and recall of each move in reposts and independent reports of all corpora, estimated from "
        "random samples of sentences that language models read for all moves. Precision is the share of "
        "reported moves that readers saw as well, recall the share of what readers saw that is reported; "
        f"brackets are {interval:.0%} intervals by event. Reported: moves in all units; read: units read; "
        "found: units read in which readers saw the move.",
        "recognition",
        decimals={"precision": 2, "recall": 2},
    )


def validation_table(scores: "pd.DataFrame", interval: float) -> Printed:
    """Each measure's score on gold, beside its best baseline, another annotator and what is published."""
    import pandas as pd

    keys = ["measure", "data", "metric"]
    rows = []
    for names, of in scores.groupby(keys, sort=False):
        by_system = of[of["kind"] == "profile"].set_index("system")
        full, lexicon = by_system.loc["full"], by_system["score"].get("lexicon")
        others = of.groupby("kind")["score"].max()
        rows.append(
            dict(zip(keys, names, strict=True))
            | {"n": f"{full['n']:,} {full['unit']}"}
            | {"baseline": others.reindex(BASELINES).max(), "lexicon": lexicon}
            | {"full": full["score"], "full_low": full["low"], "full_high": full["high"]}
            | {"people": others.get("people"), "published": full["published"]}
        )
    return print_table(
        pd.DataFrame(rows).astype({"people": float, "lexicon": float}),
        "Scores of every measure on annotated texts that the networks did not learn from; those of the "
        "embedded sample and of sentence boundaries were annotated for this project, the others elsewhere. "
        "Baseline: the best of trivial ones, word lists and other usual methods; lexicon and full: this "
        f"package's profiles, brackets are {interval:.0%} bootstrap intervals by document; people: another "
        "annotator; published: a score reported elsewhere, often on another split.",
        "validation",
        decimals=dict.fromkeys(("baseline", "lexicon", "full", "people", "published"), 2),
    )


BASELINES = ("trivial", "word list", "other method")


def judged_table(judged: "pd.DataFrame", interval: float) -> Printed:
    """The share of reported moves that readers found right, by move, in all corpora together."""
    of_all = judged[(judged["corpus"] == "all") & (judged["weighting"] == "moves")]
    columns = ["move", "n_moves", "n_read", "n_pairs", "precision", "low", "high", "agree"]
    return print_table(
        of_all[columns],
        "Precision: the share of reported moves that every reader found right, in real pairs of all corpora "
        f"read for this; the readers are language models, brackets are {interval:.0%} intervals by pair. "
        "Reported: moves for which those that were read stand. Agree: the share of moves on which the readers "
        "give the same verdict.",
        "judged",
        {"n_moves": "reported", "n_read": "read", "n_pairs": "pairs"},
        dict.fromkeys(("precision", "agree"), 2),
    )
