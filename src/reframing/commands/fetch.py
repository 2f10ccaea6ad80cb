"""`reframing fetch`: the files of a corpus, as its manifest declares them."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reframing.fetch import Manifest, Source

ManifestFile = Annotated[
    Path,
    typer.Argument(metavar="MANIFEST", help="A manifest (YAML): what to fetch, sizes and hashes."),
]
Into = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of the corpus; data/raw/NAME unless given."),
]
Mirror = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        envvar="REFRAMING_MIRROR",
        exists=True,
        file_okay=False,
        help="Read from this folder instead of the network, with the same checks.",
    ),
]


def fetch(manifest: ManifestFile, into: Into = None, mirror: Mirror = None) -> None:
    """Fetch and verify a corpus. A rerun fetches only what is missing.

    Example: reframing fetch data/manifests/polnear.yaml --mirror ../mirror
    """
    from reframing.fetch import fetch as fetch_files
    from reframing.fetch import read_manifest

    declared = read_manifest(manifest)
    folder = into or Path("data/raw") / declared.name
    cache = Path(os.environ.get("REFRAMING_CACHE") or ".reframing-cache")
    with _bytes_shown(declared) as on_progress:
        typer.echo(str(fetch_files(declared, folder, cache, mirror, on_progress)))


@contextmanager
def _bytes_shown(manifest: "Manifest") -> "Iterator[Callable[[Source, int], None]]":
    """A bar of the bytes received, on standard error and on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    received: dict[str, int] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task(manifest.name, total=manifest.bytes)

        def on_progress(source: "Source", so_far: int) -> None:
            received[source.path] = so_far
            bar.update(task, completed=sum(received.values()))

        yield on_progress
