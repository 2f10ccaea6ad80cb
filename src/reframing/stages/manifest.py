"""Stage `manifest`: one manifest of all published figures.

`python -m reframing.stages.manifest` joins results/manifests/*.json into
results/figures/manifest.json.
"""

from pathlib import Path

from reframing.figures.manifest import read_manifest, write_manifest

DESCRIBED = Path("results/manifests")
FIGURES = Path("results/figures")


def manifest() -> None:
    """Join the manifests of all corpora, sorted by figure."""
    entries = [
        entry
        for path in sorted(DESCRIBED.glob("*.json"))
        for entry in read_manifest(path.read_text(encoding="utf8")).values()
    ]
    write_manifest(entries, FIGURES / "manifest.json")


if __name__ == "__main__":
    manifest()
