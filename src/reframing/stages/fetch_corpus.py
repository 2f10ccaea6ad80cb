"""Stage `fetch`: download the files of a corpus to data/raw/, as its manifest declares them.

`python -m reframing.stages.fetch_corpus CORPUS` reads data/manifests/CORPUS.yaml. The environment
variable REFRAMING_MIRROR names a folder to read from instead of the network. REFRAMING_CACHE names the
folder that keeps downloads when DVC deletes outputs (default: .reframing-cache), REFRAMING_PRIVATE_HOSTS the
hosts of private networks that may be asked.
"""

import sys
from pathlib import Path

from reframing.documents import files
from reframing.reading.fetch import acquire, mirror_of_environment
from reframing.reading.manifest import read_manifest
from reframing.stages.running import run

MANIFESTS = Path("data/manifests")


def fetch(corpus: str) -> None:
    """Fetch one corpus and report on standard error where its files came from."""
    manifest = read_manifest(MANIFESTS / f"{corpus}.yaml")
    print(acquire(manifest, files.raw(manifest.name), mirror_of_environment()), file=sys.stderr)


if __name__ == "__main__":
    run(fetch)
