"""The catalogue of moves: what each slug means, and what other schemes call it.

`catalogue.tsv` has one row a move, in the order of families. A crosswalk column is empty where the
scheme has no term for the move; several terms are joined by commas.

- `newsedits`: addition, deletion, edit or refactor of a sentence (Spangher et al. 2022).
- `parc`: the part of an attribution relation that changes, source, cue or content, for content with
  the kind of attribution, direct, indirect or mixed (Pareti 2012, 2016).
- `engagement`: the position in the Engagement system (Martin & White 2005): acknowledge and distance
  (attribute), entertain, endorse and pronounce (proclaim), deny (disclaim), or monogloss, the bare
  assertion.
- `recasens`: epistemological or framing bias with the subtype (Recasens et al. 2013).
- `frank`: the error that it would be in a summary (Pagnoni et al. 2021): PredE predicate, EntE
  entity, CircE circumstance, LinkE discourse link, OutE out of the article.
- `insciout`: what it does to the strength of a claim, 0 no relation, 1 correlational, 2 conditional
  causal, 3 causal (Sumner et al. 2014; in four steps Wright & Augenstein 2021).
"""

import csv
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources

from reframing.errors import InputError


@dataclass(frozen=True, slots=True)
class MoveType:
    """One row of the catalogue.

    `opposite` is the slug that a move becomes when original and repost swap roles: its own where
    the move is symmetric, empty where it becomes none or not always the same one.
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
    """All moves by slug, in the order of the table."""
    return {move.slug: move for move in _packaged()}


@lru_cache
def _packaged() -> tuple[MoveType, ...]:
    table = resources.files("reframing") / "moves" / "catalogue.tsv"
    return read_catalogue(table.read_text(encoding="utf8"), "catalogue.tsv")


def read_catalogue(table: str, file: str) -> tuple[MoveType, ...]:
    """Rows of a catalogue; a wrong column, an empty definition or a stray opposite is an error."""
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
