"""Stage `fetch`: bring the files of one corpus to data/raw/, as its manifest declares them.

`python -m reframing.stages.fetch CORPUS` reads data/manifests/CORPUS.yaml. REFRAMING_MIRROR names a
folder to read instead of the network, REFRAMING_CACHE the folder of downloads that survives DVC's
deletion of outputs (.reframing-cache).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reframing.errors import InputError
from reframing.fetch import FetchReport, fetch, read_manifest
from reframing.fetch.progress import bytes_shown

MANIFESTS = Path("data/manifests")
RAW = Path("data/raw")


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch the corpus named on the command line; 2 and one line on stderr where that fails."""
    parser = argparse.ArgumentParser(prog="python -m reframing.stages.fetch")
    parser.add_argument("corpus", help="name of a manifest in data/manifests/")
    corpus = parser.parse_args(arguments).corpus
    try:
        print(acquire(MANIFESTS / f"{corpus}.yaml", RAW / corpus), file=sys.stderr)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def acquire(manifest_path: Path, into: Path) -> FetchReport:
    """Read a manifest and fetch it `into` a folder, with the mirror and cache of the environment."""
    manifest = read_manifest(manifest_path)
    cache = Path(os.environ.get("REFRAMING_CACHE") or ".reframing-cache")
    with bytes_shown(manifest) as on_progress:
        return fetch(manifest, into, cache, mirror_of_environment(), on_progress)


def mirror_of_environment() -> Path | None:
    """The folder that REFRAMING_MIRROR names; `InputError` where there is no such folder."""
    named = os.environ.get("REFRAMING_MIRROR")
    if not named:
        return None
    mirror = Path(named)
    if not mirror.is_dir():
        raise InputError("REFRAMING_MIRROR must name a folder; there is none here", named)
    return mirror


if __name__ == "__main__":
    sys.exit(main())
