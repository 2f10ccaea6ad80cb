"""`evaluation-added`, `evaluation-dropped`, `evaluation-shifted`.

Evaluative wording counts as added where no word of its stem stands in the linked original sentences.
Where the linked sentences differ by one short replacement that holds the evaluative word, and what it
replaces is a content word, the wording was shifted rather than added.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from reframing.moves.context import Context, Side
from reframing.moves.proximity import counterparts, mention, stems, surviving
from reframing.records import Evaluation, Move, Span
from reframing.segment.terms import FUNCTION_WORDS, stem

LEAST_SURVIVING = 0.34
_LONGEST_REPLACED = 4


def find(context: Context) -> Iterator[Move]:
    """Evaluative wording gained, lost and replaced."""
    yield from _added(context)
    yield from _dropped(context)


def _added(context: Context) -> Iterator[Move]:
    linked = counterparts(context, of_original=False)
    for evaluation in context.repost.annotation.evaluations:
        j = context.repost.sentence_of(evaluation.span)
        if j is None or (j in context.original_of and j not in linked):
            continue
        sources = context.original_of.get(j, ())
        if _has(context.original, sources, evaluation.span.of(context.repost.text)):
            continue
        words = evaluation.span.of(context.repost.text)
        replaced = replaced_by(context, sources, j, evaluation.span)
        if replaced is not None:
            was = replaced.of(context.original.text)
            yield Move(
                "evaluation-shifted", replaced, evaluation.span, sources, (j,), 0.7,
                f"Where the original says “{was}”, the repost says “{words}”.",
            )  # fmt: skip
        else:
            yield Move(
                "evaluation-added", None, evaluation.span, sources, (j,), _score(evaluation),
                f"“{words}” is the repost's own: nothing in the original corresponds to it.",
            )  # fmt: skip


def _dropped(context: Context) -> Iterator[Move]:
    for evaluation in context.original.annotation.evaluations:
        here = mention(context.original, evaluation.span, "")
        to = counterparts(context, of_original=True).get(here.sentence, ()) if here else ()
        words = evaluation.span.of(context.original.text)
        if here is None or not to or _has(context.repost, to, words):
            continue
        share = surviving(here.about, stems(context.repost, to))
        if share >= 0.5 and not _evaluates(context.repost, to):
            yield Move(
                "evaluation-dropped", evaluation.span, None, (here.sentence,), to,
                round(0.1 + 0.8 * share, 6),
                f"The original's “{words}” has no counterpart in the repost.",
            )  # fmt: skip


def _evaluates(side: Side, sentences: Sequence[int]) -> bool:
    return any(side.sentence_of(e.span) in sentences for e in side.annotation.evaluations)


def _has(side: Side, sentences: Sequence[int], words: str) -> bool:
    """Whether the sentences have all content stems of `words`."""
    wanted = content_stems(words)
    there = {stem(side.tokens.forms[i]) for s in sentences for i in side.tokens.within(side.sentences[s].span)}
    return bool(wanted) and wanted <= there


@lru_cache(maxsize=50_000)
def content_stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.lower().split() if word not in FUNCTION_WORDS)


def _score(evaluation: Evaluation) -> float:
    return 0.6 if evaluation.polarity == "intensifying" else 0.75


def replaced_by(
    context: Context, sources: Sequence[int], j: int, span: Span
) -> Span | None:
    """The original words for which `span` stands, where a short replacement holds it; else None."""
    repost = context.repost.tokens
    there = list(repost.within(context.repost.sentences[j].span))
    for i in sources:
        original = context.original.tokens
        here = list(original.within(context.original.sentences[i].span))
        a, b = [original.forms[k] for k in here], [repost.forms[k] for k in there]
        if Indel.normalized_similarity(a, b) < 0.4:
            continue
        for block in _replacements(a, b):
            if repost.starts[there[block[2]]] <= span.start < repost.ends[there[block[3] - 1]]:
                words = [k for k in here[block[0] : block[1]] if original.is_word[k]]
                if any(original.forms[k] not in FUNCTION_WORDS for k in words):
                    return original.span(words[0], words[-1] + 1)
    return None


def _replacements(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Short stretches of `a` and `b` between equal words, as half-open token ranges of both."""
    i = j = 0
    for block in Indel.editops(a, b).as_matching_blocks():
        if 0 < block.a - i <= _LONGEST_REPLACED and 0 < block.b - j <= _LONGEST_REPLACED:
            yield i, block.a, j, block.b
        i, j = block.a + block.size, block.b + block.size
