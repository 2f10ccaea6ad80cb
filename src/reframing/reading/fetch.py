"""Fetch the files of a corpus manifest: copied or downloaded, verified, and stored completely or not at all.

Local files are copied. Any other file comes from the first of these that has it: the corpus folder itself, the
cache (by sha256), the mirror if one is given, the network. In every case size and sha256 must be those of the
manifest. `acquire` does this with the cache that the environment names and a progress bar.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from errno import EDQUOT, ENOSPC
from pathlib import Path

from reframing.documents.errors import InputError
from reframing.documents.messages import warn
from reframing.reading.http import Download, FetchParams, Timing, private_hosts_of_environment
from reframing.reading.manifest import Manifest, Names, Source, check_file, is_whole, read_names

# Progress bar.


@contextmanager
def bytes_shown(manifest: Manifest) -> Iterator[Callable[[Source, int], None]]:
    """Show a progress bar during the block; yields the callback that `fetch` takes as `on_progress`.

    The bar is on standard error and appears only on a terminal.
    """
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


# Fetching.

Origin = str
OnProgress = Callable[[Source, int], None]
OnWait = Callable[[str], None]
ORIGINS: tuple[Origin, ...] = ("kept", "local", "cache", "mirror", "network")
SOON_S = 0.5
"""How long another fetch may hold a lock before a wait for it is worth a word."""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """The result of a fetch: corpus name, (path, origin) of each file in order, and total size in bytes.

    The origin of a file is one of `ORIGINS`; `kept` means that it was already in place.
    """

    name: str
    origins: tuple[tuple[str, Origin], ...]
    bytes: int

    def count(self, origin: Origin) -> int:
        """The number of files that came from `origin`."""
        return sum(one == origin for _, one in self.origins)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.count(origin)} {origin}" for origin in ORIGINS)
        return f"{self.name}: {len(self.origins)} files, {self.bytes:,} bytes ({counts})"


def _silent(source: Source, received: int) -> None:
    """Ignore progress; the default for `on_progress`."""


def _waited(problem: str) -> None:
    """Ignore waits; the default for `on_wait`."""


def fetch(
    manifest: Manifest,
    into: Path,
    cache: Path | None = None,
    mirror: Path | None = None,
    on_progress: OnProgress = _silent,
    params: FetchParams | None = None,
    timing: Timing | None = None,
    on_wait: OnWait = _waited,
) -> FetchReport:
    """Store every file of `manifest` in the folder `into`; files already there are kept.

    Local paths are relative to the working directory. If `mirror` is given, the network is never used.
    Downloads are kept in `cache`, where an interrupted one remains as `<sha256>.part` and is resumed by a
    later call; without `cache` it is resumed within this call only. `on_progress` is called with a source and
    the number of its bytes received so far.

    Of several calls with one folder or one cache, one fetches a file and the others wait for it; `on_wait` is
    called with a sentence that says so. What a killed call left beside the folder is removed by the next one.

    Raises `InputError` at the first file that cannot be obtained as declared; it names the address or file,
    and what was expected and found. Files already stored stay in place.
    """
    params = params or FetchParams()
    place = into.absolute()
    incoming = place.parent / f".{place.name}.incoming"
    alone = _Alone(params.deadline_s, on_wait)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with (
            alone.held(place.parent / f".{place.name}.lock", str(into)),
            _emptied(incoming),
            closing(Download(params, timing or Timing())) as download,
        ):
            store = _Store(into, incoming, cache, mirror, download, on_progress, alone)
            origins = tuple(store.bring_all(manifest.sources))
    except OSError as error:
        raise _unusable(error, into) from error
    return FetchReport(manifest.name, origins, manifest.bytes)


@contextmanager
def _emptied(folder: Path) -> Iterator[None]:
    """A folder that is new in the block and gone after it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unusable(error: OSError, place: Path) -> InputError:
    """A line for a file that the system does not give or take."""
    if error.errno in (ENOSPC, EDQUOT):
        problem = "cannot be stored: no space is left; free some, then fetch again"
        return InputError(problem, str(place))
    return InputError(f"cannot be stored or read: {error.strerror}", str(error.filename or place))


@dataclass(frozen=True, slots=True)
class _Alone:
    """Locks that processes hold one after the other; that of a killed process is free again."""

    limit_s: float
    on_wait: OnWait

    @contextmanager
    def held(self, lock: Path, named: str) -> Iterator[None]:
        """Hold a lock in the block, for `named`; raises `InputError` if another holds it for `limit_s`."""
        from filelock import FileLock, Timeout

        lock.touch()  # the lock would wait for a place where no file can be made
        try:
            try:
                held = FileLock(lock).acquire(timeout=min(SOON_S, self.limit_s))
            except Timeout:
                self.on_wait(f"{named}: another fetch holds it; waiting for that one to end")
                held = FileLock(lock).acquire(timeout=max(self.limit_s - SOON_S, 0))
        except Timeout as error:
            problem = f"is held by another fetch for {self.limit_s:g} s; wait for it, or end it"
            raise InputError(problem, named) from error
        with held:
            try:
                yield
            finally:
                # A process that has opened the file already sees that it is gone, and makes a new one.
                lock.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Store:
    """The folders and the download that a fetch uses.

    `incoming` is on the same file system as `into`, so that a verified copy can be moved there atomically.
    """

    into: Path
    incoming: Path
    cache: Path | None
    mirror: Path | None
    download: Download
    on_progress: OnProgress
    alone: _Alone

    def bring_all(self, sources: tuple[Source, ...]) -> Iterator[tuple[str, Origin]]:
        """Fetch every source; tables of file names first, since other sources take their paths from them."""
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
        place = self.cache or self.incoming
        try:
            origin, file = self._obtain(source)
            place = target
            self._place(source, file, target)
        except OSError as error:
            raise _unusable(error, place) from error
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
        with self.alone.held(cached.with_name(f"{source.sha256}.lock"), source.url):
            if self.cache and is_whole(cached, source):
                return "cache", cached
            part = cached.with_name(f"{source.sha256}.part")
            self.download.whole(source, part, lambda received: self.on_progress(source, received))
            part.replace(cached)
        return "network", cached

    def _place(self, source: Source, file: Path, target: Path) -> None:
        """Copy into `incoming`, verify the copy, then move it to `target`."""
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


# Fetching with cache and mirror from the environment.


def acquire(manifest: Manifest, into: Path, mirror: Path | None = None) -> FetchReport:
    """Fetch a corpus into the folder `into`, showing a progress bar; raises `InputError` as `fetch` does.

    Downloads are cached in the folder named by the variable REFRAMING_CACHE, by default .reframing-cache. Hosts
    in private networks are asked if REFRAMING_PRIVATE_HOSTS names them. A wait for another fetch is said in one
    line on standard error.
    """
    cache = Path(os.environ.get("REFRAMING_CACHE") or ".reframing-cache")
    params = FetchParams(private_hosts=private_hosts_of_environment())
    with bytes_shown(manifest) as on_progress:
        return fetch(manifest, into, cache, mirror, on_progress, params, on_wait=warn)


def mirror_of_environment() -> Path | None:
    """The folder named by the variable REFRAMING_MIRROR, or None; raises `InputError` if it does not exist."""
    named = os.environ.get("REFRAMING_MIRROR")
    if not named:
        return None
    mirror = Path(named)
    if not mirror.is_dir():
        raise InputError("REFRAMING_MIRROR must name a folder; there is none here", named)
    return mirror
