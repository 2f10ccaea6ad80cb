"""Tables and figures as the pipeline makes them: from a Parquet file to manifests, in a repository."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from reframing.documents.errors import InputError
from reframing.documents.records import Studied
from reframing.documents.tables import write_records
from reframing.figures.gallery import FIGURES
from reframing.figures.provenance import cited_authors
from reframing.stages.draw_figures import figures
from reframing.stages.join_manifests import manifest
from reframing.stages.study_statistics import statistics
from studied import corpus, save_records

PARAMS = Path(__file__).parents[2] / "params.yaml"
MANIFEST = Path("results/manifests/sample.json")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A folder that holds compared pairs of the sample and what the stages make of them, figures included."""
    folder = tmp_path_factory.mktemp("drawn")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        params = PARAMS.read_text(encoding="utf8").replace("dpi: 300", "dpi: 50")
        Path("params.yaml").write_text(params, encoding="utf8")
        Path("data/manifests").mkdir(parents=True)
        Path("data/manifests/sample.yaml").write_text("title: Invented pairs\n")
        Path("CITATION.cff").write_text("authors:\n  - name: The contributors\n")
        save_records(corpus(events=2))
        statistics("sample")
        figures("sample")
    return folder


@pytest.fixture
def repository(drawn, tmp_path, monkeypatch):
    """A copy of `drawn`, which is the current folder."""
    folder = shutil.copytree(drawn, tmp_path / "repository")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return folder


def git(*command):
    identity = ("-c", "user.name=Test", "-c", "user.email=test@localhost")
    subprocess.run(["git", *identity, *command], check=True, capture_output=True)


def entries(path=MANIFEST):
    return json.loads(path.read_text(encoding="utf8"))["figures"]


def test_the_manifest_describes_every_file_of_every_figure(repository):
    described = entries()
    absent = (
        2  # example, because its texts are no sentences; drift, because its pairs have a direction
    )
    assert len(described) == len(FIGURES) - absent
    for figure in described:
        for name, digest in (figure["files"] | figure["inputs"]).items():
            assert hashlib.sha256(Path(name).read_bytes()).hexdigest() == digest
    published = {name for figure in described for name in figure["files"]}
    folder = Path("results/figures/sample")
    assert published == {path.as_posix() for path in folder.iterdir()} - {MANIFEST.as_posix()}


def test_a_study_without_a_repost_is_one_error(repository):
    path = Path("data/features/sample/comparisons.parquet")
    alone = [one for one in corpus(events=2) if one.pair.condition == "independent"]
    write_records(path, Studied, alone)
    with pytest.raises(InputError, match="no pair of an original and its repost"):
        statistics("sample")


def test_figures_drawn_again_have_the_same_manifest_whatever_the_history(repository):
    first = MANIFEST.read_bytes()
    git("init")
    git("commit", "--allow-empty", "-m", "Begin")
    shutil.rmtree("results/figures")
    figures("sample")
    assert MANIFEST.read_bytes() == first


def test_manifests_of_all_corpora_are_joined(repository):
    manifest()
    assert entries(Path("results/figures/manifest.json")) == entries()


def test_a_corpus_without_title_is_an_error_that_names_its_manifest(repository):
    Path("data/manifests/sample.yaml").write_text("name: sample\n")
    with pytest.raises(InputError, match=r"sample\.yaml: field 'title'"):
        figures("sample")


def test_authors_are_cited_as_bibtex_takes_them(repository):
    person = "  - {family-names: Doe, given-names: Jane}\n"
    Path("CITATION.cff").write_text(f"authors:\n{person}  - name: The contributors\n")
    assert cited_authors() == ["Doe, Jane", "{The contributors}"]
