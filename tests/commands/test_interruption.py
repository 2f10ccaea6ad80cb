"""A command that was ended at any moment is finished when it is run again: same bytes, nothing left over."""

import hashlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reframing.commands.main import run

ENDED = """
import os, signal, sys
from importlib import import_module
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
from reframing.commands.main import main
module, name, calls, number, *arguments = sys.argv[1:]
place, left = import_module(module), int(calls)
whole = getattr(place, name)
def ending(*given, **named):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), int(number))
    return whole(*given, **named)
setattr(place, name, ending)
sys.argv = ["reframing", *arguments]
main()
"""
"""The command line is run until a function is called for the n-th time; then the process gets a signal."""

FERRY = "The ferry line may close in May, director Ana Ruiz said. “We lost 40 guests,” she said."
REPOST = "The ferry line will close in May. “We lost 40 guests,” director Ana Ruiz said."
LEXICON = ("--profile", "lexicon")
ANNOTATE = ("annotate", "articles.jsonl", *LEXICON, "--out", "out.jsonl")
PARQUET = ("annotate", "articles.jsonl", *LEXICON, "--out", "out.parquet")
COMPARE = ("compare", "ferry.txt", "repost.txt", *LEXICON, "--html", "out.html")
FETCH = ("fetch", "goats.yaml")


def lay_out(folder: Path) -> None:
    folder.mkdir()
    articles = ({"id": "ferry", "body": FERRY}, {"id": "repost", "body": REPOST})
    (folder / "articles.jsonl").write_text("".join(json.dumps(one) + "\n" for one in articles))
    for one in articles:
        (folder / f"{one['id']}.txt").write_text(f"{one['body']}\n", encoding="utf8")
    sources = ""
    for name in ("billy", "nanny"):
        content = f"{name}\n".encode()
        (folder / name).write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        sources += f"- local: {name}\n  path: {name}\n  bytes: {len(content)}\n  sha256: {sha256}\n"
    (folder / "goats.yaml").write_text(
        "name: goats\ntitle: Goats\ncitation: none\nlicence: CC0-1.0\npurpose: test\nnotes: invented\n"
        f"sources:\n{sources}"
    )


def state(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too, by their path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("command", "at", "name"),
    [
        (ANNOTATE, "reframing.documents.writers json_line 2", "SIGKILL"),
        (ANNOTATE, "reframing.documents.writers _move 1", "SIGINT"),
        (PARQUET, "reframing.documents.writers record_schema 1", "SIGKILL"),
        (COMPARE, "reframing.moves.compare compare 1", "SIGTERM"),
        (COMPARE, "reframing.documents.writers _move 1", "SIGKILL"),
        (FETCH, "shutil copyfile 2", "SIGTERM"),
        (FETCH, "reframing.reading.fetch check_file 2", "SIGKILL"),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else given,
)
def test_a_command_that_was_ended_is_finished_by_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], at: str, name: str
) -> None:
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    for folder in (undisturbed, disturbed):
        lay_out(folder)
    number = getattr(signal, name)
    done = subprocess.run(
        [sys.executable, "-c", ENDED, *at.split(), str(int(number)), *command],
        cwd=disturbed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (-number if name == "SIGKILL" else 128 + number)
    assert len(done.stderr.splitlines()) == (name != "SIGKILL")
    for folder in (undisturbed, disturbed):
        monkeypatch.chdir(folder)
        assert run(command) == 0
    assert state(disturbed) == state(undisturbed)
