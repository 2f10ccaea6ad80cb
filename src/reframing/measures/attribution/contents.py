"""Contents: the wording that is attributed to a source, found by rule.

A *block* is a cue together with its source, if they are adjacent. Four orders are distinguished: the content
follows the block (*X said that …*), precedes it (*…, X said*), is on both sides of it (*…, X said, …*) or, for
adverbs and *seem*, is the rest of the sentence. Quotations are included completely, even across sentences, and
so are the quotations that follow in the same paragraph without a cue.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from reframing.documents import word_classes as w
from reframing.measures.attribution.cues import Cue, is_passive
from reframing.measures.attribution.layout import CLAUSE_MARKS, Reading
from reframing.measures.attribution.sources import phrase_before

_RECIPIENT = 10  # tokens searched for the end of the recipient: *told the committee that*
_ADVERBIAL_OPENERS = w.PREPOSITIONS | w.WEEKDAYS.keys() | {"when", "while", "because"}
_SHORT_FRAMES = frozenset({"attitude", "intent", "noun"})
_CLAUSE_OPENERS = frozenset(
    "when after before while because although though since even unless if where which who".split()
)
_CONCESSIONS = frozenset("even though although".split())
_TURNED_BACK = frozenset(",?!—–-…")


def find_content(
    reading: Reading, cue: Cue, source: range | None, limit: int, with_cue: frozenset[int]
) -> tuple[range, ...]:
    """Token ranges of the content of `cue`, in order, not overlapping; empty if no content is found.

    `limit` is the token at which the content must end within the sentence of the cue, because of the next
    attribution; `with_cue` has the indices of the sentences with a cue.
    """
    bounds = reading.bounds(cue.head)
    block = _block(reading, cue, source, bounds)
    stop = min(bounds.stop, max(limit, block.stop))
    stop = _without_end(reading, block.stop, _without_concession(reading, block.stop, stop))
    found = [part for part in _parts(reading, cue, block, stop) if part]
    whole = [_with_whole_quotes(reading, part) for part in found]
    if cue.frame in ("speech", "clause", "colon", "source", "noun"):
        whole.extend(_continuing(reading, cue, whole, with_cue))
    return _disjoint(whole, block)


def content_kind(
    reading: Reading, content: Iterable[range]
) -> Literal["direct", "indirect", "mixed"]:
    """`direct` if all words of the content are in quotation marks, `mixed` if some are, else `indirect`."""
    quoted = [
        reading.quote_of[i] >= 0 for part in content for i in part if reading.tokens.is_word[i]
    ]
    if not any(quoted):
        return "indirect"
    return "direct" if all(quoted) else "mixed"


def _block(reading: Reading, cue: Cue, source: range | None, bounds: range) -> range:
    """The cue, together with its source if they are at most three tokens apart."""
    alone = range(cue.first, cue.end)
    if source is None or source.start < bounds.start:
        return alone
    gap = source.start - cue.end if source.start >= cue.end else cue.first - source.stop
    if gap > 3:
        return alone
    start = min(source.start, cue.first)
    start -= start > bounds.start and reading.forms[start - 1] == "as"
    return range(start, max(source.stop, cue.end))


def _parts(reading: Reading, cue: Cue, block: range, stop: int) -> Iterator[range | None]:
    bounds = reading.bounds(cue.head)
    if cue.frame == "adverb":
        yield range(bounds.start, cue.first)
        yield range(cue.end, stop)
        return
    if cue.frame == "seeming" or is_passive(reading, cue):
        yield phrase_before(reading, cue.first - 1, bounds.start)
    quote = _quote_before(reading, block.start, bounds)
    before = _before(reading, block.start, bounds)
    after = _after(reading, cue, block.stop, stop)
    resumes = block.stop < stop and reading.forms[block.stop] == ","
    if quote is not None:
        yield range(min(quote.start, bounds.start), quote.stop)
        yield _quote_after(reading, after)
    elif cue.frame == "source":
        yield before if before else range(bounds.start, block.start)
        yield after if resumes or block.start <= bounds.start + 1 else None
    elif before and _is_preposed(reading, cue, after, resumes):
        yield before
        yield after if resumes else None
    else:
        yield _short(reading, after) if cue.frame in _SHORT_FRAMES else after


def _quote_before(reading: Reading, first: int, bounds: range) -> range | None:
    """The quotation that the block attributes, directly before it or before a comma; else None."""
    if first > bounds.start + 1 and reading.forms[first - 1] == ",":
        number = reading.quote_of[first - 2]
        return (
            reading.quote_ranges[number] if number >= 0 and reading.quotes[number].speech else None
        )
    if first == 0 or reading.quote_of[first - 1] < 0:
        return None
    quote = reading.quote_ranges[reading.quote_of[first - 1]]
    if first > bounds.start:
        return quote
    same_paragraph = (
        "\n" not in reading.text[reading.tokens.ends[first - 1] : reading.tokens.starts[first]]
    )
    inner_end = reading.quotes[reading.quote_of[first - 1]].inner.end
    turns = reading.text[inner_end - 1] in _TURNED_BACK
    return quote if same_paragraph and turns else None


def _before(reading: Reading, first: int, bounds: range) -> range | None:
    """The part of the sentence before the block, if a comma separates them, else None."""
    last = first - 1
    return range(bounds.start, last) if last > bounds.start and reading.forms[last] == "," else None


def _is_preposed(reading: Reading, cue: Cue, after: range | None, resumes: bool) -> bool:
    """Whether the part of the sentence before the block is its content rather than an adverbial."""
    if reading.forms[cue.head].endswith("ing"):
        return False
    return resumes or after is None or not _is_complement(reading, after)


def _is_complement(reading: Reading, after: range) -> bool:
    """Whether what follows a verb can be its complement, by its length and first word."""
    names = all(reading.capitalised(i) or not reading.tokens.is_word[i] for i in after)
    return len(after) > 1 and not names and reading.forms[after.start] not in _ADVERBIAL_OPENERS


def _after(reading: Reading, cue: Cue, first: int, stop: int) -> range | None:
    while first < stop and reading.quote_of[first] < 0 and reading.forms[first] in CLAUSE_MARKS:
        first += 1
    if cue.frame in ("speech", "clause", "noun"):
        first = _behind_recipient(reading, cue, first, stop)
    return range(first, stop) if first < stop else None


def _behind_recipient(reading: Reading, cue: Cue, first: int, stop: int) -> int:
    """Start of the complement after a recipient or adverbial: *told them that …*, *said in a letter: “…”*."""
    for i in range(first, min(stop, first + _RECIPIENT)):
        if reading.forms[i] == "that" or reading.quote_of[i] >= 0:
            return i
        if reading.forms[i] in w.AUXILIARIES or reading.forms[i] in w.SUBORDINATORS:
            break
    if cue.entry != "tell":
        return first
    return (
        first + 1
        if reading.form(first) in w.OBJECT_PRONOUNS
        else _behind_names(reading, first, stop)
    )


def _behind_names(reading: Reading, first: int, stop: int) -> int:
    i = first
    while i < stop and (reading.capitalised(i) or reading.forms[i] in ("the", "reporters")):
        i += 1
    return i


def _quote_after(reading: Reading, after: range | None) -> range | None:
    """The part of `after` from its first quotation on; None if it has no quotation."""
    start = next((i for i in after or () if reading.quote_of[i] >= 0), None)
    return None if after is None or start is None else range(start, after.stop)


def _short(reading: Reading, after: range | None) -> range | None:
    """A complement up to the first clause mark or adverbial clause; in full if it begins with *that*."""
    if after is None or reading.forms[after.start] == "that":
        return after
    for i in after[1:]:
        opens = reading.forms[i] in _CLAUSE_OPENERS or (
            reading.forms[i] == "as" and reading.form(i + 1) in w.PERSONAL
        )
        if (opens or reading.forms[i] in CLAUSE_MARKS) and reading.quote_of[i] < 0:
            return range(after.start, i)
    return after


def _without_concession(reading: Reading, first: int, stop: int) -> int:
    """`stop`, or the mark before *though*, *although* or *even*, where the article's own voice resumes."""
    for i in range(first, stop - 1):
        if reading.forms[i] in CLAUSE_MARKS and reading.forms[i + 1] in _CONCESSIONS:
            return i
    return stop


def _without_end(reading: Reading, start: int, stop: int) -> int:
    """`stop` moved back over punctuation and conjunctions outside quotations."""
    while (
        stop > start
        and reading.quote_of[stop - 1] < 0
        and (reading.forms[stop - 1] in ".!?,;:—–-" or reading.forms[stop - 1] in w.CONJUNCTIONS)
    ):
        stop -= 1
    return stop


def _with_whole_quotes(reading: Reading, part: range) -> range:
    first, last = reading.quote_of[part.start], reading.quote_of[part.stop - 1]
    start = part.start if first < 0 else reading.quote_ranges[first].start
    stop = part.stop if last < 0 else reading.quote_ranges[last].stop
    return range(start, stop)


def _continuing(
    reading: Reading, cue: Cue, parts: list[range], with_cue: frozenset[int]
) -> Iterator[range]:
    """The quotations that directly follow the content, as long as their sentences have no cue."""
    bounds = reading.bounds(cue.head)
    announced = not parts and reading.forms[bounds.stop - 1] == ":"
    if not announced and not any(reading.quote_of[part.stop - 1] >= 0 for part in parts):
        return
    at = max(bounds.stop, *(part.stop for part in parts)) if parts else bounds.stop
    while at < len(reading.forms) and reading.quote_of[at] >= 0:
        quote = reading.quote_ranges[reading.quote_of[at]]
        claimed = reading.sentence_of[quote.start] in with_cue
        if claimed or reading.sentence_of[quote.stop - 1] in with_cue:
            return
        if not announced and not _goes_on(reading, at):
            return
        yield quote
        at, announced = quote.stop, False


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether the quotation at `at` continues the preceding text.

    It is in the same paragraph, or reopens a quotation that the previous paragraph left open by convention.
    """
    before, quote = reading.quote_of[at - 1], reading.quotes[reading.quote_of[at]]
    if before >= 0 and reading.quotes[before].span.end == reading.quotes[before].inner.end:
        return reading.quotes[before].closed
    return "\n" not in reading.text[reading.tokens.ends[at - 1] : quote.span.start]


def _disjoint(parts: list[range], block: range) -> tuple[range, ...]:
    """The parts in order, without what overlaps an earlier part or the block."""
    kept: list[range] = []
    lowest = 0
    for part in sorted(parts, key=lambda part: part.start):
        start = max(part.start, lowest)
        pieces = (
            range(start, min(part.stop, block.start)),
            range(max(start, block.stop), part.stop),
        )
        kept.extend(piece for piece in pieces if piece)
        lowest = max(lowest, part.stop)
    return tuple(kept)
