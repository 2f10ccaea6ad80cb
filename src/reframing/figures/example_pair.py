"""Figure `example`: rows of one pair side by side, with its moves marked, numbered and said in words.

It shows text, so it exists only for corpora that were written for this project: no texts of others are opened
for it (`reframing.figures.gallery.open_study`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from reframing.documents.params import FigureParams
from reframing.documents.records import Span
from reframing.figures.caption import Study, counted
from reframing.figures.dot_rows import kind_label
from reframing.figures.figure import (
    DOUBLE_MM,
    FAINT,
    MM_PER_POINT,
    Canvas,
    Figure,
    line_mm,
    small,
    width_mm,
    wrapped,
)
from reframing.moves.catalogue import catalogue, common_ends
from reframing.statistics.pair_units import SURE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

# The pair and its rows.

MOST_ROWS = 4
MOST_MOVES = 8
COLUMNS = (
    "pair", "kind", "rows", "row", "number", "move", "score",
    "original_start", "original_end", "original", "repost_start", "repost_end", "repost",
)  # fmt: skip
"""Columns of the figure's data: a row a sentence (without `move`) or a move, with its offsets and words.

`row` is its place in the figure and `rows` how many the pair has; `number` is that of the sentence in its text,
or of the move in the figure.
"""


class AlignedRow(NamedTuple):
    """Sentences of original and repost that links connect, by number, and the sure moves in them."""

    original: tuple[int, ...]
    repost: tuple[int, ...]
    moves: tuple[int, ...]
    words: int


class Tidy(NamedTuple):
    """The tidy tables of a study that the example is chosen from."""

    pairs: "pd.DataFrame"
    sentences: "pd.DataFrame"
    links: "pd.DataFrame"
    moves: "pd.DataFrame"


def example_rows(tidy: Tidy, texts: Mapping[str, str]) -> "pd.DataFrame | None":
    """The data of the figure, or None where no pair has a sure move in its rows.

    Of all choices of at most `MOST_ROWS` rows of one repost, with at most `MOST_MOVES` sure moves, it is the
    one that shows most families of moves, then most kinds, in fewest words; then the first by pair and row.
    """
    import pandas as pd

    reposts = tidy.pairs[(tidy.pairs["condition"] == "repost") & tidy.pairs["left_out"].isna()]
    sure = tidy.moves[tidy.moves["score"] >= SURE]
    sentences = {str(id): rows for id, rows in tidy.sentences.groupby("article")}
    links = dict(iter(tidy.links.groupby("pair")))
    families = sure.groupby("pair")["family"].nunique()
    best: Any = None
    for pair in reposts.sort_values("pair").to_dict("records"):
        if not {pair["original"], pair["repost"]} <= texts.keys() & sentences.keys():
            continue
        if best and families.get(pair["pair"], 0) < best[0][0]:
            continue
        moves = sure[sure["pair"] == pair["pair"]]
        aligned = aligned_rows(
            sentences[pair["original"]], sentences[pair["repost"]],
            links.get(pair["pair"], tidy.links.iloc[:0]), moves,
        )  # fmt: skip
        chosen, rank = _best_rows(aligned, moves)
        if chosen and (best is None or rank > best[0]):
            best = rank, pair, aligned, chosen, moves
    if best is None:
        return None
    _, pair, aligned, chosen, moves = best
    places = sentences[pair["original"]], sentences[pair["repost"]]
    rows = _records(pair, len(aligned), chosen, moves, places, texts)
    types = {name: "Int64" for name in COLUMNS if name.endswith(("_start", "_end"))}
    return pd.DataFrame(list(rows), columns=list(COLUMNS)).astype(types)


def aligned_rows(
    original: "pd.DataFrame", repost: "pd.DataFrame", links: "pd.DataFrame", moves: "pd.DataFrame"
) -> list[AlignedRow]:
    """The rows of a pair in the order of the repost; what is left out stands behind its predecessor."""
    nodes = [("o", int(i)) for i in original["sentence"]] + [
        ("r", int(j)) for j in repost["sentence"]
    ]
    group = {node: {node} for node in nodes}
    for i, j in zip(links["original_sentence"], links["repost_sentence"], strict=True):
        joined = group[("o", int(i))] | group[("r", int(j))]
        for node in joined:
            group[node] = joined
    words = {
        (side, int(number)): int(n)
        for side, rows in (("o", original), ("r", repost))
        for number, n in zip(rows["sentence"], rows["words"], strict=True)
    }
    inside: dict[int, list[int]] = {}
    for index, i, j in zip(
        moves.index, moves["original_sentence"], moves["repost_sentence"], strict=True
    ):
        node = ("o", int(i)) if _missing(j) else ("r", int(j))
        inside.setdefault(id(group[node]), []).append(index)
    rows = []
    for nodes_of in {id(found): found for found in group.values()}.values():
        sides = [tuple(sorted(n for side, n in nodes_of if side == of)) for of in "or"]
        moves_of = tuple(inside.get(id(nodes_of), ()))
        rows.append(AlignedRow(sides[0], sides[1], moves_of, sum(words[n] for n in nodes_of)))
    return sorted(rows, key=lambda row: _place(row, rows))


def _missing(value: object) -> bool:
    from pandas import isna

    return bool(isna(value))  # type: ignore[call-overload]


def _place(row: AlignedRow, rows: Sequence[AlignedRow]) -> tuple[int, int, int]:
    """Where a row stands: by its first sentence of the repost, or that of the row before it in the original."""
    if row.repost:
        return row.repost[0], 0, 0
    before = [other for other in rows if other.repost and other.original < row.original]
    last = max(before, key=lambda other: other.original, default=None)
    return (last.repost[0] if last else -1), 1, row.original[0]


def _best_rows(
    aligned: Sequence[AlignedRow], moves: "pd.DataFrame"
) -> tuple[tuple[AlignedRow, ...], tuple[int, int, int]]:
    """The choice of rows with the highest rank: families and kinds of their moves, and fewest words."""
    columns = [dict(moves["family"]), dict(moves["move"])]
    bits = [{name: 1 << i for i, name in enumerate(sorted(set(of.values())))} for of in columns]
    marked = [row for row in aligned if row.moves]
    held = [
        [sum({of[name[index]] for index in row.moves}) for name, of in zip(columns, bits, strict=True)]
        for row in marked
    ]  # fmt: skip
    best: tuple[tuple[int, ...], tuple[int, int, int]] = ((), (0, 0, 0))
    for size in range(1, MOST_ROWS + 1):
        for choice in combinations(range(len(marked)), size):
            families = kinds = words = found = 0
            for place in choice:
                families |= held[place][0]
                kinds |= held[place][1]
                words += marked[place].words
                found += len(marked[place].moves)
            rank = families.bit_count(), kinds.bit_count(), -words
            if found <= MOST_MOVES and rank > best[1]:
                best = choice, rank
    return tuple(marked[place] for place in best[0]), best[1]


def _records(
    pair: Mapping[str, str], n_rows: int, chosen: Iterable[AlignedRow], moves: "pd.DataFrame",
    places: "tuple[pd.DataFrame, pd.DataFrame]", texts: Mapping[str, str],
) -> Iterator[dict[str, object]]:  # fmt: skip
    """The rows of the data: of each chosen row its sentences and then its moves."""
    shared = {"pair": pair["pair"], "kind": pair["kind"], "rows": n_rows}
    sides = ("original", "repost")
    spans = [
        {int(n): Span(int(a), int(b)) for n, a, b in zip(of["sentence"], of["start"], of["end"], strict=True)}
        for of in places
    ]  # fmt: skip
    number = 0
    for place, row in enumerate(chosen):
        for side, numbers, of_side in zip(sides, (row.original, row.repost), spans, strict=True):
            for sentence in numbers:
                words = _words(side, of_side[sentence], texts[pair[side]])
                yield shared | {"row": place, "number": sentence} | words
        found = moves.loc[list(row.moves)].to_dict("records")
        for move in sorted(found, key=_move_order):
            number += 1
            words = {}
            for side in sides:
                if not _missing(move[f"{side}_start"]):
                    span = Span(int(move[f"{side}_start"]), int(move[f"{side}_end"]))
                    words |= _words(side, span, texts[pair[side]])
            yield shared | {
                "row": place, "number": number, "move": move["move"], "score": move["score"],
            } | words  # fmt: skip


def _words(side: str, span: Span, text: str) -> dict[str, object]:
    return {f"{side}_start": span.start, f"{side}_end": span.end, side: span.of(text)}


def _move_order(move: Mapping[Any, Any]) -> tuple[float, float, float, str]:
    """Moves are numbered in the order of the original's words, then of the repost's, wider ones first."""
    starts = [move["original_start"], move["repost_start"]]
    first, second = (float("inf") if _missing(start) else float(start) for start in starts)
    ends = [move[f"{side}_end"] for side in ("original", "repost")]
    width = max(float(b) - float(a) for a, b in zip(starts, ends, strict=True) if not _missing(a))
    return first, second, -width, str(move["move"])


# The figure.

FAMILIES = {
    "attribution": "#0072B2",
    "quotation": "#009E73",
    "certainty": "#E69F00",
    "evaluation": "#D55E00",
    "facts": "#CC79A7",
    "structure": "#808080",
}
"""Colours of the families of moves; numbers tell moves apart without them."""


def example(study: Study) -> Figure:
    """The figure `example`; raises ValueError where a study has none, or its texts are those of others."""
    data = study.example
    if data is None or not study.constructed:
        raise ValueError("an example is of a corpus that was written for this project")
    moves = data[data["move"].notna()]
    shown, kind = data["row"].nunique(), kind_label(str(data["kind"].iloc[0]))
    families = {catalogue()[slug].family for slug in moves["move"]}
    n_rows = int(data["rows"].iloc[0])
    title = (
        f"{shown} of {counted(n_rows, 'row')} of one repost {'holds' if shown == 1 else 'hold'} "
        f"{counted(len(moves), 'move')} of {len(families)} {_families(len(families))}"
    )
    said = (
        f"An original and a repost of it ({kind}), row by row: sentences that say the same stand beside each "
        f"other. Shown are {shown} of the pair's {counted(n_rows, 'row')}, with every sure move in them "
        f"(score of {SURE:g} or more): its words are underlined and followed by its number, or, where it "
        "shows in a whole sentence, that has a bar and begins with the number; to the right the kind of "
        "move, the words before and after, and the effect on a reader; at the foot the families of moves. "
        f"Pair and rows are chosen by rule: of all choices of at most {MOST_ROWS} rows and {MOST_MOVES} "
        "moves the one that shows most families, then most kinds of moves, in fewest words; so it shows what "
        "moves are, not how frequent they are. "
        f"Corpus: {study.title.rstrip('.')}. n = 1 pair, {counted(len(moves), 'move')}. The texts were written "
        "for this project; no finding is claimed from them."
    )
    return Figure("example", title, said, plot_example, data)


def _families(number: int) -> str:
    return "family" if number == 1 else "families"


def plot_example(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw the rows: the original left, the repost in the middle, and what changed to the right."""
    rows = [_row(of_row, params) for _, of_row in data.groupby("row", sort=True)]
    head = line_mm(params.font_size) + 1.5
    foot = line_mm(small(params)) + 1.0
    heights = [
        max(*(cell.height for cell in row.cells), row.notes_height) + 2 * ROW_PAD_MM for row in rows
    ]
    canvas = Canvas(drawing, DOUBLE_MM, head + sum(heights) + foot)
    axes = canvas.axes(0, 0, canvas.width, canvas.height)
    axes.set(xlim=(0, canvas.width), ylim=(canvas.height, 0))
    axes.axis("off")
    kind = kind_label(str(data["kind"].iloc[0]))
    for left, heading in zip(LEFTS, ("Original", f"Repost ({kind})", "What changed"), strict=True):
        limit = TEXT_MM if left != LEFTS[2] else NOTE_MM
        shown = wrapped(heading, limit, params.font_size, 1, bold=True)
        canvas.text(left, 0.6, shown, params.font_size, weight="bold")
    top = head
    for row, height in zip(rows, heights, strict=True):
        axes.plot([0.4, canvas.width - 0.4], [top, top], color=FAINT, linewidth=0.6)
        for cell, left in zip(row.cells, LEFTS, strict=False):
            _draw_cell(canvas, axes, cell, left, top + ROW_PAD_MM, params)
        _draw_notes(canvas, axes, row.notes, top + ROW_PAD_MM, params)
        top += height
    axes.plot([0.4, canvas.width - 0.4], [top, top], color=FAINT, linewidth=0.6)
    _draw_foot(canvas, axes, data, top + 1.0, params)


GREY = "#595959"


# Layout of text in millimetres.

TEXT_MM, NOTE_MM = 56.0, 58.0
LEFTS = (3.0, 63.5, 124.0)
"""Left edges of the three columns."""

ROW_PAD_MM, LINE_SHARE, CHIP_MM, BAR_MM, NOTE_GAP_MM = 1.6, 1.22, 1.25, 0.9, 1.1
"""Space above and below a row; height of a line of text in lines of type; radius of a number's disc; distance
of bars beside whole sentences; space between notes."""

WHOLE = 0.8
"""Share of a sentence from which a move is of the whole sentence, and its words are not underlined."""


class Mark(NamedTuple):
    """A move on one side: its number, the colour of its family, its words, and whether they are a sentence."""

    number: int
    colour: str
    span: Span
    whole: bool


class Word(NamedTuple):
    """A word or a number in its place: left edge, line, text (empty for the number of `mark`) and offsets."""

    x: float
    line: int
    text: str
    span: Span
    mark: Mark | None = None


class Cell(NamedTuple):
    """The text of one side of a row, laid out."""

    words: tuple[Word, ...]
    marks: tuple[Mark, ...]
    height: float


class Note(NamedTuple):
    """What is said of a move: its label, words before and after, effect; each line with its style."""

    number: int
    colour: str
    lines: tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """A row of the figure, laid out."""

    cells: tuple[Cell, Cell]
    notes: tuple[Note, ...]
    notes_height: float


def _row(data: "pd.DataFrame", params: FigureParams) -> Row:
    sentences, moves = data[data["move"].isna()], data[data["move"].notna()].to_dict("records")
    cells = []
    whole: dict[int, set[str]] = {int(move["number"]): set() for move in moves}
    for side in ("original", "repost"):
        of_side = sentences[sentences[side].notna()]
        places = [
            (Span(int(start), int(end)), str(text))
            for start, end, text in zip(
                of_side[f"{side}_start"], of_side[f"{side}_end"], of_side[side], strict=True
            )
        ]
        marks = []
        for move in moves:
            if _missing(move[f"{side}_start"]):
                continue
            span = Span(int(move[f"{side}_start"]), int(move[f"{side}_end"]))
            covers = any(
                span.overlaps(one) and span.end - span.start >= WHOLE * (one.end - one.start)
                for one, _ in places
            )
            if covers:
                whole[int(move["number"])].add(side)
            marks.append(Mark(int(move["number"]), _colour(move["move"]), span, covers))
        cells.append(_cell(places, marks, params))
    notes = tuple(_note(move, whole[int(move["number"])], params) for move in moves)
    height = sum(_note_height(note, params) for note in notes)
    return Row((cells[0], cells[1]), notes, height + NOTE_GAP_MM * max(len(notes) - 1, 0))


def _colour(slug: str) -> str:
    return FAMILIES[catalogue()[slug].family]


def _advance(text: str, points: float) -> float:
    """How far a text moves the next one to the right; `width_mm` has the ink alone."""
    return width_mm(f"x{text}x", points) - width_mm("xx", points)


def _cell(
    places: Sequence[tuple[Span, str]], marks: Sequence[Mark], params: FigureParams
) -> Cell:  # fmt: skip
    """Break the sentences into lines; numbers stand behind their words, or before the sentence they are of."""
    points = params.font_size
    space, chip = _advance(" ", points), 2 * CHIP_MM + 0.5
    words: list[Word] = []
    x, line = 0.0, 0
    for span, text in places:
        heads = [mark for mark in marks if mark.whole and mark.span.overlaps(span)]
        for found in re.finditer(r"\S+", text):
            here = Span(span.start + found.start(), span.start + found.end())
            before = heads if not found.start() else []
            behind = [m for m in marks if not m.whole and here.start < m.span.end <= here.end]
            wide = _advance(found[0], points)
            if x and x + wide + chip * (len(before) + len(behind)) > TEXT_MM:
                x, line = 0.0, line + 1
            for mark in before:
                words.append(Word(x, line, "", here, mark))
                x += chip + 0.4
            words.append(Word(x, line, found[0], here))
            x += wide + (0.4 if behind else 0.0)
            for mark in behind:
                words.append(Word(x, line, "", here, mark))
                x += chip
            x += space
    return Cell(tuple(words), tuple(marks), (line + 1) * _line(params))


def _line(params: FigureParams) -> float:
    return LINE_SHARE * line_mm(params.font_size)


def _note(move: Mapping[Any, Any], whole: Iterable[str], params: FigureParams) -> Note:
    """A note; words that are a whole sentence are not repeated."""
    kind = catalogue()[str(move["move"])]
    limit = NOTE_MM - 2 * CHIP_MM - 1.2
    lines = [("label", kind.heading)]
    phrases = [
        [] if _missing(move[side]) or side in whole else str(move[side]).split()
        for side in ("original", "repost")
    ]
    if any(phrases):
        sides = map(_quoted, _contrasted(*phrases))
        said = wrapped(" → ".join(sides), limit, small(params), 2)
        lines += [("words", line) for line in said.split("\n")]
    lines += [
        ("effect", line) for line in wrapped(kind.effect, limit, small(params), 2).split("\n")
    ]
    return Note(int(move["number"]), _colour(kind.slug), tuple(lines))


def _contrasted(was: list[str], now: list[str]) -> tuple[list[str], list[str]]:
    """Two phrases without two or more words at the beginning that they share."""
    first, _ = common_ends(was, now)
    if 2 <= first < min(len(was), len(now)):
        return ["…", *was[first:]], ["…", *now[first:]]
    return was, now


def _quoted(words: list[str]) -> str:
    """Words in quotation marks, without those of their own and the comma before them."""
    return "“" + " ".join(words).strip(' ,"“”') + "”" if words else "nothing"


def _note_height(note: Note, params: FigureParams) -> float:
    return len(note.lines) * line_mm(small(params))


# Drawing.


def _draw_cell(
    canvas: Canvas, axes: "Axes", cell: Cell, left: float, top: float, params: FigureParams
) -> None:
    points, step = params.font_size, _line(params)
    if not cell.words:
        canvas.text(left, top, "nothing that says this", small(params), color=GREY, style="italic")
        return
    for depth, mark in enumerate(mark for mark in cell.marks if mark.whole):
        lines = [word.line for word in cell.words if word.span.overlaps(mark.span)]
        x = left - 1.2 - BAR_MM * depth
        ends = [top + min(lines) * step, top + (max(lines) + 1) * step - 0.5]
        axes.plot([x, x], ends, color=mark.colour, linewidth=1.6, solid_capstyle="butt")
    for mark in cell.marks:
        if not mark.whole:
            depth = sum(
                other.span.overlaps(mark.span) and other.number < mark.number and not other.whole
                for other in cell.marks
            )
            _underline(axes, cell, mark, left, top, 0.5 * depth, params)
    for word in cell.words:
        y = top + word.line * step
        if word.mark:
            _chip(
                canvas,
                axes,
                left + word.x + CHIP_MM,
                y + 0.5 * points * MM_PER_POINT,
                word.mark,
                params,
            )
        else:
            canvas.text(left + word.x, y, word.text, points)


def _underline(
    axes: "Axes", cell: Cell, mark: Mark, left: float, top: float, deeper: float,
    params: FigureParams,
) -> None:  # fmt: skip
    """Tint the words of a move and draw a line below them, in each line of text."""
    from matplotlib.patches import Rectangle

    points, step = params.font_size, _line(params)
    ends: dict[int, list[float]] = {}
    for word in cell.words:
        if word.mark or not word.span.overlaps(mark.span):
            continue
        first = max(mark.span.start - word.span.start, 0)
        last = min(mark.span.end, word.span.end) - word.span.start
        for place in (first, last):
            ends.setdefault(word.line, []).append(word.x + _advance(word.text[:place], points))
    for line, places in ends.items():
        x, width = left + min(places) - 0.2, max(places) - min(places) + 0.4
        y = top + line * step
        axes.add_patch(
            Rectangle(
                (x, y),
                width,
                1.05 * points * MM_PER_POINT,
                color=mark.colour,
                alpha=0.16,
                linewidth=0,
            )
        )
        below = y + 1.05 * points * MM_PER_POINT + deeper
        axes.plot([x, x + width], [below, below], color=mark.colour, linewidth=1.1)


def _chip(
    canvas: Canvas, axes: "Axes", x: float, y: float, mark: Mark | Note, params: FigureParams
) -> None:
    """The number of a move in a disc."""
    from matplotlib.patches import Circle

    axes.add_patch(
        Circle((x, y), CHIP_MM, facecolor="white", edgecolor=mark.colour, linewidth=1.0, zorder=3)
    )
    canvas.text(x, y, str(mark.number), small(params) - 1, "center", "middle", weight="bold")


def _draw_notes(
    canvas: Canvas, axes: "Axes", notes: Sequence[Note], top: float, params: FigureParams
) -> None:
    styles: dict[str, dict[str, Any]] = {
        "label": {"weight": "bold"}, "words": {}, "effect": {"color": GREY},
    }  # fmt: skip
    left, points = LEFTS[2], small(params)
    for note in notes:
        _chip(canvas, axes, left + CHIP_MM, top + 0.5 * points * MM_PER_POINT, note, params)
        for number, (style, line) in enumerate(note.lines):
            y = top + number * line_mm(points)
            canvas.text(left + 2 * CHIP_MM + 1.2, y, line, points, **styles[style])
        top += _note_height(note, params) + NOTE_GAP_MM


def _draw_foot(
    canvas: Canvas, axes: "Axes", data: "pd.DataFrame", top: float, params: FigureParams
) -> None:
    """The families with their colours and the numbers of their moves, and how many rows are not shown."""
    points, x = small(params), LEFTS[0]
    shown: dict[str, list[str]] = {}
    for move in data[data["move"].notna()].to_dict("records"):
        shown.setdefault(catalogue()[move["move"]].family, []).append(str(move["number"]))
    for family in (name for name in FAMILIES if name in shown):
        y = top + 0.55 * points * MM_PER_POINT
        said = f"{family} {', '.join(shown[family])}"
        axes.plot([x, x + 2.5], [y, y], color=FAMILIES[family], linewidth=2.2)
        canvas.text(x + 3.3, top, said, points)
        x += 3.3 + _advance(said, points) + 3.0
    rest = int(data["rows"].iloc[0]) - data["row"].nunique()
    if rest:
        said = f"{counted(rest, 'more row')} of this pair not shown"
        canvas.text(LEFTS[2] + NOTE_MM, top, said, points, "right", color=GREY)
