"""The stance of a cue: what `lexicons/attribution_cues.tsv` says of the wording in it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from reframing.constructs.attribution.reading import Reading
from reframing.lexicon import load_lexicon
from reframing.records import Span
from reframing.segment.tokens import Tokens

Stance = Literal["neutral", "endorse", "distance"]
STANCES: dict[str, Stance] = {"neutral": "neutral", "endorse": "endorse", "distance": "distance"}


def marked_stances(tokens: Tokens) -> list[tuple[int, Stance]]:
    """The first tokens of the lexicon's entries that are not neutral, with their stance."""
    found = load_lexicon("attribution_cues").match(tokens)
    stances = ((first, STANCES[entry.category.partition("-")[0]]) for first, _, entry in found)
    return [(first, stance) for first, stance in stances if stance != "neutral"]


def stance_of(reading: Reading, cue: Span, marked: Sequence[tuple[int, Stance]]) -> Stance:
    """The stance of the first of the `marked` entries, in order, inside `cue`; neutral where there is none."""
    first = bisect_left(reading.tokens.starts, cue.start)
    end = bisect_left(reading.tokens.starts, cue.end)
    inside = marked[bisect_left(marked, (first, "")) :][:1]
    return next((stance for at, stance in inside if at < end), "neutral")
