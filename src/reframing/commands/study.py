"""`reframing study`: the pipeline of this repository, corpus by corpus."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from reframing.errors import InputError

study = typer.Typer(
    rich_markup_mode=None,
    help="Run the pipeline of a study. Call it in the repository's folder.",
)

Corpus = Annotated[
    str, typer.Argument(metavar="CORPUS", help="A corpus of params.yaml.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry", help="Only say what would run.")]


@study.command("list")
def list_corpora() -> None:
    """List the corpora of params.yaml, their readers, and which are here.

    Example: reframing study list
    """
    from reframing.params import read_params

    for name, corpus in read_params().corpora.items():
        here = any((folder / name).is_dir() for folder in (Path("data"), Path("data/raw")))
        typer.echo(f"{name}\t{corpus.reader}\t{'here' if here else 'not fetched'}")


@study.command()
def reproduce(corpus: Corpus, dry: DryRun = False) -> None:
    """Run the stages of one corpus. What is up to date is passed over.

    Example: reframing study reproduce sample
    """
    from reframing.params import read_params

    known = read_params().corpora
    if corpus not in known:
        raise InputError(f"no corpus '{corpus}'; there are {', '.join(known)}", "params.yaml")
    stages = stages_of(corpus, _dvc("stage", "list", "--name-only").stdout.splitlines())
    if not stages:
        raise InputError(f"no stage runs for corpus '{corpus}'", "dvc.yaml")
    command = ["repro", *(["--dry"] if dry else []), *stages]
    raise typer.Exit(_dvc(*command, shown=True).returncode)


def stages_of(corpus: str, stages: list[str]) -> list[str]:
    """The names of stages that are expanded for one corpus: `annotate@sample`."""
    return [stage for stage in stages if stage.partition("@")[2] == corpus]


def _dvc(*arguments: str, shown: bool = False) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "dvc", *arguments]
    done = subprocess.run(command, text=True, capture_output=not shown, check=False)
    if done.returncode and not shown:
        raise InputError(f"dvc failed: {done.stderr.strip() or done.returncode}", "dvc.yaml")
    return done
