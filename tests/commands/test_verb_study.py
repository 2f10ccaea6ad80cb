"""`reframing study add`: a user's own articles become a corpus in one step."""

import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reframing.commands.main import run
from reframing.commands.verb_study import _check_unchanged, with_corpus
from reframing.documents.errors import InputError
from reframing.documents.params import CorpusParams, read_params
from reframing.reading.manifest import read_manifest
from reframing.stages import fetch_corpus as stage

ROOT = Path(__file__).parents[2]
ARTICLES = """\
id,title,body
ferry,Ferry line may close,"The ferry line may close in May, director Ana Ruiz said."
repost,Ferry line closes,The ferry line will close in May.
"""
LINE = "  mine: {reader: articles, constructed: false, directed: false}\n"
CORPUS = CorpusParams("articles", constructed=False, directed=False)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with the real params.yaml, no corpus fetched, and a file of two articles."""
    root = tmp_path / "repository"
    (root / "data/manifests").mkdir(parents=True)
    shutil.copy(ROOT / "params.yaml", root)
    (root / "articles.csv").write_text(ARTICLES, encoding="utf8")
    monkeypatch.chdir(root)
    monkeypatch.delenv("REFRAMING_MIRROR", raising=False)
    return root


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def add(*arguments: str) -> int:
    return run(["study", "add", *arguments])


def test_it_writes_the_manifest_and_says_what_comes_next(repository, capsys):
    texts = ("--title", "On ferries: 2", "--citation", "Ruiz (2019)", "--licence", "CC BY 4.0")
    assert add("mine", "articles.csv", *texts) == 0
    assert capsys.readouterr().out.endswith(
        "2 articles added. Next: reframing study reproduce mine\n"
    )
    found = read_manifest(Path("data/manifests/mine.yaml"))
    assert (found.title, found.citation, found.licence) == texts[1::2]
    assert [(source.local, source.path) for source in found.sources] == [
        ("articles.csv", "articles.csv")
    ]


def test_what_is_not_said_about_it_is_said_to_be_unsaid(repository):
    assert add("mine", "articles.csv") == 0
    found = read_manifest(Path("data/manifests/mine.yaml"))
    assert (found.title, found.citation) == ("mine", "none given")
    assert found.licence.startswith("none stated")


def test_it_adds_one_line_to_params_and_keeps_every_other_byte(repository):
    before = Path("params.yaml").read_bytes()
    assert add("mine", "articles.csv") == 0
    after = Path("params.yaml").read_bytes()
    assert after.count(LINE.encode()) == 1
    assert after.replace(LINE.encode(), b"") == before
    assert read_params().corpora["mine"] == CORPUS


@pytest.mark.parametrize(
    ("column", "value", "directed"),
    [("published", "2019-05-02", True), ("original", "ferry", True), ("outlet", "The Tern", False)],
)
def test_who_came_first_is_known_by_dates_or_declared_originals(
    repository, capsys, column, value, directed
):
    first, *rows = ARTICLES.splitlines()
    table = "\n".join((f"{first},{column}", f"{rows[0]},", f"{rows[1]},{value}"))
    Path("articles.csv").write_text(table, encoding="utf8")
    assert add("mine", "articles.csv") == 0
    assert read_params().corpora["mine"].directed is directed
    assert ("who came first cannot be known" in capsys.readouterr().out) is not directed


def test_what_a_corpus_can_and_cannot_answer_is_kept_when_its_files_change(repository):
    assert add("mine", "articles.csv") == 0
    manifest = Path("data/manifests/mine.yaml")
    assert read_manifest(manifest).answers == read_manifest(manifest).limits == ()
    said = manifest.read_text("utf8").replace("limits: []", "limits:\n  - It has one outlet.")
    said = said.replace("answers: []", "answers:\n  - What the outlet cuts.")
    manifest.write_text(said, encoding="utf8")
    assert add("mine", "articles.csv", "--replace") == 0
    assert read_manifest(manifest).limits == ("It has one outlet.",)
    assert read_manifest(manifest).answers == ("What the outlet cuts.",)


def test_the_fetch_stage_then_brings_the_files(repository):
    elsewhere = repository.parent / "elsewhere.csv"
    shutil.move("articles.csv", elsewhere)
    assert add("mine", str(elsewhere)) == 0
    stage.fetch("mine")
    assert Path("data/raw/mine/elsewhere.csv").read_text("utf8") == ARTICLES


def test_several_files_make_one_corpus(repository):
    Path("goats.txt").write_text("Goats in hall\nTwo goats walked in.", encoding="utf8")
    assert add("mine", "goats.txt", "articles.csv") == 0
    sources = read_manifest(Path("data/manifests/mine.yaml")).sources
    assert [source.path for source in sources] == ["goats.txt", "articles.csv"]


def test_dvc_then_knows_the_stages_of_the_new_corpus(repository):
    shutil.copy(ROOT / "dvc.yaml", repository)
    assert add("mine", "articles.csv") == 0
    code = (
        "from dvc.repo import Repo; repo = Repo.init(no_scm=True);"
        "print(*(stage.addressing for stage in repo.index.stages))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"fetch@mine", "notebooks@mine", "fetch@sample"} <= set(done.stdout.split())


BAD = {
    "a name that is taken": (["sample", "articles.csv"], "corpus 'sample' is there already"),
    "a name of a table of results": (["judged", "articles.csv"], "'judged' is taken for results"),
    "a name of two words": (["My Corpus", "articles.csv"], "field 'name': must be lower-case"),
    "a name that leads elsewhere": (["../mine", "articles.csv"], "field 'name'"),
    "a name that is a number": (["2019", "articles.csv"], "'2019' is no word in YAML"),
    "a name that is a truth value": (["true", "articles.csv"], "'true' is no word in YAML"),
    "no file": (["mine"], "see reframing study add --help"),
    "a missing file": (["mine", "gone.csv"], "gone.csv: there is no such file"),
    "a folder": (["mine", "data"], "is a folder"),
    "standard input": (["mine", "-"], "a corpus is made of files that stay"),
    "one article": (["mine", "one.txt"], "no pair: 1 article given"),
    "an original that is none": (
        ["mine", "goats.csv"],
        "record b: field 'original': no article has",
    ),
    "an original of itself": (["mine", "self.csv"], "field 'original': leads back to the article"),
    "articles twice": (["mine", "articles.csv", "articles.csv"], "occurs twice"),
    "a broken article": (["mine", "broken.csv"], "broken.csv: record x: field 'text'"),
    "an unknown suffix": (["mine", "params.yaml"], "unsupported suffix"),
    "a name of a file that no folder takes": (["mine", "a:b.csv"], "field 'path'"),
    "an empty title": (["mine", "articles.csv", "--title", " "], "field 'title'"),
    "a title that is no text": (["mine", "articles.csv", "--title", "\udcff"], "control character"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_line_and_changes_nothing(repository, capsys, case):
    arguments, problem = BAD[case]
    Path("one.txt").write_text("One goat.", encoding="utf8")
    Path("broken.csv").write_text("id,body\nx,\n", encoding="utf8")
    Path("a:b.csv").write_text(ARTICLES, encoding="utf8")
    Path("goats.csv").write_text("id,body,original\na,Goats.,\nb,Goats.,c\n", encoding="utf8")
    Path("self.csv").write_text("id,body,original\na,Goats.,b\nb,Goats.,a\n", encoding="utf8")
    before = files(repository)
    assert add(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert problem in err
    assert files(repository) == before


def test_corpora_that_are_added_at_once_are_all_kept(repository):
    names = [f"mine-{n}" for n in "abcdef"]
    context = multiprocessing.get_context("fork")
    adding = [context.Process(target=add, args=(name, "articles.csv")) for name in names]
    for process in adding:
        process.start()
    for process in adding:
        process.join()
    assert set(names) <= read_params().corpora.keys()
    assert all(Path(f"data/manifests/{name}.yaml").is_file() for name in names)


def test_an_addition_that_was_ended_between_its_files_is_finished_by_the_next(repository):
    assert add("mine", "articles.csv") == 0
    whole = files(repository)
    Path("data/manifests/mine.yaml").unlink()
    assert add("mine", "articles.csv") == 0
    assert files(repository) == whole


def test_a_manifest_of_that_name_is_never_replaced(repository, capsys):
    Path("data/manifests/mine.yaml").write_text("mine", encoding="utf8")
    before = files(repository)
    assert add("mine", "articles.csv") == 2
    assert "data/manifests/mine.yaml: is there already" in capsys.readouterr().err
    assert files(repository) == before


def test_changed_files_are_declared_anew_and_params_stay(repository, capsys):
    texts = ("--title", "On ferries", "--citation", "Ruiz (2019)", "--licence", "CC BY 4.0")
    assert add("mine", "articles.csv", *texts) == 0
    before = Path("params.yaml").read_bytes()
    Path("articles.csv").write_text(ARTICLES + "more,More,A third report.\n", encoding="utf8")
    assert add("mine", "articles.csv") == 2
    assert add("mine", "articles.csv", "--replace", "--licence", "CC0") == 0
    found = read_manifest(Path("data/manifests/mine.yaml"))
    assert (found.title, found.citation, found.licence) == ("On ferries", "Ruiz (2019)", "CC0")
    assert "mine: 3 articles added" in capsys.readouterr().out
    assert Path("params.yaml").read_bytes() == before
    stage.fetch("mine")
    assert Path("data/raw/mine/articles.csv").read_bytes() == Path("articles.csv").read_bytes()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("mine", "has no corpus 'mine' that was added; do without --replace"),
        ("sample", "corpus 'sample' is there already, and was not added; choose another name"),
    ],
)
def test_only_a_corpus_that_was_added_is_replaced(repository, capsys, name, problem):
    before = files(repository)
    assert add(name, "articles.csv", "--replace") == 2
    assert problem in capsys.readouterr().err
    assert files(repository) == before


def test_a_changed_file_is_not_studied_as_it_was(repository, capsys):
    assert add("mine", "articles.csv") == 0
    _check_unchanged(Path("data/manifests/mine.yaml"))
    Path("articles.csv").write_text(ARTICLES.replace("May", "June"), encoding="utf8")
    with pytest.raises(InputError, match="has changed; say so with"):
        _check_unchanged(Path("data/manifests/mine.yaml"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("corpora:\n  a: {x: 1}  # why\n\n# next\nseed: 1\n", ("  a: {x: 1}  # why\n", "\n# next")),
        ("corpora:\n  a: {x: 1}", ("  a: {x: 1}\n", "")),
        (
            "corpora:\n    a:\n      x: 1  # why\n    # more\nb: 1\n",
            ("x: 1  # why\n", "    # more"),
        ),
        ("corpora:\n  a: {x: 1,\n      y: 2}\nb: 1\n", ("      y: 2}\n", "b: 1")),
        ("a: ü🐐\ncorpora:\n  a: {x: 1}\nb: 1\n", ("  a: {x: 1}\n", "b: 1")),
    ],
)
def test_the_line_follows_the_last_corpus(before: str, after: tuple[str, str]):
    found = with_corpus(before, "mine", CORPUS)
    indent = "    " if "\n    a:" in before else "  "
    line = indent + LINE.strip() + "\n"
    assert after[0] + line + after[1] in found
    assert found.replace(line, "") in (before, before + "\n")


def test_line_breaks_stay_those_of_the_file():
    found = with_corpus("corpora:\r\n  a: {x: 1}\r\nb: 1\r\n", "mine", CORPUS)
    assert found == f"corpora:\r\n  a: {{x: 1}}\r\n{LINE.strip(chr(10))}\r\nb: 1\r\n"


@pytest.mark.parametrize("params", ["corpora: {a: {x: 1}}\n", "corpora:\n", "seed: 1\n", ""])
def test_without_a_block_of_corpora_the_line_is_to_be_written_by_hand(params: str):
    with pytest.raises(InputError, match=r"'corpora': .*write 'mine: {reader: articles, constr"):
        with_corpus(params, "mine", CORPUS)
