"""The process `reframing`: signals and standard streams, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ARTICLES = [
    {
        "id": "ferry",
        "title": "“Ferry” may close",
        "body": "The ferry line may close in May, director Ana Ruiz said. “We lost 40 guests,” she said.",
    },
    {
        "id": "repost",
        "title": "“Ferry” closes",
        "body": "The ferry line will close in May. “We lost 40 guests,” director Ana Ruiz said.",
    },
]

SIGNAL = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
from importlib.abc import MetaPathFinder
class Ending(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.{signal})
sys.meta_path.insert(0, Ending())
from reframing.commands.main import main
sys.argv = ["reframing", "annotate", "articles.jsonl", "--profile", "lexicon", "--out", "a.jsonl"]
main()
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("articles.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ARTICLES))
    for one in ARTICLES:
        Path(f"{one['id']}.txt").write_text(f"{one['title']}\n{one['body']}\n", encoding="utf8")
    return tmp_path


def reframing(
    *arguments: str, before: Callable[[], object] | None = None, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    code = "from reframing.commands.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        check=False,
        preexec_fn=before,
        env=os.environ | environment,
    )


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_while_modules_are_imported_ends_it_without_a_word(name: str, code: int):
    script = SIGNAL.format(module="typer", signal=name)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_during_work_is_one_line_and_leaves_nothing(folder: Path, name: str, code: int):
    before = set(folder.iterdir())
    script = SIGNAL.format(module="reframing.measures.profile_lexicon", signal=name)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == code
    assert done.stderr == b"reframing: interrupted; what was complete stays\n"
    assert set(folder.iterdir()) == before


def test_files_are_read_where_standard_input_is_closed():
    done = reframing("pair", "articles.jsonl", before=lambda: os.close(0))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["a"] == "ferry"


def test_a_closed_standard_input_is_one_line():
    done = reframing("pair", "-", before=lambda: os.close(0))
    assert done.returncode == 2
    assert done.stderr == b"reframing: -: standard input is closed; give a file\n"


@pytest.mark.parametrize(
    "command", ["compare ferry.txt repost.txt --profile lexicon", "study init mine", "--version"]
)
def test_what_a_closed_standard_output_would_lose_is_refused(folder: Path, command: str):
    before = set(folder.iterdir())
    done = reframing(*command.split(), before=lambda: os.close(1))
    assert done.returncode == 2
    assert done.stderr == b"reframing: standard output is closed; write to a file with --out\n"
    assert set(folder.iterdir()) == before


def test_a_closed_standard_error_leaves_output_and_code_as_they_are():
    done = reframing("pair", "gone.jsonl", before=lambda: os.close(2))
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("command", ["pair articles.jsonl", "--version"])
def test_a_full_disk_behind_standard_output_is_one_line(command: str):
    def full() -> None:
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)

    done = reframing(*command.split(), before=full)
    assert done.returncode == 2
    assert done.stderr == b"reframing: output: No space left on device\n"


def test_text_that_an_encoding_lacks_is_escaped():
    command = "compare ferry.txt repost.txt --profile lexicon".split()
    done = reframing(*command, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u201cFerry\u201d closes" in done.stdout


def test_commands_of_a_terminal_in_the_input_are_escaped():
    Path("bad.jsonl").write_text(json.dumps({"id": "a\x1b[2J\u202e", "title": "T"}))
    done = reframing("annotate", "bad.jsonl")
    assert done.returncode == 2
    assert done.stderr.startswith(
        rb"reframing: bad.jsonl: record a\x1b[2J\u202e: field 'text': is missing"
    )
