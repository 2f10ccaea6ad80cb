"""The catalogue of moves (`catalogue.toml`): definitions, terms in other schemes, explanations, and wording.

Everything about a kind of move that is not a rule is there, one table a kind: a new move is a table in this
file, a rule that finds it, and an entry in the codebook.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from reframing.documents.errors import InputError
from reframing.documents.tokens import tokenize

# Definitions, crosswalks and wording (catalogue.toml).

Marks = Literal["original", "repost", "both"]
Unit = Literal["proposition", "sentence", "lead"]
Examples = Literal["none", "was", "now", "pair", "sources", "swapped"]
Question = Literal["", "vouches", "words", "sure", "loaded", "exact", "acts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveType:
    """One kind of move: its definition, what a reader is shown of it, and its terms in other schemes.

    - `definition`: the condition under which the move holds.
    - `family`: moves that concern the same thing; they share a colour in the page (`report.families`).
    - `opposite`: the slug that the move becomes when original and repost swap roles: its own slug where the
      move is symmetric, empty where it becomes no move or not always the same one.
    - `undirected`: the name of the difference between two versions of which neither is known to be the
      original.
    - `marks`: where words show the move: in the `original` alone, in the `repost` alone, or in `both`.
    - `unit`: what changes: a `proposition`, an entire `sentence`, or the `lead`.
    - `more_in`: the text that has what the other lacks, if it is the `original` although `marks` is `both`.
    - `change`, `effect`: two sentences that explain the move: what changed, with `{was}` and `{now}` for the
      words of the original and of the repost; and the effect on a reader of the repost.

    How a report presents it:

    - `weight`: how important such moves are in general, 0 to 1; a factor of the rank (`report.entries`).
    - `one`, `several`: how the verdict describes one move, and `{n}` moves, after "The repost"; `{sources}` is
      replaced with the sources that the original names. Empty where the verdict does not mention the kind.
    - `examples`: which words follow the description in parentheses.
    - `question`, `push`: the dial that the move turns (`report.dials`), and where to, -1 to 1.
    - `distinct`: whether moves with different words are separate entries.

    Terms in other schemes, empty where the scheme has none; several are joined by commas:

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
    label: str
    definition: str
    marks: Marks
    undirected: str
    change: str
    effect: str
    newsedits: str
    citation: str
    opposite: str = ""
    unit: Unit = "proposition"
    more_in: Literal["", "original"] = ""
    weight: float = 0.5
    one: str = ""
    several: str = ""
    examples: Examples = "none"
    question: Question = ""
    push: float = 0.0
    distinct: bool = False
    parc: str = ""
    engagement: str = ""
    recasens: str = ""
    frank: str = ""
    insciout: str = ""

    @property
    def sides(self) -> tuple[bool, bool]:
        """Whether words of the original show the move, and whether words of the repost do."""
        return self.marks != "repost", self.marks != "original"

    @property
    def swapped(self) -> str:
        """The slug of the same change if original and repost swap roles: the opposite, or its own slug."""
        return self.opposite or self.slug

    @property
    def heading(self) -> str:
        """The label with a capital letter: *Hedge dropped*."""
        return self.label[0].upper() + self.label[1:]


@lru_cache
def catalogue() -> Mapping[str, MoveType]:
    """The moves by their slugs, in the order of `catalogue.toml` (by family)."""
    file = resources.files("reframing") / "moves" / "catalogue.toml"
    return MappingProxyType(read_catalogue(file.read_text(encoding="utf8"), "catalogue.toml"))


def read_catalogue(text: str, file: str) -> dict[str, MoveType]:
    """The moves of a catalogue given as TOML, by slug; `file` is the name that error messages use.

    Raises `InputError` for a key that is unknown, missing, empty or of the wrong type, and for an `opposite`
    that is not a move of the catalogue.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is no TOML: {error}", file) from error
    moves = {slug: _move_type(slug, table, file) for slug, table in tables.items()}
    for slug, move in moves.items():
        if move.opposite and move.opposite not in moves:
            raise InputError(f"{move.opposite} is no move of the catalogue", file, slug, "opposite")
    return moves


def _move_type(slug: str, table: Any, file: str) -> MoveType:
    if not isinstance(table, dict):
        raise InputError("expected a table with the keys of a move", file, slug)
    types = get_type_hints(MoveType)
    for key, value in table.items():
        if key == "slug" or key not in types:
            raise InputError("is no key of a move", file, slug, key)
        if not _fits(value, types[key]):
            raise InputError(f"{value!r} does not fit", file, slug, key)
    for field in fields(MoveType):
        if field.default is MISSING and field.name != "slug" and not table.get(field.name):
            raise InputError("is missing or empty", file, slug, field.name)
    return MoveType(slug=slug, **table)


def _fits(value: object, kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


# Explanations.

SHORT = 40
"""Greatest length in code points of a phrase that an explanation repeats in full."""
_PLACEHOLDER = re.compile(r"(“?)\{(was|now)\}(”?)")
_AT_ENDS = ' “”„«»",;:'
_SINGLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
_LONGEST = 90  # code points of a passage before an explanation cuts it short


def explained(slug: str, was: str | None, now: str | None) -> str:
    """The explanation of one move: what changed, with the words of both texts, and the effect on a reader.

    `was` and `now` are the words that the move marks in the original and in the repost, None where it marks
    none. Raises `KeyError` for an unknown slug.
    """
    move = catalogue()[slug]
    if was and now:
        was, now = difference(was, now)
    words = {"was": was, "now": now}

    def put_in(place: re.Match[str]) -> str:
        phrase = words[place[2]]
        if place[1]:  # the sentence has marks of its own
            return f"“{_shortened(phrase)}”" if phrase else "its source"
        return f" (“{_shortened(phrase)}”)" if phrase else ""

    return f"{_PLACEHOLDER.sub(put_in, move.change)} {move.effect}"


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
    most = min(len(a), len(b))
    first = next((i for i in range(most) if not _same_word(a[i], b[i])), most)
    rest = most - first
    last = next((i for i in range(rest) if not _same_word(a[-i - 1], b[-i - 1])), rest)
    return first, last


def _same_word(a: str, b: str) -> bool:
    return a == b or (plain_form(a) or a) == (plain_form(b) or b)
