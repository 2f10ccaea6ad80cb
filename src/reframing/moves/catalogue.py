"""The catalogue of moves: their definitions, their terms in other schemes, and their explanations.

`catalogue.tsv` defines each move and maps it to published annotation schemes (see `MoveType`).
`effects.tsv` has two sentences for each move: what changed, and the effect on a reader of the repost.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.tokens import tokenize

# Definitions and crosswalks (catalogue.tsv).


@dataclass(frozen=True, slots=True)
class MoveType:
    """One row of the catalogue: the definition of a move and its terms in other schemes.

    `holds` is the definition: the condition under which the move holds. `opposite` is the slug that the
    move becomes when original and repost swap roles: its own slug where the move is symmetric, empty where
    it becomes no move or not always the same one.

    The crosswalk columns are empty where the scheme has no term for the move; several terms are joined by
    commas:

    - `newsedits`: addition, deletion, edit or refactor of a sentence (Spangher et al. 2022).
    - `parc`: the part of the attribution relation that changes (source, cue or content); for content also
      the kind of attribution: direct, indirect or mixed (Pareti 2012, 2016).
    - `engagement`: the position in the Engagement system (Martin & White 2005): acknowledge and distance
      (attribute), entertain, endorse and pronounce (proclaim), deny (disclaim), or monogloss, the bare
      assertion.
    - `recasens`: epistemological or framing bias, with the subtype (Recasens et al. 2013).
    - `frank`: the error that the change would be in a summary (Pagnoni et al. 2021): PredE predicate, EntE
      entity, CircE circumstance, LinkE discourse link, OutE information that is not in the article.
    - `insciout`: the effect on the strength of a claim: 0 no relation, 1 correlational, 2 conditional
      causal, 3 causal (Sumner et al. 2014; in four steps Wright & Augenstein 2021).
    """

    slug: str
    family: str
    opposite: str
    label: str
    holds: str
    newsedits: str
    parc: str
    engagement: str
    recasens: str
    frank: str
    insciout: str
    citation: str


COLUMNS = tuple(field.name for field in fields(MoveType))


def catalogue() -> dict[str, MoveType]:
    """The definition of each move by its slug, in the order of `catalogue.tsv` (by family)."""
    return {move.slug: move for move in _packaged()}


@lru_cache
def _packaged() -> tuple[MoveType, ...]:
    table = resources.files("reframing") / "moves" / "catalogue.tsv"
    return read_catalogue(table.read_text(encoding="utf8"), "catalogue.tsv")


def read_catalogue(table: str, file: str) -> tuple[MoveType, ...]:
    """The rows of a catalogue given as tab-separated text; `file` is the name that error messages use.

    Raises `InputError` for wrong columns, a missing field, an empty definition or citation, or an
    `opposite` that is not a slug of the table.
    """
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}", file)
    moves = []
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise InputError(f"expected {len(COLUMNS)} fields", file, number)
        for column in ("slug", "family", "label", "holds", "newsedits", "citation"):
            if not row[column]:
                raise InputError("is empty; every move is defined and cited", file, number, column)
        moves.append(MoveType(**row))
    slugs = {move.slug for move in moves}
    for number, move in enumerate(moves, 2):
        if move.opposite and move.opposite not in slugs:
            raise InputError(f"{move.opposite} is no slug of the table", file, number, "opposite")
    return tuple(moves)


# Explanations (effects.tsv).

SHORT = 40
"""Greatest length in code points of a phrase that an explanation repeats in full."""
_BARE = re.compile(r"(“?)\{(was|now)\}(”?)")
_AT_ENDS = ' “”„«»",;:'
_SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
_LONGEST = 90  # code points of a passage before an explanation cuts it short


class Effect(NamedTuple):
    """The two sentences that explain a move: the change, and its effect on a reader of the repost.

    `change` has the placeholders `{was}` and `{now}` for the words of the original and of the repost.
    """

    change: str
    effect: str


@lru_cache
def effects() -> dict[str, Effect]:
    """The explanation of each move by its slug, from `effects.tsv`."""
    table = resources.files("reframing") / "moves" / "effects.tsv"
    rows = csv.DictReader(
        table.read_text(encoding="utf8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return {row["slug"]: Effect(row["change"], row["effect"]) for row in rows}


def explained(slug: str, was: str | None, now: str | None) -> str:
    """The explanation of one move: what changed, with the words of both texts, and the effect on a reader.

    `was` and `now` are the words that the move marks in the original and in the repost, None where it marks
    none. Raises `KeyError` for an unknown slug.
    """
    told = effects()[slug]
    if was and now:
        was, now = difference(was, now)
    words = {"was": was, "now": now}

    def put_in(place: re.Match[str]) -> str:
        said = words[place[2]]
        if place[1]:  # the sentence has marks of its own
            return f"“{_shortened(said)}”" if said else "its source"
        return f" (“{_shortened(said)}”)" if said else ""

    return f"{_BARE.sub(put_in, told.change)} {told.effect}"


def _shortened(words: str) -> str:
    """Words to be set in double quotation marks: outer marks stripped, inner ones single, cut to `_LONGEST`."""
    words = " ".join(words.split()).strip(_AT_ENDS).translate(_SINGLE)
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


def difference(was: str, now: str) -> tuple[str, str]:
    """Two phrases reduced to where they differ: the words they share at the beginning and end are removed.

    Phrases of at most `SHORT` code points are returned unchanged. One shared word is kept where one of the
    phrases would otherwise be empty.
    """
    if max(len(was), len(now)) <= SHORT:
        return was, now
    a, b = was.split(), now.split()
    first, last = common_ends(a, b)
    if first + last >= min(len(a), len(b)):
        first, last = (first, max(0, last - 1)) if last else (max(0, first - 1), last)
    return " ".join(a[first : len(a) - last]), " ".join(b[first : len(b) - last])


def plain_form(phrase: str | None) -> str:
    """The words of a phrase in lower case, joined by blanks and without punctuation; empty for None."""
    tokens = tokenize(phrase or "")
    return " ".join(f for f, word in zip(tokens.forms, tokens.is_word, strict=True) if word)


def common_ends(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """How many words two sequences share at the beginning, and how many at the end of the remainder.

    Case and punctuation are ignored.
    """
    ours, theirs = [[plain_form(w) or w for w in words] for words in (a, b)]
    most = min(len(a), len(b))
    first = next((i for i in range(most) if ours[i] != theirs[i]), most)
    rest = most - first
    last = next((i for i in range(rest) if ours[-i - 1] != theirs[-i - 1]), rest)
    return first, last
