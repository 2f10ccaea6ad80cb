"""Tables of a page: groups of pairs down, estimates with their intervals across.

A table is a pandas table of strings with a caption; in a notebook it shows as HTML. Nulls stand in rows
of their own, muted.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from reframing.coding.precision import precision_of, precision_said, read_precisions
from reframing.figures.caption import FEW_EVENTS
from reframing.figures.dot_rows import kind_label
from reframing.figures.figure import NULLS
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import UNTYPESET
from reframing.notebook.wording import NO_VALUE, Scale, estimate, of_cases, said
from reframing.statistics.estimates import Estimate
from reframing.statistics.groups import ALL_KINDS

if TYPE_CHECKING:
    import pandas as pd

JUDGED = Path("results/tables/judged.csv")
FEW = "†"
FEW_MEANS = f"{FEW} fewer than {FEW_EVENTS} events: the interval is rough, or there is none."

_ESTIMATE = re.compile(
    r"(?P<value>.+) (?P<interval>\[.+\])(?P<mark>[†*]*)(?: \((?P<size>n = [\d,]+|[\d,]+ of [\d,]+)\))?"
)
_NUMBER = re.compile(r"[−+]?[\d,.]+%?[†*]*|–")


class Column(NamedTuple):
    """One column: its heading, the keys of its rows in a table of the study, and how it is written."""

    heading: str
    keys: Mapping[str, str]
    scale: Scale
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`data` has one row a label (its index) and strings in its cells; `muted` are labels of nulls."""

    caption: str
    data: "pd.DataFrame"
    muted: frozenset[str] = frozenset()

    def _repr_html_(self) -> str:
        return str(markup(self))


def table(
    caption: str,
    rows: Mapping[str, Mapping[str, Any]],
    muted: Iterable[str] = (),
    corner: str = "",
) -> Table:
    """A table of `rows` by label; whole numbers get thousands separators."""
    import pandas as pd

    data = pd.DataFrame.from_dict(
        {label: {key: _cell(value) for key, value in row.items()} for label, row in rows.items()},
        orient="index",
        dtype=object,
    )
    return Table(caption, data.fillna(NO_VALUE).rename_axis(corner), frozenset(muted))


def estimates(study: OpenStudy, name: str, caption: str, columns: Sequence[Column]) -> Table:
    """Estimates of the study's table `name`: kinds of repost, all reposts, then the nulls."""
    by_heading = {column.heading: column for column in columns}

    def cell(condition: str, kind: str, heading: str) -> str:
        column = by_heading[heading]
        keys = {"condition": condition, "kind": kind, **column.keys}
        text = written(estimate(study.tables[name], **keys), column.scale, column.signed)
        return text + of_cases(study.tables[name], column.scale, **keys)

    return by_group(study, caption, list(by_heading), cell)


def by_group(
    study: OpenStudy, caption: str, headings: Sequence[str], cell: Callable[[str, str, str], str]
) -> Table:
    """One row a group of pairs; `cell` writes what stands at condition, kind and heading."""
    rows = {
        label: {"pairs": study.count(condition, "pairs", kind)}
        | {heading: cell(condition, kind, heading) for heading in headings}
        for condition, kind, label in groups(study)
    }
    return table(caption, rows, NULLS.values())


def written(estimate: Estimate, scale: Scale, signed: bool = False) -> str:
    """An estimate as a cell holds it, marked where few events are behind it."""
    mark = FEW if 0 < estimate.n_clusters < FEW_EVENTS else ""
    return said(estimate, scale, signed) + mark


def groups(study: OpenStudy) -> list[tuple[str, str, str]]:
    """Condition, kind and label of each row: kinds, all kinds where there are several, nulls."""
    kinds = [(study.condition, kind, kind_label(kind)) for kind in study.kinds]
    together = [(study.condition, ALL_KINDS, everything(study))] if len(kinds) > 1 else []
    nulls = [
        (null, ALL_KINDS, label) for null, label in NULLS.items() if study.count(null, "pairs")
    ]
    return kinds + together + nulls


def found_right(study: OpenStudy, slugs: Sequence[str]) -> str:
    """Share of the moves of these kinds that readers found right in this corpus, and how many were read.

    Of several kinds each counts by its moves; such a mean has no interval.
    """
    path = study.root / JUDGED
    known = read_precisions(path) if path.is_file() else {}
    read = [one for slug in slugs if (one := precision_of(known, study.corpus, slug)).n_read]
    if len(read) <= 1:
        return precision_said(read[0] if read else precision_of(known, study.corpus, slugs[0]))
    n_moves = sum(one.n_moves for one in read)
    mean = sum(one.precision * one.n_moves for one in read) / n_moves
    return f"{mean:.2f} of {sum(one.n_read for one in read):,} read"


def everything(study: OpenStudy) -> str:
    """The label of all pairs studied."""
    return "all reposts" if study.directed else "all versions"


def markup(shown: Table) -> Markup:
    """The table as HTML that scrolls in itself where it is wider than the page."""
    numeric = [all(map(_is_number, shown.data[heading])) for heading in shown.data.columns]
    headings = [str(heading or "") for heading in (shown.data.index.name, *shown.data.columns)]
    head = _head(headings, numeric)
    body = Markup().join(
        _row(str(label), cells, numeric, str(label) in shown.muted)
        for label, cells in zip(shown.data.index, shown.data.to_numpy(), strict=True)
    )
    few = shown.data.astype(str).map(lambda cell: FEW in cell).to_numpy().any()
    return Markup(
        '<figure class="table {}"><figcaption>{}</figcaption><div class="scroll" tabindex="0" role="group"'
        ' aria-label="{}"><table>{}<tbody>{}</tbody></table></div>{}</figure>'
    ).format(
        UNTYPESET,
        shown.caption,
        shown.caption,
        head,
        body,
        Markup('<p class="few">{}</p>').format(FEW_MEANS) if few else "",
    )


def _head(headings: Sequence[str], numeric: Sequence[bool]) -> Markup:
    """The row of headings, of which the first is the labels'; nothing where a table has none."""
    if not any(headings):
        return Markup()
    cells = Markup().join(
        Markup('<th scope="col"{}>{}</th>').format(_aligned(right), text)
        for text, right in zip(headings, (False, *numeric), strict=True)
    )
    return Markup("<thead><tr>{}</tr></thead>").format(cells)


def _row(label: str, cells: Iterable[str], numeric: Sequence[bool], muted: bool) -> Markup:
    start = Markup('<tr class="null">') if muted else Markup("<tr>")
    head = Markup('<th scope="row">{}</th>').format(label)
    return start + head + Markup().join(map(_data_cell, cells, numeric)) + Markup("</tr>")


def _data_cell(cell: str, right: bool) -> Markup:
    return Markup("<td{}>{}</td>").format(_aligned(right), _content(cell))


def _content(cell: str) -> Markup:
    """An estimate with its interval, and the items behind it where they are said, small below it."""
    found = _ESTIMATE.fullmatch(cell)
    if not found:
        return escape(cell)
    below = [found["interval"], found["size"]]
    lines = Markup().join(Markup(" <small>{}</small>").format(part) for part in below if part)
    return Markup("{}{}").format(found["value"], found["mark"]) + lines


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell) or _ESTIMATE.fullmatch(cell))


def _aligned(right: bool) -> Markup:
    return Markup(' class="number"') if right else Markup()


def _cell(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
