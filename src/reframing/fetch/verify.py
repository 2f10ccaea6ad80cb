"""Is a file the one that the manifest declares? Size first, then sha256."""

import hashlib
from pathlib import Path

from reframing.errors import InputError
from reframing.fetch.manifest import Source


def is_whole(file: Path, source: Source) -> bool:
    """Whether `file` is there with the declared size and hash."""
    return file.is_file() and file.stat().st_size == source.bytes and sha256(file) == source.sha256


def check_file(file: Path, source: Source, named: str) -> None:
    """Raise `InputError` about `named` unless `file` has the declared size and hash."""
    size = file.stat().st_size
    if size != source.bytes:
        raise InputError(f"has the wrong size: expected {source.bytes} bytes, got {size}", named)
    digest = sha256(file)
    if digest != source.sha256:
        raise InputError(f"has the wrong sha256: expected {source.sha256}, got {digest}", named)


def sha256(file: Path) -> str:
    """Hex digest of the file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
