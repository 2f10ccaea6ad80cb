"""What each of two texts shows as a whole: how loaded it is, how much it quotes, whom it cites, what it says.

A move is a change at one place. Some reframings are spread over a text and show at no single place: a plainer
tone throughout, a report that quotes nobody any more, one that cites other people. They are seen by measuring
each text as a whole and comparing the results.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from math import log, sqrt
from statistics import fmean
from typing import NamedTuple

from reframing.documents.records import Annotation, Article, Attribution, Span
from reframing.documents.word_classes import SOMEONE
from reframing.measures.attribution.cues import source_nouns
from reframing.moves.catalogue import plain_form
from reframing.moves.compare import side_of
from reframing.moves.context import Side
from reframing.moves.vouching import is_pronoun, names_in, reports, source_stems
from reframing.report.wording import name_of_source


class Speaker(NamedTuple):
    """A quotation, and the name of the source to which it is attributed."""

    quotation: Span
    name: str


@dataclass(frozen=True, slots=True)
class Whole:
    """One text of a comparison as a whole.

    - `loaded`: mean score of its sentences for loaded wording, in [0, 1]; `loaded_words` are its loaded words
      that the other text lacks, those of the most loaded sentences first.
    - `quoted`: number of words that it quotes, `words` of all its words; `speakers` are its quotations with a
      named source, and `own_quotation` is the first of some length that the other text does not have.
    - `voices`: sources of its claims that the other text does not mention; `is_vague` says whether one of them
      is unspecific (*critics*).
    - `numbers`: one for each line, the number of the sentence that it is, from 1, or None for furniture: lines
      that are no sentences of the report, such as credits of photographs.
    - `substance`: one value in [0, 1] for each sentence, see `_substance`.
    """

    loaded: float = 0.0
    loaded_words: tuple[str, ...] = ()
    quoted: int = 0
    words: int = 0
    speakers: tuple[Speaker, ...] = ()
    own_quotation: str | None = None
    voices: tuple[str, ...] = ()
    is_vague: bool = False
    numbers: tuple[int | None, ...] = ()
    substance: tuple[float, ...] = ()

    @property
    def furniture(self) -> frozenset[int]:
        """The indices of lines that are no sentences of the report."""
        return frozenset(i for i, number in enumerate(self.numbers) if number is None)

    def number_of(self, sentence: int) -> int | None:
        """The number of a sentence given by index; its place in the text where that was not measured."""
        return self.numbers[sentence] if sentence < len(self.numbers) else sentence + 1

    def substance_of(self, sentence: int) -> float:
        """The substance of a sentence given by index, 1 where it was not measured."""
        return self.substance[sentence] if sentence < len(self.substance) else 1.0

    def speaker_of(self, span: Span | None) -> str | None:
        """The source of the quotation that overlaps a span, None if there is none."""
        if span is None:
            return None
        first = bisect_right(self.speakers, span.start, key=lambda s: s.quotation.end)
        found = self.speakers[first : first + 1]
        return next((s.name for s in found if s.quotation.overlaps(span)), None)


class Shift(NamedTuple):
    """A difference between two texts as wholes: its size in [-1, 1], and a score like that of a move."""

    size: float
    score: float


LOADED: tuple[tuple[float, float], ...] = ((0.15, 0.9), (0.06, 0.7), (0.04, 0.5))
"""Differences in `Whole.loaded` from which the repost counts as more loaded or plainer, and their scores.

Of texts that a machine retold in a loaded or a plain manner (SheepDog), the difference has the direction asked
for in 99% from .15, in 90% from .06 to .15 and in 80% from .04 to .06. Copies, trimmed or edited, differ by .01
on average, and by up to .05.
"""

FAR = 0.3
"""Difference in `Whole.loaded` that counts as the greatest."""

QUOTED_WORDS, QUOTED_SHARE = 10, 0.04
"""The least number and share of words that an original must quote for the repost to count as quoting less."""

KEPT = 0.3
"""The greatest part of that share that the repost may still quote."""

EXAMPLE_WORDS = 4
"""Number of words by which a quotation is recognised, and that it has at least to stand for what was said."""

_COUNTED = 0.85  # score of a difference in what is between quotation marks


class Overall(NamedTuple):
    """Both texts of a comparison as wholes."""

    original: Whole = Whole()
    repost: Whole = Whole()

    @property
    def tone(self) -> Shift | None:
        """How much more loaded (positive) or plainer (negative) the repost is; None without a difference."""
        difference = self.repost.loaded - self.original.loaded
        score = next((score for least, score in LOADED if abs(difference) >= least), None)
        return None if score is None else Shift(max(-1.0, min(1.0, difference / FAR)), score)

    @property
    def quoting(self) -> Shift | None:
        """How much less of its text the repost quotes; None where it quotes as much, or the original little."""
        a, b = self.original, self.repost
        share = a.quoted / max(1, a.words)
        kept = b.quoted / max(1, b.words) / share if share else 1.0
        if a.quoted < QUOTED_WORDS or share < QUOTED_SHARE or kept > KEPT:
            return None
        return Shift(1 - kept, _COUNTED)


UNMEASURED = Overall()
"""Two texts that were not measured as wholes."""


def overall(
    original: Article, repost: Article, annotations: tuple[Annotation, Annotation]
) -> Overall:
    """Both texts as wholes, given the annotations of original and repost."""
    a, b = side_of(original, annotations[0]), side_of(repost, annotations[1])
    return Overall(_whole(annotations[0], a, b), _whole(annotations[1], b, a))


def _whole(annotation: Annotation, here: Side, there: Side) -> Whole:
    """One text as a whole; `here` and `there` are it and the other text in plain typography."""
    own = list(_own_voices(here, there))
    return Whole(
        loaded=round(fmean(s.bias for s in annotation.scores), 6) if annotation.scores else 0.0,
        loaded_words=tuple(_own_loaded_words(here, there)),
        quoted=sum(here.document.n_words(q.inner) for q in here.annotation.quotes if q.speech),
        words=annotation.n_tokens,
        speakers=tuple(_speakers(here, annotation)),
        own_quotation=_own_quotation(here, there),
        voices=tuple(name for name, _ in own),
        is_vague=any(attribution.source_kind == "vague" for _, attribution in own),
        numbers=tuple(_numbers(here)),
        substance=_substance(here, there),
    )


def _counts(side: Side, i: int) -> bool:
    """Whether a line is a sentence of the report: a headline, or one with words that is no page element."""
    return side.has_words(i) and not side.is_furniture(i)


def _numbers(side: Side) -> Iterator[int | None]:
    counts = [int(_counts(side, i)) for i in range(len(side.sentences))]
    for is_sentence, number in zip(counts, accumulate(counts), strict=True):
        yield number if is_sentence else None


def _own_loaded_words(here: Side, there: Side) -> Iterator[str]:
    """Loaded words that the other text lacks, each once, those of the most loaded sentences first."""
    scores = here.annotation.scores

    def load(span: Span) -> float:
        i = here.sentence_of(span)
        return 0.0 if i is None else scores[i].bias

    spans = [evaluation.span for evaluation in here.annotation.evaluations]
    once: dict[str, str] = {}
    for span in sorted(spans, key=lambda span: (-load(span), span)):
        words, found = span.of(here.text), source_stems(here, span)
        if found and not found & there.stems:
            once.setdefault(plain_form(words), words)
    yield from once.values()


def _speakers(here: Side, annotation: Annotation) -> Iterator[Speaker]:
    """The quotations with a named source; spans are those of the annotation of the text as given."""
    sources = [a.source for a in here.annotation.attributions if a.source is not None]
    ending: dict[str, list[str]] = {}
    for name in dict.fromkeys(_name(here, source) for source in sources):
        if name:
            ending.setdefault(name.split()[-1], []).append(name)
    for quote, given in zip(here.annotation.quotes, annotation.quotes, strict=True):
        if quote.speech and quote.speaker is not None and (name := _name(here, quote.speaker)):
            yield Speaker(given.span, _in_full(name, ending.get(name.split()[-1], ())))


def _own_quotation(here: Side, there: Side) -> str | None:
    """The first quotation whose first `EXAMPLE_WORDS` words are nowhere in the other text in this order."""
    there_words = plain_form(there.text).split()
    there_runs = set(zip(*(there_words[k:] for k in range(EXAMPLE_WORDS)), strict=False))
    for quote in here.annotation.quotes:
        said = quote.inner.of(here.text)
        opening = tuple(plain_form(said).split()[:EXAMPLE_WORDS])
        if quote.speech and len(opening) == EXAMPLE_WORDS and opening not in there_runs:
            return said
    return None


def _in_full(name: str, names: Sequence[str]) -> str:
    """The longest of `names`, which end like `name`; `name` where there are two (*Ann Bell*, *Tom Bell*)."""
    words = [other.split() for other in (name, *names)]
    longest = max(words, key=len)
    return " ".join(longest) if all(set(longest) >= set(other) for other in words) else name


def _name(side: Side, source: Span) -> str | None:
    """A source as named within a sentence; None for a pronoun, for *someone*, and where that is not short."""
    words = source.of(side.text)
    is_unnamed = is_pronoun(side, source) or words.lower() in SOMEONE
    name = None if is_unnamed else name_of_source(words)
    if name and name.split()[-1][0].islower() and not names_in(side, source):
        return name[0].lower() + name[1:]
    return name


def _own_voices(here: Side, there: Side) -> Iterator[tuple[str, Attribution]]:
    """The sources of claims that the other text does not mention, each once by name, with an attribution."""
    taken: set[str] = set()
    for attribution in reports(here):
        if attribution.source is None:
            continue
        known_by, name = _known_by(here, attribution.source), _name(here, attribution.source)
        if name and known_by and known_by.isdisjoint(there.stems) and known_by.isdisjoint(taken):
            taken |= known_by
            yield name if attribution.source_kind == "named" else _uncapitalised(name), attribution


def _uncapitalised(name: str) -> str:
    """A source without a name of its own, as it is written within a sentence."""
    return name if any(word[0].isupper() for word in name.split()[1:]) else name.lower()


def _known_by(side: Side, source: Span) -> frozenset[str]:
    """The stems by which a text would mention a source: those of its names, or of all its words.

    There are none for documents (*reports*), for what the text has mentioned before (*the network*), and for
    *somebody*, unless they have a name.
    """
    names, words = names_in(side, source), source.of(side.text).lower().split()
    is_open = words[0] not in _DEFINITE and source_nouns().get(words[-1]) != "document"
    return names or (source_stems(side, source) if is_open else frozenset())


_DEFINITE = (
    frozenset("the this that these those its his her their our each both all".split()) | SOMEONE
)


def _substance(here: Side, there: Side) -> tuple[float, ...]:
    """How much of what the two texts are about each sentence says, in [0, 1]; 0 for furniture.

    It is the root of the sum over its content words of log n, with n the number of sentences of both texts that
    have the word, as a share of the greatest. A statement on the subject has more of it than an aside.
    """
    n_with = Counter(chain.from_iterable((*here.sentence_stems, *there.sentence_stems)))
    roots = [
        sqrt(_counts(here, i) * sum(log(n_with[stem]) + _ONCE for stem in stems))
        for i, stems in enumerate(here.sentence_stems)
    ]
    most = max(roots, default=0.0) or 1.0
    return tuple(round(root / most, 6) for root in roots)


_ONCE = (
    0.2  # added for each word, which counts for something even if it occurs in one sentence only
)
