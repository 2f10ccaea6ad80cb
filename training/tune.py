"""Offsets that are added to the scores of labels before decoding: the values that do best on `dev`.

Each head has one offset per kind of label, found by coordinate search. What is scored is the final output
of the package, in the way of the stage `validate`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from reframing.documents.document import Document
from reframing.documents.records import Article, Span
from reframing.measures.attribution.by_network import assemble
from reframing.measures.attribution.layout import reading_of
from reframing.measures.hedging import BLURRING
from reframing.measures.profile_full import hedges_of, passage_of
from reframing.networks.network import Network
from reframing.networks.tagger import SentenceReading, decode, score
from training.corpora import RAW, SPLITS, attribution_scores, development_documents
from validation.exams.polnear import GoldDocument, linked_counts
from validation.exams.szeged import HedgedSentence, read_szeged
from validation.scores import token_prf
from validation.splits import part_of, read_split

CANDIDATES = tuple(round(-0.6 + 0.2 * step, 1) for step in range(12))
ROUNDS = 2

Offsets = tuple[float, ...]


class Trial(NamedTuple):
    """A head, the texts on which it is tried, and the score of what is read in them."""

    head: str
    documents: Sequence[Document]
    score: Callable[[Sequence[Sequence[SentenceReading]]], float]


def offsets(network: Network) -> dict[str, Offsets]:
    """The best offsets for the attribution and hedge heads of the annotator, one per label.

    Loaded words have none: the gold marks them in biased sentences only, so that elsewhere each would
    count as a false positive.
    """
    return {trial.head: best_offsets(network, trial) for trial in (attributions(), hedges())}


def best_offsets(network: Network, trial: Trial) -> Offsets:
    """Search `ROUNDS` times through the kinds of label, setting each offset to its best given the others."""
    labels = network.card.tokens[trial.head]
    kinds = sorted({label[1:] for label in labels[1:]})
    chosen = dict.fromkeys(kinds, 0.0)
    scored = score(network, list(map(passage_of, trial.documents)))

    def tried(values: dict[str, float]) -> float:
        of_labels = {trial.head: _by_label(labels, values)}
        return trial.score(decode(network.with_offsets(of_labels), scored))

    for _ in range(ROUNDS):
        for kind in kinds:
            chosen = max((chosen | {kind: value} for value in CANDIDATES), key=tried)
    return _by_label(labels, chosen)


def _by_label(labels: Sequence[str], values: dict[str, float]) -> Offsets:
    return tuple(0.0 if label == "O" else values[label[1:]] for label in labels)


def attributions() -> Trial:
    """The trial on PolNeAR, scored by the mean of `attribution_scores` and the F1 of linked attributions."""
    gold = development_documents()
    documents = [Document(_article(document)) for document in gold]
    words = [
        [Span(*at) for at in zip(one.tokens.starts, one.tokens.ends, strict=True)]
        for one in documents
    ]

    def scored(readings: Sequence[Sequence[SentenceReading]]) -> float:
        found = [
            assemble(one.of(reading_of), of) for one, of in zip(documents, readings, strict=True)
        ]
        cues = [[a.cue for a in of if a.cue] for of in found]
        sources = [sorted({a.source for a in of if a.source}) for of in found]
        contents = [[span for a in of for span in a.content] for of in found]
        parts = attribution_scores(gold, cues, sources, contents, words)
        counts = [linked_counts(d.attributions, of) for d, of in zip(gold, found, strict=True)]
        matched, n_gold, n_found = map(sum, zip(*counts, strict=True))
        linked = 2 * matched / max(1, n_gold + n_found)
        return (sum(parts.values()) + linked) / 5

    return Trial("attribution", documents, scored)


def hedges() -> Trial:
    """The trial on Szeged, scored by token F1 of hedge cues."""
    gold = _sentences(RAW, SPLITS)
    documents = [Document(Article(str(i), sentence.text)) for i, sentence in enumerate(gold)]
    words = [
        [Span(*at) for at in zip(one.tokens.starts, one.tokens.ends, strict=True)]
        for one in documents
    ]

    def scored(readings: Sequence[Sequence[SentenceReading]]) -> float:
        found = []
        for one, of in zip(documents, readings, strict=True):
            found.append([m.span for m in hedges_of(one, of) if m.category not in BLURRING])
        return token_prf([sentence.cues for sentence in gold], found, words).f1

    return Trial("hedge", documents, scored)


def _sentences(raw: Path, splits: Path) -> list[HedgedSentence]:
    assigned = read_split(splits / "szeged.tsv")
    every = read_szeged(raw / "szeged")
    return [s for s in every if part_of(assigned, s.document) == "dev" and s.text.strip()]


def _article(document: GoldDocument) -> Article:
    title, _, body = document.text.partition("\n")
    return Article(document.id, body, title)
