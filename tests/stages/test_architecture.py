"""The layers of the package: no import leads upwards, and no module has the name of another."""

from collections import Counter
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from reframing.stages.code import PACKAGE, VALIDATION

ROOT = Path(__file__).parents[2]


def test_every_layer_imports_only_from_those_below(monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    assert lint_imports(cache_dir=None) == EXIT_STATUS_SUCCESS


def test_every_folder_of_the_package_is_a_layer() -> None:
    layers = (ROOT / "pyproject.toml").read_text(encoding="utf8").partition("layers = [")[2]
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert [name for name in sorted(folders) if f"reframing.{name}" not in layers] == []
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py"}


def test_no_two_modules_have_one_name() -> None:
    names = Counter(
        path.stem
        for package in (PACKAGE, VALIDATION)
        for path in package.rglob("*.py")
        if path.stem != "__init__"
    )
    assert [name for name, n in names.items() if n > 1] == []
