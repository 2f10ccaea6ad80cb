"""Manifest of published figures: for each figure its files, their provenance, and a citation.

Provenance is the SHA-256 of inputs and of source code (without comments and docstrings, which change no
result), the parameters, and the version of the package.
"""

import io
import json
import re
import subprocess
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from reframing.documents.errors import InputError
from reframing.documents.latex import latex
from reframing.documents.plain_yaml import read_plain_yaml
from reframing.documents.writers import replacing
from reframing.figures.figure import Figure

# Authors, published names, and the state of the package in git.

CITATION = Path("CITATION.cff")
MANIFESTS = Path("data/manifests")


def cited_authors() -> list[str]:
    """The authors in CITATION.cff for BibTeX: *Family, Given*, or *{Name}* for an organisation."""
    authors = read_yaml(CITATION).get("authors", [])
    names = ((author.get("family-names"), author.get("given-names")) for author in authors)
    entities = (f"{{{latex(author['name'])}}}" if "name" in author else "" for author in authors)
    return [
        entity or ", ".join(latex(part) for part in name if part)
        for name, entity in zip(names, entities, strict=True)
    ]


def named(paths: Iterable[Path]) -> dict[str, Path]:
    """Paths by the names under which they are published."""
    return {path.as_posix(): path for path in paths}


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file of plain data; raises `InputError` where there is none."""
    try:
        declared = read_plain_yaml(path)
    except InputError as error:
        raise error.within(str(path)) from None
    if not isinstance(declared, dict):
        raise InputError("must be a mapping", str(path))
    return declared


def corpus_title(manifest: Path) -> str:
    """The title of a corpus from its manifest; raises `InputError` where it has none."""
    declared = read_yaml(manifest)
    if "title" not in declared:
        raise InputError("is missing; captions name the corpus by it", str(manifest), field="title")
    return str(declared["title"])


def from_git(*command: str) -> str | None:
    """Output of a git command; None where git, the repository or the object does not exist."""
    try:
        done = subprocess.run(["git", *command], capture_output=True, text=True, encoding="utf8")
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def package_state() -> str:
    """Name and version of the package, and the commit where the working folder is a git repository."""
    commit = from_git("describe", "--always", "--dirty", "--exclude", "*") or ""
    return " ".join(["reframing", version("reframing"), commit]).strip()


# Manifest and citations.

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
    processor: str,
) -> Entry:
    """The manifest's entry for one figure of `corpus`.

    `files`, `inputs` and `code` map published names (paths from the root of the repository) to the actual
    paths. `processor` is the class of processor on which the figure was drawn.
    """
    id = f"{corpus}/{figure.name}"
    described: Entry = {
        "id": id,
        "title": figure.title,
        "caption": figure.caption,
        "alt": figure.alt,
        "files": _hashes(files),
        "params": dict(params),
        "stages": list(stages),
        "inputs": _hashes(inputs),
        "version": version,
        "source": source_hash(code),
        "citation": bibtex(id, figure.title, version, authors),
    }
    described["processor"] = processor
    return described


def source_hash(code: Mapping[str, Path]) -> str:
    """One SHA-256 over the names and contents of source files, ignoring comments and docstrings in Python."""
    lines = [f"{content_digest(path)}  {name}\n" for name, path in sorted(code.items())]
    return sha256("".join(lines).encode()).hexdigest()


def bibtex(id: str, title: str, version: str, authors: Sequence[str]) -> str:
    """A BibTeX entry for a figure, without a date: the version identifies it.

    `authors` are as `cited_authors` gives them; the other texts are plain.
    """
    corpus, _, name = id.partition("/")
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{latex(f'{title}: {corpus}')}}}",
        "howpublished": latex(f"reframing {version}, results/figures/{id}.pdf"),
        "note": latex(f"Figure {id}"),
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value]
    return f"@misc{{reframing-{corpus}-{name},\n" + ",\n".join(lines) + "\n}"


def write_citation(
    figure: Figure, corpus: str, folder: Path, version: str, authors: Sequence[str]
) -> Path:
    """Write the citation, which the manifest has too, as NAME.bib beside a figure of `corpus`."""
    path = folder / f"{figure.name}.bib"
    citation = bibtex(f"{corpus}/{figure.name}", figure.title, version, authors)
    with replacing(path) as file:
        file.write(f"{citation}\n".encode())
    return path


def read_entries(text: str | None) -> dict[str, Entry]:
    """Entries by id, from the text of a manifest; empty where `text` is None or empty."""
    return {item["id"]: item for item in json.loads(text)["figures"]} if text else {}


def write_manifest(entries: Sequence[Entry], path: Path) -> None:
    """Write entries as JSON, sorted by id; equal entries give identical bytes."""
    manifest = {"figures": sorted(entries, key=lambda item: item["id"])}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(f"{text}\n".encode())


def _hashes(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in sorted(files.items())}


_STRING = re.compile(r"[bru]*['\"]", re.IGNORECASE)
_NO_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


def content_digest(file: Path) -> str:
    """SHA-256 of a file; of a Python module without comments, docstrings and blank lines."""
    content = file.read_bytes()
    if file.suffix == ".py":
        content = without_comments(content.decode("utf8")).encode()
    return sha256(content).hexdigest()


@cache
def without_comments(source: str) -> str:
    r"""Python source without comments, docstrings and blank lines; everything else is kept verbatim.

    Unlike the dump of a syntax tree, the result does not depend on the version of Python.

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


def _docstrings(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    """String tokens that are statements by themselves."""
    code = [token for token in tokens if token.type not in _NO_CODE]
    begins = True
    for token, after in pairwise(code):
        if begins and after.type == tokenize.NEWLINE and _STRING.match(token.string):
            yield token
        begins = token.type == tokenize.NEWLINE
