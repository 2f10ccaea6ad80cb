"""The fetcher against a loopback server: retries, resumption, limits, and nothing half-written."""

import hashlib
import json
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from errno import ENOSPC
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest
from filelock import FileLock

from reframing.documents.errors import InputError
from reframing.reading.fetch import FetchReport, fetch, mirror_of_environment
from reframing.reading.http import (
    Download,
    FetchParams,
    Timing,
    is_private,
    private_hosts_of_environment,
    retry_after_s,
)
from reframing.reading.manifest import Manifest, Source
from reframing.stages import fetch_corpus as stage

CONTENT = bytes(range(256)) * 40
NOW = 1_500_000_000.0
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers each request with the next of `answers`, the last one for ever."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.ranges: list[str | None] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.ranges.append(self.headers.get("Range"))
                answer = outer.answers[0]
                if len(outer.answers) > 1:
                    outer.answers.pop(0)
                answer(self)
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Keep the test's output quiet."""

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.httpd.shutdown()
        self.httpd.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


class Clock:
    """A clock that moves `step` a look and sleeps by moving on."""

    def __init__(self, step: float = 0.0) -> None:
        self.seconds = 0.0
        self.step = step
        self.slept: list[float] = []

    def timing(self) -> Timing:
        return Timing(self.clock, lambda: NOW, self.sleep)

    def clock(self) -> float:
        self.seconds += self.step
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def status(code: int, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def body(content: bytes, declared: int | None = None) -> Answer:
    """200 with `content`, announced as `declared` bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content) if declared is None else declared))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def rest(content: bytes, shift: int = 0) -> Answer:
    """206 with what the Range header asks for, or from `shift` bytes later."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-")) + shift
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.send_header("Content-Length", str(len(content) - start))
        handler.end_headers()
        handler.wfile.write(content[start:])

    return answer


def redirect(to: str) -> Answer:
    return status(302, Location=to)


def manifest_of(
    server: Server, content: bytes = CONTENT, path: str = "data/a.bin", host: str = "127.0.0.1"
) -> Manifest:
    digest = hashlib.sha256(content).hexdigest()
    address = f"{server.url}/x/{path}".replace("127.0.0.1", host)
    source = Source(path, len(content), digest, address=address)
    return Manifest("tiny", "t", "c", "l", "p", "n", (source,))


def run(
    manifest: Manifest,
    folder: Path,
    clock: Clock | None = None,
    mirror: Path | None = None,
    **params: Any,
) -> FetchReport:
    timing = (clock or Clock()).timing()
    settings = FetchParams(**params)
    cache = folder / "cache"
    return fetch(manifest, folder / "raw" / "tiny", cache, mirror, params=settings, timing=timing)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def part_of(manifest: Manifest, folder: Path) -> Path:
    return folder / "cache" / f"{manifest.sources[0].sha256}.part"


def test_a_file_is_fetched_verified_and_put_in_place(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT)]
    report = run(manifest_of(server), tmp_path)
    assert report.origins == (("data/a.bin", "network"),)
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}


def test_a_rerun_asks_for_nothing(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT)]
    run(manifest_of(server), tmp_path)
    assert run(manifest_of(server), tmp_path).count("kept") == 1
    assert len(server.ranges) == 1


def test_only_what_is_missing_or_wrong_is_fetched_again(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT)]
    manifest = manifest_of(server)
    run(manifest, tmp_path)
    (tmp_path / "raw/tiny/data/a.bin").write_bytes(b"spoilt")
    assert run(manifest, tmp_path).count("cache") == 1
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}
    assert len(server.ranges) == 1


def test_progress_counts_the_bytes_of_a_file(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT)]
    seen: list[int] = []
    fetch(manifest_of(server), tmp_path / "raw", None, None, lambda _, got: seen.append(got))
    assert seen == sorted(seen)
    assert seen[-1] == len(CONTENT)


def test_without_a_cache_nothing_is_left_beside_the_files(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT)]
    fetch(manifest_of(server), tmp_path / "tiny")
    assert files(tmp_path) == {"tiny/data/a.bin": CONTENT}


def test_not_found_is_final(server: Server, tmp_path: Path):
    server.answers = [status(404)]
    clock = Clock()
    with pytest.raises(InputError, match=rf"{server.url}/x/data/a.bin: answers HTTP 404"):
        run(manifest_of(server), tmp_path, clock)
    assert len(server.ranges) == 1
    assert clock.slept == []


def test_server_errors_are_retried_with_doubling_pauses(server: Server, tmp_path: Path):
    server.answers = [status(500), status(503), body(CONTENT)]
    clock = Clock()
    run(manifest_of(server), tmp_path, clock, backoff_s=2)
    assert clock.slept == [2, 4]


def test_retries_end(server: Server, tmp_path: Path):
    server.answers = [status(500)]
    with pytest.raises(InputError, match="HTTP 500; expected 200; given up after 3 attempts"):
        run(manifest_of(server), tmp_path, retries=2)
    assert len(server.ranges) == 3


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("7", 7),
        ("Fri, 14 Jul 2017 02:40:09 GMT", 9),
        ("9999", 60),
        ("9" * 5000, 60),
        ("soon", 1),
        ("0", 1),
        ("-5", 1),
        ("Fri, 14 Jul 99999 02:40:09 GMT", 1),
        ("Fri, 14 Jul 2017 02:40:09 +99999999999999", 1),
    ],
)
def test_retry_after_is_honoured_up_to_a_cap(
    server: Server, tmp_path: Path, header: str, pause: float
):
    server.answers = [status(429, Retry_After=header), body(CONTENT)]
    clock = Clock()
    run(manifest_of(server), tmp_path, clock, backoff_s=1)
    assert clock.slept == [pause]


def test_retry_after_in_the_past_asks_for_no_wait():
    assert retry_after_s("Thu, 13 Jul 2017 02:40:09 GMT", NOW) == 0


def test_a_pause_beyond_the_deadline_is_not_waited_for(server: Server, tmp_path: Path):
    server.answers = [status(429, Retry_After="50")]
    clock = Clock()
    with pytest.raises(InputError, match="too slow, not there within 20 s"):
        run(manifest_of(server), tmp_path, clock, deadline_s=20)
    assert clock.slept == []


def test_a_cut_body_is_resumed(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT[:4000], len(CONTENT)), rest(CONTENT)]
    run(manifest_of(server), tmp_path)
    assert server.ranges == [None, "bytes=4000-"]
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}


def test_a_later_run_resumes_what_an_earlier_one_left(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT[:4000], len(CONTENT))]
    manifest = manifest_of(server)
    with pytest.raises(InputError, match=r"expected 10240 bytes, got 4000"):
        run(manifest, tmp_path, retries=0)
    assert files(tmp_path / "raw") == {}
    assert part_of(manifest, tmp_path).stat().st_size == 4000
    server.answers = [rest(CONTENT)]
    run(manifest, tmp_path)
    assert server.ranges == [None, "bytes=4000-"]
    assert not part_of(manifest, tmp_path).exists()


def test_a_server_that_cannot_resume_starts_again(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT[:4000], len(CONTENT)), body(CONTENT)]
    run(manifest_of(server), tmp_path)
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}


def test_a_server_that_resumes_elsewhere_is_asked_for_all(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT[:4000], len(CONTENT)), rest(CONTENT, 10), body(CONTENT)]
    run(manifest_of(server), tmp_path)
    assert server.ranges == [None, "bytes=4000-", None]


def test_a_range_that_is_refused_is_asked_for_whole(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT[:4000], len(CONTENT)), status(416), body(CONTENT)]
    run(manifest_of(server), tmp_path)
    assert server.ranges == [None, "bytes=4000-", None]


def test_a_foreign_partial_file_is_replaced(server: Server, tmp_path: Path):
    manifest = manifest_of(server)
    part = part_of(manifest, tmp_path)
    part.parent.mkdir(parents=True)
    part.write_bytes(b"?" * 4000)
    server.answers = [rest(CONTENT), body(CONTENT)]
    run(manifest, tmp_path)
    assert server.ranges == ["bytes=4000-", None]
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}


@pytest.mark.parametrize("left", [CONTENT, b"?" * len(CONTENT), CONTENT + b"more"])
def test_a_partial_file_of_full_length_or_more_is_settled(
    server: Server, tmp_path: Path, left: bytes
):
    manifest = manifest_of(server)
    part = part_of(manifest, tmp_path)
    part.parent.mkdir(parents=True)
    part.write_bytes(left)
    server.answers = [body(CONTENT)]
    run(manifest, tmp_path)
    assert server.ranges == ([] if left == CONTENT else [None])


def test_a_wrong_hash_names_the_file_and_both_hashes(server: Server, tmp_path: Path):
    wrong = CONTENT[::-1]
    server.answers = [body(wrong)]
    manifest = manifest_of(server)
    with pytest.raises(InputError) as caught:
        run(manifest, tmp_path)
    expected, got = manifest.sources[0].sha256, hashlib.sha256(wrong).hexdigest()
    assert str(caught.value) == (
        f"{server.url}/x/data/a.bin: has the wrong sha256: expected {expected}, got {got}"
    )
    assert files(tmp_path) == {}


def test_a_body_that_is_too_long_is_broken_off(server: Server, tmp_path: Path):
    server.answers = [body(CONTENT + b"x" * 1_000_000)]
    with pytest.raises(InputError, match="wrong size: expected 10240 bytes, got more"):
        run(manifest_of(server), tmp_path)
    assert files(tmp_path) == {}


def test_redirects_are_followed_to_the_file(server: Server, tmp_path: Path):
    server.answers = [redirect("/elsewhere"), body(CONTENT)]
    assert run(manifest_of(server), tmp_path).count("network") == 1


def test_a_loop_of_redirects_ends(server: Server, tmp_path: Path):
    server.answers = [redirect("/again")]
    with pytest.raises(InputError, match="redirects more than 3 times"):
        run(manifest_of(server), tmp_path, max_redirects=3)
    assert len(server.ranges) == 4


def test_a_redirect_to_a_local_file_is_refused(server: Server, tmp_path: Path):
    server.answers = [redirect("file:///etc/hostname")]
    with pytest.raises(InputError, match="unusable address"):
        run(manifest_of(server), tmp_path)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_into_a_private_network_is_refused(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
):
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    inside = Server()
    inside.answers = [body(CONTENT)]
    server.answers = [status(code, Location=f"{inside.url}/secret")]
    source = replace(manifest_of(server).sources[0], address="http://93.184.216.34/a.bin")
    with pytest.raises(
        InputError,
        match=r"^http://93\.184\.216\.34/a\.bin: redirects into a private network \(127\.0\.0\.1\); if it"
        r" may be asked, set REFRAMING_PRIVATE_HOSTS=127\.0\.0\.1$",
    ):
        run(Manifest("tiny", "t", "c", "l", "p", "n", (source,)), tmp_path)
    assert inside.ranges == []
    inside.close()


def test_a_redirect_to_another_port_of_this_machine_is_refused(server: Server, tmp_path: Path):
    inside = Server()
    inside.answers = [body(CONTENT)]
    server.answers = [redirect(f"{inside.url}/secret")]
    with pytest.raises(InputError, match=r"redirects into a private network \(127\.0\.0\.1\)"):
        run(manifest_of(server), tmp_path)
    assert inside.ranges == []
    inside.close()


def test_hosts_that_the_configuration_names_may_be_private(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    inside = Server()
    inside.answers = [body(CONTENT)]
    server.answers = [redirect(f"{inside.url}/a".replace("127.0.0.1", "localhost"))]
    monkeypatch.setenv("REFRAMING_PRIVATE_HOSTS", "files.example, LOCALHOST")
    hosts = private_hosts_of_environment()
    assert run(manifest_of(server), tmp_path, private_hosts=hosts).count("network") == 1
    inside.close()


class Names:
    """A resolver that gives the addresses of `answers` one after the other, the last one for ever."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def __call__(self, host: object, port: object, *rest: object) -> list[tuple[object, ...]]:
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0))]


def test_a_name_that_leads_into_a_private_network_is_refused(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
    server.answers = [body(CONTENT)]
    named = manifest_of(server, host="files.example")
    with pytest.raises(InputError, match=r"leads into a private network \(files\.example\)"):
        run(named, tmp_path)
    assert server.ranges == []
    hosts = frozenset({"files.example"})
    assert run(named, tmp_path, private_hosts=hosts).count("network") == 1


def test_a_name_that_changes_its_address_after_it_was_looked_up_is_refused(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    inside = Server()
    inside.answers = [body(CONTENT)]
    server.answers = [redirect(inside.url.replace("127.0.0.1", "rebound.example"))]
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1", "93.184.216.34", "127.0.0.1"))
    with pytest.raises(InputError, match=r"redirects into a private network \(rebound\.example\)"):
        run(manifest_of(server), tmp_path)
    assert (len(server.ranges), inside.ranges) == (1, [])
    inside.close()


def test_a_proxy_of_the_environment_may_be_on_this_machine(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTP_PROXY", server.url)
    server.answers = [body(CONTENT)]
    assert run(manifest_of(server, host="93.184.216.34"), tmp_path).count("network") == 1


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "0"),
        *("224.0.0.1", "ff02::1", "100.64.0.1", "fe80::1%lo", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_addresses_of_this_machine_and_of_private_networks_are_known(host: str):
    assert is_private(host)


@pytest.mark.parametrize(
    "host", ["93.184.216.34", "2600::1", "64:ff9b::5db8:d822", "a..b", "x" * 80]
)
def test_public_addresses_and_names_that_lead_nowhere_are_not_private(host: str):
    assert not is_private(host)


def test_credentials_on_this_machine_are_not_sent(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    sent: list[str | None] = []

    def watched(answer: Answer) -> Answer:
        def watching(handler: BaseHTTPRequestHandler) -> None:
            sent.extend(handler.headers[name] for name in ("Authorization", "Cookie"))
            answer(handler)

        return watching

    onwards = f"http://me:secret@127.0.0.1:{server.httpd.server_port}/b"
    server.answers = [
        watched(status(302, Location=onwards, Set_Cookie="a=1")),
        watched(body(CONTENT)),
    ]
    run(manifest_of(server), tmp_path)
    assert sent == [None] * 4


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip, gzip", "br", "identity, gzip"])
def test_an_encoding_that_was_not_asked_for_is_refused(
    server: Server, tmp_path: Path, encoding: str
):
    server.answers = [status(200, Content_Encoding=encoding)]
    with pytest.raises(InputError, match=f"is encoded as '{encoding}', unasked"):
        run(manifest_of(server), tmp_path)
    assert len(server.ranges) == 1
    assert files(tmp_path) == {}


def test_the_body_of_a_redirect_is_not_read(server: Server, tmp_path: Path):
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/elsewhere")
        handler.send_header("Content-Encoding", "gzip, gzip, gzip")
        handler.send_header("Content-Length", str(10**15))
        handler.end_headers()

    server.answers = [endless, body(CONTENT)]
    assert run(manifest_of(server), tmp_path).count("network") == 1


@pytest.mark.parametrize("host", ["a..b", "a" * 70 + ".org", "exämple..org"])
def test_a_bad_host_name_is_one_line(server: Server, tmp_path: Path, host: str):
    manifest = manifest_of(server)
    source = replace(manifest.sources[0], address=f"http://{host}/a.bin")
    with pytest.raises(InputError) as caught:
        run(replace(manifest, sources=(source,)), tmp_path, retries=0)
    assert str(caught.value).startswith(f"http://{host}/a.bin: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "nonsense://x"])
def test_an_unusable_proxy_stops_downloads_alone(
    server: Server, tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
):
    monkeypatch.setenv("ALL_PROXY", proxy)
    assert run(local_manifest(), repository).count("local") == 1
    with pytest.raises(InputError, match=r"^HTTP_PROXY, HTTPS_PROXY or ALL_PROXY: cannot be used"):
        run(manifest_of(server), tmp_path)
    assert server.ranges == []


def test_of_two_fetches_at_once_one_downloads(server: Server, tmp_path: Path):
    started, go_on = threading.Event(), threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        started.set()
        go_on.wait(10)
        body(CONTENT)(handler)

    server.answers = [slow]
    manifest, cache = manifest_of(server), tmp_path / "cache"
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(fetch, manifest, tmp_path / "one", cache)
        started.wait(10)
        second = pool.submit(fetch, manifest, tmp_path / "two", cache)
        go_on.set()
        origins = [first.result().origins[0][1], second.result().origins[0][1]]
    assert origins == ["network", "cache"]
    assert len(server.ranges) == 1
    assert [path.name for path in cache.iterdir()] == [manifest.sources[0].sha256]


def test_what_a_killed_fetch_left_is_resumed_despite_its_lock(server: Server, tmp_path: Path):
    manifest = manifest_of(server)
    part = part_of(manifest, tmp_path)
    part.parent.mkdir()
    part.write_bytes(CONTENT[:4000])
    part.with_suffix(".lock").touch()
    server.answers = [rest(CONTENT)]
    run(manifest, tmp_path, deadline_s=5)
    assert server.ranges == ["bytes=4000-"]
    assert [path.name for path in part.parent.iterdir()] == [manifest.sources[0].sha256]


def test_a_fetch_that_waits_for_another_too_long_says_so(server: Server, tmp_path: Path):
    manifest = manifest_of(server)
    (tmp_path / "cache").mkdir()
    with (
        FileLock(part_of(manifest, tmp_path).with_suffix(".lock")),
        pytest.raises(InputError, match=r"is held by another fetch for 0 s; wait"),
    ):
        run(manifest, tmp_path, deadline_s=0)
    assert server.ranges == []


def test_fetches_of_one_folder_wait_for_each_other_and_say_so(server: Server, tmp_path: Path):
    started, go_on = threading.Event(), threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        started.set()
        go_on.wait(10)
        body(CONTENT)(handler)

    server.answers = [slow]
    manifest, said = manifest_of(server), []

    def waits(problem: str) -> None:
        said.append(problem)
        go_on.set()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(fetch, manifest, tmp_path / "tiny")
        started.wait(10)
        second = pool.submit(fetch, manifest, tmp_path / "tiny", on_wait=waits)
        origins = [first.result().origins[0][1], second.result().origins[0][1]]
    assert origins == ["network", "kept"]
    assert said == [f"{tmp_path}/tiny: another fetch holds it; waiting for that one to end"]
    assert files(tmp_path) == {"tiny/data/a.bin": CONTENT}


def test_what_a_killed_fetch_left_beside_the_folder_goes_with_the_next(
    server: Server, tmp_path: Path
):
    left = tmp_path / "raw/.tiny.incoming/data"
    left.mkdir(parents=True)
    (left / "copy").write_bytes(CONTENT[:10])
    (tmp_path / "raw/.tiny.lock").touch()
    server.answers = [body(CONTENT)]
    run(manifest_of(server), tmp_path)
    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["tiny"]


def test_a_fetch_that_fails_leaves_no_empty_files(server: Server, tmp_path: Path):
    server.answers = [body(b"", len(CONTENT))]
    with pytest.raises(InputError, match="expected 10240 bytes, got 0"):
        run(manifest_of(server), tmp_path, retries=0)
    assert files(tmp_path) == {}


def test_the_time_that_is_left_limits_each_wait_for_a_server(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    limits: list[dict[str, float]] = []
    send = httpx2.Client.send

    def watched(client: httpx2.Client, request: httpx2.Request, **how: Any) -> httpx2.Response:
        limits.append(request.extensions["timeout"])
        return send(client, request, **how)

    monkeypatch.setattr(httpx2.Client, "send", watched)
    server.answers = [status(429, Retry_After="15"), body(CONTENT)]
    run(manifest_of(server), tmp_path, Clock(), deadline_s=20)
    assert [(limit["read"], limit["connect"]) for limit in limits] == [(20, 10), (5, 5)]


def test_a_client_that_the_deadline_closed_is_too_slow(server: Server, tmp_path: Path):
    download = Download(FetchParams(deadline_s=3), Clock().timing())
    download.client.close()
    with pytest.raises(InputError, match="too slow, not there within 3 s"):
        download.whole(manifest_of(server).sources[0], tmp_path / "part", lambda received: None)


def test_words_of_a_server_are_short_and_hold_no_control_characters(server: Server, tmp_path: Path):
    def garbage(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 \x1b[31m\xff" + b"x" * 50_000 + b"\0\r\n\r\n")

    for answer in (garbage, status(200, Content_Encoding="\x1b[31mgzip\x9b" + "x" * 5000)):
        server.answers = [answer]
        with pytest.raises(InputError) as caught:
            run(manifest_of(server), tmp_path, retries=0)
        assert str(caught.value).isascii()
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 500


def test_a_certificate_file_that_is_missing_is_named(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(InputError, match=r"^SSL_CERT_FILE, SSL_CERT_DIR or SSLKEYLOGFILE: cannot"):
        run(manifest_of(server), tmp_path)


@pytest.mark.parametrize(("full", "named"), [("copy", r"raw/tiny/data/a\.bin"), ("part", "cache")])
def test_a_full_disk_is_one_line_and_the_next_fetch_goes_on(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: str, named: str
):
    def no_space(*_: object) -> None:
        raise OSError(ENOSPC, os.strerror(ENOSPC), "somewhere")

    server.answers = [body(CONTENT)]
    with monkeypatch.context() as patched:
        if full == "copy":
            patched.setattr(shutil, "copyfile", no_space)
        else:
            patched.setattr(Download, "_copy", no_space)
        with pytest.raises(
            InputError, match=rf"/{named}: cannot be stored: no space is left; free"
        ):
            run(manifest_of(server), tmp_path)
    assert not (tmp_path / "raw/.tiny.incoming").exists()
    run(manifest_of(server), tmp_path)
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}


def test_places_where_nothing_can_be_stored_are_one_line(repository: Path):
    (repository / "file").touch()
    (repository / "loop").symlink_to("loop")
    for place in ("file", "file/tiny", "file/a/tiny", "loop", "loop/tiny", "x" * 300, "/proc/tiny"):
        with pytest.raises(InputError, match=r": cannot be stored or read: ") as caught:
            fetch(local_manifest(), repository / place)
        assert "\n" not in str(caught.value)
    assert not [path for path in repository.iterdir() if path.name.startswith(".")]


def test_a_corpus_may_be_fetched_into_the_working_folder(repository: Path):
    assert fetch(local_manifest(), Path()).count("local") == 1
    assert (repository / "a.bin").read_bytes() == CONTENT


@pytest.mark.parametrize("kind", ["fifo", "folder", "loop"])
def test_what_is_no_regular_file_is_never_read(repository: Path, kind: str):
    odd = repository / "odd"
    {"fifo": os.mkfifo, "folder": os.mkdir, "loop": lambda path: path.symlink_to(path)}[kind](odd)
    (source,) = local_manifest().sources
    with pytest.raises(InputError, match=r"^odd: there is no such file"):
        run(replace(local_manifest(), sources=(replace(source, local="odd"),)), repository)
    remote = replace(source, local="", address="http://x.example/a.bin")
    mirror = mirror_of(replace(local_manifest(), sources=(remote,)), repository / "mirror", b"")
    (mirror / "x.example/a.bin").unlink()
    (mirror / "x.example/a.bin").symlink_to(odd)
    with pytest.raises(InputError, match=r"a\.bin: is not in the mirror"):
        run(replace(local_manifest(), sources=(remote,)), repository, mirror=mirror)
    (repository / "cache").mkdir()
    part = repository / "cache" / f"{source.sha256}.part"
    with suppress(OSError):
        part.symlink_to(odd)
    if kind != "loop":
        with pytest.raises(InputError, match=r"part: is no regular file; move it away"):
            run(replace(local_manifest(), sources=(remote,)), repository)


def test_a_slow_drip_hits_the_deadline(server: Server, tmp_path: Path):
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(CONTENT)))
        handler.end_headers()
        handler.wfile.write(CONTENT[:100])
        handler.wfile.flush()

    server.answers = [drip]
    with pytest.raises(InputError, match="too slow, not there within 5 s: expected 10240 bytes"):
        run(manifest_of(server), tmp_path, Clock(step=4), deadline_s=5)
    assert files(tmp_path / "raw") == {}


def test_no_connection_names_both_ways_out(server: Server, tmp_path: Path):
    manifest = manifest_of(server)
    server.httpd.server_close()
    with pytest.raises(InputError) as caught:
        run(manifest, tmp_path, retries=1)
    line = str(caught.value)
    assert "connect this machine to the network, or set REFRAMING_MIRROR=DIR" in line
    assert "\n" not in line


def mirror_of(manifest: Manifest, folder: Path, content: bytes) -> Path:
    place = folder / manifest.sources[0].mirror_path
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    return folder


def test_a_mirror_replaces_the_network(server: Server, tmp_path: Path):
    manifest = manifest_of(server)
    mirror = mirror_of(manifest, tmp_path / "mirror", CONTENT)
    assert run(manifest, tmp_path, mirror=mirror).count("mirror") == 1
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}
    assert server.ranges == []


@pytest.mark.parametrize(
    ("content", "problem"), [(CONTENT[:-1], "wrong size"), (CONTENT[::-1], "wrong sha256")]
)
def test_a_mirrored_file_is_verified_too(
    server: Server, tmp_path: Path, content: bytes, problem: str
):
    manifest = manifest_of(server)
    mirror = mirror_of(manifest, tmp_path / "mirror", content)
    with pytest.raises(InputError, match=rf"mirror/.*a.bin: has the {problem}: expected"):
        run(manifest, tmp_path, mirror=mirror)
    assert files(tmp_path / "raw") == {}


def test_a_file_that_the_mirror_lacks_is_named(server: Server, tmp_path: Path):
    (tmp_path / "mirror").mkdir()
    with pytest.raises(InputError, match=r"a.bin: is not in the mirror"):
        run(manifest_of(server), tmp_path, mirror=tmp_path / "mirror")


def test_files_that_came_stay_when_a_later_one_fails(server: Server, tmp_path: Path):
    manifest = manifest_of(server)
    missing = Source("b.bin", 1, "0" * 64, address=f"{server.url}/b.bin")
    both = Manifest("tiny", "t", "c", "l", "p", "n", (*manifest.sources, missing))
    server.answers = [body(CONTENT), status(404)]
    with pytest.raises(InputError, match=r"b.bin"):
        run(both, tmp_path)
    assert files(tmp_path / "raw") == {"tiny/data/a.bin": CONTENT}


def test_a_folder_in_the_way_is_an_error(server: Server, tmp_path: Path):
    (tmp_path / "raw/tiny/data/a.bin").mkdir(parents=True)
    server.answers = [body(CONTENT)]
    with pytest.raises(InputError, match="is a folder where a file must go"):
        run(manifest_of(server), tmp_path)


def test_a_file_where_a_folder_must_be_is_an_error(server: Server, tmp_path: Path):
    (tmp_path / "raw/tiny").mkdir(parents=True)
    (tmp_path / "raw/tiny/data").write_text("in the way", encoding="utf8")
    server.answers = [body(CONTENT)]
    with pytest.raises(InputError, match="cannot be stored"):
        run(manifest_of(server), tmp_path)


STAGE_MANIFEST = """\
name: tiny
title: Tiny
citation: none
licence: CC0-1.0
purpose: test
notes: none
sources:
  - url: https://example.org/names.tsv
    path: names.tsv
    bytes: {names_bytes}
    sha256: {names_sha256}
  - repository: owner/name
    commit: {commit}
    names: names.tsv
    column: file
    files: |
      {sha256} {bytes} data/{{2}}.txt
"""


def test_the_stage_fetches_from_the_mirror_by_names_of_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    names, commit = b"id\tfile\n1\tfirst\n2\tsecond\n", "0a" * 20
    mirror = tmp_path / "mirror"
    for place, content in (
        ("example.org/names.tsv", names),
        (f"github.com/owner/name/{commit}/data/second.txt", CONTENT),
    ):
        (mirror / place).parent.mkdir(parents=True)
        (mirror / place).write_bytes(content)
    (tmp_path / "data/manifests").mkdir(parents=True)
    (tmp_path / "data/manifests/tiny.yaml").write_text(
        STAGE_MANIFEST.format(
            names_bytes=len(names),
            names_sha256=hashlib.sha256(names).hexdigest(),
            commit=commit,
            bytes=len(CONTENT),
            sha256=hashlib.sha256(CONTENT).hexdigest(),
        ),
        encoding="utf8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFRAMING_MIRROR", str(mirror))
    stage.fetch("tiny")
    assert files(tmp_path / "data/raw") == {
        "tiny/names.tsv": names,
        "tiny/data/second.txt": CONTENT,
    }
    shown = capsys.readouterr().err
    assert shown.splitlines() == [
        f"tiny: 2 files, {len(CONTENT) + len(names):,} bytes"
        " (0 kept, 0 local, 0 cache, 2 mirror, 0 network)"
    ]


def test_the_stage_writes_nowhere_but_into_the_raw_files(
    repository: Path, monkeypatch: pytest.MonkeyPatch
):
    digest = hashlib.sha256(CONTENT).hexdigest()
    source = {"local": "data/sample/a.bin", "path": "a", "bytes": len(CONTENT), "sha256": digest}
    texts = {key: key for key in ("title", "citation", "licence", "purpose", "notes")}
    (repository / "data/manifests").mkdir()
    content = json.dumps({"name": "tiny", **texts, "sources": [source]})
    (repository / "tiny.yaml").write_text(content, encoding="utf8")
    stage.fetch("../../tiny")
    assert set(files(repository)) == {"tiny.yaml", "data/sample/a.bin", "data/raw/tiny/a"}


def test_the_stage_names_a_manifest_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"^data/manifests/nowhere.yaml: there is no such file"):
        stage.fetch("nowhere")


def local_manifest(content: bytes = CONTENT) -> Manifest:
    digest = hashlib.sha256(content).hexdigest()
    source = Source("a.bin", len(content), digest, local="data/sample/a.bin")
    return Manifest("tiny", "t", "c", "l", "p", "n", (source,))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one local file, and the working folder."""
    (tmp_path / "data/sample").mkdir(parents=True)
    (tmp_path / "data/sample/a.bin").write_bytes(CONTENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("mirror", [None, Path("no-mirror")])
def test_a_local_file_is_copied_whatever_the_mirror(repository: Path, mirror: Path | None):
    report = run(local_manifest(), repository, mirror=mirror)
    assert report.origins == (("a.bin", "local"),)
    assert files(repository / "raw") == {"tiny/a.bin": CONTENT}
    assert files(repository / "data") == {"sample/a.bin": CONTENT}


def test_a_local_file_that_is_there_already_is_kept(repository: Path):
    run(local_manifest(), repository)
    assert run(local_manifest(), repository).count("kept") == 1


def test_a_changed_local_file_is_an_error_and_not_copied(repository: Path):
    with pytest.raises(InputError, match=r"^data/sample/a.bin: has the wrong sha256: expected"):
        run(local_manifest(CONTENT[::-1]), repository)
    assert files(repository / "raw") == {}


def test_a_local_file_that_is_missing_is_named(repository: Path):
    (repository / "data/sample/a.bin").unlink()
    with pytest.raises(InputError, match=r"^data/sample/a.bin: there is no such file; .* 10240"):
        run(local_manifest(), repository)


def test_the_sample_needs_neither_network_nor_mirror(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    root = Path(__file__).parents[2]
    for folder in ("sample", "manifests"):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / folder).symlink_to(root / "data" / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REFRAMING_MIRROR", raising=False)
    monkeypatch.setattr("httpx2.Client.send", None)
    stage.fetch("sample")
    sample = (root / "data/sample/articles.jsonl").read_bytes()
    assert files(tmp_path / "data/raw") == {"sample/articles.jsonl": sample}


def test_a_mirror_that_is_no_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("REFRAMING_MIRROR", str(tmp_path / "none"))
    with pytest.raises(InputError, match="REFRAMING_MIRROR must name a folder"):
        mirror_of_environment()
