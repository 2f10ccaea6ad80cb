"""The reader of PolNeAR."""

from pathlib import Path

import pytest

from reframing.documents.errors import InputError
from reframing.documents.records import Span
from validation.exams.polnear import read_polnear

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
