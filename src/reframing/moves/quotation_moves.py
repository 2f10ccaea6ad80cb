"""Proposes `quote-altered`, `quote-truncated`, `quote-paraphrased` and `quote-unsupported`.

Quotations are compared as sequences of words, without case, punctuation and words in brackets. Each
quotation of the repost is matched with the quotation of the original that has most of its words in the same
order.
"""

import itertools
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from reframing.documents.records import Move, Quote, Span
from reframing.documents.terms import FUNCTION_WORDS, number_value, stem
from reframing.documents.tokens import tokenize
from reframing.documents.typography import repaired
from reframing.documents.word_classes import SOMEONE
from reframing.moves.context import Context, Side, one_spelling
from reframing.moves.matching import counterparts

MATCHED = 0.6
_LEAST_WORDS = 3
_LEAST_SHARE = 0.25
_REWORDED = 0.4  # share of content words that a reworded quotation keeps, of the shorter of the two
_CONVEYED = 0.8  # share of the lost words that one sentence must have to convey them
_TOGETHER = 3  # consecutive words that identify two quotations as one
_MARKS = re.compile(r"[\"“”«»]|(?<!\w)['‘]|['’](?!\w)")
_ANNOUNCED = re.compile(r":(?!\S)")
_ELLIPSIS = re.compile(r"\.\.\.|…|\[")
_LONGEST_TAKEN_OUT = 3
_CONTRACTED = FUNCTION_WORDS | frozenset("let don isn aren wasn weren hasn haven won shan".split())
_BRACKETED = re.compile(r"\[[^\]]*\]|\([^)]*\)")  # glosses inserted by the reporter
_JOINED = re.compile(
    r"(?<=\w)[-‑–](?=\w)"
)  # compounds are compared word by word, whichever dash or hyphen joins them
_FIRST_LETTER = re.compile(r"\[(\w)\](?=\w)")  # *[A]t least*


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with its normalised words and, for each word, whether punctuation precedes it."""

    quote: Quote
    words: tuple[str, ...]
    broken: tuple[bool, ...]


def find(context: Context) -> Iterator[Move]:
    """Yields quotations that were altered, truncated, paraphrased, or that the original lacks.

    A copied sentence can only gain or lose quotation marks, so that its quotations are never altered.
    """
    originals, reposts = quoted(context.original), quoted(context.repost)
    text = context.repost.text
    copied = set(context.original_of) - set(counterparts(context, of_original=False))
    pairs = [(here, best_match(here, originals, _linked(context, here))) for here in reposts]
    for here, source in pairs:
        j = context.repost.sentence_of(here.quote.span)
        if j in copied and (
            source is not None or _has_marks(context.original, context.original_of[j])
        ):
            continue
        if source is not None and not altered(source, here, text):
            continue
        if _in_parts(originals, here, text):
            continue
        counterpart = source or _reworded(context, originals, here)
        if counterpart is None:
            yield from _unsupported(context, here)
        else:
            yield _move(context, "quote-altered", counterpart.quote.span, here.quote.span, 0.85)
    for source in originals:
        matches = [here for here, its in pairs if its is source or quotes_from(source, here)]
        kept = matches or _other_part(context, source, pairs)
        if not kept or (not matches and _lost_its_marks(context, source)):
            yield from _paraphrased(context, source)
        elif not any(altered(source, here, text) for here in matches):
            shortened = [here for here in kept if _is_shortened(source, here)]
            if (
                shortened
                and len(source.words) >= _LEAST_WORDS
                and not _is_title(context.original, source)
            ):
                yield from _truncated(context, source, shortened, whole=not matches)


def _reworded(context: Context, originals: list[Quoted], here: Quoted) -> Quoted | None:
    """The speech quotation in a linked sentence of the original with the most content words in common.

    None if it shares fewer than three, or less than 40% of those of the shorter quotation.
    """
    own, linked = _content_stems(here), _linked(context, here)
    best, most = None, 0
    for source in originals:
        there = _content_stems(source)
        shared = len(own & there)
        enough = shared >= max(_LEAST_WORDS, _REWORDED * min(len(own), len(there)))
        if source.quote.span.start in linked and enough and shared > most:
            best, most = source, shared
    return best


def _linked(context: Context, here: Quoted) -> frozenset[int]:
    """Start offsets of the original's speech quotations in the sentences linked to that of a quotation."""
    j = context.repost.sentence_of(here.quote.span)
    linked = set() if j is None else set(context.original_of.get(j, ()))
    quotes = (quote for quote in context.original.annotation.quotes if quote.speech)
    return frozenset(
        quote.span.start
        for quote in quotes
        if not linked.isdisjoint(context.original.sentences_of(quote.span))
    )


def _content_stems(quoted: Quoted) -> set[str]:
    return {stem(word) for word in quoted.words if _content(word)}


def _is_shortened(source: Quoted, here: Quoted) -> bool:
    """Whether a repost quotation is long enough to be a shortened quotation and not a single term of it.

    It has at least three words, or 25% of the words of `source`.
    """
    words = len(here.words)
    return words >= _LEAST_WORDS or words >= _LEAST_SHARE * len(source.words)


def _in_parts(originals: list[Quoted], here: Quoted, text: str) -> bool:
    """Whether a quotation joins two or three consecutive ones (*“…,” she said. “…”*) without altering them."""
    joined = [_joined(a, b) for a, b in itertools.pairwise(originals)]
    joined += [_joined(ab, c) for ab, c in zip(joined, originals[2:], strict=False)]
    return any(not altered(source, here, text) for source in joined)


def _joined(first: Quoted, second: Quoted) -> Quoted:
    broken = (*first.broken, True, *second.broken[1:]) if second.words else first.broken
    return Quoted(first.quote, first.words + second.words, broken)


def _other_part(
    context: Context, source: Quoted, pairs: list[tuple[Quoted, Quoted | None]]
) -> list[Quoted]:
    """Repost quotations that match another quotation in the sentence of `source` (*“…,” she said, “…”*)."""
    i = context.original.sentence_of(source.quote.span)
    return [
        here
        for here, other in pairs
        if other is not None and context.original.sentence_of(other.quote.span) == i
    ]


def quotes_from(source: Quoted, here: Quoted) -> bool:
    """Whether two quotations share at least 60% of the shorter one's words, in order."""
    least = min(len(source.words), len(here.words))
    return least > 0 and _shared(source, here) >= MATCHED * least


def _shared(source: Quoted, here: Quoted) -> int:
    """Number of words that two quotations share in order (longest common subsequence).

    0 if the shared words are scattered over the longer quotation.
    """
    shared = LCSseq.similarity(source.words, here.words)
    if max(len(source.words), len(here.words)) <= _TOGETHER or shared == len(here.words):
        return shared
    blocks = LCSseq.editops(source.words, here.words).as_matching_blocks()
    return shared if max(block.size for block in blocks) >= min(_TOGETHER, shared) else 0


def quoted(side: Side) -> list[Quoted]:
    """The quotations of an article with their normalised words, in order."""
    return [Quoted(quote, *_read(quote.inner.of(side.text))) for quote in side.annotation.quotes]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case and one spelling, without bracketed words and punctuation."""
    return _read(text)[0]


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """The normalised words of a text, and for each whether punctuation precedes it."""
    bare = _BRACKETED.sub(" ", _FIRST_LETTER.sub(r"\1", text))
    tokens = tokenize(_JOINED.sub(" ", bare))
    words = [i for i, word in enumerate(tokens.is_word) if word]
    broken = tuple(i > 0 and not tokens.is_word[i - 1] for i in words)
    return tuple(one_spelling(number_value(tokens.forms[i])) for i in words), broken


def best_match(here: Quoted, originals: list[Quoted], linked: Container[int] = ()) -> Quoted | None:
    """The original quotation that shares the most words with `here`, in order; None if no match.

    It must have at least 60% (`MATCHED`) of the words of `here`. In a quotation of similar length that
    starts at an offset in `linked`, the shared words may be scattered.
    """
    if not here.words:
        return None
    scored = [
        (_in_order(source, here, source.quote.span.start in linked), source) for source in originals
    ]
    best, source = max(scored, key=lambda pair: pair[0], default=(0, None))
    return source if best >= MATCHED * len(here.words) else None


def _in_order(source: Quoted, here: Quoted, linked: bool) -> int:
    """Number of words that two quotations share in order, by which `best_match` ranks them."""
    shared = LCSseq.similarity(source.words, here.words) if linked else 0
    as_long = shared >= MATCHED * max(len(source.words), len(here.words))
    return shared if as_long else _shared(source, here)


def altered(source: Quoted, here: Quoted, text: str = "") -> bool:
    """Whether a repost quotation has words that its source lacks at that place, or omits some in between.

    Omissions are permitted if the quotation, found in the repost's `text`, has an ellipsis or a bracket, if
    they are a phrase between punctuation marks, or if they are longer than three words.
    """
    if LCSseq.similarity(source.words, here.words) < len(here.words):
        return True
    if _ELLIPSIS.search(here.quote.inner.of(text)):
        return False
    return any(0 < len(lost) <= _LONGEST_TAKEN_OUT for lost in _taken_out(source, here))


def _taken_out(source: Quoted, here: Quoted) -> Iterator[tuple[str, ...]]:
    """Yields the runs of words of `source` that are missing between words of `here`.

    Runs set off by punctuation on both sides are skipped.
    """
    blocks = [b for b in LCSseq.editops(source.words, here.words).as_matching_blocks() if b.size]
    for left, right in itertools.pairwise(blocks):
        first, end = left.a + left.size, right.a
        if not (source.broken[first] and source.broken[end]):
            yield source.words[first:end]


def _truncated(
    context: Context, source: Quoted, matches: list[Quoted], whole: bool
) -> Iterator[Move]:
    """`quote-truncated` for the first sentence of a quotation that loses content words, if there is one.

    It must still be quoted in part. `whole` means that the repost quotes nothing of it, but another part of
    the interrupted quotation to which it belongs.
    """
    quoted_words = [word for here in matches for word in here.words]
    texts = (here.quote.inner.of(context.repost.text) for here in matches)
    kept = {stem(form) for text in texts for form in tokenize(_JOINED.sub(" ", text)).forms}
    kept |= {stem(word) for word in quoted_words} | _stems_around(context.repost, matches)
    kept |= _of_reports(context.original, source.quote.inner)
    changed = counterparts(context, of_original=True)
    for span in _by_sentence(context.original, source.quote.inner):
        if context.original.sentence_of(span) not in changed:
            continue
        words = words_of(span.of(context.original.text))
        lost = [word for word in words if _content(word) and stem(word) not in kept]
        if _is_conveyed(context.repost, {stem(word) for word in lost}):
            continue
        if lost and (whole or LCSseq.similarity(words, quoted_words)):
            yield _move(context, "quote-truncated", span, matches[0].quote.span, 0.8)
            return


def _of_reports(side: Side, inner: Span) -> set[str]:
    """Stems of the sources and cues within a span, which mismatched quotation marks may enclose."""
    parts = (part for a in side.annotation.attributions for part in (a.source, a.cue))
    spans = [part for part in parts if part is not None and inner.contains(part)]
    return {stem(word) for span in spans for word in words_of(span.of(side.text))}


def _is_conveyed(side: Side, lost: set[str]) -> bool:
    """Whether one sentence has at least 80% of two or more lost words, so that they are conveyed."""
    return len(lost) > 1 and any(
        len(lost & stems) >= _CONVEYED * len(lost) for stems in side.sentence_stems
    )


def _stems_around(side: Side, quotations: Iterable[Quoted]) -> set[str]:
    """Content stems of the sentences of some quotations and of the sentences next to them."""
    here = {side.sentence_of(quoted.quote.span) for quoted in quotations}
    near = {i + step for i in here if i is not None for step in (-1, 0, 1)}
    return {s for i in near if 0 <= i < len(side.sentences) for s in side.sentence_stems[i]}


def _paraphrased(context: Context, source: Quoted) -> Iterator[Move]:
    """`quote-paraphrased` for each sentence of a quotation that the repost has without quotation marks.

    The score grows with the share of content words that the linked sentence has, from 0.65 to 0.95. Titles
    and expressions of fewer than three words that are not speech are skipped.
    """
    if _is_title(context.original, source):
        return
    if not source.quote.speech and len(source.words) < _LEAST_WORDS:
        return
    changed = counterparts(context, of_original=True)
    for span in _by_sentence(context.original, source.quote.inner):
        i = context.original.sentence_of(span)
        normalised = words_of(span.of(context.original.text))
        words = {stem(word) for word in normalised if _content(word)}
        for j in context.repost_of.get(i, ()) if i is not None else ():
            if i not in changed and _is_marked(context.repost, j, normalised):
                continue
            if _is_speech(context.repost, j) or _is_set_off(context, j, normalised):
                continue
            there = {term.stem for term in context.repost.terms[j]}
            share = len(words & there) / len(words) if words else 0.0
            if share >= 0.2:
                whole = context.repost.sentences[j].span
                score = min(0.95, 0.55 + 0.5 * share)
                yield _move(context, "quote-paraphrased", span, whole, round(score, 6))
                break


def _is_title(side: Side, source: Quoted) -> bool:
    """Whether a quotation has several content words, all capitalised: a song, a headline, a name."""
    words = [w for w in source.quote.inner.of(side.text).split() if _content(w.lower())]
    return len(words) > 1 and all(word[0].isupper() or not word[0].isalpha() for word in words)


def _is_speech(side: Side, j: int) -> bool:
    """Whether more than half of a sentence is quoted speech."""
    sentence = side.sentences[j].span
    quoted = (q.span for q in side.annotation.quotes if q.speech and q.span.overlaps(sentence))
    inside = (min(q.end, sentence.end) - max(q.start, sentence.start) for q in quoted)
    return 2 * sum(inside) > sentence.end - sentence.start


def _is_marked(side: Side, j: int, words: tuple[str, ...]) -> bool:
    """Whether words are quoted in a sentence.

    If they do not occur there in sequence, whether the sentence has any quotation mark.
    """
    span = _occurrence(side, j, words)
    return _has_marks(side, (j,)) if span is None else _in_marks(side, span)


def _is_set_off(context: Context, j: int, words: tuple[str, ...]) -> bool:
    """Whether words occur in sequence in a passage that a colon announces (*The report reads:*).

    The colon may be in an earlier sentence if all sentences from there on come from quoted speech.
    """
    side = context.repost
    span = _occurrence(side, j, words)
    if span is None:
        return False
    speech = [q.span for q in context.original.annotation.quotes if q.speech]
    before = Span(side.sentences[j].start, span.start)
    while not _ANNOUNCED.search(before.of(side.text)):
        origins = (context.original.sentences[i].span for i in context.original_of.get(j, ()))
        if j == 0 or not any(origin.overlaps(span) for origin in origins for span in speech):
            return False
        j -= 1
        before = side.sentences[j].span
    return True


def _occurrence(side: Side, j: int, words: tuple[str, ...]) -> Span | None:
    """The span of words that occur in a sentence in order and without a gap; None if they do not."""
    tokens = side.tokens
    places: list[int] = []
    forms: tuple[str, ...] = ()
    for k in side.within(j):
        parts = words_of(tokens.forms[k]) if tokens.is_word[k] else ()
        places += [k] * len(parts)
        forms += parts
    for at in range(len(forms) - len(words) + 1):
        if forms[at : at + len(words)] == words:
            return tokens.span(places[at], places[at + len(words) - 1] + 1)
    return None


def _in_marks(side: Side, span: Span) -> bool:
    """Whether a span is part of a quotation or next to a quotation mark."""
    if any(quote.span.contains(span) for quote in side.annotation.quotes):
        return True
    text = repaired(side.text)
    beside = text[max(0, span.start - 2) : span.start], text[span.end :][:3]
    return any(_MARKS.search(each) for each in beside)


def _lost_its_marks(context: Context, source: Quoted) -> bool:
    """Whether the words of a quotation occur in the repost unchanged, but without quotation marks."""
    i = context.original.sentence_of(source.quote.span)
    linked = () if i is None else context.repost_of.get(i, ())
    spans = (_occurrence(context.repost, j, source.words) for j in linked)
    return any(span is not None and not _in_marks(context.repost, span) for span in spans)


def _has_marks(side: Side, sentences: Iterable[int]) -> bool:
    """Whether any of the sentences has a quotation mark; apostrophes within words do not count."""
    text = repaired(side.text)
    return any(_MARKS.search(side.sentences[i].span.of(text)) for i in sentences)


def _unsupported(context: Context, here: Quoted) -> Iterator[Move]:
    """`quote-unsupported` for speech of at least three words, or of two words that are new."""
    if not here.quote.speech or (len(here.words) < _LEAST_WORDS and not _is_new(context, here)):
        return
    yield _move(context, "quote-unsupported", None, here.quote.span, 0.8)


def _is_new(context: Context, here: Quoted) -> bool:
    """Whether a quotation of two content words is in a changed sentence and new to the original.

    It is not a title or name, and the original lacks at least one of the words.
    """
    stems = _content_stems(here)
    return (
        len(here.words) == len(stems) > 1
        and not _is_title(context.repost, here)
        and not stems <= context.original.stems
        and context.repost.sentence_of(here.quote.span) in counterparts(context, of_original=False)
    )


def _content(word: str) -> bool:
    """Whether a word is of an open class; *I'm*, *let's* and *it's* are not."""
    return word not in FUNCTION_WORDS | SOMEONE and re.split("['’]", word)[0] not in _CONTRACTED


def _by_sentence(side: Side, inner: Span) -> Iterator[Span]:
    """Yields the part of a quotation in each sentence that it covers."""
    for i in side.sentences_of(inner):
        sentence = side.sentences[i]
        start, end = max(sentence.start, inner.start), min(sentence.end, inner.end)
        if start < end:
            yield Span(start, end)


def _move(context: Context, slug: str, original: Span | None, repost: Span, score: float) -> Move:
    i = context.original.sentence_of(original) if original else None
    j = context.repost.sentence_of(repost)
    return Move(
        slug, original, repost, () if i is None else (i,), () if j is None else (j,), score, ""
    )
