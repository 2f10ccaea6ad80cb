"""The code that a stage runs, and its digest: what counts as a change of it, and what does not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reframing.figures.provenance import without_comments
from reframing.stages.code import PACKAGE, closure, digest, notebook_modules

MODULES = {
    "__init__.py": "",
    "oven.py": '"""Ovens."""\nfrom bakery.flour import sift\n\n\ndef bake():\n    return sift()\n',
    "flour.py": "def sift():\n    from . import mill\n\n    return mill.grind()\n",
    "mill.py": 'STONES = load_lexicon("stones")\nPAGE = "pages/label.j2"\n\n\ndef grind():\n    return 1\n',
    "shop.py": 'PRICE = 3\n"""In pence."""\n',
    "stones.tsv": "granite\n",
    "label.j2": "{% include 'label.css' %}",
    "label.css": "b {}",
    "sign.css": "i {}",
}


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    package = tmp_path / "bakery"
    package.mkdir()
    for name, content in MODULES.items():
        (package / name).write_text(content, encoding="utf8")
    return package


def names(package: Path, *modules: str) -> set[str]:
    return {file.name for file in closure(modules, package)}


def test_closure_follows_imports_inside_functions_and_data_that_is_named(bakery: Path) -> None:
    data = {"stones.tsv", "label.j2", "label.css"}
    assert names(bakery, "bakery.oven") == {"__init__.py", "oven.py", "flour.py", "mill.py", *data}
    assert names(bakery, "bakery.shop") == {"__init__.py", "shop.py"}


def test_what_runs_only_for_types_is_no_part_of_the_closure(bakery: Path) -> None:
    source = "if TYPE_CHECKING:\n    from bakery import oven\nelse:\n    from bakery import shop\n"
    (bakery / "van.py").write_text(source, encoding="utf8")
    assert names(bakery, "bakery.van") == {"__init__.py", "van.py", "shop.py"}


def test_a_module_named_in_a_string_is_part_of_the_closure(bakery: Path) -> None:
    (bakery / "van.py").write_text('LOADED = "bakery.shop"\n', encoding="utf8")
    assert names(bakery, "bakery.van") == {"__init__.py", "van.py", "shop.py"}


def test_functions_of_a_package_count_only_for_what_imports_the_package(bakery: Path) -> None:
    source = "def fetch():\n    from bakery import oven\n"
    (bakery / "__init__.py").write_text(source, encoding="utf8")
    assert "oven.py" not in names(bakery, "bakery.shop")
    (bakery / "van.py").write_text("from bakery import fetch\n", encoding="utf8")
    assert "oven.py" in names(bakery, "bakery.van")


def test_closure_of_a_construct_has_its_lexicon_and_no_other() -> None:
    files = closure(["reframing.measures.hedging"])
    assert PACKAGE / "documents" / "tokens.py" in files
    assert PACKAGE / "measures" / "hedges.tsv" in files
    assert PACKAGE / "measures" / "boosters.tsv" not in files


def test_imports_of_notebooks_are_read_from_their_code_cells(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["import this"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", "from bakery import oven"]},
    ]
    (tmp_path / "01.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf8")
    assert notebook_modules(tmp_path) == ["bakery", "bakery.oven"]


def rewritten(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda package: (package / name).write_text(MODULES[name].replace(old, new))


SAME = {
    "a docstring": rewritten("oven.py", "Ovens.", "Ovens,\nand what is in them."),
    "no docstring": rewritten("oven.py", '"""Ovens."""\n', ""),
    "a comment": rewritten("mill.py", "return 1", "return 1  # kilogram"),
    "a line of comment": rewritten("flour.py", "    return", "    # finer\n\n    return"),
    "another module": rewritten("shop.py", "3", "4"),
    "data of none": rewritten("sign.css", "i", "em"),
}
OTHER = {
    "a statement": rewritten("mill.py", "return 1", "return 2"),
    "a string": rewritten("mill.py", "pages/label.j2", "leaves/label.j2"),
    "a lexicon": rewritten("stones.tsv", "granite", "basalt"),
    "a style sheet": rewritten("label.css", "b", "strong"),
    "an import": rewritten("oven.py", "\n\n\ndef", "\nimport bakery.shop\n\n\ndef"),
    "a new name": lambda package: (package / "stones.tsv").rename(package / "rocks.tsv"),
}


@pytest.mark.parametrize("change", SAME)
def test_what_changes_no_result_changes_no_digest(bakery: Path, change: str) -> None:
    before = digest(["bakery.oven"], bakery)
    SAME[change](bakery)
    assert digest(["bakery.oven"], bakery) == before


@pytest.mark.parametrize("change", OTHER)
def test_what_may_change_a_result_changes_the_digest(bakery: Path, change: str) -> None:
    before = digest(["bakery.oven"], bakery)
    OTHER[change](bakery)
    assert digest(["bakery.oven"], bakery) != before


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x = '# no comment'  # one\n", "x = '# no comment'\n"),
        ('x = """\n\n# kept\n\n"""\n', 'x = """\n\n# kept\n\n"""\n'),
        ("def f():\n    '''One.\n\n    Two.\n    '''  # three\n    pass\n", "def f():\n    pass\n"),
        (
            "class C:\n    x = 1\n    'An attribute.'\n    y = 2\n",
            "class C:\n    x = 1\n    y = 2\n",
        ),
        ("f'{ring()}'\n", "f'{ring()}'\n"),
        ("x = [\n    1,  # first\n\n    # second\n    2,\n]", "x = [\n    1,\n    2,\n]"),
        ("def f(): 'On one line.'\n", "def f(): 'On one line.'\n"),
        ("", ""),
    ],
)
def test_only_comments_docstrings_and_blank_lines_are_left_out(source: str, code: str) -> None:
    assert without_comments(source) == code
