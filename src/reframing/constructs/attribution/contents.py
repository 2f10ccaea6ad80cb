"""Contents: the wording that a source is said to vouch for."""

from reframing.constructs.attribution import words as w
from reframing.constructs.attribution.cues import Cue
from reframing.constructs.attribution.reading import Reading

_RECIPIENT = 8  # tokens in which *told the committee that* is looked for


def find_content(
    reading: Reading, cue: Cue, source: range | None, limit: int
) -> tuple[range, ...]:
    """Ranges of tokens, in order; `limit` is where the next attribution of the sentence begins."""
    bounds = reading.bounds(cue.head)
    block = _block(cue, source, bounds)
    stop = _without_end(reading, range(bounds.start, min(bounds.stop, limit)))
    before = _before(reading, block.start, bounds.start)
    after = _after(reading, cue, block.stop, stop)
    if cue.frame == "adverb":
        return _kept(range(bounds.start, cue.first), range(cue.end, stop))
    if cue.frame == "seeming":
        return _kept(range(bounds.start, cue.first), range(cue.end, stop))
    if cue.frame == "source":
        if block.start > bounds.start + 1:
            return _kept(before or range(bounds.start, block.start), after if _resumes(reading, block.stop, stop) else None)
        return _kept(after)
    if _resumes(reading, block.stop, stop) and before:
        return _kept(before, after)
    if before and (_quoted_before(reading, block.start) or not _is_clause(reading, after)):
        return _kept(before, after if after and reading.quote_of[after.start] >= 0 else None)
    return _kept(after)


def _block(cue: Cue, source: range | None, bounds: range) -> range:
    """Source and cue as one stretch, where the source stands next to the cue."""
    if source is None or source.start < bounds.start or abs(source.start - cue.end) > 1 and abs(cue.first - source.stop) > 3:
        return range(cue.first, cue.end)
    return range(min(source.start, cue.first), max(source.stop, cue.end))


def _quoted_before(reading: Reading, first: int) -> bool:
    return first > 0 and reading.quote_of[first - 1] >= 0


def _before(reading: Reading, first: int, lowest: int) -> range | None:
    """What precedes source and cue, where a comma or a closing quotation mark ends it."""
    last = first - 1
    if last >= 0 and reading.quote_of[last] >= 0:
        quote = reading.quote_ranges[reading.quote_of[last]]
        return range(min(quote.start, max(lowest, quote.start - 0)) if quote.start < lowest else lowest, first)
    if last >= lowest and reading.forms[last] == ",":
        return range(lowest, last)
    return None


def _resumes(reading: Reading, first: int, stop: int) -> bool:
    """Whether a comma behind source and cue lets the interrupted clause go on."""
    return first < stop and reading.forms[first] == ","


def _after(reading: Reading, cue: Cue, first: int, stop: int) -> range | None:
    while first < stop and reading.forms[first] in (",", ":", ";", "—", "–", "-"):
        first += 1
    if cue.frame in ("speech", "clause", "noun") and first < stop:
        first = _behind_recipient(reading, first, min(stop, first + _RECIPIENT), cue)
    return range(first, stop) if first < stop else None


def _behind_recipient(reading: Reading, first: int, stop: int, cue: Cue) -> int:
    for i in range(first, stop):
        if reading.forms[i] == "that" or i > first and reading.quote_of[i] >= 0 > reading.quote_of[i - 1]:
            return i
        if reading.forms[i] in w.AUXILIARIES or reading.forms[i] == ",":
            break
    return first


def _is_clause(reading: Reading, after: range | None) -> bool:
    """Whether what follows a verb is long enough and so begun to be its complement."""
    if after is None or len(after) < 2:
        return False
    return reading.forms[after.start] not in ("in", "on", "at", "during", "after", "when", "as", "before", "while", "by")


def _without_end(reading: Reading, sentence: range) -> int:
    stop = sentence.stop
    while stop > sentence.start and reading.quote_of[stop - 1] < 0 and reading.forms[stop - 1] in ".!?,;:—–-":
        stop -= 1
    return stop


def _kept(*ranges: range | None) -> tuple[range, ...]:
    return tuple(part for part in ranges if part)
