"""A bar of the bytes received, on standard error and on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reframing.fetch.manifest import Manifest, Source


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
