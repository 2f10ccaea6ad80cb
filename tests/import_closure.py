"""Which files of the package a stage runs: DVC does not follow imports, so `deps` must list them.

`python tests/import_closure.py STAGE` prints the entries for one stage's `deps`;
`python tests/import_closure.py --write-dvc dvc.yaml` puts them into every stage.
"""

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "reframing"

_MODULE_OF_COMMAND = re.compile(r"-m\s+(reframing(?:\.\w+)*)")


def stage_files(stage: Mapping[str, Any]) -> frozenset[Path]:
    """Files under src/reframing that one stage of dvc.yaml runs or reads, notebooks' imports too."""
    modules = set(_MODULE_OF_COMMAND.findall(str(stage["cmd"])))
    for notebook in _notebooks(stage.get("deps", ())):
        modules |= set(imported_modules(ast.parse(_code(notebook)), "notebook"))
    return closure(modules)


def closure(modules: Iterable[str]) -> frozenset[Path]:
    """The files of `modules`, of all that they import, and of the package data that these name."""
    found: set[Path] = set()
    waiting = sorted(modules)
    while waiting:
        module = waiting.pop()
        for name in _with_parents(module):
            path = module_file(name)
            if path is None or path in found:
                continue
            found.add(path)
            tree = ast.parse(path.read_text(encoding="utf8"), str(path))
            inside = name if path.name == "__init__.py" else name.rpartition(".")[0]
            waiting += imported_modules(tree, inside)
            found |= _with_named_data(package_data(tree, path))
    return frozenset(found)


def module_file(module: str) -> Path | None:
    """The file of a module of the package, None for anything else."""
    place = SOURCE.joinpath(*module.split("."))
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file() and path.is_relative_to(PACKAGE):
            return path
    return None


def imported_modules(tree: ast.Module, package: str) -> list[str]:
    """Modules of the package that a file of `package` imports when it runs, inside functions too.

    What stands under `if TYPE_CHECKING` never runs; a string that is a module's name counts.
    """
    names: list[str] = []
    for node in _running(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else ()), *filter(None, [node.module])])
            names += [base, *(f"{base}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Constant) and re.fullmatch(r"reframing(\.\w+)+", str(node.value)):
            names.append(str(node.value))
    return [name for name in names if name.split(".")[0] == "reframing" and module_file(name)]


def package_data(tree: ast.Module, path: Path) -> set[Path]:
    """Data files of the package that a module names: `load_lexicon("hedges")`, "page.html.j2"."""
    by_name = {file.name: file for file in _data_files()}
    named = set()
    for node in _running(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "load_lexicon":
            argument = node.args[0]
            if not isinstance(argument, ast.Constant):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                raise ValueError(
                    f"{place}: name the lexicon by a literal, so that deps can list it"
                )
            named.add(by_name[f"{argument.value}.tsv"])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            file = by_name.get(node.value.rpartition("/")[2])
            if file:
                named.add(file)
    return named


def dvc_stages(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The stages of dvc.yaml by name; of a `foreach` stage its `do` block."""
    return {name: stage.get("do", stage) for name, stage in definition["stages"].items()}


def folded(files: Iterable[Path]) -> list[str]:
    """Paths relative to the repository, a folder in place of its files where all are there."""
    files = frozenset(files)
    whole = {
        folder
        for file in files
        for folder in file.parents
        if folder.is_relative_to(PACKAGE)
        and folder != PACKAGE
        and set(source_files(folder)) <= files
    }
    kept = {path for path in files | whole if not any(parent in whole for parent in path.parents)}
    return sorted(path.relative_to(ROOT).as_posix() for path in kept)


def source_files(folder: Path) -> list[Path]:
    """Every file under `folder` that is not made by Python itself."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    )


def with_source_deps(definition: str) -> str:
    """The text of a dvc.yaml with each stage's src/reframing entries set right, all else kept."""
    from ruamel.yaml import YAML

    lines = definition.splitlines(keepends=True)
    stages = dvc_stages(YAML().load(definition)).values()
    for stage in sorted(stages, key=lambda stage: -stage["deps"].lc.line):
        deps = stage["deps"]
        places = [(deps.lc.item(i)[0], str(dep)) for i, dep in enumerate(deps)]
        ours = [line for line, dep in places if dep.startswith("src/reframing")]
        first = ours[0] if ours else places[-1][0] + 1
        indent = re.match(r"\s*", lines[places[0][0]])[0]
        files = folded(stage_files(stage))
        for line in reversed(ours if files else []):
            del lines[line]
        lines[first:first] = [f"{indent}- {dep}\n" for dep in files]
    return "".join(lines)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree that can run: no docstrings, nothing under `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            yield from (part for other in child.orelse for part in (other, *_running(other)))
        elif not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield child
            yield from _running(child)


def _with_parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _data_files() -> list[Path]:
    return [file for file in source_files(PACKAGE) if file.suffix not in (".py", ".typed")]


def _with_named_data(files: set[Path]) -> set[Path]:
    """`files` and the data files beside them that they name, as a template its style sheet."""
    waiting, found = sorted(files), set(files)
    while waiting:
        file = waiting.pop()
        if file.suffix != ".j2":
            continue
        text = file.read_text(encoding="utf8")
        new = {other for other in _data_files() if other.name in text} - found
        found |= new
        waiting += sorted(new)
    return found


def _notebooks(deps: Iterable[Any]) -> Iterator[Path]:
    for dep in deps:
        path = ROOT / str(dep)
        if path.suffix == ".ipynb":
            yield path
        elif path.name == "notebooks" and path.is_dir():
            yield from sorted(path.glob("*.ipynb"))


def _code(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf8"))["cells"]
    lines = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code").split("\n")
    return "\n".join("pass" if line.startswith(("%", "!")) else line for line in lines)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="The src/reframing files that a stage runs.")
    parser.add_argument("stage", nargs="?", help="name of a module in src/reframing/stages")
    parser.add_argument("--write-dvc", metavar="FILE", help="a dvc.yaml to set right in place")
    options = parser.parse_args(arguments)
    if options.write_dvc:
        path = Path(options.write_dvc)
        path.write_text(with_source_deps(path.read_text(encoding="utf8")), encoding="utf8")
    if options.stage:
        files = folded(closure([f"reframing.stages.{options.stage}"]))
        print("\n".join(f"- {file}" for file in files))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
