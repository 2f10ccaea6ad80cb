"""The PolNeAR reader, and the floor of the attribution rules on its development split."""

import os
from pathlib import Path

import pytest

from reframing.constructs.attribution import find_attributions
from reframing.constructs.quotes import find_quotes
from reframing.errors import InputError
from reframing.readers.polnear import GoldDocument, read_polnear
from reframing.records import Article, Attribution, Span
from reframing.segment.sentences import split
from reframing.segment.tokens import tokenize
from reframing.validation.spans import overlap_prf, token_prf

TEXT = "Pier to close\nThe warden said the pier would close."
ANNOTATION = (
    "T1\tSource 14 24\tThe warden\nT2\tCue 25 29\tsaid\nT3\tContent 30 50\tthe pier would close\n"
    "T4\tAttribution 25 29\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "coast_pier.txt").write_text(TEXT, encoding="utf8")
    for annotator in ("a1", "b2"):
        file = tmp_path / "attributions" / f"coast_pier_{annotator}.ann"
        file.write_text(ANNOTATION, encoding="utf8")
    return tmp_path


def test_document_has_the_spans_of_its_attributions(folder: Path) -> None:
    document = next(read_polnear(folder))
    assert (document.id, document.annotator) == ("coast_pier", "a1")
    assert document.spans("cue") == [Span(25, 29)]
    assert document.attributions[0].content == (Span(30, 50),)


def test_each_annotator_gives_a_document_unless_only_the_first_is_asked_for(folder: Path) -> None:
    assert [document.annotator for document in read_polnear(folder)] == ["a1", "b2"]
    assert len(list(read_polnear(folder, first_annotator_only=True))) == 1


def test_source_shared_by_two_attributions_counts_once(folder: Path) -> None:
    file = folder / "attributions" / "coast_pier_a1.ann"
    file.write_text(ANNOTATION + "E2\tAttribution:T4 Cue:T2 Source:T1\n", encoding="utf8")
    document = next(read_polnear(folder))
    assert len(document.attributions) == 2
    assert document.spans("source") == [Span(14, 24)]


def test_missing_text_is_named(folder: Path) -> None:
    (folder / "text" / "coast_pier.txt").unlink()
    with pytest.raises(InputError, match=r"coast_pier\.txt: is missing"):
        next(read_polnear(folder))


def test_folder_without_annotation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no attributions"):
        next(read_polnear(tmp_path))


def _development_split() -> Path | None:
    mirror = os.environ.get("REFRAMING_MIRROR")
    root = Path(mirror) if mirror else Path(__file__).resolve().parents[1] / "../shared/mirror"
    splits = sorted(root.glob("github.com/networkdynamics/PolNeAR/*/data/dev"))
    return splits[0] if splits else None


Annotated = list[tuple[GoldDocument, tuple[Attribution, ...]]]


@pytest.fixture(scope="module")
def annotated() -> Annotated:
    split_folder = _development_split()
    if split_folder is None:
        pytest.skip("no mirror of PolNeAR")
    documents = read_polnear(split_folder, first_annotator_only=True)
    return [(document, _attributions(document)) for document in documents]


def _attributions(document: GoldDocument) -> tuple[Attribution, ...]:
    title, _, body = document.text.partition("\n")
    sentences = split(Article(document.id, body, title))
    text = document.text
    return find_attributions(text, tokenize(text), sentences, find_quotes(text))


@pytest.mark.mirror
@pytest.mark.parametrize(("part", "floor"), [("cue", 0.71), ("source", 0.72)])
def test_overlap_f1_on_the_development_split_keeps_its_floor(
    annotated: Annotated, part: str, floor: float
) -> None:
    gold = [document.spans(part) for document, _ in annotated]
    predicted = [
        sorted({getattr(found, part) for found in attributions} - {None})
        for _, attributions in annotated
    ]
    assert overlap_prf(gold, predicted).f1 >= floor


@pytest.mark.mirror
def test_content_token_f1_on_the_development_split_keeps_its_floor(annotated: Annotated) -> None:
    gold = [[s for a in document.attributions for s in a.content] for document, _ in annotated]
    predicted = [[s for a in attributions for s in a.content] for _, attributions in annotated]
    texts = [tokenize(document.text) for document, _ in annotated]
    tokens = [[Span(*span) for span in zip(t.starts, t.ends, strict=True)] for t in texts]
    assert token_prf(gold, predicted, tokens).f1 >= 0.80
