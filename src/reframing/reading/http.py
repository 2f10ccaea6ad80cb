"""Verified downloads over HTTP, with timeouts, a deadline, retries with backoff, and resumption.

The transport is httpx2: connections, TLS, proxies of the environment, and the request that follows a redirect.
Bodies are never decoded: the bytes of the manifest are those on the wire. No credentials are sent.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import IO

import httpx2

from reframing.documents.errors import InputError
from reframing.reading.manifest import Source, sha256

RETRIED_STATUSES = frozenset((408, 429, *range(500, 600)))
_NO_NETWORK = (
    "cannot be reached ({}): connect this machine to the network, or set REFRAMING_MIRROR=DIR to a "
    "folder that holds the file as DIR/{}"
)


@dataclass(frozen=True, slots=True)
class FetchParams:
    """Timeouts and retry limits of a download; times in seconds.

    `deadline_s` limits the total time for one file, all attempts included. `retries` is the number of
    attempts after the first. The wait before a retry is `backoff_s`, doubled each time, or what the server
    requests by Retry-After if that is longer, but at most `retry_after_cap_s`.
    """

    connect_timeout_s: float = 10.0
    read_timeout_s: float = 30.0
    deadline_s: float = 600.0
    retries: int = 4
    backoff_s: float = 0.5
    max_redirects: int = 5
    retry_after_cap_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Clock functions of a download: monotonic seconds, Unix time in seconds, and sleep.

    They are parameters so that tests need not wait.
    """

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class _Again(Exception):
    """A failed attempt that may be retried; `wait_s` is the wait that the server requested."""

    def __init__(self, problem: str, wait_s: float = 0.0) -> None:
        super().__init__(problem)
        self.wait_s = wait_s


class Download:
    """Downloads that share one HTTP client, which is made for the first of them and closed by `close`."""

    def __init__(self, params: FetchParams, timing: Timing) -> None:
        self.params = params
        self.timing = timing

    @cached_property
    def client(self) -> httpx2.Client:
        """The client; raises `InputError` if the environment names a proxy that it cannot use."""
        params = self.params
        timeout = httpx2.Timeout(params.read_timeout_s, connect=params.connect_timeout_s)
        try:
            return httpx2.Client(
                timeout=timeout, headers={"Accept-Encoding": "identity"}, auth=lambda sent: sent
            )
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            problem = f"cannot be used ({error}); name an http proxy, or none"
            raise InputError(problem, "HTTP_PROXY, HTTPS_PROXY or ALL_PROXY") from error

    def close(self) -> None:
        """Close the connections."""
        if "client" in vars(self):
            self.client.close()

    def whole(self, source: Source, part: Path, on_bytes: Callable[[int], None]) -> None:
        """Download `source` into `part`, resuming after the bytes that `part` already holds.

        `on_bytes` is called with the number of bytes received so far. On return, `part` has the declared
        size and sha256. Otherwise raises `InputError` that names the address; `part` is then deleted if its
        bytes were wrong, and kept if the download can be resumed.
        """
        deadline = self.timing.clock() + self.params.deadline_s
        for attempt in range(self.params.retries + 1):
            try:
                with self._watched(source, part, deadline):
                    self._attempt(source, part, deadline, on_bytes)
                return
            except _Again as failure:
                if attempt == self.params.retries:
                    tries = f"given up after {attempt + 1} attempts"
                    raise InputError(f"{failure}; {tries}", source.url) from failure.__cause__
                wait_s = self._pause_s(attempt, failure.wait_s)
                if self.timing.clock() + wait_s > deadline:
                    raise self._too_slow(source, part) from failure
                self.timing.sleep(wait_s)

    def _pause_s(self, attempt: int, asked_s: float) -> float:
        backoff_s = self.params.backoff_s * 2**attempt
        return min(max(backoff_s, asked_s), self.params.retry_after_cap_s)

    @contextmanager
    def _watched(self, source: Source, part: Path, deadline: float) -> Iterator[None]:
        """Turn transport errors into `_Again` or `InputError`, and close the client at the deadline.

        The timer is needed because slowly arriving headers never exceed the read timeout.
        """
        watchdog = threading.Timer(max(deadline - self.timing.clock(), 0), self.client.close)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            problem = _NO_NETWORK.format(_reason(error), source.mirror_path)
            raise _Again(problem) from error
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL, UnicodeError) as error:
            raise InputError(f"leads to an unusable address: {error}", source.url) from error
        except httpx2.RequestError as error:
            if self.timing.clock() > deadline:
                raise self._too_slow(source, part) from error
            problem = f"broke off ({_reason(error)}): {_progress(source, part)}"
            raise _Again(problem) from error
        finally:
            watchdog.cancel()

    def _attempt(
        self, source: Source, part: Path, deadline: float, on_bytes: Callable[[int], None]
    ) -> None:
        have = _usable(part, source)
        if have < source.bytes or not part.exists():
            self._receive(source, part, have, deadline, on_bytes)
        got = sha256(part)
        if got == source.sha256:
            return
        part.unlink()
        if have == 0:
            problem = f"has the wrong sha256: expected {source.sha256}, got {got}"
            raise InputError(problem, source.url)
        self._attempt(source, part, deadline, on_bytes)

    def _receive(
        self,
        source: Source,
        part: Path,
        have: int,
        deadline: float,
        on_bytes: Callable[[int], None],
    ) -> None:
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._response(source, headers) as response:
            if have and response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink()
                raise _Again("refuses to resume (HTTP 416)")
            self._check_status(source, response, have)
            resumes = _resumes_at(response, have)
            if have and response.status_code == HTTPStatus.PARTIAL_CONTENT and not resumes:
                part.unlink()
                raise _Again(f"resumes elsewhere than at byte {have}")
            with part.open("ab" if resumes else "wb") as out:
                self._copy(source, response, out, deadline, on_bytes)
        if part.stat().st_size < source.bytes:
            raise _Again(f"is cut short: {_progress(source, part)}")

    @contextmanager
    def _response(self, source: Source, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        """The response after redirects, whose bodies are not read."""
        request = self.client.build_request("GET", source.url, headers=headers)
        for _ in range(self.params.max_redirects + 1):
            with closing(self.client.send(request, stream=True)) as response:
                if response.next_request is None:
                    yield response
                    return
                request = response.next_request
            own = httpx2.URL(source.url).host
            if is_private(request.url.host) and not is_private(own):
                problem = f"redirects into a private network ({request.url.host}); that is refused"
                raise InputError(problem, source.url)
        problem = f"redirects more than {self.params.max_redirects} times; expected the file"
        raise InputError(problem, source.url)

    def _check_status(self, source: Source, response: httpx2.Response, have: int) -> None:
        status = response.status_code
        if status in RETRIED_STATUSES:
            wait_s = retry_after_s(response.headers.get("Retry-After"), self.timing.now())
            raise _Again(f"answers HTTP {status}; expected 200", wait_s)
        if status != HTTPStatus.OK and not (have and status == HTTPStatus.PARTIAL_CONTENT):
            raise InputError(f"answers HTTP {status}; expected 200", source.url)
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding.strip().lower() != "identity":
            problem = f"is encoded as {encoding[:40]}, unasked; expected the bytes of the file"
            raise InputError(problem, source.url)

    def _copy(
        self,
        source: Source,
        response: httpx2.Response,
        out: IO[bytes],
        deadline: float,
        on_bytes: Callable[[int], None],
    ) -> None:
        part = Path(out.name)
        for chunk in response.iter_raw():
            if out.tell() + len(chunk) > source.bytes:
                out.close()
                part.unlink()
                got = f"expected {source.bytes} bytes, got more"
                raise InputError(f"has the wrong size: {got}", source.url)
            out.write(chunk)
            on_bytes(out.tell())
            if self.timing.clock() > deadline and out.tell() < source.bytes:
                out.flush()
                raise self._too_slow(source, part)

    def _too_slow(self, source: Source, part: Path) -> InputError:
        limit = f"not there within {self.params.deadline_s:g} s"
        return InputError(f"is too slow, {limit}: {_progress(source, part)}", source.url)


def retry_after_s(header: str | None, now: float) -> float:
    """The wait in seconds that a Retry-After header requests; 0 if it is missing or malformed.

    The header holds seconds or an HTTP date (RFC 9110); `now` is Unix time in seconds.
    """
    if header is None:
        return 0.0
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.fromtimestamp(now, UTC)).total_seconds(), 0.0)


def is_private(host: str) -> bool:
    """Whether a name or address leads to this machine or into a private network; False if it leads nowhere."""
    try:
        found = {str(place[4][0]) for place in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    addresses = [ip_address(one.partition("%")[0]) for one in found]
    return any(not (getattr(one, "ipv4_mapped", None) or one).is_global for one in addresses)


def _usable(part: Path, source: Source) -> int:
    """Size in bytes of the partial file to resume; a file longer than declared is deleted."""
    if not part.exists():
        return 0
    size = part.stat().st_size
    if size > source.bytes:
        part.unlink()
        return 0
    return size


def _resumes_at(response: httpx2.Response, have: int) -> bool:
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return False
    return response.headers.get("Content-Range", "").startswith(f"bytes {have}-")


def _progress(source: Source, part: Path) -> str:
    got = part.stat().st_size if part.exists() else 0
    return f"expected {source.bytes} bytes, got {got}"


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
