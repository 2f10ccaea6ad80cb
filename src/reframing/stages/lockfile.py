"""Repair dvc.lock files that an interrupted run left incomplete: DVC rewrites them in place after each stage.

`python -m reframing.stages.lockfile` replaces an incomplete lock by the committed one. Results made since
that commit are not lost: DVC takes those in its cache from there instead of making them again.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOCKS = ("dvc.lock", "*/dvc.lock")


def restore_cut_locks(folder: Path) -> Iterator[Path]:
    """Restore incomplete locks in `folder` and its subfolders; yields the path of each restored lock.

    An incomplete lock that was never committed is deleted.
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
    """Whether DVC can read a lock, and it has every stage of the committed one."""
    if content == committed:
        return True
    stages = _stages(content) if content.endswith(b"\n") else None
    return stages is not None and stages.keys() >= (_stages(committed) or {}).keys()


def _stages(content: bytes) -> dict[str, Any] | None:
    """The stages of a lock by name; None if DVC would reject the lock."""
    from dvc.schema import COMPILED_LOCKFILE_SCHEMA
    from ruamel.yaml import YAML, YAMLError
    from voluptuous import Invalid

    try:
        return dict(COMPILED_LOCKFILE_SCHEMA(YAML(typ="safe").load(content)).get("stages", {}))
    except (YAMLError, UnicodeDecodeError, Invalid):
        return None


def _committed(lock: Path) -> bytes | None:
    """The lock as last committed; None if it never was, or git is missing."""
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
