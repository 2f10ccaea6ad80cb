"""What `.ci/run` accepts of a rerun, in a repository whose pipeline is one line of shell."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci/run"
VERIFY = """#!/bin/sh
git diff --quiet HEAD -- results && exit 0
grep -q nearly results/rates.csv && echo "equal within tolerance"
"""
MAKEFILE = "reproduce:\n\t{}\nclean test:\n\t@true\n"
NOTHING = "@true"
NEARLY = "@echo nearly > results/rates.csv; echo new > dvc.lock"


def git(*command: str) -> None:
    identity = ("-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *command], check=True, capture_output=True)


def checked(folder: Path, reproduce: str) -> subprocess.CompletedProcess[str]:
    """The script's run where `make reproduce` does this, and what it verifies has to be nearly the same."""
    for name, content in {
        "Makefile": MAKEFILE.format(reproduce),
        ".gitignore": ".venv\n",
        "results/rates.csv": "same\n",
        "dvc.lock": "old\n",
        "params.yaml": "seed: 1\n",
        ".venv/bin/reframing": VERIFY,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf8")
    (folder / ".venv/bin/reframing").chmod(0o755)
    (folder / ".ci").mkdir()
    shutil.copy(SCRIPT, folder / ".ci/run")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Publish"]):
        git(*command)
    calm = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["bash", ".ci/run"], capture_output=True, text=True, check=False, env=calm
    )


@pytest.mark.parametrize("reproduce", [NOTHING, NEARLY], ids=["identical", "equal"])
def test_a_rerun_that_is_as_published_passes(tmp_path, monkeypatch, reproduce):
    monkeypatch.chdir(tmp_path)
    done = checked(tmp_path, reproduce)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("== all passed\n")
    assert ("\nequal within tolerance\n" in done.stdout) is (reproduce == NEARLY)


@pytest.mark.parametrize(
    ("reproduce", "failed"),
    [
        ("@false", "make reproduce, every stage of the sample anew"),
        ("@echo other > results/rates.csv", "results are identical"),
        ("@echo seed: 2 > params.yaml", "results are identical"),
        ("@touch forgotten", "results are identical"),
        (f"{NEARLY}; echo Running stage", "a second make reproduce runs no stage"),
        (f"{NEARLY}; echo $$$$ >> results/rates.csv", "and changes nothing"),
    ],
    ids=["error", "differs", "another file", "new file", "runs again", "changes again"],
)
def test_whatever_else_a_rerun_does_fails(tmp_path, monkeypatch, reproduce, failed):
    monkeypatch.chdir(tmp_path)
    done = checked(tmp_path, reproduce)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(f"== FAILED: {failed}")
