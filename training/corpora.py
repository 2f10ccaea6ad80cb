"""The gold corpora used in training, with their parts, and the scores of attributions on PolNeAR."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reframing.documents.records import Span
from training import gold
from training.units import Unit
from validation.exams.polnear import GoldDocument, read_polnear
from validation.scores import exact_prf, overlap_prf, token_prf
from validation.splits import part_of, read_split

RAW, SPLITS = Path("data/raw"), Path("data/splits")

TOKEN_TASKS = {
    "polnear": ("attribution", "source_link", "cue_link"),
    "szeged": ("hedge",),
    "babe": ("loaded",),
}
SENTENCE_TASKS = {
    "babe": ("bias", "opinion"),
    "certainty": ("certainty",),
    "claims": ("strength",),
    "newsmtsc": ("sentiment",),
}
READERS = {
    "polnear": gold.polnear,
    "szeged": gold.szeged,
    "babe": gold.babe,
    "certainty": gold.certainty,
    "claims": gold.claims,
    "newsmtsc": gold.newsmtsc,
}


@dataclass(frozen=True, slots=True)
class Corpora:
    """Units by corpus and part, and the sentence pairs of WNC by part."""

    units: Mapping[str, gold.Parts]
    pairs: Mapping[str, Sequence[tuple[Unit, Unit]]]

    def part(self, name: str) -> dict[str, list[Unit]]:
        """The units of one part, by corpus."""
        return {corpus: parts[name] for corpus, parts in self.units.items()}

    def only(self, names: Sequence[str]) -> "Corpora":
        """The named corpora, together with the pairs."""
        return Corpora({k: parts for k, parts in self.units.items() if k in names}, self.pairs)


def read_corpora(names: Sequence[str], pairs: bool = True) -> Corpora:
    """The named corpora, and with `pairs` the sentence pairs of WNC."""
    units = {name: READERS[name](RAW, SPLITS) for name in names}
    return Corpora(units, gold.wnc(RAW, SPLITS) if pairs else {})


def development_documents() -> list[GoldDocument]:
    """The documents of PolNeAR on which choices are made, each by its first annotator."""
    split = read_split(SPLITS / "polnear.tsv")
    documents = read_polnear(RAW / "polnear/data/train", first_annotator_only=True)
    return [document for document in documents if part_of(split, document.id) == "dev"]


Spans = Sequence[Sequence[Span]]
"""The spans of each document, in the order of the gold."""


def attribution_scores(
    documents: Sequence[GoldDocument], cues: Spans, sources: Spans, contents: Spans, words: Spans
) -> dict[str, float]:
    """Overlap F1 of cues and sources, token and exact F1 of contents; `words` are those of the texts."""
    expected = [[span for a in d.attributions for span in a.content] for d in documents]
    return {
        "cue overlap F1": overlap_prf([d.spans("cue") for d in documents], cues).f1,
        "source overlap F1": overlap_prf([d.spans("source") for d in documents], sources).f1,
        "content token F1": token_prf(expected, contents, words).f1,
        "content exact F1": exact_prf(expected, contents).f1,
    }
