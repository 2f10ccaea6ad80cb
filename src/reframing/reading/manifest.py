"""Corpus manifests: what is fetched, from where, with which size and hash, and why.

A manifest is a YAML mapping with the keys of `Manifest`. `answers` and `limits`, both optional, are lists of
sentences: what the corpus can answer, with the null that fits it, and what it cannot. `sources` is a list of
mappings of one of these forms:

- a file of a GitHub repository: `repository` (owner/name), `commit` (40 hex digits), `path`, `bytes`, `sha256`;
- a file at a URL: `url`, `path` (its place in the corpus folder), `bytes`, `sha256`;
- a local file: `local` (its path, relative to the repository's root), `path`, `bytes`, `sha256`;
- many files of one repository: `repository`, `commit`, and `files`, a block of lines `<sha256> <bytes> <path>`;
- the same with `names` and `column`, which keep file names that are themselves text of the corpus out of the
  manifest: `names` is the path of a tab-separated table among the sources, and `{7}` in a path stands for the
  cell of `column` in the table's row 7 (from 1, not counting the header).

Reading is strict: an unknown, missing or repeated key, or a value of another form, is an `InputError` that
names file, source (from 1) and field; so is YAML that is not plain data (`reframing.documents.plain_yaml`).
Texts have no control characters but line breaks and tabs. The module also verifies files against a manifest
(`check_file`) and declares a user's own files as a corpus (`declare_local`).
"""

import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from reframing.documents.errors import InputError
from reframing.documents.messages import CONTROLS, TURNING
from reframing.documents.plain_yaml import read_plain_yaml

# Reading manifests.

RAW_HOST = "https://raw.githubusercontent.com"
MIRRORED_HOST = "github.com"
TEXT_KEYS = ("name", "title", "citation", "licence", "purpose", "notes")
SENTENCE_KEYS = ("answers", "limits")
SHAPES = (
    frozenset(("repository", "commit", "path", "bytes", "sha256")),
    frozenset(("url", "path", "bytes", "sha256")),
    frozenset(("local", "path", "bytes", "sha256")),
    frozenset(("repository", "commit", "files")),
    frozenset(("repository", "commit", "files", "names", "column")),
)

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/(?!\.{1,2}$)[A-Za-z0-9._-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SIZE = re.compile(r"[0-9]{1,15}")
_ROW = re.compile(r"\{([1-9][0-9]{0,8})\}")
_HIDDEN = rf"{CONTROLS}{TURNING}\u2028\u2029\ufeff\ud800-\udfff"
_CONTROL = re.compile(rf"(?![\t\n])[{_HIDDEN}]")
_UNSAFE = re.compile(rf"[{_HIDDEN}\\:]")
_HOST = re.compile(r"\w[\w.-]*|[0-9a-f]*:[0-9a-f:.]*")
_BLANK = re.compile(r"\s")

MAX_FILE_BYTES = 10**12
MAX_PATH = 1000
_SHOWN = 100


class Names(NamedTuple):
    """Where file names are listed: the path of a table in the same manifest, and a column of it."""

    path: str
    column: str


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its origin, its path in the corpus folder, its size in bytes and its sha256.

    The origin is `repository` and `commit`, the URL `address`, or the local file `local`. With `names`, `path`
    is a pattern that `named` completes.
    """

    path: str
    bytes: int
    sha256: str
    repository: str = ""
    commit: str = ""
    address: str = ""
    local: str = ""
    names: Names | None = None

    @property
    def url(self) -> str:
        """The file's URL."""
        return self.address or f"{RAW_HOST}/{self.repository}/{self.commit}/{quote(self.path)}"

    @property
    def mirror_path(self) -> str:
        """The file's path in a mirror folder, `<host>/…`."""
        if not self.address:
            return f"{MIRRORED_HOST}/{self.repository}/{self.commit}/{self.path}"
        parts = urlsplit(self.address)
        return f"{parts.netloc.replace(':', '_')}/{unquote(parts.path).lstrip('/')}"

    def named(self, column: Sequence[str]) -> "Source":
        """This source with each `{n}` in its path replaced by cell n of `column` (from 1).

        Raises `InputError` if that cell is missing or empty, or the path is not below the corpus folder.
        """
        if self.names is None:
            return self
        table, field = self.names

        def cell(row: re.Match[str]) -> str:
            number = int(row[1])
            if number > len(column) or not column[number - 1]:
                raise InputError("names no file", table, number, field)
            return column[number - 1]

        path = _ROW.sub(cell, self.path)
        _check_path(path, table, field)
        return replace(self, path=path, names=None)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a corpus, with its licence, citation and purpose, and with what it can and cannot answer."""

    name: str
    title: str
    citation: str
    licence: str
    purpose: str
    notes: str
    sources: tuple[Source, ...]
    answers: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(source.bytes for source in self.sources)


def read_manifest(path: Path) -> Manifest:
    """Read and validate the manifest at `path`.

    Raises `InputError` with the file, the source's number and the field; also if the manifest's `name` is not
    the file's name without suffix.
    """
    try:
        manifest = parse_manifest(read_plain_yaml(path))
    except InputError as error:
        raise error.within(str(path)) from None
    if manifest.name != path.stem:
        problem = f"is '{manifest.name}', but the file is called '{path.stem}'; they must agree"
        raise InputError(problem, str(path), None, "name")
    return manifest


def read_names(table: Path, column: str) -> tuple[str, ...]:
    """The cells of `column` in a tab-separated table without quoting; raises `InputError` if it has none."""
    try:
        content = table.read_text(encoding="utf8")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start})", str(table)) from error
    header, *rows = (line.split("\t") for line in content.split("\n"))
    if column not in header:
        raise InputError("is not a column of this table of names", str(table), None, column)
    place = header.index(column)
    return tuple(row[place] if place < len(row) else "" for row in rows)


def parse_manifest(raw: Any) -> Manifest:
    """The manifest of a mapping as read from YAML; raises `InputError` with source and field."""
    if not isinstance(raw, dict):
        raise InputError("must hold a mapping of the manifest's fields")
    lists = {key: _sentences(raw.get(key, []), key) for key in SENTENCE_KEYS}
    _check_keys({**raw, **lists}, frozenset((*TEXT_KEYS, *SENTENCE_KEYS, "sources")), None)
    texts = {key: _text(raw, key, None) for key in TEXT_KEYS}
    if not _NAME.fullmatch(texts["name"]):
        raise InputError("must be lower-case words joined by hyphens", field="name")
    if not isinstance(raw["sources"], list) or not raw["sources"]:
        raise InputError("must be a list of at least one source", field="sources")
    sources = tuple(
        source
        for number, entry in enumerate(raw["sources"], 1)
        for source in _sources(entry, str(number))
    )
    _check_places(sources)
    return Manifest(sources=sources, answers=lists["answers"], limits=lists["limits"], **texts)


def _check_keys(raw: dict[Any, Any], expected: frozenset[str], record: str | None) -> None:
    for key in sorted(expected - set(raw)):
        raise InputError("is missing", record=record, field=key)
    for key in sorted(map(str, set(raw) - expected)):
        known = ", ".join(sorted(expected))
        named = key if len(key) <= _SHOWN and key.isprintable() else shown(key)
        raise InputError(f"is unknown; expected {known}", record=record, field=named)


def _text(raw: dict[str, Any], key: str, record: str | None) -> str:
    if not isinstance(raw[key], str) or not raw[key].strip():
        raise InputError(f"must be text, not {shown(raw[key])}", record=record, field=key)
    _check_shown(raw[key], record, key)
    return raw[key].strip()


def _check_shown(text: str, record: str | None, field: str) -> None:
    """Raise `InputError` if a text holds what a terminal or page obeys or hides instead of showing it."""
    if hidden := _CONTROL.search(text):
        code = f"U+{ord(hidden[0]):04X} at {hidden.start()}"
        raise InputError(f"holds a control character ({code})", record=record, field=field)


def shown(value: Any) -> str:
    """A value of a manifest as an error names it: short, in ASCII."""
    if isinstance(value, str):
        return ascii(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…")
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and value.bit_length() > _SHOWN:
        return "a number of very many digits"
    return str(value)[:_SHOWN]


def _sentences(given: Any, key: str) -> tuple[str, ...]:
    """The sentences under `key`, each of which must be one line that ends in a full stop."""
    if not isinstance(given, list):
        raise InputError(f"must be a list of sentences, not {shown(given)}", field=key)
    for number, sentence in enumerate(given, 1):
        if not isinstance(sentence, str) or not _is_sentence(sentence.strip()):
            problem = f"must be one line that ends in a full stop, not {shown(sentence)}"
            raise InputError(problem, field=f"{key}, {number}")
        _check_shown(sentence, None, f"{key}, {number}")
    return tuple(sentence.strip() for sentence in given)


def _is_sentence(text: str) -> bool:
    one_line = "\n" not in text and "\t" not in text
    return one_line and text.endswith(".") and re.search(r"\w", text) is not None


def _sources(entry: Any, record: str) -> Iterator[Source]:
    if not isinstance(entry, dict):
        raise InputError("must be a mapping of the source's fields", record=record)
    shape = max(SHAPES, key=lambda keys: len(keys & set(entry)) - len(keys - set(entry)))
    _check_keys(entry, shape, record)
    if "files" in shape:
        yield from _listed(entry, record)
    else:
        yield _source(entry, entry["path"], entry["bytes"], entry["sha256"], record)


def _listed(entry: dict[str, Any], record: str) -> Iterator[Source]:
    for number, line in enumerate(_text(entry, "files", record).splitlines(), 1):
        row = f"{record}, line {number} of files"
        cells = line.split(maxsplit=2)
        if len(cells) != 3:
            problem = f"must be '<sha256> <bytes> <path>', not {shown(line)}"
            raise InputError(problem, record=row, field="files")
        sha256, size, path = cells
        yield _source(entry, path, int(size) if _SIZE.fullmatch(size) else size, sha256, row)


def _source(entry: dict[str, Any], path: Any, size: Any, sha256: Any, record: str) -> Source:
    _check_path(path, record, "path")
    if type(size) is not int or not 0 <= size <= MAX_FILE_BYTES:
        problem = f"must be a whole number of bytes up to {MAX_FILE_BYTES:,}, not {shown(size)}"
        raise InputError(problem, None, record, "bytes")
    _check_form(_SHA256, sha256, "64 lower-case hex digits", record, "sha256")
    if "local" in entry:
        return Source(path, size, sha256, local=_local(_text(entry, "local", record), record))
    if "url" in entry:
        return Source(path, size, sha256, address=_address(_text(entry, "url", record), record))
    repository, commit = entry["repository"], entry["commit"]
    _check_form(_REPOSITORY, repository, "owner/name", record, "repository")
    _check_form(_COMMIT, commit, "the full commit of 40 hex digits", record, "commit")
    return Source(path, size, sha256, repository, commit, names=_names(entry, path, record))


def _names(entry: dict[str, Any], path: str, record: str) -> Names | None:
    if "names" not in entry or not _ROW.search(path):
        return None
    return Names(_text(entry, "names", record), _text(entry, "column", record))


def _local(path: str, record: str) -> str:
    if path.startswith("/") or re.search(r"[\n\t]", path) or len(path) > MAX_PATH:
        problem = f"must be a path from the repository's root, not {shown(path)}"
        raise InputError(problem, record=record, field="local")
    return path


def _address(url: str, record: str) -> str:
    try:
        parts = urlsplit(url)
        usable = (
            _HOST.fullmatch(parts.hostname or "")
            and parts.port != 0
            and parts.scheme in ("http", "https")
            and parts.username is None
            and not _BLANK.search(url)
        )
    except ValueError:
        usable = None
    if not usable:
        problem = f"must be an http(s) address without credentials, not {shown(url)}"
        raise InputError(problem, record=record, field="url")
    _check_path(unquote(parts.path).lstrip("/"), record, "url")
    return url


def _check_form(form: re.Pattern[str], value: Any, expected: str, record: str, field: str) -> None:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise InputError(f"must be {expected}, not {shown(value)}", record=record, field=field)


def _check_path(path: Any, record: str, field: str) -> None:
    parts = path.split("/") if isinstance(path, str) else []
    climbs = not parts or any(part in ("", ".", "..") for part in parts)
    if climbs or len(path) > MAX_PATH or _UNSAFE.search(path):
        problem = (
            f"must be a relative path below the folder, with '/' and no '..', not {shown(path)}"
        )
        raise InputError(problem, record=record, field=field)


def _check_places(sources: tuple[Source, ...]) -> None:
    """Raise `InputError` if paths collide, as files or as file and folder, or a table of names is no source."""
    places: set[str] = set()
    for source in sources:
        if source.path in places:
            raise InputError("occurs twice; each file needs a place of its own", None, source.path)
        places.add(source.path)
    for place in places:
        for folder in Path(place).parents:
            if folder.as_posix() in places:
                raise InputError("is both a file and a folder of another file", None, str(folder))
    for table in sorted({source.names.path for source in sources if source.names}):
        if table not in places:
            raise InputError(f"'{table}' must be a source of this manifest too", field="names")


# Verifying files.


def is_whole(file: Path, source: Source) -> bool:
    """Whether `file` exists with the declared size and sha256."""
    return file.is_file() and file.stat().st_size == source.bytes and sha256(file) == source.sha256


def check_file(file: Path, source: Source, named: str) -> None:
    """Raise `InputError` unless `file` has the declared size and sha256; `named` is its name in the message."""
    size = file.stat().st_size
    if size != source.bytes:
        raise InputError(f"has the wrong size: expected {source.bytes} bytes, got {size}", named)
    digest = sha256(file)
    if digest != source.sha256:
        raise InputError(f"has the wrong sha256: expected {source.sha256}, got {digest}", named)


def sha256(file: Path) -> str:
    """The SHA-256 hex digest of the file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# Declaring a user's own files as a corpus.

WIDTH = 100


def declare_local(
    files: Sequence[Path],
    root: Path,
    sentences: Mapping[str, Sequence[str]] | None = None,
    **texts: str,
) -> Manifest:
    """A manifest of local `files` with their sizes and hashes; their paths are relative to `root`.

    `sentences` are the lists of the manifest (`SENTENCE_KEYS`), `texts` its text fields (`TEXT_KEYS`). In the
    corpus folder each file keeps its name; if two names are the same, all files keep their paths relative to
    their common folder. Raises `InputError` as `parse_manifest` does.
    """
    sources = [
        {
            "local": Path(os.path.relpath(file, root)).as_posix(),
            "path": place,
            "bytes": file.stat().st_size,
            "sha256": sha256(file),
        }
        for file, place in zip(files, _places(files), strict=True)
    ]
    lists = {key: list((sentences or {}).get(key, ())) for key in SENTENCE_KEYS}
    return parse_manifest({**texts, **lists, "sources": sources})


def manifest_text(manifest: Manifest) -> str:
    """A manifest of local sources as YAML, with its keys in the usual order.

    Raises `InputError` if a text or a file name is not valid Unicode.
    """
    from ruamel.yaml import YAML

    entries: list[dict[str, Any]] = [
        {
            "local": source.local,
            "path": source.path,
            "bytes": source.bytes,
            "sha256": source.sha256,
        }
        for source in manifest.sources
    ]
    texts = {key: getattr(manifest, key) for key in TEXT_KEYS}
    lists = {key: list(getattr(manifest, key)) for key in SENTENCE_KEYS}
    locals = (source.local for source in manifest.sources)
    _check_unicode((*texts.values(), *chain(*lists.values()), *locals))
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    yaml.dump({**texts, **lists, "sources": entries}, written)
    return written.getvalue()


def _check_unicode(texts: Iterable[str]) -> None:
    for text in texts:
        try:
            text.encode("utf8")
        except UnicodeEncodeError:
            raise InputError(f"{text!a} is no Unicode text; write or name it otherwise") from None


def _places(files: Sequence[Path]) -> list[str]:
    names = [file.name for file in files]
    if len(set(names)) == len(names):
        return names
    shared = os.path.commonpath([file.resolve().parent for file in files])
    return [file.resolve().relative_to(shared).as_posix() for file in files]
