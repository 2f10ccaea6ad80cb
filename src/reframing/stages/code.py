"""Stage `code`: a digest of the code that each stage runs, on which the stage depends.

`python -m reframing.stages.code` writes data/interim/code.json: by the name of a module in
`reframing.stages`, the digest of all that it runs, the imports of the notebooks that it executes included.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from reframing.figures.provenance import content_digest

# The code that a stage runs, and a digest of it: a stage is out of date when that code changes.
#
# DVC does not follow imports. The stage `code` therefore writes a digest for each stage, on which that stage
# depends. A digest covers the modules that a stage imports, directly or not, inside functions too, and the
# package's data that these name. Comments, docstrings and blank lines do not count: they change no result.

PACKAGE = Path(__file__).resolve().parents[1]
VALIDATION = PACKAGE.parents[1] / "validation"
"""Code of this repository that is no part of the package."""

PACKAGES = (PACKAGE, VALIDATION)
NO_DATA = (".py", ".pyc", ".typed")

_MODULE = re.compile(r"\A\w+(?:\.\w+)+\Z")


class Names(NamedTuple):
    """What a module names: modules, whether they exist or not, and strings that may be files of data."""

    modules: tuple[str, ...]
    strings: frozenset[str]


def digest(modules: Iterable[str], *packages: Path) -> str:
    """A sha256 over the names and contents of all that `modules` run; packages may lie anywhere."""
    names = {
        file.relative_to(package.parent).as_posix(): file
        for file in closure(modules, *packages)
        for package in packages or PACKAGES
        if file.is_relative_to(package)
    }
    lines = [f"{content_digest(file)}  {name}\n" for name, file in sorted(names.items())]
    return sha256("".join(lines).encode()).hexdigest()


def closure(modules: Iterable[str], *packages: Path) -> frozenset[Path]:
    """The files of `modules`, of all that they import, and of the packages' data that these name."""
    packages = packages or PACKAGES
    data = [
        file for package in packages for file in source_files(package) if file.suffix not in NO_DATA
    ]
    found: set[Path] = set()
    waiting = [parent for module in modules for parent in _with_parents(module)]
    while waiting:
        module = waiting.pop()
        file = module_file(module, *packages)
        if file is None or file in found:
            continue
        inside = module if file.name == "__init__.py" else module.rpartition(".")[0]
        names = names_in(file.read_text(encoding="utf8"), inside)
        found |= {file, *_named_data(names.strings, data)}
        waiting += [parent for name in names.modules for parent in _with_parents(name)]
    return frozenset(found)


def module_file(module: str, *packages: Path) -> Path | None:
    """The file of a module of the packages, None for anything else."""
    for package in packages or PACKAGES:
        place = package.parent.joinpath(*module.split("."))
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file() and file.is_relative_to(package):
                return file
    return None


def source_files(folder: Path) -> list[Path]:
    """Every file under `folder` that is not made by Python itself."""
    files = (file for file in folder.rglob("*") if "__pycache__" not in file.parts)
    return sorted(file for file in files if file.is_file())


@cache
def names_in(source: str, inside: str) -> Names:
    """What a module in the package `inside` names when it runs, inside functions too.

    What is under `if TYPE_CHECKING` never runs. A string may name a module, or a file of data at the end
    of a path; `load_lexicon("measures/hedges")` names `measures/hedges.tsv`.
    """
    modules: list[str] = []
    strings: set[str] = set()
    for node in _running(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = inside.split(".")[: len(inside.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else ()), *filter(None, [node.module])])
            modules += [base, *(f"{base}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "load_lexicon":
            strings.add(f"{ast.literal_eval(node.args[0])}.tsv")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            modules += _MODULE.findall(node.value)
            strings.add(node.value)
    return Names(tuple(modules), frozenset(strings))


def notebook_modules(folder: Path) -> list[str]:
    """What the notebooks of a folder import."""
    names = (names_in(_code(path), "notebook") for path in sorted(folder.glob("*.ipynb")))
    return sorted({module for of in names for module in of.modules})


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


def _named_data(names: Iterable[str], data: Sequence[Path]) -> set[Path]:
    """The files of data with these names, and those that a template among them names, as its style sheet.

    Of files of one name those count whose path ends in the name as it is written; else all of them.
    """
    of_name: dict[str, list[Path]] = {}
    for file in data:
        of_name.setdefault(file.name, []).append(file)
    found: set[Path] = set()
    waiting: list[Path] = []
    for name in names:
        alike = of_name.get(name.rpartition("/")[2], [])
        waiting += [file for file in alike if file.as_posix().endswith(f"/{name}")] or alike
    while waiting:
        file = waiting.pop()
        if file not in found and file.suffix == ".j2":
            text = file.read_text(encoding="utf8")
            waiting += [other for other in data if other.name in text]
        found.add(file)
    return found


def _code(notebook: Path) -> str:
    """The code of a notebook; lines for IPython alone are left out."""
    cells = json.loads(notebook.read_text(encoding="utf8"))["cells"]
    lines = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code").split("\n")
    return "\n".join("pass" if line.startswith(("%", "!")) else line for line in lines)


# Stage `code`: a digest of the code that each stage runs, on which the stage depends.

DIGESTS = Path("data/interim/code.json")
NOTEBOOKS = {
    "run_notebooks": (Path("notebooks"), Path("notebooks/versions")),
    "run_validation_notebooks": (Path("notebooks/validation"),),
}
"""The folders whose notebooks a stage executes, by the stage's module."""


def main() -> None:
    digests = {
        path.stem: digest(modules(f"{package.name}.stages.{path.stem}"))
        for package in PACKAGES
        for path in sorted((package / "stages").glob("[!_]*.py"))
    }
    DIGESTS.parent.mkdir(parents=True, exist_ok=True)
    DIGESTS.write_text(json.dumps(digests, indent=1) + "\n", encoding="utf8")


def modules(stage: str) -> list[str]:
    """What the stage in a module begins with: itself, and what its notebooks import."""
    folders = NOTEBOOKS.get(stage.rpartition(".")[2], ())
    return [stage, *(m for folder in folders for m in notebook_modules(folder))]


if __name__ == "__main__":
    main()
