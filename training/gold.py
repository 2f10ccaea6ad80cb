"""Gold corpora as units of training, by part of the split."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reframing.documents.records import Article, Span, covering
from reframing.documents.sentences import split
from reframing.measures.attribution.by_network import PLACES
from reframing.measures.quotations import find_quotes
from training.units import IGNORED, Unit, unit
from validation.exams.babe import read_babe
from validation.exams.claim_strength import read_claims
from validation.exams.newsmtsc import read_newsmtsc
from validation.exams.pei_jurgens import read_certainty
from validation.exams.polnear import GoldDocument, read_polnear
from validation.exams.szeged import read_szeged
from validation.exams.wnc import read_wnc
from validation.splits import part_of, read_split

LINKS = tuple(map(str, PLACES))
"""Labels of the link tasks: the places defined by the runtime, in its order."""

ATTRIBUTION = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
BIO = ("O", "B", "I")
SENTIMENTS = ("negative", "neutral", "positive")
OPINIONS = ("factual", "mixed", "opinion")

Parts = dict[str, list[Unit]]


def tagged(u: Unit, labelled: Iterable[tuple[Span, int, int]]) -> list[int]:
    """One label per word piece, from triples (span, label of the first word, label of further words).

    Only the first piece of a word is labelled, the others are `IGNORED`. A span that began before the
    unit has no first word in it.
    """
    tags = [0] * len(u.ids)
    for span, first, inside in labelled:
        opened = False
        for i, (start, end) in enumerate(zip(u.starts, u.ends, strict=True)):
            if start < span.end and span.start < end:
                tags[i] = inside if opened or start > span.start else first
                opened = True
    return [tag if head else IGNORED for tag, head in zip(tags, u.heads, strict=True)]


def polnear_units(document: GoldDocument) -> Iterator[Unit]:
    """The sentences of a document with attribution tags; a content that continues opens with I."""
    title, _, body = document.text.partition("\n")
    spans = [
        (span, first, first + 1)
        for attribution in document.attributions
        for first, role in ((5, "content"), (3, "cue"), (1, "source"))
        for span in getattr(attribution, role)
    ]
    quotes = [quote.inner for quote in find_quotes(document.text)]
    for sentence in split(Article(document.id, body, title)):
        u = unit(document.id, document.text, sentence.start, sentence.end)
        flag(u, quotes)
        inside = [s for s in spans if s[0].overlaps(sentence.span)]
        u.tags["attribution"] = tagged(u, inside)
        _link(u, document, sentence.span)
        yield u


def _link(u: Unit, document: GoldDocument, sentence: Span) -> None:
    """Tag the words of a cue with the place of its source, and those of a content with the place of its cue.

    Places are counted from the word among the sources (or cues) of the sentence; the other end may also
    be in an earlier or later sentence.
    """
    cues = [s for s in document.spans("cue") if s.overlaps(sentence)]
    sources = [s for s in document.spans("source") if s.overlaps(sentence)]
    to_source, to_cue = [], []
    for attribution in document.attributions:
        cue = covering(attribution.cue) if attribution.cue else None
        source = covering(attribution.source) if attribution.source else None
        to_source += [(part, _place(part, source, sources)) for part in attribution.cue]
        to_cue += [(part, _place(part, cue, cues)) for part in attribution.content]
    u.tags["source_link"] = _labelled(u, to_source)
    u.tags["cue_link"] = _labelled(u, to_cue)


def _place(span: Span, other: Span | None, among: Sequence[Span]) -> int:
    if other is None:
        return LINKS.index("none")
    if other not in among:
        return LINKS.index("earlier" if other.start < span.start else "later")
    before = [s for s in among if s.start < span.start]
    step = among.index(other) - len(before)
    return PLACES.index(step) if step in PLACES else IGNORED


def _labelled(u: Unit, places: Iterable[tuple[Span, int]]) -> list[int]:
    labels = [IGNORED] * len(u.ids)
    for span, place in places:
        for i, (start, head) in enumerate(zip(u.starts, u.heads, strict=True)):
            if head and span.start <= start < span.end:
                labels[i] = place
    return labels


def flag(u: Unit, spans: Iterable[Span]) -> None:
    """Flag the pieces that start inside one of `spans`."""
    near = [s for s in spans if u.starts and s.start < u.ends[-1] and u.starts[0] < s.end]
    u.flags = [int(any(s.start <= at < s.end for s in near)) for at in u.starts]


def quoted(u: Unit, text: str) -> Unit:
    """The unit of an entire text, with the pieces inside its quotations flagged."""
    flag(u, [quote.inner for quote in find_quotes(text)])
    return u


def polnear(raw: Path, splits: Path) -> Parts:
    """Attribution and link tags of PolNeAR."""
    parts: Parts = defaultdict(list)
    assigned = read_split(splits / "polnear.tsv")
    for folder in ("train", "dev"):
        for document in read_polnear(raw / "polnear/data" / folder):
            parts[part_of(assigned, document.id)] += polnear_units(document)
    return parts


def szeged(raw: Path, splits: Path) -> Parts:
    """Hedge tags of the Szeged corpus."""
    parts: Parts = defaultdict(list)
    assigned = read_split(splits / "szeged.tsv")
    for sentence in read_szeged(raw / "szeged"):
        u = quoted(unit(sentence.document, sentence.text), sentence.text)
        u.tags["hedge"] = tagged(u, [(cue, 1, 2) for cue in sentence.cues])
        parts[part_of(assigned, sentence.document)].append(u)
    return parts


def babe(raw: Path, splits: Path) -> Parts:
    """Bias of each sentence of BABE, tags of its biased words, and its degree of opinion."""
    parts: Parts = defaultdict(list)
    assigned = read_split(splits / "babe.tsv")
    for sentence in read_babe(raw / "babe"):
        u = quoted(unit(sentence.document, sentence.text), sentence.text)
        u.tags["loaded"] = tagged(u, [(span, 1, 2) for span in sentence.words])
        u.value["bias"] = float(sentence.biased)
        if sentence.opinion:
            u.value["opinion"] = OPINIONS.index(sentence.opinion)
        parts[part_of(assigned, sentence.document)].append(u)
    return parts


def certainty(raw: Path, splits: Path) -> Parts:
    """Certainty of each finding, rescaled from 1-6 to 0-1."""
    parts: Parts = defaultdict(list)
    assigned = read_split(splits / "certainty.tsv")
    for finding in read_certainty(raw / "certainty"):
        u = quoted(unit(finding.document, finding.text), finding.text)
        u.value["certainty"] = (finding.certainty - 1) / 5
        parts[part_of(assigned, finding.document)].append(u)
    return parts


def claims(raw: Path, splits: Path) -> Parts:
    """Causal strength of each conclusion, 0-3."""
    parts: Parts = defaultdict(list)
    assigned = read_split(splits / "claims.tsv")
    for claim in read_claims(raw / "claims"):
        u = quoted(unit(claim.document, claim.text), claim.text)
        u.value["strength"] = claim.strength
        parts[part_of(assigned, claim.document)].append(u)
    return parts


def wnc(raw: Path, splits: Path) -> dict[str, list[tuple[Unit, Unit]]]:
    """Pairs of a biased sentence and its neutral version."""
    parts: dict[str, list[tuple[Unit, Unit]]] = defaultdict(list)
    assigned = read_split(splits / "wnc.tsv")
    for pair in read_wnc(raw / "wnc"):
        both = tuple(unit(pair.document, text) for text in (pair.biased, pair.neutral))
        parts[part_of(assigned, pair.document)].append((both[0], both[1]))
    return parts


def newsmtsc(raw: Path, splits: Path) -> Parts:
    """Sentiment toward a target: one unit per target, with its pieces flagged."""
    parts: Parts = defaultdict(list)
    assigned = read_split(splits / "newsmtsc.tsv")
    for sentence in read_newsmtsc(raw / "newsmtsc"):
        for target in sentence.targets:
            u = around(unit(sentence.document, sentence.text), target.span)
            u.value["sentiment"] = SENTIMENTS.index(target.label)
            parts[part_of(assigned, sentence.document)].append(u)
    return parts


def around(u: Unit, target: Span) -> Unit:
    """The unit with the pieces of `target` flagged."""
    u.flags = [
        int(start < target.end and target.start < end)
        for start, end in zip(u.starts, u.ends, strict=True)
    ]
    return u
