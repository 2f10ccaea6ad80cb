"""Stage `code`: a digest of the code that each stage runs, so that DVC reruns a stage if its code has changed.

`python -m reframing.stages.code` writes data/interim/code.json, which maps the module name of each stage
to a SHA-256 digest. DVC does not follow imports; each stage depends on its digest instead. A digest
covers all modules that the stage imports, directly or not, also within functions, the data files of the
packages that these name, and the imports of the notebooks that the stage executes. Comments, docstrings
and blank lines do not count, because they change no result.
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

# The digest of modules with everything that they run.

PACKAGE = Path(__file__).resolve().parents[1]
VALIDATION = PACKAGE.parents[1] / "validation"
"""Code of this repository that is not part of the package."""

PACKAGES = (PACKAGE, VALIDATION)
NO_DATA = (".py", ".pyc", ".typed")

_MODULE = re.compile(r"\A\w+(?:\.\w+)+\Z")


class Names(NamedTuple):
    """What a module names: modules, whether they exist or not, and strings that may be names of data files."""

    modules: tuple[str, ...]
    strings: frozenset[str]


def digest(modules: Iterable[str], *packages: Path) -> str:
    """SHA-256 over the names and contents of all files in the closure of `modules`; default: `PACKAGES`."""
    names = {
        file.relative_to(package.parent).as_posix(): file
        for file in closure(modules, *packages)
        for package in packages or PACKAGES
        if file.is_relative_to(package)
    }
    lines = [f"{content_digest(file)}  {name}\n" for name, file in sorted(names.items())]
    return sha256("".join(lines).encode()).hexdigest()


def closure(modules: Iterable[str], *packages: Path) -> frozenset[Path]:
    """The files of `modules`, of everything that they import, and of the package data that these name.

    Of a package that is imported only for a module within it, functions do not count, because they do not run.
    """
    packages = packages or PACKAGES
    data = [
        file for package in packages for file in source_files(package) if file.suffix not in NO_DATA
    ]
    found: set[Path] = set()
    seen: set[tuple[str, bool]] = set()
    waiting = [parent for module in modules for parent in _with_parents(module)]
    while waiting:
        module, whole = waiting.pop()
        file = module_file(module, *packages)
        if file is None or (module, whole) in seen:
            continue
        seen.add((module, whole))
        inside = module if file.name == "__init__.py" else module.rpartition(".")[0]
        names = names_in(file.read_text(encoding="utf8"), inside, whole)
        found |= {file, *_named_data(names.strings, data)}
        waiting += [parent for name in names.modules for parent in _with_parents(name)]
    return frozenset(found)


def module_file(module: str, *packages: Path) -> Path | None:
    """The file of a module in one of the packages; None for any other module."""
    for package in packages or PACKAGES:
        place = package.parent.joinpath(*module.split("."))
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file() and file.is_relative_to(package):
                return file
    return None


def source_files(folder: Path) -> list[Path]:
    """Every file under `folder`, sorted, except those in `__pycache__`."""
    files = (file for file in folder.rglob("*") if "__pycache__" not in file.parts)
    return sorted(file for file in files if file.is_file())


@cache
def names_in(source: str, inside: str, whole: bool = True) -> Names:
    """The modules and strings named in the code of a module that can run; `inside` is the module's package.

    Imports within functions count if it is the `whole` module, code under `if TYPE_CHECKING` does not. A string
    may name a module, or a data file by the end of its path; `load_lexicon("measures/hedges")` names
    `measures/hedges.tsv`.
    """
    modules: list[str] = []
    strings: set[str] = set()
    for node in _running(ast.parse(source), whole):
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
    """The modules that the notebooks of a folder import, sorted."""
    names = (names_in(_code(path), "notebook") for path in sorted(folder.glob("*.ipynb")))
    return sorted({module for of in names for module in of.modules})


def _running(node: ast.AST, whole: bool = True) -> Iterator[ast.AST]:
    """The nodes of a tree that can run: no docstrings, nothing for types alone, functions only if `whole`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            yield from (part for other in child.orelse for part in (other, *_running(other, whole)))
        elif isinstance(child, ast.FunctionDef) and not whole:
            continue
        elif not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield child
            yield from _running(child, whole)


def _with_parents(module: str) -> list[tuple[str, bool]]:
    """The module and the packages that it is in, each with whether all of it counts."""
    parts = module.split(".")
    return [(".".join(parts[:n]), n == len(parts)) for n in range(1, len(parts) + 1)]


def _named_data(names: Iterable[str], data: Sequence[Path]) -> set[Path]:
    """The data files with these names, and those named in templates among them, such as style sheets.

    If several files have the same base name, those whose path ends in the given name are taken; if none
    does, all of them.
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
    """The code cells of a notebook, with IPython magics and shell commands replaced by `pass`."""
    cells = json.loads(notebook.read_text(encoding="utf8"))["cells"]
    lines = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code").split("\n")
    return "\n".join("pass" if line.startswith(("%", "!")) else line for line in lines)


# The stage.

DIGESTS = Path("data/interim/code.json")
NOTEBOOKS = {
    "run_notebooks": (Path("notebooks"), Path("notebooks/versions")),
    "run_effect_notebooks": (Path("notebooks/effects"),),
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
    """The modules that a stage starts from: its own, and those that its notebooks import."""
    folders = NOTEBOOKS.get(stage.rpartition(".")[2], ())
    return [stage, *(m for folder in folders for m in notebook_modules(folder))]


if __name__ == "__main__":
    main()
