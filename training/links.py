"""Stage `links`: the weight of each piece of evidence for a link between two sentences.

`python -m training.links` writes training/build/moves/link_scores.tsv: two logistic regressions, with
words alone and with vectors, over the candidate links of pairs that were aligned by hand: the development
half of the sample (`data/sample`) and all of `data/development`. Excerpts of the pairs are included,
because a link must not depend on the article around it; so are reposts with the original of another
event, because unrelated articles have no links. Sentences of real pairs correspond more loosely than
those of constructed ones, so single candidates of real pairs are included as well, drawn at random from
each range of scores and judged by a reader (`data/judgements/links.tsv`).
"""

import csv
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from sklearn.linear_model import LogisticRegression

from reframing.documents import files
from reframing.documents.document import Document
from reframing.documents.records import Article, Span
from reframing.documents.tables import read_records
from reframing.measures.annotate import DEFAULT, EMBEDDERS
from reframing.pairing.align import BY_VECTORS, BY_WORDS, SCORES, candidates
from reframing.pairing.similarity import Sentences, profile_sentences, weigh
from reframing.reading.articles import read_articles

DEVELOPMENT, SAMPLE = Path("data/development"), Path("data/sample")
JUDGED = Path("data/judgements/links.tsv")
OUT = Path("training/build/moves")
COLUMNS = ("of", "evidence", "weight")
_DIGITS = 4

Floats = NDArray[np.floating]
Places = frozenset[tuple[int, int]]


class Aligned(NamedTuple):
    """A pair aligned by hand; `links` are spans (original, repost) of sentences that share a proposition."""

    event: str
    original: Article
    repost: Article
    links: frozenset[tuple[Span, Span]]


class Side(NamedTuple):
    """The sentences of an article, with their vectors (sentences, dimensions)."""

    sentences: Sentences
    vectors: Floats

    @classmethod
    def of(cls, article: Article) -> Self:
        embed = EMBEDDERS[DEFAULT]
        assert embed is not None
        document = Document(article)
        vectors = embed([sentence.span.of(document.text) for sentence in document.sentences])
        return cls(profile_sentences(document), vectors)

    def excerpts(self, size: int) -> list[range]:
        """The indices of its sentences, in ranges of `size`."""
        n = len(self.vectors)
        return [range(start, min(n, start + size)) for start in range(0, n, size)]

    def only(self, places: range) -> "Side":
        part = slice(places.start, places.stop)
        whole = self.sentences
        cut = Sentences(whole.sentences[part], whole.words[part], whole.terms[part])
        return Side(cut, self.vectors[part])


class Example(NamedTuple):
    """Two texts, the indices (original, repost) of linked sentences, and the weight of a candidate."""

    original: Side
    repost: Side
    linked: Places
    weight: float

    def only(self, of_original: range, of_repost: range, weight: float) -> "Example":
        linked = frozenset(
            (i - of_original.start, j - of_repost.start)
            for i, j in self.linked
            if i in of_original and j in of_repost
        )
        return Example(self.original.only(of_original), self.repost.only(of_repost), linked, weight)


class Judged(NamedTuple):
    """A real pair with its judged candidates: whether each is linked, and how many candidates it represents."""

    original: Article
    repost: Article
    verdicts: Mapping[tuple[Span, Span], tuple[bool, float]]


class Evidence(NamedTuple):
    """The evidence for candidates (candidates, features), which of them are linked, and their weights."""

    x: Floats
    linked: NDArray[np.bool_]
    weights: Floats


def main() -> None:
    raw: dict[str, Any] = YAML(typ="safe").load(
        Path("training/params.yaml").read_text(encoding="utf8")
    )
    choices = raw["links"]
    pairs = [*aligned(SAMPLE, developed=True), *aligned(DEVELOPMENT)]
    texts = [*examples(pairs, choices, random.Random(raw["seed"]))]
    made = together(evidence(example) for example in texts)
    real = together(evidence_of_judged(pair) for pair in read_judged(JUDGED))
    share = choices["real"] * made.weights.sum() / real.weights.sum()
    x, y, weights = together((made, real._replace(weights=share * real.weights)))
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / SCORES).open("w", encoding="utf8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(COLUMNS)
        for of, names in (("vectors", BY_WORDS + BY_VECTORS), ("words", BY_WORDS)):
            fitted = learned(x[:, : len(names)], y, weights, choices["ridge"])
            rows.writerows(
                (of, name, f"{weight:.{_DIGITS}f}")
                for name, weight in zip(("", *names), fitted, strict=True)
            )
    print(f"{len(pairs)} pairs, {len(texts)} texts, {len(y)} candidates, {y.sum()} of them linked")


def aligned(folder: Path, developed: bool = False) -> Iterator[Aligned]:
    """The aligned pairs of a folder; with `developed`, those of every other event, sorted by name."""
    articles = {article.id: article for article in read_articles(folder / "articles.jsonl")}
    lines = (folder / "gold-pairs.jsonl").read_text(encoding="utf8").splitlines()
    pairs = [json.loads(line) for line in lines]
    events = sorted({pair["original"].split("/")[0] for pair in pairs})
    for pair in pairs:
        event = pair["original"].split("/")[0]
        if not developed or event in events[::2]:
            links = frozenset(
                (Span(*original), Span(*repost))
                for link in pair["alignment"]
                for original in link["original"]
                for repost in link["repost"]
            )
            yield Aligned(event, articles[pair["original"]], articles[pair["repost"]], links)


def examples(
    pairs: Sequence[Aligned], choices: dict[str, Any], rng: random.Random
) -> Iterator[Example]:
    """The entire pairs, excerpts of them, and each repost with the original of the next event."""
    sides = {a.id: Side.of(a) for pair in pairs for a in (pair.original, pair.repost)}
    originals = {pair.event: sides[pair.original.id] for pair in pairs}
    others = dict(
        zip(originals, [*originals.values()][1:] + [*originals.values()][:1], strict=True)
    )
    for pair in pairs:
        whole = Example(sides[pair.original.id], sides[pair.repost.id], places(pair, sides), 1.0)
        strangers = Example(others[pair.event], whole.repost, frozenset(), choices["strangers"])
        yield whole
        yield strangers
        for size in choices["excerpts"]:
            yield from excerpts(whole, size, choices["excerpt"], rng)
            of_original, of_repost = (rng.choice(side.excerpts(size)) for side in strangers[:2])
            yield strangers.only(of_original, of_repost, choices["strangers"])


def excerpts(whole: Example, size: int, weight: float, rng: random.Random) -> Iterator[Example]:
    """Each part of the original, with the repost's part that has most links to it and with a random one."""
    parts = whole.repost.excerpts(size)
    for of_original in whole.original.excerpts(size):
        fitting = max(
            parts, key=lambda of_repost: len(whole.only(of_original, of_repost, weight).linked)
        )
        yield whole.only(of_original, fitting, weight)
        yield whole.only(of_original, rng.choice(parts), weight)


def places(pair: Aligned, sides: dict[str, Side]) -> Places:
    """The indices (original, repost) of the linked sentences."""
    of_original, of_repost = (sides[a.id].sentences.sentences for a in (pair.original, pair.repost))
    return frozenset(
        (i, j)
        for original, repost in pair.links
        for i, a in enumerate(of_original)
        if a.span.overlaps(original)
        for j, b in enumerate(of_repost)
        if b.span.overlaps(repost)
    )


def evidence(example: Example) -> Evidence:
    """The evidence for the candidates of two texts."""
    at, x = candidates_of(example.original, example.repost)
    linked = np.array([place in example.linked for place in at])
    return Evidence(x, linked, np.full(len(at), example.weight))


def candidates_of(original: Side, repost: Side) -> tuple[list[tuple[int, int]], Floats]:
    """The indices (original, repost) of the candidates, and their evidence (candidates, features)."""
    weighed = weigh(original.sentences, repost.sentences)
    found = candidates(weighed, (original.vectors, repost.vectors))
    return [*zip(found.original.tolist(), found.repost.tolist(), strict=True)], found.evidence


def read_judged(path: Path) -> Iterator[Judged]:
    """The real pairs with the candidates that a reader judged."""
    rows = csv.DictReader(path.read_text(encoding="utf8").splitlines(), delimiter="\t")
    for corpus, of_corpus in groupby(rows, itemgetter("corpus")):
        articles = {a.id: a for a in read_records(files.articles(corpus), Article)}
        for pair, of_pair in groupby(of_corpus, itemgetter("pair")):
            original, repost = (articles[id] for id in pair.split("→"))
            verdicts = {
                (_span(row["original"]), _span(row["repost"])): (
                    row["common"] == "1",
                    float(row["weight"]),
                )
                for row in of_pair
            }
            yield Judged(original, repost, verdicts)


def _span(ends: str) -> Span:
    start, end = ends.split("-")
    return Span(int(start), int(end))


def evidence_of_judged(pair: Judged) -> Evidence:
    """The evidence for judged candidates; each weighs the square root of the number it represents."""
    sides = Side.of(pair.original), Side.of(pair.repost)
    at, x = candidates_of(*sides)
    of_original, of_repost = (side.sentences.sentences for side in sides)
    verdicts = [pair.verdicts.get((of_original[i].span, of_repost[j].span)) for i, j in at]
    kept = [n for n, verdict in enumerate(verdicts) if verdict is not None]
    known = [verdict for verdict in verdicts if verdict is not None]
    linked = np.array([common for common, _ in known], bool)
    return Evidence(x[kept], linked, np.sqrt([weight for _, weight in known]))


def together(parts: Iterable[Evidence]) -> Evidence:
    return Evidence(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def learned(x: Floats, y: NDArray[np.bool_], weights: Floats, ridge: float) -> Floats:
    """Intercept and weights of a logistic regression with a ridge penalty on standardised evidence."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    model = LogisticRegression(C=1 / ridge, max_iter=10_000)
    fitted = model.fit((x - mean) / spread, y, sample_weight=weights)
    slopes = fitted.coef_[0] / spread
    return np.array([fitted.intercept_[0] - slopes @ mean, *slopes])


if __name__ == "__main__":
    main()
