"""A pair as one text, as annotation tools want it: the original, then the repost."""

from dataclasses import dataclass

from reframing.coding.coded import Coded
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.readers.pairs import GivenPair
from reframing.records import Span

ORIGINAL, REPOST = "ORIGINAL\n\n", "\n\nREPOST\n\n"
COUNTERPART = "counterpart"
"""The relation that joins the two spans of a move."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch of a sheet."""

    id: str
    slug: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of a sheet and where its two articles stand in it."""

    pair: GivenPair
    text: str
    original: Span
    repost: Span

    def marked(self, moves: tuple[Coded, ...]) -> tuple[list[Mark], list[tuple[str, str]]]:
        """Marks for moves, and the ids of those that belong to one move."""
        marks: list[Mark] = []
        joined: list[tuple[str, str]] = []
        for move in moves:
            ids = []
            for span, at in ((move.original, self.original), (move.repost, self.repost)):
                if span is not None:
                    ids.append(f"T{len(marks) + 1}")
                    here = Span(at.start + span.start, at.start + span.end)
                    marks.append(Mark(ids[-1], move.move, here))
            if len(ids) == 2:
                joined.append((ids[0], ids[1]))
        return marks, joined

    def moves(self, marks: list[Mark], joined: list[tuple[str, str]]) -> tuple[Coded, ...]:
        """The moves of marks and of their joints; a mark that is joined to none is a move of its own.

        Raises `InputError` where a label is no slug, a mark lies outside both texts, or a joint holds two
        marks of one side or of different slugs, or one that is not there.
        """
        by_id = {mark.id: mark for mark in marks}
        for mark in marks:
            if mark.slug not in catalogue():
                problem = f"'{mark.slug}' is no slug of the catalogue of moves"
                raise InputError(problem, None, self.pair.id, mark.id)
        for id in (id for pair in joined for id in pair):
            if id not in by_id:
                problem = "a relation names it, but nothing is marked so"
                raise InputError(problem, None, self.pair.id, id)
        found = []
        taken: set[str] = set()
        for pair in joined:
            sides = sorted((self._placed(by_id[id]) for id in pair), key=lambda placed: placed[0])
            slugs = {by_id[id].slug for id in pair}
            if [side for side, _ in sides] != ["original", "repost"] or len(slugs) > 1:
                problem = "joins marks that are not of one move: one in each text, one slug"
                raise InputError(problem, None, self.pair.id, f"{pair[0]}–{pair[1]}")
            found.append(Coded(slugs.pop(), sides[0][1], sides[1][1]))
            taken.update(pair)
        for mark in marks:
            if mark.id not in taken:
                side, span = self._placed(mark)
                original, repost = (span, None) if side == "original" else (None, span)
                found.append(Coded(mark.slug, original, repost))
        return tuple(sorted(found, key=_place))

    def _placed(self, mark: Mark) -> tuple[str, Span]:
        for side, at in (("original", self.original), ("repost", self.repost)):
            if at.contains(mark.span):
                return side, Span(mark.span.start - at.start, mark.span.end - at.start)
        problem = "lies outside the two texts; mark words of the original or of the repost"
        raise InputError(problem, None, self.pair.id, mark.id)


def sheet_of(pair: GivenPair) -> Sheet:
    """The sheet of a pair."""
    original = Span(len(ORIGINAL), len(ORIGINAL) + len(pair.original.text))
    start = original.end + len(REPOST)
    text = f"{ORIGINAL}{pair.original.text}{REPOST}{pair.repost.text}\n"
    return Sheet(pair, text, original, Span(start, start + len(pair.repost.text)))


def sheet_with(sheets: dict[str, Sheet], text: str) -> Sheet:
    """The sheet whose text this is; tools may turn line ends or drop the last one."""
    key = plain(text)
    if key not in sheets:
        raise InputError("is the sheet of no given pair; export the sheets from the same pairs")
    return sheets[key]


def plain(text: str) -> str:
    """A text by which sheets are known again."""
    return text.replace("\r\n", "\n").rstrip("\n")


def _place(move: Coded) -> tuple[tuple[float, float], tuple[float, float], str]:
    nowhere = (float("inf"), float("inf"))
    return move.repost or nowhere, move.original or nowhere, move.move
