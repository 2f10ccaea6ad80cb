"""A case of hostile input, the folder it runs in, and what holds of every answer."""

import html.parser
import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

SEED = 24
SECONDS = 10.0
MEGABYTES = 500
NOBODY = 65534

# Files of a case: bytes, or something that only looks like a file.


@dataclass(frozen=True)
class Link:
    """A symbolic link."""

    to: str


@dataclass(frozen=True)
class Locked:
    """A file, or a folder where there is no content, that nobody but its owner may touch."""

    content: bytes | None = None


@dataclass(frozen=True)
class Special:
    """What is no regular file: `fifo`, `socket` or `folder`."""

    kind: str


@dataclass(frozen=True)
class Damaged:
    """The study's own file there with other `bits`, `more-bits`, a `hole` of zeros, or `cut` in the middle."""

    how: str


File = bytes | Link | Locked | Special | Damaged


@dataclass
class Outcome:
    """What a command did: exit code, output, time, memory, and its folder before and after."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    megabytes: float
    folder: Path
    before: Mapping[str, str]
    after: Mapping[str, str]

    def read(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def records(self) -> list[dict]:
        return [json.loads(line, parse_constant=_no_number) for line in self.out.splitlines()]


Check = Callable[[Outcome], None]


@dataclass(frozen=True)
class Case:
    """A command line with its files. `codes` are the exit codes that are right.

    `names` must all be in the line on standard error with exit code 2, and only the files `keeps`, which are
    whole, may be new. With another code the files `writes` may be new or changed, and `check` holds. `study`
    lays a study with compared pairs under the files. Standard output is a file, `closed`, or a `full` disk, and
    no file can grow beyond `file_bytes`. A `real` case is a process of its own, with a `redirection`.
    """

    id: str
    argv: tuple[str, ...]
    files: Mapping[str, File] = field(default_factory=dict)
    stdin: bytes = b""
    codes: tuple[int, ...] = (2,)
    names: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    check: Check | None = None
    study: bool = False
    as_nobody: bool = False
    stdout: str = ""
    file_bytes: int = 200_000_000
    real: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    redirection: str = ""

    @property
    def random(self) -> Random:
        return Random(f"{SEED}:{self.id}")


def lay_out(case: Case, folder: Path, study: Path) -> None:
    """Make the folder of a case."""
    if case.study:
        shutil.copytree(study, folder)
    else:
        folder.mkdir()
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Damaged):
            content = damaged(path.read_bytes(), content.how, case.random)
        if os.path.lexists(path):
            path.unlink()
        _make(path, content)
    if case.as_nobody:
        for place, folders, files in os.walk(folder):
            for one in (place, *(f"{place}/{name}" for name in (*folders, *files))):
                os.chown(one, NOBODY, NOBODY, follow_symlinks=False)
        for above in folder.parents[:2]:
            above.chmod(0o755)


def _make(path: Path, content: File) -> None:
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, Link):
        path.symlink_to(content.to)
    elif isinstance(content, Locked):
        if content.content is None:
            path.mkdir()
        else:
            path.write_bytes(content.content)
        path.chmod(0o000)
    elif content.kind == "fifo":
        os.mkfifo(path)
    elif content.kind == "folder":
        path.mkdir()
    else:
        here = os.open(path.parent, os.O_RDONLY)
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(f"/proc/self/fd/{here}/{path.name}")
        os.close(here)


def damaged(sound: bytes, how: str, random: Random) -> bytes:
    """The bytes of a Parquet file, damaged before its footer; in it where the table has no rows."""
    end = len(sound) - 8 - int.from_bytes(sound[-8:-4], "little")
    end = end if end > 4 else len(sound) - 8
    made = bytearray(sound)
    if how == "cut":
        return bytes(made[: end // 2])
    if how == "hole":
        start = random.randrange(4, max(end - 64, 5))
        made[start : min(start + 64, end)] = bytes(min(64, end - start))
        return bytes(made)
    for _ in range(50 if how == "more-bits" else 5):
        made[random.randrange(4, end)] ^= 1 << random.randrange(8)
    return bytes(made)


def contents(folder: Path) -> dict[str, str]:
    """A digest of every file below a folder, by its path; what is no file is named."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            key = os.fsencode(path.relative_to(folder)).decode("utf8", "backslashreplace")
            if path.is_symlink():
                found[key] = f"link to {path.readlink()!r}"
            elif path.is_file():
                found[key] = sha256(path.read_bytes()).hexdigest()
            elif not path.is_dir():
                found[key] = "special"
    return found


# What holds of every answer.

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARK = re.compile(r"hostile|alert\(|evil\.example")
"""What payloads of markup hold: no tag and no attribute that does something holds it in a page."""
NO_TAGS = {"iframe", "object", "embed", "form", "base", "math", "animate"}
"""Elements that pages do not have and payloads would make."""


def problems(case: Case, found: Outcome) -> list[str]:
    """What is wrong with an answer; empty if nothing is."""
    wrong = [*_about_resources(found), *_about_terminal(found), *_about_files(case, found)]
    if found.code not in case.codes:
        wrong.append(f"exit code {found.code}, expected {' or '.join(map(str, case.codes))}")
    if found.code == 2:
        wrong += _about_line(case, found)
    elif found.code in case.codes and case.check is not None:
        try:
            case.check(found)
        except (AssertionError, ValueError, LookupError, OSError) as error:
            wrong.append(f"wrong answer: {error!r}"[:300])
    return wrong


def _about_resources(found: Outcome) -> list[str]:
    wrong = []
    if found.seconds > SECONDS:
        wrong.append(f"took longer than {SECONDS:.0f} s")
    if found.megabytes > MEGABYTES:
        wrong.append(f"took {found.megabytes:.0f} MB")
    return wrong


def _about_terminal(found: Outcome) -> list[str]:
    wrong = []
    for name, raw in (("output", found.out), ("error", found.err)):
        text = raw.decode("utf8", "replace")
        if "Traceback (most recent call last)" in text:
            last = [line for line in text.splitlines() if line.strip()][-1]
            wrong.append(f"traceback: {last[:200]}")
            return wrong
        if text.startswith('{"'):
            text = re.sub(r"[\x7f-\x9f]|" + BIDI.pattern, "", text)
        for pattern, what in ((CONTROL, "control character"), (BIDI, "bidi control")):
            if met := pattern.search(text):
                wrong.append(f"{what} {met[0]!r} on standard {name}")
    return wrong


def _about_files(case: Case, found: Outcome) -> list[str]:
    allowed = case.keeps if found.code == 2 else case.writes
    changed = sorted(
        name
        for name in {*found.before, *found.after}
        if found.before.get(name) != found.after.get(name)
        and not any(name == place or name.startswith(f"{place}/") for place in allowed)
    )
    return [f"left or changed: {', '.join(changed)[:200]}"] if changed else []


def _about_line(case: Case, found: Outcome) -> list[str]:
    if "2>" in case.redirection:
        return []
    text = found.err.decode("utf8", "replace")
    lines = text.splitlines()
    wrong = []
    if len(lines) != 1 or not text.startswith(("reframing: ", "usage: ")):
        wrong.append(f"no single line of reframing on standard error: {text[:200]!r}")
    if found.out:
        wrong.append(f"output with exit code 2: {found.out[:80]!r}")
    if len(text) > 2000:
        wrong.append(f"a line of {len(text):,} characters")
    wrong += [
        f"the line does not name {name!r}: {text[:200]!r}"
        for name in case.names
        if name not in text
    ]
    return wrong


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


# Pages.


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.hostile: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in ((tag, None), *attrs):
            active = name.startswith("on") or name in ("href", "src", "style", "action", "srcdoc")
            if tag in NO_TAGS or MARK.search(name) or (active and MARK.search(value or "")):
                self.hostile.append(f"<{tag} {name}={value!r}>"[:120])


def check_page(page: str) -> None:
    """Nothing of a payload is markup in a page: no element, no attribute, no control character."""
    tags = _Tags()
    tags.feed(page)
    assert not tags.hostile, tags.hostile
    assert tags.tags.count("script") <= 1, "a script that is not the page's own"
    met = CONTROL.search(page.replace("\r", ""))
    assert met is None, f"control character {met}"
