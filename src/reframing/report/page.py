"""HTML page of one comparison, or of all reposts of one original: one file that needs no network.

At the top are the verdict, the most important moves and the dials; below, both texts in rows of linked
sentences, with every move at its place and explained in the margin. It can be read without its script, the
only one that its content security policy lets run.

Everything that comes from the articles is escaped. Outside the sentences, which are blocks of their own, it is
also without the characters that would turn the words beside it.
"""

import re
from base64 import b64encode
from bisect import bisect_right
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from reframing.documents.messages import CONTROLS
from reframing.documents.records import RELATIONS, Article, Comparison, Move, Span
from reframing.report.dials import FULL, dials
from reframing.report.entries import LIKELY, SURE, Entry, Place, entries, important, parted, spots
from reframing.report.families import FAMILIES
from reframing.report.markup import SentenceMarkup, Text
from reframing.report.overall import UNMEASURED, Overall, Whole
from reframing.report.sentence_rows import Row, RowRelation, rows, runs
from reframing.report.verdict import SEPARATE, verdict
from reframing.report.wording import (
    clipped,
    first_words,
    headline,
    name_of,
    relation_name,
    unturned,
)

# Rows of linked sentences, with their moves in the margin.

FIRST_WORDS = 60
"""Length in code points to which a folded sentence, or one shown in another row, is shortened."""

_WORDING: dict[RowRelation, str] = {
    "copied": "word for word",
    "edited": "with changes",
    "rewritten": "with changes",
    "omitted": "left out",
    "added": "added",
}


@dataclass(frozen=True, slots=True)
class Note:
    """The moves of an entry in one row; an entry is explained only in its first note."""

    entry: Entry
    places: tuple[Place, ...]

    @property
    def is_first(self) -> bool:
        return self.entry.places[0] in self.places

    @property
    def is_plain(self) -> bool:
        """Whether the row alone shows the move: a further sentence without a counterpart."""
        return self.entry.kind.unit == "sentence" and not self.is_first

    @property
    def strongest(self) -> Place:
        return max(self.places, key=lambda place: place.rank)

    @property
    def elsewhere(self) -> tuple[Place, ...]:
        """The entry's moves in other rows."""
        return tuple(place for place in self.entry.places if place not in self.places)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference to an original sentence in another row: its number, its first words, and the row."""

    number: int | None
    text: str
    row: int


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row ready for the page: sentences as markup, pointers to other rows, moves, and a remark on wording."""

    number: int
    row: Row
    original: Markup
    repost: Markup
    pointers: tuple[Pointer, ...]
    notes: tuple[Note, ...]
    wording: str


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that are shown, or folded, together; `summary` is empty where they are not folded."""

    rows: tuple[DrawnRow, ...]
    summary: str = ""
    first_words: str = ""


class Drawing:
    """All rows of one comparison; `prefix` starts every id, so that a page can hold several comparisons."""

    def __init__(
        self,
        original: Article,
        repost: Article,
        comparison: Comparison,
        found: Sequence[Entry],
        prefix: str = "",
        overall: Overall = UNMEASURED,
    ) -> None:
        self._overall = overall
        self._markup = SentenceMarkup(original, repost, comparison, found, prefix, overall)
        self._original, self._repost = self._markup.texts["original"], self._markup.texts["repost"]
        self._rows = rows(comparison)
        numbered = list(enumerate(self._rows, 1))
        self._of_original = {i: number for number, row in numbered for i in row.original}
        self._of_repost = {j: number for number, row in numbered for j in row.repost}
        self._notes = self._noted(found)

    def runs(self) -> tuple[Run, ...]:
        """The rows from top to bottom; runs of omitted or added sentences are folded."""
        numbers = {row: number for number, row in enumerate(self._rows, 1)}
        return tuple(
            self._run(tuple(self._drawn(numbers[row], row) for row in group))
            for group in runs(self._rows)
        )

    def row_of(self, place: Place) -> int:
        """The number of the row in which a move is shown."""
        return self._row_number(place.move)

    def _run(self, drawn: tuple[DrawnRow, ...]) -> Run:
        row = drawn[0].row
        if len(drawn) < 2:
            return Run(drawn)
        if row.relation == "omitted":
            lines = [i for each in drawn for i in each.row.original]
            return Run(drawn, *_folded(lines, self._original, self._overall.original, "left out"))
        lines = [j for each in drawn for j in each.row.repost]
        return Run(drawn, *_folded(lines, self._repost, self._overall.repost, "added"))

    def _drawn(self, number: int, row: Row) -> DrawnRow:
        is_reworded = row.relation in ("edited", "rewritten") and all(
            self._markup.diff("repost", j).is_reworded for j in row.repost
        )
        compares = row.relation in ("edited", "rewritten") and not is_reworded
        sentence = self._markup.sentence
        notes = tuple(note for note in self._notes.get(number, ()) if not note.is_plain)
        is_noted = any(note.entry.kind.unit == "sentence" for note in notes)
        wording = "in other words" if is_reworded else _WORDING[row.relation]
        return DrawnRow(
            number,
            row,
            Markup().join(sentence("original", i, compares) for i in row.original),
            Markup().join(sentence("repost", j, compares) for j in row.repost),
            tuple(self._pointer(i) for i in row.elsewhere),
            notes,
            "" if is_noted else wording,
        )

    def _pointer(self, index: int) -> Pointer:
        home = self._of_original[index]
        number = self._overall.original.number_of(index)
        return Pointer(number, clipped(self._original.line(index), FIRST_WORDS), home)

    def _noted(self, found: Sequence[Entry]) -> dict[int, list[Note]]:
        """The notes of each row, by its number."""
        noted: dict[int, list[Note]] = {}
        for entry in found:
            by_row: dict[int, list[Place]] = {}
            for place in entry.places:
                by_row.setdefault(self._row_number(place.move), []).append(place)
            for number, places in by_row.items():
                noted.setdefault(number, []).append(Note(entry, tuple(places)))
        return noted

    def _row_number(self, move: Move) -> int:
        """The row of a move's first sentence in the repost, else of its first in the original, else row 1."""
        reposts = move.repost_sentences[:1] or _holding(move.repost, self._repost)
        originals = move.original_sentences[:1] or _holding(move.original, self._original)
        found = [self._of_repost.get(j) for j in reposts]
        found += [self._of_original.get(i) for i in originals]
        return next((number for number in found if number is not None), 1)


def _holding(span: Span | None, text: Text) -> tuple[int, ...]:
    """Index of the first sentence that overlaps a span, as a tuple; empty where there is none."""
    if span is None:
        return ()
    first = bisect_right(text.pieces, span.start, key=lambda piece: piece.end)
    return tuple(i for i in (first,) if i < len(text.pieces) and text.pieces[i].overlaps(span))


def _folded(lines: Sequence[int], text: Text, whole: Whole, done: str) -> tuple[str, str]:
    """How many sentences of a text these lines are, and the first words of the first.

    Where none is a sentence, it is how many lines they are.
    """
    sentences = [i for i in lines if whole.number_of(i) is not None]
    noun, counted = ("sentence", sentences) if sentences else ("line", lines)
    number = f"{len(counted)} {noun}{'' if len(counted) == 1 else 's'}"
    return f"{number} {done}", clipped(text.line(counted[0]), FIRST_WORDS)


# The page.


def render_html(
    original: Article, repost: Article, comparison: Comparison, overall: Overall = UNMEASURED
) -> str:
    """The HTML page of one comparison; the same comparison gives the same page."""
    return render_all(original, [(repost, comparison, overall)])


def render_all(original: Article, compared: Sequence[tuple[Article, Comparison, Overall]]) -> str:
    """One HTML page for all reposts of an original: an overview in which the reader chooses a comparison."""
    several = len(compared) > 1
    parts = [
        _part(original, repost, comparison, overall, number, f"c{number}-" if several else "")
        for number, (repost, comparison, overall) in enumerate(compared, 1)
    ]
    moves = [entry for part in parts for entry in part["entries"]]
    page = _template().render(
        parts=parts,
        original=original,
        families=_family_counts(moves),
        relations=RELATIONS,
        title=f"{len(compared)} reposts of one original" if several else parts[0]["comparison"].id,
        full=FULL,
        sure=SURE,
        likely=LIKELY,
    )
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", page)


_CONTROL = re.compile(rf"(?![\t\n\r])[{CONTROLS}]")
"""Control characters, which HTML does not permit: only words of the articles can hold them."""


def _part(
    original: Article,
    repost: Article,
    comparison: Comparison,
    overall: Overall,
    number: int,
    prefix: str,
) -> dict[str, Any]:
    """The template's variables for one comparison; `prefix` starts its ids."""
    found = entries(original, repost, comparison, overall)
    said = verdict(comparison, found, overall)
    drawing = Drawing(original, repost, comparison, found, prefix, overall)
    return {
        "number": number,
        "prefix": prefix,
        "comparison": comparison,
        "relation": relation_name(comparison.relation, original, repost),
        "repost": repost,
        "verdict": said,
        "gist": " ".join(said[: 1 + (comparison.relation in SEPARATE)]),
        "entries": found,
        "important": important(comparison, found),
        "dials": dials(comparison, found, overall) if comparison.alignment else (),
        "families": _family_counts(found),
        "runs": drawing.runs(),
        "row_of": drawing.row_of,
    }


def _family_counts(found: Sequence[Entry]) -> list[dict[str, Any]]:
    counted = [entry.family for entry in found for _ in entry.places]
    return [{"family": family, "count": counted.count(family)} for family in FAMILIES]


def _day_of(article: Article) -> str | None:
    """The publication date of an article, such as *3 May 2024*, or verbatim where it is not an ISO date."""
    try:
        day = datetime.fromisoformat(article.published or "")
    except ValueError:
        return article.published
    return f"{day.day} {month_name[day.month]} {day.year}"


def _in_line(value: Any) -> Any:
    """What the template writes for a value: words from an article do not turn those beside them."""
    return unturned(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("reframing", "report")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_in_line,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script, _, _ = loader.get_source(environment, "page.js")
    environment.globals.update(
        script=Markup(script),
        script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        clipped=clipped,
        first_words=first_words,
        headline=headline,
        name_of=name_of,
        day_of=_day_of,
        parted=parted,
        spots=spots,
    )
    return environment.get_template("page.html.j2")
