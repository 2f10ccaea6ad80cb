"""Fetch a corpus as the user sees it: cache and mirror of the environment, a bar of the bytes."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from reframing.documents.errors import InputError
from reframing.reading.http import Download, FetchParams, Timing
from reframing.reading.manifest import Manifest, Names, Source, check_file, is_whole, read_names

# A bar of the bytes received, on standard error and on a terminal only.


@contextmanager
def bytes_shown(manifest: Manifest) -> Iterator[Callable[[Source, int], None]]:
    """Show a bar while the block runs; yields what `fetch` takes as `on_progress`."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    received: dict[str, int] = {}
    with Progress(
        *columns, console=console, transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(manifest.name, total=manifest.bytes)

        def on_progress(source: Source, so_far: int) -> None:
            bar.advance(task, so_far - received.get(source.path, 0))
            received[source.path] = so_far

        yield on_progress


# Fetch the files of a manifest: resumed, retried, verified, and put in place whole or not at all.
#
# A local file is copied. Each other one comes from the first of: the corpus folder itself, the cache (by
# sha256), the mirror where one is given, the network. Whatever the origin, size and sha256 must be the
# manifest's.

Origin = str
OnProgress = Callable[[Source, int], None]
ORIGINS: tuple[Origin, ...] = ("kept", "local", "cache", "mirror", "network")


@dataclass(frozen=True, slots=True)
class FetchReport:
    """Where each file came from: its path and one of `ORIGINS`, in order."""

    name: str
    origins: tuple[tuple[str, Origin], ...]
    bytes: int

    def count(self, origin: Origin) -> int:
        return sum(one == origin for _, one in self.origins)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.count(origin)} {origin}" for origin in ORIGINS)
        return f"{self.name}: {len(self.origins)} files, {self.bytes:,} bytes ({counts})"


def _silent(source: Source, received: int) -> None:
    """Progress that nobody watches."""


def fetch(
    manifest: Manifest,
    into: Path,
    cache: Path | None = None,
    mirror: Path | None = None,
    on_progress: OnProgress = _silent,
    params: FetchParams | None = None,
    timing: Timing | None = None,
) -> FetchReport:
    """Bring every file of `manifest` into the folder `into`, unchanged where it is there already.

    Local files are looked for from the working folder. With `mirror` the network is never used.
    Files from the network are kept in `cache`, where a broken download also waits as `<sha256>.part`
    to be resumed; without `cache` it is resumed within this call only. `on_progress` is called with a
    source and the bytes that it has of it so far.

    Raises `InputError` at the first file that cannot be had as declared: it names the address or
    the file, what was expected and what came. Files that were already in place stay.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix=f".{into.name}-", dir=into.parent) as incoming,
        Download(params or FetchParams(), timing or Timing()) as download,
    ):
        store = _Store(into, Path(incoming), cache, mirror, download, on_progress)
        origins = tuple(store.bring_all(manifest.sources))
    return FetchReport(manifest.name, origins, manifest.bytes)


@dataclass(frozen=True, slots=True)
class _Store:
    """The folders between which files move; `incoming` lies on the file system of `into`."""

    into: Path
    incoming: Path
    cache: Path | None
    mirror: Path | None
    download: Download
    on_progress: OnProgress

    def bring_all(self, sources: tuple[Source, ...]) -> Iterator[tuple[str, Origin]]:
        """Every source, the tables that name other files before those files."""
        columns: dict[Names, tuple[str, ...]] = {}
        for source in sorted(sources, key=lambda source: source.names is not None):
            named = source
            if names := source.names:
                if names not in columns:
                    columns[names] = read_names(self.into / names.path, names.column)
                named = source.named(columns[names])
            yield named.path, self.bring(named)

    def bring(self, source: Source) -> Origin:
        target = self.into / source.path
        if is_whole(target, source):
            self.on_progress(source, source.bytes)
            return "kept"
        try:
            origin, file = self._obtain(source)
            self._place(source, file, target)
        except OSError as error:
            problem = f"cannot be stored or read: {error.strerror}"
            raise InputError(problem, str(error.filename or target)) from error
        self.on_progress(source, source.bytes)
        return origin

    def _obtain(self, source: Source) -> tuple[Origin, Path]:
        if source.local:
            return "local", _found(source)
        cached = (self.cache or self.incoming) / source.sha256
        if self.cache and is_whole(cached, source):
            return "cache", cached
        if self.mirror:
            return "mirror", _mirrored(self.mirror, source)
        cached.parent.mkdir(parents=True, exist_ok=True)
        part = cached.with_name(f"{source.sha256}.part")
        self.download.whole(source, part, lambda received: self.on_progress(source, received))
        part.replace(cached)
        return "network", cached

    def _place(self, source: Source, file: Path, target: Path) -> None:
        """Copy beside the folder, check the copy, then rename into it."""
        copy = self.incoming / "copy"
        shutil.copyfile(file, copy)
        check_file(copy, source, str(file))
        if target.is_dir():
            raise InputError("is a folder where a file must go; move it away", str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        copy.replace(target)


def _found(source: Source) -> Path:
    file = Path(source.local)
    if not file.is_file():
        problem = f"there is no such file; the manifest expects {source.bytes} bytes here"
        raise InputError(problem, source.local)
    return file


def _mirrored(mirror: Path, source: Source) -> Path:
    file = mirror / source.mirror_path
    if not file.is_file():
        problem = f"is not in the mirror; expected {source.bytes} bytes of {source.url}"
        raise InputError(problem, str(file))
    return file


# Fetch a corpus as the user sees it: cache and mirror of the environment, a bar of the bytes.


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
