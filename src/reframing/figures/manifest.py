"""The manifest of published figures: for each its files, what stands behind it, and how to cite it."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from reframing.figures.figure import Figure
from reframing.source_code import content_digest

Entry = dict[str, Any]


def entry(
    figure: Figure,
    corpus: str,
    *,
    files: Mapping[str, Path],
    inputs: Mapping[str, Path],
    code: Mapping[str, Path],
    params: Mapping[str, Any],
    stages: Sequence[str],
    version: str,
    authors: Sequence[str],
    previous: Entry | None,
    commit: str | None,
    processor: str,
) -> Entry:
    """The manifest's entry for one figure of `corpus`.

    `files`, `inputs` and `code` map the names that are published (paths from the repository's root) to
    where they lie. Git commit and class of processor are those in `previous`, the entry published before,
    where all else is equal; else `commit` and `processor`: history and another machine alone never change
    an entry.
    """
    id = f"{corpus}/{figure.name}"
    described: Entry = {
        "id": id,
        "title": figure.title,
        "caption": figure.caption,
        "files": _hashes(files),
        "params": dict(params),
        "stages": list(stages),
        "inputs": _hashes(inputs),
        "version": version,
        "source": source_hash(code),
        "citation": bibtex(id, figure.title, version, authors),
    }
    described = json.loads(json.dumps(described))
    published = dict(previous or {})
    made = {"commit": commit, "processor": processor}
    kept = {key: published.pop(key) for key in made if key in published}
    return described | made | (kept if published == described else {})


def source_hash(code: Mapping[str, Path]) -> str:
    """One sha256 over names and contents of source files, without what changes no result."""
    lines = [f"{content_digest(path)}  {name}\n" for name, path in sorted(code.items())]
    return sha256("".join(lines).encode()).hexdigest()


def bibtex(id: str, title: str, version: str, authors: Sequence[str]) -> str:
    """How to cite a figure, in BibTeX; without a date, which the version stands for."""
    corpus, _, name = id.partition("/")
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{title}: {corpus}}}",
        "howpublished": f"reframing {version}, results/figures/{id}.pdf",
        "note": f"Figure {id}",
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value]
    return f"@misc{{reframing-{corpus}-{name},\n" + ",\n".join(lines) + "\n}"


def read_manifest(text: str | None) -> dict[str, Entry]:
    """Entries by id from a manifest's text; none where there is no text."""
    return {item["id"]: item for item in json.loads(text)["figures"]} if text else {}


def write_manifest(entries: Sequence[Entry], path: Path) -> None:
    """Write entries sorted by id; the same entries give the same bytes."""
    manifest = {"figures": sorted(entries, key=lambda item: item["id"])}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf8")


def _hashes(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in sorted(files.items())}
