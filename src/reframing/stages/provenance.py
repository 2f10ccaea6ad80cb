"""What stands behind a published figure: its authors, its files by name, and what git holds."""

import subprocess
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reframing.errors import InputError

CITATION = Path("CITATION.cff")


def cited_authors() -> list[str]:
    """Authors as CITATION.cff names them."""
    authors = read_yaml(CITATION).get("authors", [])
    names = ((author.get("family-names"), author.get("given-names")) for author in authors)
    entities = (f"{{{author['name']}}}" if "name" in author else "" for author in authors)
    return [
        entity or ", ".join(part for part in name if part)
        for name, entity in zip(names, entities, strict=True)
    ]


def named(paths: Iterable[Path]) -> dict[str, Path]:
    """Paths by the names under which they are published."""
    return {path.as_posix(): path for path in paths}


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file that holds a mapping; raises `InputError` where it cannot be read."""
    from ruamel.yaml import YAML

    try:
        return dict(YAML(typ="safe").load(path.read_text(encoding="utf8")))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def from_git(*command: str) -> str | None:
    """What a git command prints; None where git, the repository or the object is not there."""
    try:
        done = subprocess.run(["git", *command], capture_output=True, text=True, encoding="utf8")
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def package_state() -> str:
    """The package and its version, and the commit where the folder is of a repository."""
    commit = from_git("describe", "--always", "--dirty", "--exclude", "*") or ""
    return " ".join(["reframing", version("reframing"), commit]).strip()
