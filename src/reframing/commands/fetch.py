"""`reframing fetch`: the files of a corpus, as its manifest declares them."""

from pathlib import Path
from typing import Annotated

import typer

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
    from reframing.fetch import acquire, read_manifest

    declared = read_manifest(manifest)
    typer.echo(str(acquire(declared, into or Path("data/raw") / declared.name, mirror)))
