"""Verified downloads over HTTP, with timeouts, a deadline, retries with backoff, and resumption.

The transport is httpx2: connections, TLS, proxies of the environment, and the request that follows a redirect.
Bodies are never decoded: the bytes of the manifest are those on the wire. No credentials are sent.

No request is sent to this machine or into a private network, unless the manifest itself gives its address in
numbers (or as localhost), or the variable REFRAMING_PRIVATE_HOSTS names the host. What counts is the address
that is connected to, whatever its name led to before. A proxy that the environment names may be anywhere.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import IO, Any

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
    requests by Retry-After if that is longer, but at most `retry_after_cap_s`. `private_hosts` are the names
    and addresses of this machine and of private networks that may be asked.
    """

    connect_timeout_s: float = 10.0
    read_timeout_s: float = 30.0
    deadline_s: float = 600.0
    retries: int = 4
    backoff_s: float = 0.5
    max_redirects: int = 5
    retry_after_cap_s: float = 60.0
    private_hosts: frozenset[str] = frozenset()


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
        except OSError as error:
            problem = f"cannot be used ({_reason(error)}); name files that exist, or none"
            raise InputError(problem, "SSL_CERT_FILE, SSL_CERT_DIR or SSLKEYLOGFILE") from error
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            problem = f"cannot be used ({_reason(error)}); name an http proxy, or none"
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
        try:
            self._whole(source, part, on_bytes)
        except InputError:
            if part.exists() and not part.stat().st_size:
                part.unlink()
            raise

    def _whole(self, source: Source, part: Path, on_bytes: Callable[[int], None]) -> None:
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
            raise InputError(
                f"leads to an unusable address: {_reason(error)}", source.url
            ) from error
        except httpx2.RequestError as error:
            if self.timing.clock() > deadline:
                raise self._too_slow(source, part) from error
            problem = f"broke off ({_reason(error)}): {_progress(source, part)}"
            raise _Again(problem) from error
        except RuntimeError as error:
            if not self.client.is_closed:
                raise
            raise self._too_slow(source, part) from error
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
        with self._response(source, headers, deadline) as response:
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
    def _response(
        self, source: Source, headers: dict[str, str], deadline: float
    ) -> Iterator[httpx2.Response]:
        """The response after redirects, whose bodies are not read."""
        left_s = max(deadline - self.timing.clock(), 0.001)
        timeout = httpx2.Timeout(
            min(self.params.read_timeout_s, left_s),
            connect=min(self.params.connect_timeout_s, left_s),
        )
        request = self.client.build_request("GET", source.url, headers=headers, timeout=timeout)
        own = request.url
        for _ in range(self.params.max_redirects + 1):
            if request.url.scheme not in ("http", "https"):
                raise httpx2.UnsupportedProtocol(f"{request.url.scheme} is neither http nor https")
            if not self._may_be_private(request.url, own):
                if request.url != own and is_private(request.url.host):
                    raise _into_private(source, request.url, own)
                request.extensions["trace"] = _refusing_private(source, request.url, own)
            with closing(self.client.send(request, stream=True)) as response:
                if response.next_request is None:
                    yield response
                    return
                request = response.next_request
        problem = f"redirects more than {self.params.max_redirects} times; expected the file"
        raise InputError(problem, source.url)

    def _may_be_private(self, url: httpx2.URL, own: httpx2.URL) -> bool:
        """Whether the configuration names this host, or it is the private address that the manifest gives."""
        if not self.params.private_hosts.isdisjoint((url.host, url.raw_host.decode("ascii"))):
            return True
        same = (url.scheme, url.host, url.port) == (own.scheme, own.host, own.port)
        return same and (url.host == "localhost" or _address(url.host) is not None)

    def _check_status(self, source: Source, response: httpx2.Response, have: int) -> None:
        status = response.status_code
        if status in RETRIED_STATUSES:
            wait_s = retry_after_s(response.headers.get("Retry-After"), self.timing.now())
            raise _Again(f"answers HTTP {status}; expected 200", wait_s)
        if status != HTTPStatus.OK and not (have and status == HTTPStatus.PARTIAL_CONTENT):
            raise InputError(f"answers HTTP {status}; expected 200", source.url)
        encoding = response.headers.get("Content-Encoding", "").strip() or "identity"
        if encoding.lower() != "identity":
            problem = f"is encoded as {encoding[:40]!a}, unasked; expected the file's bytes"
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


# Addresses of this machine and of private networks.

_TRANSLATED = IPv6Network("64:ff9b::/96")
PRIVATE_HOSTS = "REFRAMING_PRIVATE_HOSTS"


def private_hosts_of_environment() -> frozenset[str]:
    """The hosts that the variable REFRAMING_PRIVATE_HOSTS names, separated by commas."""
    named = os.environ.get(PRIVATE_HOSTS, "").split(",")
    return frozenset(host.strip().lower() for host in named if host.strip())


def is_private(host: str) -> bool:
    """Whether a name or address leads to this machine or into a private network; False if it leads nowhere."""
    try:
        found = {str(place[4][0]) for place in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return any(map(is_private_address, found))


def is_private_address(text: str) -> bool:
    """Whether an IP address is none of the public internet; an IPv4 address within it counts."""
    address = _address(text)
    if isinstance(address, IPv6Address):
        within = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            within = IPv4Address(int(address) & 0xFFFFFFFF)
        address = within or address
    return address is None or not address.is_global or address.is_multicast


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _refusing_private(
    source: Source, url: httpx2.URL, own: httpx2.URL
) -> Callable[[str, Mapping[str, Any]], None]:
    """A callback for the steps of a request that ends a connection to a private address before it is used.

    A connection to another host than that of `url` is one to a proxy.
    """
    host = ""

    def trace(step: str, info: Mapping[str, Any]) -> None:
        nonlocal host
        if step == "connection.connect_tcp.started":
            host = info["host"]
        elif step == "connection.connect_tcp.complete" and host == url.raw_host.decode():
            stream = info["return_value"]
            if is_private_address(str(stream.get_extra_info("server_addr")[0])):
                stream.close()
                raise _into_private(source, url, own)

    return trace


def _into_private(source: Source, url: httpx2.URL, own: httpx2.URL) -> InputError:
    leads, host = "leads" if url == own else "redirects", url.raw_host.decode("ascii")[:100]
    cure = f"if it may be asked, set {PRIVATE_HOSTS}={host}"
    return InputError(f"{leads} into a private network ({host}); {cure}", source.url)


# Partial files and messages.


def _usable(part: Path, source: Source) -> int:
    """Size in bytes of the partial file to resume; a file longer than declared is deleted."""
    if not part.exists():
        return 0
    if not part.is_file():
        raise InputError("is no regular file; move it away", str(part))
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
    """What an error says, in one short line of ASCII, since a server may have chosen its words."""
    said = " ".join(str(error).split()) or type(error).__name__
    return (
        (said if len(said) <= 200 else f"{said[:200]}…")
        .encode("ascii", "backslashreplace")
        .decode()
    )
