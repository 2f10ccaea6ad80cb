"""Repair what an interrupted run of DVC left incomplete: dvc.lock files, and its list of files in use.

DVC rewrites both in place. An incomplete lock is replaced by the committed one; results made since that commit
are not lost: DVC takes those in its cache from there instead of making them again.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reframing.documents.files import read_bytes
from reframing.documents.messages import warn

LOCKS = ("dvc.lock", "*/dvc.lock")
IN_USE = Path(".dvc/tmp/rwlock")


def restore_cut_locks(folder: Path) -> Iterator[Path]:
    """Restore incomplete locks in `folder` and its subfolders; yields the path of each restored lock.

    An incomplete lock that was never committed is deleted. Raises `InputError` if something else than a file,
    or a file that cannot be read, is in the place of a lock.
    """
    for lock in sorted(path for pattern in LOCKS for path in folder.glob(pattern)):
        committed = _committed(lock)
        if is_whole(read_bytes(lock), committed or b""):
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
    except (YAMLError, UnicodeDecodeError, Invalid, RecursionError):
        return None


def _committed(lock: Path) -> bytes | None:
    """The lock as last committed; None if it never was, or git is missing."""
    command = ["git", "show", f"HEAD:./{lock.name}"]
    try:
        done = subprocess.run(command, cwd=lock.parent, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def forget_ended_runs(in_use: Path) -> None:
    """Delete DVC's list of files in use if no process that it names runs any more; it may be cut.

    A process that began after the list was written has only been given the number of one that ended.
    """
    from psutil import NoSuchProcess, Process

    try:
        numbers = set(map(int, re.findall(rb'"pid": (\d+)', in_use.read_bytes())))
        written = in_use.stat().st_mtime
    except FileNotFoundError:
        return
    for number in numbers:
        try:
            if Process(number).create_time() <= written:
                return
        except NoSuchProcess:
            continue
    in_use.unlink(missing_ok=True)


def mend() -> None:
    """Repair what interrupted runs left in this folder, and say in one line which locks were cut."""
    forget_ended_runs(IN_USE)
    for lock in restore_cut_locks(Path()):
        now = "the committed one is back" if lock.exists() else "it is removed"
        warn(f"{lock}: an interrupted run left it cut; {now}")
