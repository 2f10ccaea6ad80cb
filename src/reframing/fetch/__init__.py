"""Acquisition: manifests of what to fetch, and the fetcher that verifies it."""

from reframing.fetch.acquire import acquire, mirror_of_environment
from reframing.fetch.download import FetchReport, fetch
from reframing.fetch.http import FetchParams, Timing
from reframing.fetch.manifest import Manifest, Source, read_manifest

__all__ = [
    "FetchParams",
    "FetchReport",
    "Manifest",
    "Source",
    "Timing",
    "acquire",
    "fetch",
    "mirror_of_environment",
    "read_manifest",
]
