"""Fetch a corpus as the user sees it: cache and mirror of the environment, a bar of the bytes."""

import os
from pathlib import Path

from reframing.errors import InputError
from reframing.fetch.download import FetchReport, fetch
from reframing.fetch.manifest import Manifest
from reframing.fetch.progress import bytes_shown


def acquire(manifest: Manifest, into: Path, mirror: Path | None = None) -> FetchReport:
    """Fetch `into` a folder; downloads are kept in REFRAMING_CACHE (.reframing-cache)."""
    cache = Path(os.environ.get("REFRAMING_CACHE") or ".reframing-cache")
    with bytes_shown(manifest) as on_progress:
        return fetch(manifest, into, cache, mirror, on_progress)


def mirror_of_environment() -> Path | None:
    """The folder that REFRAMING_MIRROR names; `InputError` where there is no such folder."""
    named = os.environ.get("REFRAMING_MIRROR")
    if not named:
        return None
    mirror = Path(named)
    if not mirror.is_dir():
        raise InputError("REFRAMING_MIRROR must name a folder; there is none here", named)
    return mirror
