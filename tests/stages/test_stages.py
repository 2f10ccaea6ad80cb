"""The stages from raw articles to compared pairs, run on a small corpus in a folder of their own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.records import Aligned, Annotation, Article, Pair, Studied
from reframing.documents.tables import read_records
from reframing.reading.prepare import Dropped
from reframing.stages import align_pairs as align
from reframing.stages import annotate_articles as annotate
from reframing.stages import compare_pairs as compare
from reframing.stages import pair_articles as pair
from reframing.stages import prepare_articles as prepare
from reframing.stages.running import run
from retold import ELSEWHERE, FERRY

ROOT = Path(__file__).parents[2]
CORPUS = "coast"
ARTICLES = (*FERRY, ELSEWHERE)
STAGES: dict[str, Callable[[str], None]] = {
    "prepare": prepare.main,
    "annotate": annotate.main,
    "pair": pair.main,
    "align": align.main,
    "compare": compare.main,
}
MISSING = {
    "prepare": "data/raw/coast",
    "annotate": "data/interim/coast/articles.parquet",
    "pair": "data/interim/coast/articles.parquet",
    "align": "data/features/coast/pairs.parquet",
    "compare": "data/features/coast/annotations.parquet",
}

each_stage = pytest.mark.parametrize("name", STAGES)


def outputs(name: str) -> set[str]:
    """What dvc.yaml says that a stage writes."""
    definition = YAML(typ="safe").load((ROOT / "dvc.yaml").read_text(encoding="utf8"))
    return {out.replace("${key}", CORPUS) for out in definition["stages"][name]["do"]["outs"]}


def written() -> set[str]:
    data = (path for path in Path("data").rglob("*") if path.is_file())
    return {path.as_posix() for path in data if "raw" not in path.parts}


def contents() -> dict[str, bytes]:
    return {path: Path(path).read_bytes() for path in sorted(written())}


def write_params(folder: Path, **changed: dict[str, object]) -> None:
    yaml = YAML()
    params = yaml.load((ROOT / "params.yaml").read_text(encoding="utf8"))
    params["corpora"] = {CORPUS: {"reader": "articles", "constructed": True, "directed": True}}
    for section, values in changed.items():
        params[section].update(values)
    with (folder / "params.yaml").open("w", encoding="utf8") as stream:
        yaml.dump(params, stream)


def write_corpus(folder: Path, articles: tuple[Article, ...]) -> None:
    raw = folder / "data/raw" / CORPUS
    raw.mkdir(parents=True, exist_ok=True)
    fields = ("id", "title", "body", "published", "outlet")
    lines = (json.dumps({name: getattr(article, name) for name in fields}) for article in articles)
    (raw / "articles.jsonl").write_text("\n".join(lines), encoding="utf8")


def run_all() -> None:
    for stage in STAGES.values():
        stage(CORPUS)


def records(path: Path, kind: type) -> list:
    return list(read_records(path, kind))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus of six articles and the repository's parameters."""
    write_params(tmp_path)
    write_corpus(tmp_path, ARTICLES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFRAMING_JOBS", "1")
    return tmp_path


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a folder in which every stage has run."""
    folder = tmp_path_factory.mktemp("finished")
    write_params(folder)
    write_corpus(folder, ARTICLES)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("REFRAMING_JOBS", "1")
        run_all()
    return folder


@pytest.fixture
def results(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is the current folder."""
    folder = shutil.copytree(finished, tmp_path / "results")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("REFRAMING_JOBS", "1")
    return folder


def run_as_script(
    stage: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> int:
    """The exit code of a stage that is run with arguments from the command line."""
    monkeypatch.setattr(sys, "argv", ["stage.py", *arguments])
    with pytest.raises(SystemExit) as left:
        run(stage)
    return int(left.value.code or 0)


@pytest.mark.usefixtures("project")
def test_each_stage_writes_what_the_pipeline_says_and_nothing_else() -> None:
    before: set[str] = set()
    for name, stage in STAGES.items():
        stage(CORPUS)
        assert written() - before == outputs(name), name
        before = written()


@pytest.mark.usefixtures("results")
def test_same_inputs_give_the_same_bytes() -> None:
    first = contents()
    run_all()
    assert contents() == first


def test_several_processes_give_the_same_bytes_as_one(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two worker processes, and another one, each with a seed of its own for the hashes of strings."""
    first = contents()
    monkeypatch.setenv("REFRAMING_JOBS", "2")
    compare.main(CORPUS)
    command = [sys.executable, "-m", "reframing.stages.pair_articles", CORPUS]
    environment = {**os.environ, "REFRAMING_JOBS": "1", "PYTHONHASHSEED": "7"}
    subprocess.run(command, cwd=results, env=environment, check=True)
    assert contents() == first


@pytest.mark.usefixtures("results")
def test_records_of_the_stages_belong_together() -> None:
    articles = records(files.articles(CORPUS), Article)
    annotations = records(files.annotations(CORPUS), Annotation)
    pairs = records(files.pairs(CORPUS), Pair)
    aligned = records(files.alignments(CORPUS), Aligned)
    compared = records(files.comparisons(CORPUS), Studied)
    assert [article.id for article in articles] == [article.id for article in ARTICLES]
    assert [annotation.id for annotation in annotations] == [article.id for article in articles]
    assert {pair.relation for pair in pairs} >= {"trimmed", "edited", "rewritten", "same-event"}
    assert [studied.pair for studied in compared] == [item.pair for item in aligned]
    assert [studied.comparison.alignment for studied in compared] == [a.links for a in aligned]
    assert {item.pair.condition for item in aligned} == {"repost", "copy", "independent"}


@pytest.mark.usefixtures("results")
def test_copies_have_no_moves() -> None:
    copies = [
        studied
        for studied in records(files.comparisons(CORPUS), Studied)
        if studied.pair.condition == "copy"
    ]
    assert copies
    assert all(studied.comparison.moves == () for studied in copies)


def test_cap_of_independent_reports_is_taken_from_the_parameters(project: Path) -> None:
    write_params(project, study={"independents_per_original": 0})
    run_all()
    conditions = {item.pair.condition for item in records(files.alignments(CORPUS), Aligned)}
    assert conditions == {"repost", "copy"}


@each_stage
def test_missing_input_is_one_line_and_exit_code_2(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_params(tmp_path)
    monkeypatch.chdir(tmp_path)
    if name in ("align", "compare"):
        write_corpus(tmp_path, ARTICLES)
        prepare.main(CORPUS)
    before = written()
    assert run_as_script(STAGES[name], monkeypatch, CORPUS) == 2
    complaint = capsys.readouterr().err
    assert complaint.startswith(f"reframing: {MISSING[name]}")
    assert complaint.count("\n") == 1
    assert written() == before


@pytest.mark.usefixtures("results")
@each_stage
def test_missing_parameters_are_one_line_and_exit_code_2(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("params.yaml").unlink()
    before = contents()
    assert run_as_script(STAGES[name], monkeypatch, CORPUS) == 2
    assert capsys.readouterr().err.startswith("reframing: params.yaml: there is no such file")
    assert contents() == before


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", [(), ("coast", "sea")])
def test_other_than_one_corpus_is_a_usage_error(
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_as_script(prepare.main, monkeypatch, *arguments) == 2
    assert capsys.readouterr().err.startswith("usage: python -m ")


@pytest.mark.usefixtures("project")
def test_corpus_that_is_not_in_the_parameters_is_named() -> None:
    with pytest.raises(InputError, match=r"params.yaml: field 'corpora\.sea': is no corpus"):
        prepare.main("sea")


@pytest.mark.usefixtures("project")
def test_number_of_jobs_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare.main(CORPUS)
    monkeypatch.setenv("REFRAMING_JOBS", "many")
    with pytest.raises(
        InputError,
        match="field 'REFRAMING_JOBS': must be a whole number from 0 to 9999, not 'many'",
    ):
        annotate.main(CORPUS)


def test_corpus_of_which_nothing_is_left_says_what_was_dropped(project: Path) -> None:
    short = tuple(replace(article, body="Ferry back.") for article in ARTICLES)
    write_corpus(project, short)
    with pytest.raises(InputError, match="no article of corpus 'coast' is left") as caught:
        prepare.main(CORPUS)
    assert "6 × fewer than 40 words" in str(caught.value)
    assert written() == set()


def test_what_is_dropped_is_recorded(project: Path) -> None:
    write_corpus(project, (*ARTICLES, Article("stub", "Ferry back.", title="Ferry")))
    (project / "data/raw" / CORPUS / "notes.md").write_text("not an article", encoding="utf8")
    prepare.main(CORPUS)
    dropped = records(files.dropped(CORPUS), Dropped)
    assert {(drop.id, drop.reason) for drop in dropped} == {
        ("notes.md", "not an article file"),
        ("stub", "fewer than 40 words"),
    }


def test_profile_of_annotation_that_is_not_known_is_named(project: Path) -> None:
    prepare.main(CORPUS)
    write_params(project, annotate={"profile": "oracle"})
    with pytest.raises(InputError, match="must be 'full' or 'lexicon', not 'oracle'") as caught:
        annotate.main(CORPUS)
    assert caught.value.field == "annotate.profile"
    assert not files.annotations(CORPUS).exists()


def test_profile_of_lexicons_needs_no_network(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFRAMING_MODELS", str(project / "nowhere"))
    prepare.main(CORPUS)
    write_params(project, annotate={"profile": "lexicon"})
    annotate.main(CORPUS)
    assert records(files.annotations(CORPUS), Annotation)


@pytest.mark.usefixtures("project")
def test_corpus_without_pairs_gives_empty_tables() -> None:
    write_corpus(Path(), (ELSEWHERE,))
    run_all()
    assert records(files.pairs(CORPUS), Pair) == []
    assert records(files.comparisons(CORPUS), Studied) == []
