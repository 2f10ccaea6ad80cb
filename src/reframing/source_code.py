"""The code that a stage runs, and a digest of it: a stage is out of date when that code changes.

DVC does not follow imports. The stage `code` therefore writes a digest for each stage, on which that stage
depends. A digest covers the modules that a stage imports, directly or not, inside functions too, and the
package's data that these name. Comments, docstrings and blank lines do not count: they change no result.
"""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent
NO_DATA = (".py", ".pyc", ".typed")

_NO_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)
_MODULE = re.compile(r"\A\w+(?:\.\w+)+\Z")
_STRING = re.compile(r"[bru]*['\"]", re.IGNORECASE)


class Names(NamedTuple):
    """What a module names: modules, whether they exist or not, and strings that may be files of data."""

    modules: tuple[str, ...]
    strings: frozenset[str]


def digest(modules: Iterable[str], package: Path = PACKAGE) -> str:
    """A sha256 over the names and contents of all that `modules` run; the package may lie anywhere."""
    files = sorted(closure(modules, package))
    lines = [f"{content_digest(file)}  {file.relative_to(package).as_posix()}\n" for file in files]
    return sha256("".join(lines).encode()).hexdigest()


def content_digest(file: Path) -> str:
    """A sha256 of a file; of a module without what changes no result."""
    content = file.read_bytes()
    if file.suffix == ".py":
        content = without_comments(content.decode("utf8")).encode()
    return sha256(content).hexdigest()


@cache
def without_comments(source: str) -> str:
    r"""Python source without comments, docstrings and blank lines; all else as it is written.

    Unlike a dumped syntax tree, what is left does not depend on the version of Python.

    >>> without_comments("def half(x):\n    'Half of x.'\n\n    return x / 2  # exact\n")
    'def half(x):\n    return x / 2\n'
    """
    lines = source.splitlines(keepends=True)
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    ends = {token.start[0] for token in tokens if token.type == tokenize.NL}
    for token in sorted((*comments, *_docstrings(tokens)), key=lambda token: -token.start[0]):
        (first, left), (last, _) = token.start, token.end
        lines[first - 1 : last] = [lines[first - 1][:left].rstrip() + "\n", *[""] * (last - first)]
        ends.add(first)
    return "".join(line for row, line in enumerate(lines, 1) if row not in ends or line.strip())


def closure(modules: Iterable[str], package: Path = PACKAGE) -> frozenset[Path]:
    """The files of `modules`, of all that they import, and of the package's data that these name."""
    data = {file.name: file for file in source_files(package) if file.suffix not in NO_DATA}
    found: set[Path] = set()
    waiting = [parent for module in modules for parent in _with_parents(module)]
    while waiting:
        module = waiting.pop()
        file = module_file(module, package)
        if file is None or file in found:
            continue
        inside = module if file.name == "__init__.py" else module.rpartition(".")[0]
        names = names_in(file.read_text(encoding="utf8"), inside)
        found |= {file, *_named_data(names.strings, data)}
        waiting += [parent for name in names.modules for parent in _with_parents(name)]
    return frozenset(found)


def module_file(module: str, package: Path = PACKAGE) -> Path | None:
    """The file of a module of the package, None for anything else."""
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
    of a path; `load_lexicon("hedges")` names `hedges.tsv`.
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
            strings.add(node.value.rpartition("/")[2])
    return Names(tuple(modules), frozenset(strings))


def notebook_modules(folder: Path) -> list[str]:
    """What the notebooks of a folder import."""
    names = (names_in(_code(path), "notebook") for path in sorted(folder.glob("*.ipynb")))
    return sorted({module for of in names for module in of.modules})


def _docstrings(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    """Strings that are statements of their own."""
    code = [token for token in tokens if token.type not in _NO_CODE]
    begins = True
    for token, after in pairwise(code):
        if begins and after.type == tokenize.NEWLINE and _STRING.match(token.string):
            yield token
        begins = token.type == tokenize.NEWLINE


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


def _named_data(names: Iterable[str], data: Mapping[str, Path]) -> set[Path]:
    """The files of data with these names, and those that a template among them names, as its style sheet."""
    found: set[Path] = set()
    waiting = [data[name] for name in names if name in data]
    while waiting:
        file = waiting.pop()
        if file not in found and file.suffix == ".j2":
            text = file.read_text(encoding="utf8")
            waiting += [other for name, other in data.items() if name in text]
        found.add(file)
    return found


def _code(notebook: Path) -> str:
    """The code of a notebook; lines for IPython alone are left out."""
    cells = json.loads(notebook.read_text(encoding="utf8"))["cells"]
    lines = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code").split("\n")
    return "\n".join("pass" if line.startswith(("%", "!")) else line for line in lines)
