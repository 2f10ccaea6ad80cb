"""Hedge cues in the Wikipedia part of the Szeged corpus: F1 over tokens."""

from collections.abc import Iterator, Sequence

from reframing.lexicon import load_lexicon
from reframing.readers.gold import HedgedSentence, read_szeged
from reframing.records import Span
from reframing.segment.tokens import tokenize
from reframing.validation.errors import span_errors
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import lengths, single
from reframing.validation.spans import token_prf
from reframing.validation.statistics import f1
from reframing.validation.systems import System
from reframing.validation.word_counts import HEDGES as HYLAND
from reframing.validation.word_counts import occurrences, word_list


def read(gold: Gold) -> list[HedgedSentence]:
    """The sentences of the reported documents, titles too; blank ones hold nothing."""
    return [s for s in gold.part("szeged", read_szeged) if s.text.strip()]


def judge(items: Sequence[HedgedSentence], system: System) -> Iterator[Result]:
    """A profile's hedges."""
    found = [
        [hedge.span for hedge in annotation.hedges]
        for annotation in system.read(item.text for item in items)
    ]
    yield marked(items, found)


def marked(items: Sequence[HedgedSentence], predicted: Sequence[Sequence[Span]]) -> Result:
    """Counts of tokens in gold and predicted cues, one row a sentence."""
    rows = []
    for item, spans in zip(items, predicted, strict=True):
        tokens = tokenize(item.text)
        places = [Span(*place) for place in zip(tokens.starts, tokens.ends, strict=True)]
        scores = token_prf([item.cues], [spans], [places])
        rows.append((scores.n_matched, scores.n_gold, scores.n_predicted))
    groups = {
        "length": lengths(item.text for item in items),
        "section": single([item.part.lower() for item in items]),
    }
    errors = span_errors([item.cues for item in items], predicted)
    found = evidence([item.document for item in items], rows, f1, groups)
    return Result("hedge-cues", found, errors=errors)


def rivals(items: Sequence[HedgedSentence], gold: Gold) -> Iterator[Rival]:
    """No cue at all, Hyland's list, and the project's own lexicon without its rules of context."""
    yield Rival("no token marked", "trivial", marked(items, [()] * len(items)))
    listed = word_list(gold, HYLAND)
    hyland = [list(occurrences(item.text, listed)) for item in items]
    yield Rival("list of Hyland (2005)", "word list", marked(items, hyland))
    yield Rival("lexicon without context", "word list", marked(items, [_matched(i) for i in items]))


def _matched(item: HedgedSentence) -> list[Span]:
    tokens = tokenize(item.text)
    return [tokens.span(first, end) for first, end, _ in load_lexicon("hedges").match(tokens)]


HEDGES = Exam("hedges", read, judge, rivals)
