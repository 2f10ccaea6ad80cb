"""The pipeline's definition keeps to what the code does: dependencies, parameters, what git holds."""

import ast
import dataclasses
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from reframing.documents.params import Params
from reframing.stages import code
from reframing.stages.code import closure, module_file

ROOT = Path(__file__).parents[2]
DEFINITION = YAML(typ="safe").load((ROOT / "dvc.yaml").read_text(encoding="utf8"))
PARAMS = YAML(typ="safe").load((ROOT / "params.yaml").read_text(encoding="utf8"))
STAGES = {name: stage.get("do", stage) for name, stage in DEFINITION["stages"].items()}
DIGESTED = [name for name in STAGES if name != "code"]

each_stage = pytest.mark.parametrize("name", STAGES)
each_digested = pytest.mark.parametrize("name", DIGESTED)
each_corpus = pytest.mark.parametrize("corpus", [*PARAMS["corpora"], *PARAMS["gold"]])


def module_of(stage: dict[str, Any]) -> str:
    """The module that a stage runs."""
    return re.findall(r"-m ((?:reframing|validation)\.stages\.\w+)", str(stage["cmd"]))[0]


def listed(stage: dict[str, Any], file: str) -> list[str]:
    """Entries of a stage's `params` that lie in a file."""
    entries = [
        {"params.yaml": [entry]} if isinstance(entry, str) else entry
        for entry in stage.get("params", ())
    ]
    return [key for entry in entries for key in entry.get(file, ())]


def listed_params(stage: dict[str, Any]) -> Iterator[str]:
    """Entries of a stage's `params` that lie in params.yaml, one for each corpus it runs over.

    `corpora.${key}` stands for every corpus, `gold.${key}` for every gold corpus.
    """
    for key in listed(stage, "params.yaml"):
        if re.search(r"\$\{\w+\}", key):
            names = PARAMS[key.split(".")[0]]
            yield from (re.sub(r"\$\{\w+\}", name, key) for name in names)
        else:
            yield key


def used_sections(files: Iterable[Path]) -> set[str]:
    """Sections of `Params` that some module or notebook takes from what `read_params` returns."""
    return set().union(*map(_used_in, files))


@cache
def _used_in(file: Path) -> set[str]:
    """The same of one module or notebook."""
    if file.suffix not in (".py", ".ipynb"):
        return set()
    sections = {field.name for field in dataclasses.fields(Params)}
    source = file.read_text(encoding="utf8")
    if file.suffix == ".ipynb":
        cells = json.loads(source)["cells"]
        source = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    if "read_params" not in source:
        return set()
    tree = ast.parse(source)
    names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _reads_params(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    if any(_takes_all(node, names) for node in ast.walk(tree)):
        return sections
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (_reads_params(node.value) or getattr(node.value, "id", None) in names)
    }
    return used & sections


def _takes_all(node: ast.AST, names: set[str]) -> bool:
    """Whether a node is `asdict(params)`: every section, not one."""
    called = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("asdict")
    return called and getattr(node.args[0], "id", None) in names


def _reads_params(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read_params"


def git(*arguments: str) -> str:
    """Output of git in the repository; the test is skipped where this is no git repository."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not in a git repository")
    return done.stdout.decode("utf8")


@each_stage
def test_stage_says_what_it_is_for(name: str) -> None:
    assert len(STAGES[name].get("desc", "").split()) >= 4


@each_stage
def test_stage_runs_a_module_of_the_package(name: str) -> None:
    assert module_file(module_of(STAGES[name]))


@each_digested
def test_stage_depends_on_the_digest_of_its_own_code(name: str) -> None:
    assert listed(STAGES[name], code.DIGESTS.as_posix()) == [
        module_of(STAGES[name]).rpartition(".")[2]
    ]


@each_digested
def test_notebooks_that_a_stage_executes_are_those_that_it_depends_on(name: str) -> None:
    folders = [Path(dep) for dep in STAGES[name]["deps"] if dep.split("/")[0] == "notebooks"]
    executed = code.NOTEBOOKS.get(module_of(STAGES[name]).rpartition(".")[2], ())
    assert all(any(of.is_relative_to(folder) for folder in folders) for of in executed)
    assert bool(folders) == bool(executed)


def test_digests_are_made_anew_when_any_code_changes() -> None:
    assert STAGES["code"]["deps"] == ["notebooks", "src/reframing", "validation"]
    assert STAGES["code"]["outs"] == [code.DIGESTS.as_posix()]


@each_stage
def test_listed_parameters_exist(name: str) -> None:
    for key in listed_params(STAGES[name]):
        found = PARAMS
        for part in key.split("."):
            assert part in found, f"{key} is not in params.yaml"
            found = found[part]


@each_stage
def test_listed_sections_are_the_ones_read(name: str) -> None:
    sections = {key.split(".")[0] for key in listed_params(STAGES[name])}
    module = module_of(STAGES[name])
    folders = code.NOTEBOOKS.get(module.rpartition(".")[2], ())
    notebooks = [path for folder in folders for path in (ROOT / folder).glob("*.ipynb")]
    assert sections == used_sections([*closure(code.modules(module)), *notebooks])


@each_stage
def test_sources_and_notebooks_in_dependencies_exist(name: str) -> None:
    ours = [
        dep
        for dep in map(str, STAGES[name]["deps"])
        if dep.startswith(("src/", "validation", "notebooks"))
    ]
    assert [dep for dep in ours if not (ROOT / dep).exists()] == []


@each_corpus
def test_corpus_has_a_manifest(corpus: str) -> None:
    assert (ROOT / "data" / "manifests" / f"{corpus}.yaml").is_file()


def test_intermediates_are_not_in_git() -> None:
    assert git("ls-files", "data/raw", "data/interim", "data/features") == ""


def test_notebooks_are_committed_without_outputs() -> None:
    for path in git("ls-files", "notebooks/*.ipynb").splitlines():
        for cell in json.loads(git("show", f":{path}"))["cells"]:
            if cell["cell_type"] == "code":
                assert cell["outputs"] == [], path
                assert cell["execution_count"] is None, path


NETWORKS = {
    "ablation": {"annotator", "changes", "encoder", "targets", "tokenizer.json"},
    "annotate": {"annotator", "targets", "tokenizer.json"},
    "align": {"encoder", "tokenizer.json"},
    "compare": {"annotator", "changes", "targets", "tokenizer.json"},
    "perturb": {"annotator", "changes", "encoder", "targets", "tokenizer.json"},
    "readings": {"annotator", "changes", "encoder", "targets", "tokenizer.json"},
    "replications": {"annotator", "targets", "tokenizer.json"},
    "retold": {"annotator", "changes", "encoder", "targets", "tokenizer.json"},
    "trust": {"transfer"},  # how such networks did on outlets that they never saw
    "validate": {"annotator", "encoder", "targets", "tokenizer.json"},
}


@each_stage
def test_stage_depends_on_the_networks_that_it_runs(name: str) -> None:
    deps = {dep for dep in map(str, STAGES[name]["deps"]) if dep.startswith("models/")}
    assert deps == {f"models/{network}" for network in NETWORKS.get(name, ())}
