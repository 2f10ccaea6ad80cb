"""Invented `Studied` records for the tests of statistics and figures; never a result."""

from collections.abc import Iterable, Sequence

import numpy as np

from reframing.documents import files
from reframing.documents.records import (
    Annotation,
    Article,
    Comparison,
    Condition,
    Link,
    Move,
    Pair,
    Section,
    Sentence,
    SentenceMeasures,
    Span,
    Studied,
    StudyPair,
)
from reframing.documents.tables import write_records
from reframing.reading.prepare import Dropped

NO_MOVES: tuple[Move, ...] = ()
KINDS = ("trimmed", "edited", "partisan", "retelling")


def sentence(
    section: Section = "body",
    words: int = 20,
    hedges: int = 0,
    boosters: int = 0,
    negative: int = 0,
    attributions: int = 0,
    quotes: int = 0,
    certainty: float = 0.5,
    bias: float = 0.2,
    sentiment: float = 0.0,
) -> SentenceMeasures:
    return SentenceMeasures(
        section=section,
        paragraph=0,
        n_words=words,
        n_hedges=hedges,
        n_boosters=boosters,
        n_negative=negative,
        n_positive=0,
        n_intensifying=0,
        n_attributions=attributions,
        n_quotes=quotes,
        quoted_words=5 * quotes,
        certainty=certainty,
        bias=bias,
        sentiment=sentiment,
    )


def link(original: int, repost: int) -> Link:
    return Link((original,), (repost,), "edited", 0.9)


def move(slug: str, original: int | None = None, repost: int | None = None, start: int = 0) -> Move:
    """A move in one sentence of either side; `start` tells spans within a sentence apart."""

    def span(index: int | None) -> Span | None:
        return None if index is None else Span(100 * index + start, 100 * index + start + 5)

    return Move(
        slug,
        span(original),
        span(repost),
        () if original is None else (original,),
        () if repost is None else (repost,),
        1.0,
        "invented for a test",
    )


def study(
    original: Sequence[SentenceMeasures],
    repost: Sequence[SentenceMeasures],
    links: Iterable[Link],
    moves: Iterable[Move] = NO_MOVES,
    event: str = "flood",
    kind: str = "edited",
    condition: Condition = "repost",
    name: str = "1",
    confidence: float = 1.0,
) -> Studied:
    """A pair made of sentences' measures, their links and the moves between them."""
    a, b = f"{event}/original", f"{event}/{kind}/{condition}/{name}"
    links = tuple(links)
    survivors = {i for item in links for i in item.original}
    comparison = Comparison(
        id=f"{a}→{b}",
        original=a,
        repost=b,
        original_sentences=_places(original),
        repost_sentences=_places(repost),
        support=(1.0,) * len(repost),
        alignment=links,
        claims=(),
        moves=tuple(moves),
        relation="edited",
        survival=len(survivors) / max(len(original), 1),
    )
    direction = "undetermined" if condition == "independent" else "original→repost"
    pair = StudyPair(
        comparison.id, event, kind, condition, "edited", direction, confidence, a, b
    )  # fmt: skip
    return Studied(pair, comparison, comparison.moves, tuple(original), tuple(repost))


def save_records(studied: Sequence[Studied], groups: Sequence[str] = ()) -> None:
    """What the stages before `statistics` write of the corpus `sample`, in the current folder.

    Articles have neither sentences nor annotations; each original is in the next of `groups` in turn.
    """
    articles = _articles_of(studied, groups)
    write_records(files.articles("sample"), Article, articles)
    write_records(files.dropped("sample"), Dropped, [])
    write_records(files.annotations("sample"), Annotation, map(_bare_annotation, articles))
    write_records(files.pairs("sample"), Pair, [])
    write_records(files.comparisons("sample"), Studied, studied)


def _articles_of(studied: Iterable[Studied], groups: Sequence[str] = ()) -> list[Article]:
    """The articles of some pairs, without their sentences; each original has the next of `groups` in turn."""
    pairs = [one.pair for one in studied]
    originals = sorted({pair.original for pair in pairs})
    group_of = {id: groups[i % len(groups)] for i, id in enumerate(originals) if groups}
    ids = sorted({*originals, *(pair.repost for pair in pairs if pair.condition != "copy")})
    return [Article(id, f"The text of {id}.", group=group_of.get(id)) for id in ids]


def _bare_annotation(article: Article) -> Annotation:
    """The annotation of an article in which there is nothing to annotate."""
    return Annotation(article.id, 0, (), (), (), (), (), (), ())


def _places(sentences: Sequence[SentenceMeasures]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(100 * i, 100 * i + 99, measures.section, measures.paragraph)
        for i, measures in enumerate(sentences)
    )


def corpus(
    events: int = 16,
    kinds: Sequence[str] = KINDS,
    conditions: Sequence[Condition] = ("repost", "copy", "independent"),
    seed: int = 1,
) -> list[Studied]:
    """A corpus of random pairs: later kinds keep less of the original and change more of it."""
    generator = np.random.default_rng(seed)
    records = []
    for number in range(events):
        event = f"event-{number:03d}"
        original = _random_article(generator)
        for rank, kind in enumerate(kinds):
            share = (rank + 1) / len(kinds)
            for condition in ("repost", "version", "revision"):
                if condition in conditions:
                    records.append(
                        _random_repost(generator, original, share, event, kind, condition)
                    )
        if "copy" in conditions:
            links = [link(i, i) for i in range(len(original))]
            records.append(study(original, original, links, (), event, "copy", "copy"))
        if "independent" in conditions:
            other = _random_article(generator)
            links = [link(i, i) for i in range(0, 9, 3)]
            found = [move("attribution-vague", 0, 0), move("number-changed", 3, 3)]
            records.append(
                study(original, other, links, found, event, "independent", "independent")
            )
    return records


def _random_article(generator: np.random.Generator) -> list[SentenceMeasures]:
    sections: list[Section] = ["headline", "lead", *["body"] * int(generator.integers(9, 18))]
    return [_random_sentence(generator, section, 0.3) for section in sections]


def _random_sentence(
    generator: np.random.Generator, section: Section, rate: float
) -> SentenceMeasures:
    return sentence(
        section,
        int(generator.integers(8, 30)),
        hedges=int(generator.poisson(rate)),
        boosters=int(generator.poisson(rate / 3)),
        negative=int(generator.poisson(rate)),
        attributions=int(generator.random() < 0.5),
        quotes=int(generator.random() < 0.3),
        certainty=float(generator.beta(4, 2)),
        bias=float(generator.beta(2, 6)),
        sentiment=float(generator.uniform(-0.6, 0.5)),
    )


def _random_repost(
    generator: np.random.Generator,
    original: Sequence[SentenceMeasures],
    share: float,
    event: str,
    kind: str,
    condition: Condition,
) -> Studied:
    survivors = [
        i
        for i in range(len(original))
        if generator.random() > share * (0.2 + 0.5 * i / len(original))
    ] or [0]
    repost = [_reworded(generator, original[i], share) for i in survivors]
    repost.append(_random_sentence(generator, "body", 0.5))
    links = [link(i, j) for j, i in enumerate(survivors)]
    moves = list(_random_moves(generator, original, survivors, share))
    return study(original, repost, links, moves, event, kind, condition)


def _reworded(
    generator: np.random.Generator, measures: SentenceMeasures, share: float
) -> SentenceMeasures:
    dropped = int(generator.binomial(measures.n_hedges, 0.6 * share))
    return measures._replace(
        n_hedges=measures.n_hedges - dropped,
        n_boosters=measures.n_boosters + int(generator.poisson(0.2 * share)),
        n_negative=measures.n_negative + int(generator.poisson(0.3 * share)),
        sentiment=measures.sentiment - 0.2 * share * float(generator.random()),
    )


_RANDOM_MOVES = {
    "hedge-dropped": 0.3, "booster-added": 0.2, "evaluation-added": 0.3, "evaluation-shifted": 0.1,
    "agent-dropped": 0.05, "number-changed": 0.03, "entity-changed": 0.02, "lead-promoted": 0.05,
    "causality-strengthened": 0.04, "polarity-flipped": 0.01, "hedge-added": 0.06,
    "booster-dropped": 0.05, "evaluation-dropped": 0.06, "causality-weakened": 0.02,
    "agent-added": 0.02, "lead-demoted": 0.03, "attribution-added": 0.05,
}  # fmt: skip


def _random_moves(
    generator: np.random.Generator,
    original: Sequence[SentenceMeasures],
    survivors: Sequence[int],
    share: float,
) -> Iterable[Move]:
    for j, i in enumerate(survivors):
        if original[i].n_attributions and generator.random() < 0.7 * share:
            fates = ("dropped", "vague", "swapped", "distanced", "endorsed")
            fate = generator.choice(fates, p=(0.4, 0.3, 0.05, 0.15, 0.1))
            yield move(f"attribution-{fate}", i, j)
        if original[i].n_quotes and generator.random() < 0.7 * share:
            fate = generator.choice(("altered", "truncated", "paraphrased"), p=(0.2, 0.3, 0.5))
            yield move(f"quote-{fate}", i, j, start=20)
        for place, (slug, rate) in enumerate(_RANDOM_MOVES.items()):
            if generator.random() < rate * share:
                yield move(slug, i, j, start=30 + place)
        if generator.random() < 0.05 * share:
            yield move("quote-unsupported", None, j)
    for i in sorted(set(range(len(original))) - set(survivors)):
        yield move("sentence-omitted", i)
    yield move("sentence-added", None, len(survivors))
