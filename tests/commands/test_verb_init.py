"""A study in a folder of its own: begun, added to, and taken away again."""

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from reframing.commands.main import run
from reframing.documents.params import read_params
from reframing.stages.pipeline import alone

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "data/development/articles.jsonl"


def yaml(path: Path):
    return YAML(typ="safe").load(path.read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["study", "init", "ferries"]) == 0
    return folder / "ferries"


@pytest.fixture
def study(begun, tmp_path, monkeypatch) -> Path:
    shutil.copytree(begun, tmp_path / "ferries")
    shutil.copy(ARTICLES, tmp_path / "mine.jsonl")
    monkeypatch.chdir(tmp_path / "ferries")
    return tmp_path / "ferries"


def test_a_study_has_the_choices_of_the_repository_and_no_corpus(study):
    params, ours = read_params(study / "params.yaml"), read_params(ROOT / "params.yaml")
    assert (params.corpora, params.gold) == ({}, {})
    assert (params.compare, params.statistics, params.seed) == (
        ours.compare,
        ours.statistics,
        ours.seed,
    )


def test_its_pipeline_names_nothing_of_the_repository(study):
    stages = yaml(study / "dvc.yaml")["stages"]
    assert stages["code"]["always_changed"] is True
    for stage in stages.values():
        run_of = stage.get("do", stage)
        assert run_of["cmd"].startswith("python -m reframing.stages.")
        assert not any(dep.startswith(("src", "models", "validation")) for dep in run_of["deps"])
    assert str(ROOT) not in (study / "dvc.yaml").read_text(encoding="utf8")


def test_its_notebooks_are_those_about_a_corpus(study):
    folders = {path.parent.name for path in (study / "notebooks").rglob("*.ipynb")}
    assert folders == {"notebooks", "versions"}
    assert (study / "notebooks/02-what-survives-a-repost.ipynb").is_file()


def test_a_corpus_that_is_added_and_removed_leaves_nothing(study, capsys):
    before = (study / "params.yaml").read_bytes()
    for _ in range(2):
        assert run(["study", "add", "mine", "../mine.jsonl"]) == 0
        assert run(["study", "add", "other", "../mine.jsonl"]) == 0
        assert set(read_params().corpora) == {"mine", "other"}
        (study / "results/tables/mine").mkdir(parents=True)
        (study / "dvc.lock").write_text(
            "schema: '2.0'\nstages:\n  pair@mine:\n    cmd: x\n  code:\n    cmd: y\n"
        )
        assert run(["study", "remove", "mine"]) == 0
        assert set(read_params().corpora) == {"other"}
        assert set(yaml(study / "dvc.lock")["stages"]) == {"code"}
        assert not (study / "results/tables/mine").exists()
        assert run(["study", "remove", "other"]) == 0
    assert (study / "params.yaml").read_bytes() == before
    assert list((study / "data/manifests").iterdir()) == []


def test_a_removal_that_was_ended_is_finished_by_the_next(study, monkeypatch):
    before = (study / "params.yaml").read_bytes()
    assert run(["study", "add", "mine", "../mine.jsonl"]) == 0

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("reframing.commands.verb_init._still_a_mapping", ended)
        assert run(["study", "remove", "mine"]) == 130
    assert run(["study", "remove", "mine"]) == 0
    assert (study / "params.yaml").read_bytes() == before
    assert list((study / "data/manifests").iterdir()) == []


def test_what_a_killed_init_left_goes_with_the_next_and_what_another_makes_stays(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    left, made = (Path(f".ferries.{digit * 32}.part") for digit in "ab")
    for place in (left, made):
        place.mkdir()
        (place / "params.yaml").write_text("seed: 1\n")
    with alone(made):
        assert run(["study", "init", "ferries"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {made.name, "ferries"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["init", "data"], "is there already"),
        (["init", "other"], "would lie inside the study ferries"),
        (["remove", "nope"], "no corpus 'nope'"),
    ],
)
def test_what_cannot_be_done_is_one_line(study, capsys, arguments, problem):
    assert run(["study", *arguments]) == 2
    said = capsys.readouterr().err
    assert problem in said
    assert said.count("\n") == 1
    assert sorted(path.name for path in study.iterdir() if ".part" in path.name) == []


def test_a_corpus_of_the_repository_is_not_removed(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert run(["study", "remove", "sample"]) == 2
    assert "was not added" in capsys.readouterr().err
