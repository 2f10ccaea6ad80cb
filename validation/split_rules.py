"""Rules that split each gold corpus: by its own split where it has one, else by document with a seed.

Where texts reprint one another, near duplicates (by containment of word shingles) are excluded or kept in
one part.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.tokens import words
from validation.exams.babe import read_babe
from validation.exams.claim_strength import read_claims
from validation.exams.faithfulness import read_qags, read_summedits
from validation.exams.insciout import read_insciout
from validation.exams.newsmtsc import read_newsmtsc
from validation.exams.pei_jurgens import read_certainty
from validation.exams.polnear import read_polnear
from validation.exams.szeged import read_szeged
from validation.exams.wnc import read_wnc
from validation.splits import Assignment, HasDocument, cut, digest

# Near duplicates by containment of word shingles (Broder 1997).

SHINGLE_WORDS = 8

Shingle = tuple[str, ...]


class Overlap(NamedTuple):
    """Two texts by id, and the share in (0, 1] of the smaller one's distinct shingles that both have.

    1 means that one text is contained in the other. A text of fewer than `SHINGLE_WORDS` words overlaps
    with nothing.
    """

    a: str
    b: str
    share: float


def shingles(text: str) -> frozenset[Shingle]:
    """The distinct runs of `SHINGLE_WORDS` lower-cased words of a text; punctuation is ignored."""
    forms = list(words(text))
    return frozenset(zip(*(forms[i:] for i in range(SHINGLE_WORDS)), strict=False))


def overlaps(texts: Mapping[str, str], others: Mapping[str, str]) -> Iterator[Overlap]:
    """Every pair of one of `texts` and one of `others` that share a shingle, in the order of `texts`."""
    held = {id: shingles(text) for id, text in others.items()}
    holders: dict[Shingle, list[str]] = defaultdict(list)
    for id, runs in held.items():
        for run in runs:
            holders[run].append(id)
    for id, text in texts.items():
        runs = shingles(text)
        shared = Counter(other for run in runs for other in holders.get(run, ()))
        for other in sorted(shared):
            yield Overlap(id, other, shared[other] / min(len(runs), len(held[other])))


def clusters(texts: Mapping[str, str], threshold: float) -> dict[str, str]:
    """The cluster of each text, named by the smallest id in it.

    Texts that overlap by at least `threshold` are in one cluster, directly or through others.
    """
    parent = {id: id for id in texts}

    def root(id: str) -> str:
        while parent[id] != id:
            id = parent[id]
        return id

    for a, b, share in overlaps(texts, texts):
        if share >= threshold:
            first, second = sorted((root(a), root(b)))
            parent[second] = first
    return {id: root(id) for id in texts}


# The rule for each gold corpus.


class Choices(NamedTuple):
    """Parameters of a split: shares of documents, the overlap of near duplicates, and the seed.

    A share is 0 if the corpus's own split provides that part, or if there is no such part.
    """

    dev: float
    test: float
    near_duplicate: float
    seed: int


Rule = Callable[[Path, Choices], dict[str, Assignment]]


def split_corpus(corpus: str, folder: Path, choices: Choices) -> dict[str, Assignment]:
    """The split of a corpus, by digest of the document; raises `InputError` if the corpus has no rule."""
    if corpus not in RULES:
        known = ", ".join(sorted(RULES))
        raise InputError(f"'{corpus}' is no gold corpus; expected {known}", field="gold")
    return RULES[corpus](folder, choices)


def _by_document(read: Callable[[Path], Iterable[HasDocument]]) -> Rule:
    def rule(folder: Path, choices: Choices) -> dict[str, Assignment]:
        documents = (record.document for record in read(folder))
        return cut(documents, choices.dev, choices.test, choices.seed)

    return rule


def _polnear(folder: Path, choices: Choices) -> dict[str, Assignment]:
    """`test` is the corpus's own dev split; `dev` is taken from its train split.

    A train text that is a near duplicate of a dev text reprints the same wire report and is excluded.
    Train texts that are near duplicates of each other stay in one part.
    """
    reported = {d.id: d.text for d in read_polnear(folder / "data/dev", True)}
    rest = {d.id: d.text for d in read_polnear(folder / "data/train", True)}
    closest: dict[str, tuple[float, str]] = {}
    for id, other, share in overlaps(rest, reported):
        closest[id] = max(closest.get(id, (0.0, "")), (share, digest(other)))
    copies = {id: found for id, found in closest.items() if found[0] >= choices.near_duplicate}
    kept = {id: text for id, text in rest.items() if id not in copies}
    groups = clusters(kept, choices.near_duplicate)
    return (
        {digest(id): Assignment("test") for id in reported}
        | {
            digest(id): Assignment("excluded", None, f"shares {share:.2f} with {other}")
            for id, (share, other) in copies.items()
        }
        | cut(kept, choices.dev, 0, choices.seed, groups)
    )


def _newsmtsc(folder: Path, choices: Choices) -> dict[str, Assignment]:
    """`test` is devtest_rw; train sentences from articles that also occur there are excluded."""
    sentences = list(read_newsmtsc(folder))
    reported = {s.article: s.document for s in sentences if s.part == "test"}
    rest = {s.document: s.article for s in sentences if s.part == "train"}
    shared = {document: article for document, article in rest.items() if article in reported}
    return (
        {digest(document): Assignment("test") for document in reported.values()}
        | {
            digest(document): Assignment(
                "excluded", None, f"same article as {digest(reported[article])}"
            )
            for document, article in shared.items()
        }
        | cut(rest.keys() - shared.keys(), choices.dev, 0, choices.seed)
    )


def _szeged(folder: Path, choices: Choices) -> dict[str, Assignment]:
    """By document; test documents at even positions (0, 2, …) of the corpus are excluded.

    The hedge lexicon and its rules were developed on the documents at even positions.
    """
    documents = list(dict.fromkeys(sentence.document for sentence in read_szeged(folder)))
    read_before = {digest(document) for document in documents[::2]}
    return {
        document: Assignment("excluded", at.fold, "read while the lexicon was made")
        if at.part == "test" and document in read_before
        else at
        for document, at in cut(documents, choices.dev, choices.test, choices.seed).items()
    }


def _certainty(folder: Path, choices: Choices) -> dict[str, Assignment]:
    """The corpus's own parts; its `val` is called `dev`."""
    return {digest(r.document): Assignment(r.part) for r in read_certainty(folder)}


def _claims(folder: Path, choices: Choices) -> dict[str, Assignment]:
    """By press release and by abstract sentence; each source is split separately."""
    documents: dict[str, set[str]] = {"pubmed": set(), "eureka": set()}
    for claim in read_claims(folder):
        documents[claim.source].add(claim.document)
    return {
        document: at
        for source in sorted(documents)
        for document, at in cut(documents[source], choices.dev, choices.test, choices.seed).items()
    }


RULES: dict[str, Rule] = {
    "polnear": _polnear,
    "szeged": _szeged,
    "newsmtsc": _newsmtsc,
    "babe": _by_document(read_babe),
    "certainty": _certainty,
    "wnc": _by_document(read_wnc),
    "claims": _claims,
    "insciout": _by_document(read_insciout),
    "summedits": _by_document(read_summedits),
    "qags": _by_document(read_qags),
}
