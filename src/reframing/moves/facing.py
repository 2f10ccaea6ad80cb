"""Words of two sentences that face each other between equal ones: what took the place of what."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from reframing.segment.terms import FUNCTION_WORDS
from reframing.segment.tokens import Tokens


def facing(a: list[str], b: list[str], longest: int) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of at most `longest` words between equal words, as half-open ranges of both."""
    i = j = 0
    for block in Indel.editops(a, b).as_matching_blocks():
        if 0 < block.a - i <= longest and 0 < block.b - j <= longest:
            yield i, block.a, j, block.b
        i, j = block.a + block.size, block.b + block.size


def content_among(tokens: Tokens, places: Sequence[int]) -> list[int]:
    """Those of some tokens that are words of an open class."""
    return [k for k in places if tokens.is_word[k] and tokens.forms[k] not in FUNCTION_WORDS]
