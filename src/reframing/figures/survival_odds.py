"""Figure `survival`: which sentences of the original a repost carries over, as odds ratios and by place.

For versions without direction, figure `sharing`: which sentences of one version the other shares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reframing.documents.params import FigureParams
from reframing.figures.caption import Study, caption
from reframing.figures.dot_rows import kind_label, number
from reframing.figures.figure import (
    DOUBLE_MM,
    FAINT,
    INK,
    NULL,
    NULLS,
    REPOST,
    Canvas,
    Figure,
    line_mm,
    small,
    width_mm,
    wrapped,
)
from reframing.statistics.cut_odds import TERMS
from reframing.statistics.groups import ALL_KINDS
from reframing.statistics.rates import DECILES, EVERYWHERE

# What is drawn, and what it shows in words.

if TYPE_CHECKING:
    import pandas as pd

INDEPENDENT = "independent"
ODDS, SHARE = "odds ratio", "share"
ALIKE = 0.1
"""Difference between shares by place below which they are not drawn."""

LABELS = {
    "headline": "headline : middle",
    "lead": "lead : middle",
    "place": "end : beginning",
    "length": "twice the words",
    "quotation": "with a quotation",
    "attribution": "with an attribution",
    "hedge": "with a hedge",
    "booster": "with a booster",
    "evaluation": "with an evaluation",
}
"""What the row of each term compares."""

NAMED = {
    "headline": "headlines",
    "lead": "leads",
    "length": "long sentences",
    "quotation": "sentences with quotations",
    "attribution": "sentences with attributions",
    "hedge": "sentences with hedges",
    "booster": "sentences with boosters",
    "evaluation": "sentences with evaluations",
}
"""The sentences of a term in the title; for `place` they are early or late."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a figure speaks of sentences with a counterpart, and of pairs and their texts."""

    sentences: str
    other: str
    kept: str
    less: str
    pairs: str
    text: str


DIRECTED = Words(
    "the original's sentences",
    "a repost carries over",
    "carried over",
    "left out more",
    "reposts",
    "original",
)
UNDIRECTED = Words(
    "the sentences of one version",
    "the other version shares",
    "shared",
    "shared less",
    "versions",
    "version",
)


def survival(study: Study) -> Figure:
    """The figure `survival`, or `sharing` for pairs without direction."""
    words = DIRECTED if study.directed else UNDIRECTED
    data = survival_data(study)
    said = [
        f"Odds ratios: which of {words.sentences} {words.other} (aligned with some sentence of it). All rows "
        "are one logistic regression, in which events weigh alike: with an odds ratio above 1 such sentences "
        f"are {words.kept} more often than sentences that are alike in all other rows. Headline and lead (the "
        "first sentence of the body) are set against the middle of the rest of the body, its end against its "
        "beginning; the last rows are of sentences in which such a span begins. Intervals of odds ratios are "
        "of a jackknife by event, with Student's t; an arrowhead marks what goes on beyond its panel."
        + (" Open and grey: independent reports." if _has_independent(data) else ""),
        _places_said(data, study.condition, words),
        _not_estimated(data, study.condition),
    ]
    name = "survival" if study.directed else "sharing"
    heading = title(data[data["quantity"] == ODDS], study.condition, words)
    return Figure(
        name, heading, caption(study, said, data), partial(plot_survival, words=words), data
    )


def survival_data(study: Study) -> "pd.DataFrame":
    """Shares by place, then odds ratios: of all kinds together, of kinds with enough events, and of nulls.

    `quantity` is a share or an odds ratio, `of` the place or the term; `n` are sentences.
    """
    import pandas as pd

    columns = ["condition", "kind", "value", "low", "high", "n_events", "n_pairs", "found", "n"]
    parts = []
    for quantity, of, table in (
        (SHARE, "place", study.survival),
        (ODDS, "term", study.tables["cut_odds"].astype({"reason": object})),
    ):
        every = table[(table["condition"] == study.condition) & (table["kind"] == ALL_KINDS)]
        rows = pd.concat([every, study.rows(table)], ignore_index=True)
        rows = rows[rows[of] != EVERYWHERE]
        reason = rows.get("reason")
        parts.append(rows[columns].assign(quantity=quantity, of=rows[of], reason=reason))
    return pd.concat([part.astype({"reason": object}) for part in parts], ignore_index=True)


def title(odds: "pd.DataFrame", condition: str, words: Words) -> str:
    """What the odds ratios of all kinds together show: which sentences have a counterpart more, which less."""
    studied = odds[(odds["condition"] == condition) & (odds["kind"] == ALL_KINDS)]
    if studied["value"].isna().all():
        return f"There is too little to tell which sentences are {words.kept}"
    more, less = _telling(studied)
    if not more and not less:
        return f"No place, length or content tells which sentences are {words.kept}"
    parts: list[str] = []
    for names, how in ((more, "more"), (less, "less")):
        if names:
            than = f" are {words.kept} {how} than others" if not parts else f" {how}"
            parts.append(_joined(names) + than)
    null = _telling(odds[odds["condition"] == INDEPENDENT], most=len(TERMS) + 1)
    same = set(more) <= set(null[0]) and set(less) <= set(null[1])
    said = ", ".join(parts) + (", and so in independent reports" if same else "")
    return said[0].upper() + said[1:]


def _joined(names: Sequence[str]) -> str:
    """Names in one phrase, without repeating their first two words: *sentences with hedges and boosters*."""
    first, *rest = names
    shared = "sentences with "
    return " and ".join([first, *(n.removeprefix(shared if shared in first else "") for n in rest)])


def _telling(rows: "pd.DataFrame", most: int = 2) -> tuple[list[str], list[str]]:
    """Names of sentences with odds ratios above 1 and below, whose interval excludes 1, surest first."""
    found: list[tuple[float, bool, str]] = []
    for term, low, high in rows[["of", "low", "high"]].itertuples(index=False):
        if low > 1 or high < 1:
            sure = float(np.log(low) if low > 1 else -np.log(high))
            if term == "place":
                found.append((sure, True, "late sentences" if low > 1 else "early sentences"))
            else:
                found.append((sure, bool(low > 1), NAMED[term]))
    found.sort(key=lambda one: (-one[0], one[2]))
    more, less = ([name for _, up, name in found if up is side][:most] for side in (True, False))
    return more, less


def _places_said(data: "pd.DataFrame", condition: str, words: Words) -> str:
    shares = _shares(data, condition, ALL_KINDS)["value"].dropna()
    if not _differ(data, condition):
        if shares.empty:
            return ""
        low, high = 100 * shares.min(), 100 * shares.max()
        return (
            f"By place in the {words.text}, {low:.0f} to {high:.0f}% of sentences are {words.kept}."
        )
    apart = [place for place in ("headline", "lead") if place in shares]
    named = {"headline": "headline (H)", "lead": "lead (L)"}
    copies = data[(data["quantity"] == SHARE) & (data["condition"] == "copy")]["value"].dropna()
    least = f"{100 * copies.min():.3g}% or more" if copies.min() < 1 else "all"
    return (
        f"Below: the share of sentences that are {words.kept}, by place: "
        f"{', '.join(named[place] for place in apart)}{' and ' if apart else ''}deciles of relative position "
        "in the rest of the body."
        + (f" Copies, not drawn, have {least} at each place." if len(copies) else "")
    )


def _not_estimated(data: "pd.DataFrame", condition: str) -> str:
    """Why there is no odds ratio in the rows of all kinds together, and of which kinds there is none."""
    odds = data[(data["quantity"] == ODDS) & (data["condition"] == condition)]
    every = odds[(odds["kind"] == ALL_KINDS) & odds["value"].isna()]
    by_reason: dict[str, list[str]] = {}
    for term, reason in every[["of", "reason"]].itertuples(index=False):
        by_reason.setdefault(str(reason), []).append(str(term))
    return " ".join(
        f"No odds ratio of {'any term' if len(terms) == len(TERMS) else ', '.join(terms)}: {reason}."
        for reason, terms in by_reason.items()
    )


def _has_independent(data: "pd.DataFrame") -> bool:
    return bool((data["condition"] == INDEPENDENT).any())


def _shares(data: "pd.DataFrame", condition: str, kind: str) -> "pd.DataFrame":
    of = data[
        (data["quantity"] == SHARE) & (data["condition"] == condition) & (data["kind"] == kind)
    ]
    return of.set_index("of")


def _differ(data: "pd.DataFrame", condition: str) -> bool:
    """Whether shares of all kinds together differ between places."""
    shares = _shares(data, condition, ALL_KINDS)["value"].dropna()
    return bool(len(shares) and shares.max() - shares.min() >= ALIKE)


# How it is drawn.

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

ROW_MM, GROUP_MM, SHARES_MM, GAP_MM, SIDE_MM = 3.3, 1.2, 15.0, 3.5, 1.2
TICKS_MM, END_MM = 3.6, 2.8
GROUPS = ("length", "quotation")
"""Terms before which there is a space."""

WIDEST = 100.0
"""Odds ratio beyond which, and below whose inverse, axes do not extend."""

TICK_ROOM_MM = 2.0
"""Room for half the label of a tick."""

APART = {"headline": 0.0, "lead": 2.6}
BODY_FROM = 5.2
"""Start of the deciles on the horizontal axis, one unit each; headline and lead are placed before them."""


class Column(NamedTuple):
    """A column of panels: the pairs of one kind, or of all, beside independent reports."""

    condition: str
    kind: str
    heading: str


def plot_survival(
    drawing: "Drawing", data: "pd.DataFrame", params: FigureParams, words: Words
) -> None:
    """Draw a column for all kinds together and one for each kind with odds ratios.

    Above are odds ratios on one logarithmic axis, below shares by place. The figure is as wide as one column
    of a journal, or as two where it has more than two columns of panels.
    """
    points = small(params)
    condition = next((name for name in data["condition"] if name not in NULLS), "repost")
    columns, without = _columns(data, condition, words)
    terms = [term for term in TERMS if _has_odds(data, columns, term)]
    labels = max((width_mm(LABELS[term], points) for term in terms), default=20.0) + 3 * SIDE_MM
    width = params.width_mm if len(columns) <= 2 else DOUBLE_MM
    panel = (width - labels - END_MM - GAP_MM * (len(columns) - 1)) / len(columns)
    headings = [wrapped(one.heading, panel, params.font_size, bold=True) for one in columns]
    lines = max(heading.count("\n") + 1 for heading in headings)
    key = line_mm(points) + 1.5
    head = key + lines * line_mm(params.font_size) + 2 * line_mm(points) + 1.0
    middles, inside = _middles(terms)
    below = head + inside + (TICKS_MM + line_mm(points) + 1.5 if terms else 0.0)
    with_shares = _differ(data, condition)
    foot = SHARES_MM + TICKS_MM + line_mm(points) + 1.5 if with_shares else 0.0
    named = wrapped(_told(without), width - 2 * SIDE_MM, points) if without else ""
    rest = (named.count("\n") + 1) * line_mm(points) + 1.0 if named else 0.0
    canvas = Canvas(drawing, width, below + foot + rest + 0.5)
    _key(canvas, data, labels, words, params)
    limits = _limits(data, columns)
    for place, (column, heading) in enumerate(zip(columns, headings, strict=True)):
        left = labels + place * (panel + GAP_MM)
        sizes = _sizes(data, column)
        canvas.text(
            left, head - 1.0 - 2 * line_mm(points), heading, params.font_size, anchor="bottom",
            weight="bold",
        )  # fmt: skip
        canvas.text(left, head - 1.0, sizes, points, anchor="bottom", color=NULL)
        if terms:
            axes = canvas.axes(left, head, panel, inside)
            _forest(axes, data, column, middles, (panel, inside), limits)
        if with_shares:
            axes = canvas.axes(left, below + 1.0, panel, SHARES_MM)
            _by_place(axes, data, column, first=place == 0)
    for term, middle in middles.items():
        canvas.text(labels - SIDE_MM, head + middle, LABELS[term], points, "right", "middle")
    centre = labels + (width - labels - END_MM) / 2
    if terms:
        under = head + inside + TICKS_MM
        canvas.text(
            centre, under, f"← {words.less}   odds ratio   {words.kept} more →", points, "center"
        )
    if with_shares:
        canvas.text(
            labels - 7.0,
            below + 1.0 + SHARES_MM / 2,
            f"{words.kept}\n(%)",
            points,
            "right",
            "middle",
        )
        apart = ", ".join(_apart_of(data))
        under = below + 1.0 + SHARES_MM + TICKS_MM
        text = f"place in the {words.text}: {apart + ', ' if apart else ''}position in the body (%)"
        canvas.text(centre, under, text, points, "center")
    if named:
        canvas.text(SIDE_MM, canvas.height - 0.6, named, points, anchor="bottom", color=NULL)


def _columns(data: "pd.DataFrame", condition: str, words: Words) -> tuple[list[Column], list[str]]:
    """The columns, and the kinds that have none because no odds ratio of theirs is known."""
    studied = data[data["condition"] == condition]
    kinds = [kind for kind in dict.fromkeys(studied["kind"]) if kind != ALL_KINDS]
    known = set(studied.loc[(studied["quantity"] == ODDS) & studied["value"].notna(), "kind"])
    every = studied[studied["kind"] == ALL_KINDS]
    if len(kinds) == 1 and every["n"].sum() == studied.loc[studied["kind"] == kinds[0], "n"].sum():
        return [Column(condition, ALL_KINDS, f"{words.pairs}: {kind_label(kinds[0])}")], []
    columns = [Column(condition, ALL_KINDS, f"all {words.pairs}")]
    columns += [Column(condition, kind, kind_label(kind)) for kind in kinds if kind in known]
    return columns, [kind for kind in kinds if kind not in known]


def _told(kinds: Sequence[str]) -> str:
    return f"No odds ratios of {', '.join(map(kind_label, kinds))}: too few events or sentences."


def _has_odds(data: "pd.DataFrame", columns: Sequence[Column], term: str) -> bool:
    of = data[(data["quantity"] == ODDS) & (data["of"] == term) & data["value"].notna()]
    shown = of["condition"].isin({one.condition for one in columns} | {INDEPENDENT})
    return bool(shown.any())


def _middles(terms: Sequence[str]) -> tuple[dict[str, float], float]:
    """The middle of the row of each term in millimetres, and the height of all rows."""
    middles: dict[str, float] = {}
    top = 0.0
    for term in terms:
        if term in GROUPS and middles:
            top += GROUP_MM
        middles[term] = top + ROW_MM / 2
        top += ROW_MM
    return middles, top


def _key(
    canvas: Canvas, data: "pd.DataFrame", left: float, words: Words, params: FigureParams
) -> None:
    """What the marks mean, in one line at the top."""
    points = small(params)
    y = line_mm(points) / 2 + 0.5
    axes = canvas.axes(left, 0, canvas.width - left, 2 * y)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width - left)
    axes.set_ylim(-1, 1)
    marks = [("o", REPOST, True, words.pairs)]
    independent = data[(data["condition"] == INDEPENDENT) & (data["quantity"] == ODDS)]
    if len(independent):
        events, n = (int(independent[column].max()) for column in ("n_events", "n"))
        text = f"independent reports ({_counted(events, 'event')}, {_counted(n, 'sentence')})"
        if width_mm(text, points) + 20 > canvas.width - left:
            text = f"independent reports ({events:,}/{n:,})"
        marks.append(("D", NULL, False, text))
    x = 1.0
    for marker, colour, filled, text in marks:
        axes.plot([x], [0], marker, color=colour, markersize=3.0, markeredgewidth=0.7,
                  markerfacecolor=colour if filled else "white")  # fmt: skip
        canvas.text(left + x + 1.5, y, text, points, anchor="middle", color=INK if filled else NULL)
        x += 1.5 + width_mm(text, points) + 3.5


def _sizes(data: "pd.DataFrame", column: Column) -> str:
    of = data[
        (data["quantity"] == ODDS)
        & (data["condition"] == column.condition)
        & (data["kind"] == column.kind)
    ]
    if of.empty:
        return "0 events\n0 sentences"
    events, n = (int(of[name].max()) for name in ("n_events", "n"))
    return f"{_counted(events, 'event')}\n{_counted(n, 'sentence')}"


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _limits(data: "pd.DataFrame", columns: Sequence[Column]) -> tuple[float, float]:
    """Limits of all odds ratios, wide enough for their values and the intervals of all kinds together."""
    odds = data[data["quantity"] == ODDS]
    every = odds[(odds["condition"] == columns[0].condition) & (odds["kind"] == ALL_KINDS)]
    shown = np.concatenate(
        [odds["value"].to_numpy(float), every[["low", "high"]].to_numpy(float).ravel()]
    )
    far = np.abs(np.log(shown[~np.isnan(shown) & (shown > 0)]))
    far = far[far <= np.log(WIDEST)]
    reach = 1.15 * max(float(far.max(initial=0.0)), float(np.log(2)))
    return float(np.exp(-reach)), float(np.exp(reach))


def _forest(
    axes: "Axes",
    data: "pd.DataFrame",
    column: Column,
    middles: dict[str, float],
    size: tuple[float, float],
    limits: tuple[float, float],
) -> None:
    """The odds ratios of a column; `size` is width and height in millimetres."""
    width, height = size
    axes.set_xscale("log")
    axes.set_xlim(*limits)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.axvline(1, color=INK, linewidth=0.5, zorder=1)
    _log_ticks(axes, limits, width)
    odds = data[data["quantity"] == ODDS]
    studied = odds[(odds["condition"] == column.condition) & (odds["kind"] == column.kind)]
    null = odds[odds["condition"] == INDEPENDENT]
    for term, middle in middles.items():
        axes.axhline(middle, color=FAINT, linewidth=0.4, zorder=0)
        for rows, shift, colour, marker in (
            (null, 0.75, NULL, "D"),
            (studied, -0.55 if len(null) else 0.0, REPOST, "o"),
        ):
            for row in rows[rows["of"] == term].to_dict("records"):
                _mark(axes, row, middle + shift, colour, marker)


def _mark(axes: "Axes", row: "Mapping[Any, Any]", y: float, colour: str, marker: str) -> None:
    """An odds ratio with its interval; arrowheads where they go on beyond the limits."""
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if np.isnan(value):
        return
    left, right = axes.get_xlim()
    ends = [min(max(end, left), right) for end in (low, high)]
    axes.plot(ends, [y, y], color=colour, linewidth=0.9, solid_capstyle="butt", zorder=2)
    for beyond, edge, head in ((low < left, left, "<"), (high > right, right, ">")):
        if beyond:
            axes.plot([edge], [y], head, markersize=2.4, color=colour, clip_on=False, zorder=3)
    if left <= value <= right:
        axes.plot(
            [value], [y], marker, color=colour, markeredgewidth=0.7, zorder=3, clip_on=False,
            markersize=3.0 if marker == "o" else 2.4,
            markerfacecolor=colour if marker == "o" else "white",
        )  # fmt: skip


def _log_ticks(axes: "Axes", limits: tuple[float, float], width: float) -> None:
    """Ticks at decades, or closer where limits are; none so near an end that its label leaves the panel."""
    from matplotlib.ticker import FixedFormatter, FixedLocator

    wide, middling = (0.01, 0.1, 1.0, 10.0, 100.0), (0.25, 1.0, 4.0)
    steps = wide if limits[1] >= 12 else middling if limits[1] >= 5 else (0.5, 1.0, 2.0)
    inside = 0.5 - TICK_ROOM_MM / width
    reach = 2 * inside * np.log(limits[1])
    shown = [tick for tick in steps if abs(np.log(tick)) <= reach]
    axes.xaxis.set_major_locator(FixedLocator(shown))
    axes.xaxis.set_major_formatter(FixedFormatter([number(tick) for tick in shown]))
    axes.xaxis.set_minor_locator(FixedLocator([]))


def _apart_of(data: "pd.DataFrame") -> dict[str, float]:
    """The places before the body that the articles of the corpus have, with where they are drawn."""
    known = set(data.loc[(data["quantity"] == SHARE) & data["value"].notna(), "of"])
    return {place: x for place, x in APART.items() if place in known}


def _by_place(axes: "Axes", data: "pd.DataFrame", column: Column, first: bool) -> None:
    for condition, kind, colour, marker, shift in (
        (INDEPENDENT, ALL_KINDS, NULL, "D", 0.7),
        (column.condition, column.kind, REPOST, "o", 0.0),
    ):
        percent = 100 * _shares(data, condition, kind)[["value", "low", "high"]].astype(float)
        body = percent.reindex(list(DECILES))
        x = BODY_FROM + 0.5 + np.arange(len(DECILES))
        axes.fill_between(x, body["low"], body["high"], color=colour, alpha=0.2, linewidth=0)
        axes.plot(x, body["value"], ":" if marker == "D" else "-", color=colour, linewidth=1.0)
        known = body["value"].notna().to_numpy()
        alone = known & ~np.append(False, known[:-1]) & ~np.append(known[1:], False)
        axes.plot(x[alone], body["value"][alone], ".", color=colour, markersize=3)
        for place, at in APART.items():
            if place in percent.index:
                value, low, high = percent.loc[[place]].to_numpy()[0].tolist()
                axes.plot([at + shift] * 2, [low, high], color=colour, linewidth=0.8)
                axes.plot(
                    [at + shift], [value], marker, color=colour, markeredgewidth=0.6, clip_on=False,
                    markersize=2.4 if marker == "o" else 2.0, zorder=3,
                    markerfacecolor=colour if marker == "o" else "white",
                )  # fmt: skip
    apart = _apart_of(data)
    axes.set_xlim(min([*apart.values(), BODY_FROM]) - 0.6, BODY_FROM + len(DECILES))
    axes.set_ylim(0, 103)
    ticks = {x + 0.35: place[0].upper() for place, x in apart.items()}
    ticks |= {BODY_FROM: "0", BODY_FROM + 5: "50", BODY_FROM + 10: "100"}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_yticks([0, 50, 100])
    if not first:
        axes.set_yticklabels([])
