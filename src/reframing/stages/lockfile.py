"""Locks that an interrupted run left cut: DVC writes dvc.lock anew, in place, after each stage.

`python -m reframing.stages.lockfile` puts the committed lock in the place of one that is not whole. DVC keeps
what the stages made since: where it is in the cache, it is taken from there and not made again.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOCKS = ("dvc.lock", "*/dvc.lock")


def restore_cut_locks(folder: Path) -> Iterator[Path]:
    """Restore what is not whole of the locks in `folder` and the folders in it; their paths.

    A cut lock that was never committed is removed.
    """
    for lock in sorted(path for pattern in LOCKS for path in folder.glob(pattern)):
        committed = _committed(lock)
        if is_whole(lock.read_bytes(), committed or b""):
            continue
        if committed is None:
            lock.unlink()
        else:
            lock.write_bytes(committed)
        yield lock


def is_whole(content: bytes, committed: bytes) -> bool:
    """Whether DVC takes a lock, and it has every stage that the committed one has."""
    if content == committed:
        return True
    stages = _stages(content) if content.endswith(b"\n") else None
    return stages is not None and stages.keys() >= (_stages(committed) or {}).keys()


def _stages(content: bytes) -> dict[str, Any] | None:
    """The stages of a lock by name; None where DVC would refuse it."""
    from dvc.schema import COMPILED_LOCKFILE_SCHEMA
    from ruamel.yaml import YAML, YAMLError
    from voluptuous import Invalid

    try:
        return dict(COMPILED_LOCKFILE_SCHEMA(YAML(typ="safe").load(content)).get("stages", {}))
    except (YAMLError, UnicodeDecodeError, Invalid):
        return None


def _committed(lock: Path) -> bytes | None:
    """The lock as it was last committed; None where it never was, or where there is no git."""
    command = ["git", "show", f"HEAD:./{lock.name}"]
    try:
        done = subprocess.run(command, cwd=lock.parent, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def mend() -> None:
    for lock in restore_cut_locks(Path()):
        now = "the committed one is back" if lock.exists() else "it is removed"
        print(f"{lock}: an interrupted run left it cut; {now}", file=sys.stderr)


if __name__ == "__main__":
    mend()
