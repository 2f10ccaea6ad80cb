"""Declare a user's own files as a corpus: the manifest of what lies on this machine already."""

import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reframing.errors import InputError
from reframing.fetch.manifest import TEXT_KEYS, Manifest, parse_manifest
from reframing.fetch.verify import sha256

WIDTH = 100


def declare_local(
    files: Sequence[Path], root: Path, limits: Sequence[str] = (), **texts: str
) -> Manifest:
    """The manifest of local `files`, with paths from `root`, sizes and hashes; `texts` are its texts.

    In the corpus folder each file keeps its name; where two have the same one, they keep their paths
    below the folder that holds them all. Raises `InputError` as `parse_manifest` does.
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
    return parse_manifest({**texts, "limits": list(limits), "sources": sources})


def manifest_text(manifest: Manifest) -> str:
    """A manifest of local sources as YAML, in the order in which manifests are written.

    Raises `InputError` where a text or a file's name is no Unicode text.
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
    locals = (source.local for source in manifest.sources)
    _check_unicode((*texts.values(), *manifest.limits, *locals))
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    yaml.dump({**texts, "limits": list(manifest.limits), "sources": entries}, written)
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
