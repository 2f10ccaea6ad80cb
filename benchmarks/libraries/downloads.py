"""Downloads: what each library does by itself on twelve occasions, with the servers of tests/reading."""

import gzip
import hashlib
import io
import threading
import time
from collections.abc import Callable
from contextlib import closing, redirect_stderr, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.libraries.measuring import OURS, Compared

Get = Callable[[str, Path], Any]


class Came(NamedTuple):
    """What came of a download: whether the bytes are right, what was raised, which ranges were asked for."""

    right: bool
    error: Exception | None
    ranges: list[str | None]
    seconds: float


def fetched(get: Get, *answers: Any, left: bytes = b"", url: str = "") -> Came:
    """A download to where an earlier one left `left`, from a server that answers in turn."""
    from reading.test_fetch import CONTENT, Server

    server, error, start = Server(), None, time.perf_counter()
    server.answers = list(answers)
    with closing(server), TemporaryDirectory() as folder, redirect_stderr(io.StringIO()):
        part = Path(folder) / "a.bin"
        if left:
            part.write_bytes(left)
        try:
            get(url or f"{server.url}/a.bin", part)
        except Exception as raised:
            error = raised
        right = part.is_file() and part.read_bytes() == CONTENT
        return Came(right, error, server.ranges, time.perf_counter() - start)


def drip(handler: Any) -> None:
    """A header that takes five seconds."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(50):
            handler.wfile.write(b"x")
            threading.Event().wait(0.1)


def occasions(get: Get) -> dict[str, bool]:
    """Whether each occasion was mastered."""
    from reading.test_fetch import CONTENT, body, redirect, rest, status

    def encoded(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip, gzip, gzip")
        handler.send_header("Content-Length", str(len(packed)))
        handler.end_headers()
        handler.wfile.write(packed)

    packed = gzip.compress(gzip.compress(gzip.compress(CONTENT)))
    whole, late = body(CONTENT), "Fri, 14 Jul 99999 02:40:09 GMT"
    resumed = fetched(get, body(CONTENT[:4000], len(CONTENT)), rest(CONTENT))
    later = fetched(get, rest(CONTENT), left=CONTENT[:4000])
    wrong = fetched(get, body(CONTENT[::-1]))
    dripped = fetched(get, drip)
    nowhere = fetched(get, whole, url="http://a..b/a.bin")
    return {
        "plain": fetched(get, whole).right,
        "503 retried": fetched(get, status(503), whole).right,
        "Retry-After malformed": fetched(get, status(429, Retry_After="soon"), whole).right,
        "Retry-After out of range": fetched(get, status(503, Retry_After=late), whole).right,
        "cut body resumed": resumed.right and resumed.ranges[-1] == "bytes=4000-",
        "killed run resumed": later.right and later.ranges[0] == "bytes=4000-",
        "wrong hash refused": wrong.error is not None and not wrong.right,
        "body left as sent": not fetched(get, encoded).right,
        "redirect followed": fetched(get, redirect("/b"), whole).right,
        "redirects without end stop": fetched(get, redirect("/b")).error is not None,
        "dripping headers stop": dripped.error is not None and dripped.seconds < 3,
        "bad host name reported": not isinstance(nowhere.error, UnicodeError),
    }


def by_ours(url: str, part: Path) -> None:
    from reading.test_fetch import CONTENT
    from reframing.reading.http import Download, FetchParams, Timing
    from reframing.reading.manifest import Source

    source = Source("a.bin", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), address=url)
    with closing(Download(FetchParams(deadline_s=1.5, backoff_s=0.01, retries=2), Timing())) as get:
        get.whole(source, part, lambda _: None)


def by_requests(url: str, part: Path) -> None:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import Retry

    retry = Retry(2, status_forcelist=(408, 429, 500, 502, 503, 504), backoff_factor=0.01)
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retry))
        response = session.get(url, stream=True, timeout=(1, 1.5))
        response.raise_for_status()
        part.write_bytes(b"".join(response.iter_content(65536)))
    checked(part)


def by_urllib3(url: str, part: Path) -> None:
    from urllib3 import PoolManager, Retry, Timeout

    retry = Retry(2, status_forcelist=(408, 429, 500, 502, 503, 504), backoff_factor=0.01)
    http = PoolManager(retries=retry, timeout=Timeout(connect=1, read=1.5))
    response = http.request("GET", url, preload_content=False, decode_content=False)
    part.write_bytes(b"".join(response.stream(65536)))
    checked(part)


def by_pooch(url: str, part: Path) -> None:
    import pooch

    from reading.test_fetch import CONTENT

    base, name = url.rsplit("/", 1)
    known = {name: hashlib.sha256(CONTENT).hexdigest()}
    files = pooch.create(part.parent, base + "/", registry=known, retry_if_failed=2)
    files.fetch(name, downloader=pooch.HTTPDownloader(timeout=(1, 1.5)))


def by_hub(url: str, part: Path) -> None:
    from huggingface_hub import constants
    from huggingface_hub.file_download import http_get

    from reading.test_fetch import CONTENT

    constants.HF_HUB_DOWNLOAD_TIMEOUT = 1
    with part.open("ab") as file:
        http_get(url, file, resume_size=file.tell(), expected_size=len(CONTENT), _nb_retries=2)
    checked(part)


def checked(part: Path) -> None:
    from reading.test_fetch import CONTENT

    if part.read_bytes() != CONTENT:
        part.unlink()
        raise ValueError("has another hash")


def downloads() -> Compared:
    for contender, get in (
        (OURS, by_ours),
        ("requests", by_requests),
        ("urllib3", by_urllib3),
        ("pooch", by_pooch),
        ("huggingface_hub", by_hub),
    ):
        found = occasions(get)
        yield contender, {"mastered": (sum(found.values()), len(found)), **found}
