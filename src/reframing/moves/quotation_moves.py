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
from reframing.moves.matching import counterparts, surviving

MATCHED = 0.6
_LEAST_WORDS = 3
_LEAST_SHARE = 0.25
_REWORDED = 0.4  # share of content words that a reworded quotation keeps, of the shorter of the two
_LEAST_CONVEYED = 0.2  # share of the content words that a sentence without quotation marks has
_TOGETHER = 3  # consecutive words that identify two quotations as one
_MARKS = re.compile(r"[\"“”«»]|(?<!\w)['‘]|['’](?!\w)")
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
    """A quotation with its words as `words_of` gives them."""

    quote: Quote
    words: tuple[str, ...]


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
        counterpart = source or _reworded(context, originals, here)
        if counterpart is None:
            if here.quote.speech and len(here.words) > 1:
                yield _move(context, "quote-unsupported", None, here.quote.span, 0.8)
        elif altered(counterpart, here, text) and not _in_parts(originals, here, text):
            yield _move(context, "quote-altered", counterpart.quote.span, here.quote.span, 0.85)
    for source in originals:
        if _is_title(context.original, source):
            continue
        kept = [here for here, its in pairs if its is source or quotes_from(source, here)]
        if not kept:
            yield from _paraphrased(context, source)
        elif len(source.words) >= _LEAST_WORDS and not any(
            altered(source, here, text) for here in kept
        ):
            yield from _truncated(
                context, source, [here for here in kept if _is_shortened(source, here)]
            )


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
    runs = [originals[k : k + n] for n in (2, 3) for k in range(len(originals) - n + 1)]
    joined = (Quoted(run[0].quote, sum((one.words for one in run), ())) for run in runs)
    return any(not altered(source, here, text) for source in joined)


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
    return [Quoted(quote, words_of(quote.inner.of(side.text))) for quote in side.annotation.quotes]


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case and one spelling, without bracketed words and punctuation."""
    bare = _BRACKETED.sub(" ", _FIRST_LETTER.sub(r"\1", text))
    tokens = tokenize(_JOINED.sub(" ", bare))
    forms = (form for form, word in zip(tokens.forms, tokens.is_word, strict=True) if word)
    return tuple(one_spelling(number_value(form)) for form in forms)


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

    Omissions are permitted if the quotation, found in the repost's `text`, has an ellipsis or a bracket, or if
    they are longer than three words.
    """
    if LCSseq.similarity(source.words, here.words) < len(here.words):
        return True
    if _ELLIPSIS.search(here.quote.inner.of(text)):
        return False
    blocks = [b for b in LCSseq.editops(source.words, here.words).as_matching_blocks() if b.size]
    lost = (right.a - left.a - left.size for left, right in itertools.pairwise(blocks))
    return any(0 < words <= _LONGEST_TAKEN_OUT for words in lost)


def _truncated(context: Context, source: Quoted, matches: list[Quoted]) -> Iterator[Move]:
    """`quote-truncated` for the first sentence of a quotation that loses content words, if there is one.

    It must still be quoted in part.
    """
    quoted_words = [word for here in matches for word in here.words]
    inner = " ".join(here.quote.inner.of(context.repost.text) for here in matches)
    kept = {stem(word) for word in (*quoted_words, *tokenize(inner).forms)}
    changed = counterparts(context, of_original=True)
    for span in _by_sentence(context.original, source.quote.inner):
        words = words_of(span.of(context.original.text))
        lost = any(_content(word) and stem(word) not in kept for word in words)
        is_changed = context.original.sentence_of(span) in changed
        if is_changed and lost and LCSseq.similarity(words, quoted_words):
            yield _move(context, "quote-truncated", span, matches[0].quote.span, 0.8)
            return


def _paraphrased(context: Context, source: Quoted) -> Iterator[Move]:
    """`quote-paraphrased` for each sentence of a quotation that the repost has without quotation marks.

    The score grows with the share of content words that the linked sentence has, from 0.65 to 0.95. Expressions
    of fewer than three words that are not speech are skipped.
    """
    if not source.quote.speech and len(source.words) < _LEAST_WORDS:
        return
    for span in _by_sentence(context.original, source.quote.inner):
        i = context.original.sentence_of(span)
        words = {stem(word) for word in words_of(span.of(context.original.text)) if _content(word)}
        for j in context.repost_of.get(i, ()) if i is not None else ():
            share = surviving(frozenset(words), context.repost.sentence_stems[j])
            if share >= _LEAST_CONVEYED and not _has_marks(context.repost, (j,)):
                whole = context.repost.sentences[j].span
                score = min(0.95, 0.55 + 0.5 * share)
                yield _move(context, "quote-paraphrased", span, whole, round(score, 6))
                break


def _is_title(side: Side, source: Quoted) -> bool:
    """Whether a quotation has several content words, all capitalised: a song, a headline, a name."""
    words = [w for w in source.quote.inner.of(side.text).split() if _content(w.lower())]
    return len(words) > 1 and all(word[0].isupper() or not word[0].isalpha() for word in words)


def _has_marks(side: Side, sentences: Iterable[int]) -> bool:
    """Whether any of the sentences has a quotation mark; apostrophes within words do not count."""
    text = repaired(side.text)
    return any(_MARKS.search(side.sentences[i].span.of(text)) for i in sentences)


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
