"""`reframing study`: the pipeline of this repository, corpus by corpus."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from reframing.commands.add_corpus import MANIFESTS, add, known_corpora
from reframing.commands.judge import draw, judged
from reframing.errors import InputError
from reframing.lockfile import mend

JOIN = "manifest"
"""The stage that joins what the stages of single corpora made."""

FAILED = 2
"""Exit code where a stage failed, which has said why."""

study = typer.Typer(
    rich_markup_mode=None,
    help="Run the pipeline of a study. Call it in the repository's folder.",
)

Corpus = Annotated[
    str, typer.Argument(metavar="CORPUS", help="A corpus of params.yaml.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry", help="Run nothing; say what is out of date.")]


@study.command("list")
def list_corpora() -> None:
    """List the corpora and which are fetched.

    Each with its reader, as params.yaml has them.

    Example: reframing study list
    """
    for name, corpus in known_corpora().items():
        fetched = (Path("data/raw") / name).is_dir()
        typer.echo(f"{name}\t{corpus.reader}\t{'fetched' if fetched else 'not fetched'}")


study.command()(add)
study.command()(draw)
study.command()(judged)


@study.command()
def reproduce(corpus: Corpus, dry: DryRun = False) -> None:
    """Run the stages of one corpus. Then the figures' manifests are joined; what is up to date is kept.

    Example: reframing study reproduce sample
    """
    mend()
    known = known_corpora()
    if corpus not in known:
        raise InputError(f"no corpus '{corpus}'; there are {', '.join(known)}", "params.yaml")
    there = _dvc("stage", "list", "--name-only").stdout.splitlines()
    stages = stages_of(corpus, there)
    if not stages:
        raise InputError(f"no stage runs for corpus '{corpus}'", "dvc.yaml")
    _check_unchanged(MANIFESTS / f"{corpus}.yaml")
    join = [JOIN] if JOIN in there else []
    if dry:
        raise typer.Exit(_dvc("status", "--with-deps", *stages, *join, shown=True).returncode)
    code = _dvc("repro", *stages, shown=True).returncode
    if join and not code:
        code = _dvc("repro", "--single-item", *join, shown=True).returncode
    raise typer.Exit(FAILED if code else 0)


def _check_unchanged(manifest: Path) -> None:
    """Raise where a file of this machine is another than its manifest says: its old copy would be studied."""
    from reframing.fetch.manifest import read_manifest
    from reframing.fetch.verify import sha256

    for source in read_manifest(manifest).sources if manifest.exists() else ():
        file = Path(source.local)
        if source.local and file.is_file() and sha256(file) != source.sha256:
            problem = (
                f"has changed; say so with `reframing study add {manifest.stem} FILES... --replace`"
            )
            raise InputError(problem, source.local)


def stages_of(corpus: str, stages: list[str]) -> list[str]:
    """The names of stages that are expanded for one corpus: `annotate@sample`."""
    return [stage for stage in stages if stage.partition("@")[2] == corpus]


def _dvc(*arguments: str, shown: bool = False) -> "subprocess.CompletedProcess[str]":
    """Run DVC; the stages that it starts find this environment's `python` first."""
    command = [sys.executable, "-m", "dvc", *arguments]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        command, text=True, capture_output=not shown, check=False, env={**os.environ, "PATH": path}
    )
    if done.returncode and not shown:
        raise InputError(f"dvc failed: {done.stderr.strip() or done.returncode}", "dvc.yaml")
    return done
