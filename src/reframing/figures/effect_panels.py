"""Figures of corrected rates by what was asked of the writer: prompts in rows, true reports beside false ones.

They draw by_kind.csv of the stage `effects`, whose rates are exploratory, beside the prespecified effects of
effects.csv.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reframing.documents.params import EffectsParams, Estimand, FigureParams
from reframing.figures.dot_rows import kind_label
from reframing.figures.effect_rows import (
    SIDE_MM,
    TICKS_MM,
    UNTITLED,
    beside,
    events_and_reads,
    findings,
    how_corrected,
    key,
    key_height,
    marks_used,
    nothing,
    numbers,
    rate_axes,
    span,
    without_ticks,
)
from reframing.figures.figure import (
    DOUBLE_MM,
    FAINT,
    NULL,
    Canvas,
    Figure,
    line_mm,
    small,
    width_mm,
    wrapped,
)
from reframing.statistics.by_kind import ALL, OUTCOMES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

# What polishing and rewriting by machine does, by prompt.

UNASKED = ("unasked", "models")
"""Families of estimands about texts that a model was asked to polish or rewrite in no particular tone."""

PROMPTS = (
    "fluent",
    "token",
    "refine",
    "polish",
    "again",
    "revise",
    "sentence",
    "concise",
    "rewrite",
)
"""Words of prompts, from one that asks for minimal change to one that asks for new text."""

ALL_PROMPTS = "all prompts"


class Prompt(NamedTuple):
    """What the name of a kind says: which model wrote, where it says so, and under which prompt."""

    model: str
    label: str

    @property
    def place(self) -> tuple[int, str]:
        """Where the prompt comes among others."""
        words = set(self.label.split())
        known = [number for number, word in enumerate(PROMPTS) if word in words]
        return (known[0] if known else len(PROMPTS), self.label)


def prompt_of(kind: str) -> Prompt:
    """The prompt of a kind: after the model, in names such as *llama-polish* that end in a word of a prompt."""
    words = kind.split("-")
    first = next((n for n, word in enumerate(words) if word in PROMPTS), 0)
    return Prompt(" ".join(words[:first]), " ".join(words[first:]))


def prompts(
    data: "pd.DataFrame",
    estimands: Mapping[str, Estimand],
    params: EffectsParams,
    titles: Mapping[str, str] = UNTITLED,
) -> Figure:
    """Every outcome under every prompt, from by_kind.csv, for the corpora whose estimands are in `UNASKED`."""
    corpora = list(dict.fromkeys(e.corpus for e in estimands.values() if e.family in UNASKED))
    of = data["corpus"].isin(corpora) & (data["group"] == ALL) & data["outcome"].isin(OUTCOMES)
    shown = data[of].assign(
        block=[
            _block(corpus, kind, titles)
            for corpus, kind in data.loc[of, ["corpus", "kind"]].to_numpy(str)
        ],
        prompt=[_label(kind) for kind in data.loc[of, "kind"]],
    )
    several = shown.groupby("corpus")["block"].transform("nunique") > 2
    shown = shown[~((shown["kind"] == ALL) & several)]
    places = [
        (corpora.index(corpus), block, kind == ALL, prompt_of(kind).place)
        for corpus, block, kind in shown[["corpus", "block", "kind"]].to_numpy(str)
    ]
    shown = shown.iloc[sorted(range(len(places)), key=places.__getitem__)]
    single = shown[shown["kind"] != ALL]
    said = [
        "What a language model does to a text that it is asked to polish or rewrite, by prompt: moves per "
        "1,000 words that make it more loaded (evaluations added less dropped), surer (hedges dropped and "
        "boosters added less the reverse), or leave it fewer sources (attributions dropped or made vague less "
        "added).",
        "Prompts are ordered from one that asks for minimal change to one that asks for a new text; the last "
        "row of a corpus has all of them together.",
        how_corrected(params),
        "Exploratory: no interval is adjusted for there being many rows.",
        numbers(shown[shown["kind"] == ALL] if (shown["kind"] == ALL).any() else shown, titles),
    ]
    return Figure(
        "prompts",
        _prompts_title(single),
        " ".join(said),
        plot_prompts,
        shown.reset_index(drop=True),
    )


def _block(corpus: str, kind: str, titles: Mapping[str, str]) -> str:
    """The heading above a kind: the title of its corpus, and the model where the kind names one."""
    title, model = titles.get(corpus, corpus), prompt_of(kind).model
    return f"{title}: {model}" if model and kind != ALL else title


def _label(kind: str) -> str:
    return ALL_PROMPTS if kind == ALL else kind_label(prompt_of(kind).label)


def _prompts_title(data: "pd.DataFrame") -> str:
    """Under how many prompts each outcome has an interval above 0, and below it where there are any."""
    rows = data[["corpus", "kind"]].drop_duplicates()
    parts = []
    for name, one in OUTCOMES.items():
        of = data[data["outcome"] == name]
        above, below = int((of["low"] > 0).sum()), int((of["high"] < 0).sum())
        parts.append(f"{one.words} under {above or 'none'}")
        if below:
            parts.append(f"{one.opposite} under {below}")
    return (
        f"Texts by a model, under {len(rows)} prompts in {_counted(rows['corpus'].nunique())}: "
        f"{', '.join(parts[:-1])} and {parts[-1]}"
    )


def _counted(corpora: int) -> str:
    return "1 corpus" if corpora == 1 else f"{corpora} corpora"


def plot_prompts(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a panel for each outcome, with a row for each prompt below the heading of its corpus."""
    points = small(params)
    row_mm, heading_mm = line_mm(points) + 1.2, line_mm(params.font_size) + 1.6
    labels = max([width_mm(one, points) for one in data["prompt"]], default=0) + 3 * SIDE_MM
    right = width_mm("000/000", points) + 2 * SIDE_MM
    gap = 4.0
    width = (DOUBLE_MM - labels - right - 2 * gap) / len(OUTCOMES)
    rows = data[["block", "kind", "prompt"]].drop_duplicates()
    blocks = rows.groupby("block", sort=False)
    marks = marks_used(data.to_dict("records"))
    head = key_height(marks, DOUBLE_MM - SIDE_MM, points) + line_mm(points) + 2.0
    canvas = Canvas(
        drawing, DOUBLE_MM, head + heading_mm * len(blocks) + row_mm * len(rows) + TICKS_MM
    )
    if data.empty:
        return nothing(canvas, params, "No text of a model was read.")
    key(canvas, marks, SIDE_MM, DOUBLE_MM - SIDE_MM, params)
    for number, one in enumerate(OUTCOMES.values()):
        middle = labels + number * (width + gap) + width / 2
        canvas.text(middle, head, one.words, points, "center", "bottom", weight="bold")
    canvas.text(
        DOUBLE_MM - SIDE_MM, head, "events/\nunits read", points, "right", "bottom", color=NULL
    )
    top = head
    for block, of in blocks:
        heading = wrapped(str(block), DOUBLE_MM - 2 * SIDE_MM, params.font_size, 1, bold=True)
        top += heading_mm
        canvas.text(SIDE_MM, top - 0.6, heading, params.font_size, anchor="bottom", weight="bold")
        height = row_mm * len(of)
        is_last = block == rows["block"].iloc[-1]
        for number, outcome in enumerate(OUTCOMES):
            left = labels + number * (width + gap)
            axes = rate_axes(canvas, left, top, width, height, span(data))
            if is_last:
                canvas.text(
                    left + width / 2, top + height + 3.4, "moves per 1,000 words", points, "center"
                )
            else:
                without_ticks(axes)
            for place, kind in enumerate(of["kind"]):
                y = (place + 0.5) * row_mm
                axes.axhline(y, color=FAINT, linewidth=0.4, zorder=0)
                cell = (data["block"] == block) & (data["kind"] == kind)
                for row in data[cell & (data["outcome"] == outcome)].to_dict("records"):
                    beside(axes, row, y)
        for place, (kind, label) in enumerate(of[["kind", "prompt"]].to_numpy(str)):
            y = top + (place + 0.5) * row_mm
            weight = "bold" if kind == ALL else "normal"
            canvas.text(labels - SIDE_MM, y, label, points, "right", "middle", weight=weight)
            row = data[(data["block"] == block) & (data["kind"] == kind)].iloc[0]
            events_and_reads(canvas, row, y, points)
        top += height
    return None


# Whether false reports are laundered.

NET = "net moves per 1,000 words in the expected direction"
NET_DIFFERENCE = "difference of these (grey: would often be missed)"


def laundering(
    rates: "pd.DataFrame",
    effects: "pd.DataFrame",
    estimands: Mapping[str, Estimand],
    params: EffectsParams,
    titles: Mapping[str, str] = UNTITLED,
) -> Figure:
    """The rates behind each prespecified difference between groups of events, and that difference below them.

    `rates` is by_kind.csv, `effects` effects.csv.
    """
    import pandas as pd

    grouped = {name: one for name, one in estimands.items() if one.of}
    groups = {name: (one.than, one.of) for name, one in grouped.items()}
    behind = rates[rates["outcome"].isin(list(grouped)) & (rates["group"] != ALL)]
    asked = effects[effects["estimand"].isin(list(grouped))]
    asked = asked.rename(columns={"estimand": "outcome"}).assign(
        kind=[", ".join(grouped[name].kinds) or ALL for name in asked["estimand"]],
        group=[" less ".join(reversed(groups[name])) for name in asked["estimand"]],
    )
    is_found = asked["q"] < params.fdr
    asked = asked.assign(star=is_found)
    columns = [*behind.columns, "q", "star", "detectable", "hypothesis"]
    shown = pd.concat([behind, asked], ignore_index=True)[columns]
    title = findings(asked, params, f"expected differences between {_named(groups)} reports")
    missed = asked.loc[~is_found, "detectable"].max()
    if not np.isnan(missed):
        where = "elsewhere, one" if is_found.any() else "one"
        title += f"; {where} of {missed:.1f} per 1,000 words probably would be"
    said = [
        f"Retellings of {_named(groups)} reports by what was asked of the writer: moves per 1,000 words that "
        "leave less of what the heading says, less those that leave more of it.",
        "Below, on a scale of its own, the difference that was prespecified; between the grey bars lie effects "
        f"that would be found with less than {params.power:.0%} probability.",
        how_corrected(params),
        "All rates but that difference are exploratory.",
        numbers(asked, titles),
    ]
    return Figure("laundering", title, " ".join(said), plot_laundering, shown)


def _named(groups: Mapping[str, tuple[str, str]]) -> str:
    return " and ".join(dict.fromkeys(group for pair in groups.values() for group in pair))


def _outcome(row: "pd.Series[Any]") -> str:
    """Whether a difference is found, and which way."""
    if np.isnan(row["q"]):
        return "Found: unknown"
    word = "no" if not row["star"] else "yes" if row["value"] > 0 else "the reverse"
    return f"Found: {word} (q = {row['q']:.2g})"


def plot_laundering(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a column for each outcome: rates by kinds and group, and below them the prespecified difference."""
    points = small(params)
    row_mm, line = line_mm(points) + 2.0, line_mm(points)
    names = list(dict.fromkeys(data["outcome"]))
    asked = data["hypothesis"].notna()
    rows = data[~asked][["kind", "group"]].drop_duplicates()
    kinds = list(dict.fromkeys(rows["kind"]))
    differences = data[asked][["kind", "group"]].drop_duplicates()
    labels = 0.28 * DOUBLE_MM
    right = width_mm("000/000", points) + 2 * SIDE_MM
    gap = 5.0
    width = (DOUBLE_MM - labels - right - gap * (len(names) - 1)) / max(len(names), 1)
    marks = marks_used(data.to_dict("records"))
    head = key_height(marks, DOUBLE_MM - SIDE_MM, points) + 4 * line + 2.0
    upper = len(kinds) * (line + 0.8) + row_mm * len(rows)
    lower_top = head + upper + TICKS_MM + 2.0
    lower = max(2 * line + 1.5, row_mm) * len(differences)
    canvas = Canvas(drawing, DOUBLE_MM, lower_top + lower + TICKS_MM)
    if rows.empty:
        return nothing(canvas, params, "No difference between groups was asked for.")
    key(canvas, marks, SIDE_MM, DOUBLE_MM - SIDE_MM, params)
    canvas.text(
        DOUBLE_MM - SIDE_MM,
        head - 1.0,
        "events/\nunits read",
        points,
        "right",
        "bottom",
        color=NULL,
    )
    places: dict[tuple[str, str], float] = {}
    y = 0.0
    for kind in kinds:
        wording = wrapped(
            " or ".join(map(kind_label, kind.split(", "))), labels - 3, points, 1, True
        )
        canvas.text(SIDE_MM, head + y + 0.3, wording, points, weight="bold")
        y += line + 0.8
        for group in rows.loc[rows["kind"] == kind, "group"]:
            places[kind, group] = y + row_mm / 2
            canvas.text(
                labels - SIDE_MM,
                head + y + row_mm / 2,
                kind_label(group),
                points,
                "right",
                "middle",
            )
            y += row_mm
    for number, name in enumerate(names):
        left = labels + number * (width + gap)
        of = data[data["outcome"] == name]
        behind, difference = of[of["hypothesis"].isna()], of[of["hypothesis"].notna()]
        expected = wrapped(f"Expected: {difference['hypothesis'].iloc[0]}", width, points, 3)
        heading = f"{expected}\n{_outcome(difference.iloc[0])}"
        canvas.text(left + width / 2, head - 1.0, heading, points, "center", "bottom")
        axes = rate_axes(canvas, left, head, width, upper, span(behind))
        canvas.text(left + width / 2, head + upper + 3.4, NET, points, "center")
        for row in behind.to_dict("records"):
            at = places[row["kind"], row["group"]]
            axes.axhline(at, color=FAINT, linewidth=0.4, zorder=0)
            beside(axes, row, at)
            if name == names[0]:
                events_and_reads(canvas, row, head + at, points)
        least = float(difference["detectable"].max())
        low, high = span(difference)
        reach = 1.08 * np.nanmax([least, 0.0])
        below = rate_axes(
            canvas, left, lower_top, width, lower, (min(low, -reach), max(high, reach))
        )
        canvas.text(left + width / 2, lower_top + lower + 3.4, NET_DIFFERENCE, points, "center")
        for place, row in enumerate(difference.to_dict("records")):
            at = (place + 0.5) * lower / len(differences)
            if not np.isnan(least):
                below.axvspan(-least, least, color=FAINT, alpha=0.5, linewidth=0, zorder=0)
                for edge in (-least, least):
                    below.axvline(edge, color=NULL, linewidth=0.9, linestyle=(0, (2, 1)), zorder=1)
            beside(below, row, at)
            if name == names[0]:
                wording = f"{row['group']}:\nprespecified difference"
                canvas.text(labels - SIDE_MM, lower_top + at, wording, points, "right", "middle")
                events_and_reads(canvas, row, lower_top + at, points)
    return None
