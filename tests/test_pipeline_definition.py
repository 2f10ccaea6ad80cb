"""The pipeline's definition keeps to what the code does: dependencies, parameters, what git holds."""

import ast
import dataclasses
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from import_closure import (
    PACKAGE,
    ROOT,
    closure,
    dvc_stages,
    folded,
    module_file,
    source_files,
    stage_files,
    with_source_deps,
)
from reframing.params import Params

DEFINITION = YAML(typ="safe").load((ROOT / "dvc.yaml").read_text(encoding="utf8"))
PARAMS = YAML(typ="safe").load((ROOT / "params.yaml").read_text(encoding="utf8"))
STAGES = dvc_stages(DEFINITION)

each_stage = pytest.mark.parametrize("name", STAGES)
each_corpus = pytest.mark.parametrize("corpus", [*PARAMS["corpora"], *PARAMS["gold"]])


def listed_params(stage: dict[str, Any]) -> Iterator[str]:
    """Entries of a stage's `params` that lie in params.yaml, one for each corpus it runs over.

    `corpora.${key}` stands for every corpus, `gold.${key}` for every gold corpus.
    """
    for entry in stage.get("params", ()):
        for key in entry["params.yaml"] if isinstance(entry, dict) else [entry]:
            if re.search(r"\$\{\w+\}", key):
                names = PARAMS[key.split(".")[0]]
                yield from (re.sub(r"\$\{\w+\}", name, key) for name in names)
            else:
                yield key


def used_sections(files: frozenset[Path]) -> set[str]:
    """Sections of `Params` that some file takes from what `read_params` returns."""
    sections = {field.name for field in dataclasses.fields(Params)}
    used: set[str] = set()
    for file in files:
        if file.suffix != ".py" or "read_params" not in (code := file.read_text(encoding="utf8")):
            continue
        tree = ast.parse(code)
        names = {
            target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and _reads_params(node.value)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        used |= {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and (_reads_params(node.value) or getattr(node.value, "id", None) in names)
        }
        if any(_takes_all(node, names) for node in ast.walk(tree)):
            return sections
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
    modules = re.findall(r"-m (reframing\.stages\.\w+)", str(STAGES[name]["cmd"]))
    assert modules
    assert all(module_file(module) for module in modules)


@each_stage
def test_source_dependencies_are_the_import_closure(name: str) -> None:
    stage = STAGES[name]
    entries = [str(dep) for dep in stage["deps"] if str(dep).startswith("src/reframing")]
    listed = {
        file
        for path in (ROOT / entry for entry in entries)
        for file in (source_files(path) if path.is_dir() else [path])
    }
    needed = stage_files(stage)
    hint = "; set them right with: python tests/import_closure.py --write-dvc dvc.yaml"
    assert not folded(needed - listed), f"not listed: {folded(needed - listed)}{hint}"
    assert not folded(listed - needed), f"listed, not used: {folded(listed - needed)}{hint}"


@each_stage
def test_listed_parameters_exist(name: str) -> None:
    for key in listed_params(STAGES[name]):
        found = PARAMS
        for part in key.split("."):
            assert part in found, f"{key} is not in params.yaml"
            found = found[part]


@each_stage
def test_listed_sections_are_the_ones_read(name: str) -> None:
    listed = {key.split(".")[0] for key in listed_params(STAGES[name])}
    assert listed == used_sections(stage_files(STAGES[name]))


@each_stage
def test_sources_and_notebooks_in_dependencies_exist(name: str) -> None:
    ours = [dep for dep in map(str, STAGES[name]["deps"]) if dep.startswith(("src/", "notebooks"))]
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


def test_closure_follows_imports_inside_functions_and_lexicons() -> None:
    files = closure(["reframing.constructs.hedging"])
    assert PACKAGE / "__init__.py" in files
    assert PACKAGE / "constructs" / "__init__.py" in files
    assert PACKAGE / "segment" / "tokens.py" in files
    assert PACKAGE / "lexicons" / "hedges.tsv" in files
    assert PACKAGE / "lexicons" / "boosters.tsv" not in files


def test_setting_dependencies_right_twice_changes_nothing_more() -> None:
    definition = """stages:
  fetch:
    desc: bring the files of a corpus
    cmd: python -m reframing.stages.fetch sample
    deps:
      - data/manifests/sample.yaml  # a comment that stays
      - src/reframing/not_there.py
    outs: [data/raw/sample]
"""
    once = with_source_deps(definition)
    assert "# a comment that stays\n      - src/reframing/__init__.py\n" in once
    assert "not_there" not in once
    assert with_source_deps(once) == once


NETWORKS = {
    "annotate": {"annotator", "targets", "tokenizer.json"},
    "align": {"encoder", "tokenizer.json"},
    "compare": {"annotator", "targets", "tokenizer.json"},
    "perturb": {"annotator", "encoder", "targets", "tokenizer.json"},
    "trust": {"transfer"},  # how such networks did on outlets that they never saw
    "validate": {"annotator", "encoder", "targets", "tokenizer.json"},
}


@each_stage
def test_stage_depends_on_the_networks_that_it_runs(name: str) -> None:
    deps = {dep for dep in map(str, STAGES[name]["deps"]) if dep.startswith("models/")}
    assert deps == {f"models/{network}" for network in NETWORKS.get(name, ())}
