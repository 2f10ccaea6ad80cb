"""Manifests: strict reading, addresses, and the ones that the repository ships."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reframing.documents.errors import InputError
from reframing.documents.params import read_params
from reframing.reading.manifest import (
    SENTENCE_KEYS,
    Names,
    declare_local,
    manifest_text,
    parse_manifest,
    read_manifest,
    read_names,
)

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SHA256 = "ab" * 32
ROOT = Path(__file__).parents[2]
MANIFESTS = sorted((ROOT / "data" / "manifests").glob("*.yaml"))


def repository_source(**changes: Any) -> dict[str, Any]:
    source = {
        "repository": "owner/name",
        "commit": COMMIT,
        "path": "data/a file.csv",
        "bytes": 12,
        "sha256": SHA256,
    }
    return source | changes


def manifest(*sources: Any, **changes: Any) -> dict[str, Any]:
    texts = ("title", "citation", "licence", "purpose", "notes")
    return {"name": "tiny", **{key: key for key in texts}, "sources": list(sources)} | changes


def test_a_repository_file_has_a_raw_address_and_a_place_in_the_mirror():
    (source,) = parse_manifest(manifest(repository_source())).sources
    place = f"owner/name/{COMMIT}/data"
    assert source.url == f"https://raw.githubusercontent.com/{place}/a%20file.csv"
    assert source.mirror_path == f"github.com/{place}/a file.csv"


def test_a_plain_address_maps_to_host_and_path():
    entry = {"url": "https://example.org/x/y%20z.txt?v=1", "path": "y.txt", "bytes": 1}
    (source,) = parse_manifest(manifest(entry | {"sha256": SHA256})).sources
    assert source.mirror_path == "example.org/x/y z.txt"
    assert source.path == "y.txt"


def test_a_local_file_keeps_its_own_place_beside_the_one_in_the_corpus():
    entry = {"local": "../shared/a b.csv", "path": "b.csv", "bytes": 1, "sha256": SHA256}
    (source,) = parse_manifest(manifest(entry)).sources
    assert (source.local, source.path) == ("../shared/a b.csv", "b.csv")


def test_listed_files_are_rows_of_hash_size_and_path():
    entry = {"repository": "owner/name", "commit": COMMIT}
    rows = f"{SHA256} 3 text/one two.txt\n{'cd' * 32} 0 b.txt\n"
    sources = parse_manifest(manifest(entry | {"files": rows})).sources
    assert [(source.path, source.bytes) for source in sources] == [
        ("text/one two.txt", 3),
        ("b.txt", 0),
    ]
    assert parse_manifest(manifest(entry | {"files": rows})).bytes == 3


def test_a_table_can_name_the_files():
    table = repository_source(path="names.tsv")
    entry = {"repository": "owner/name", "commit": COMMIT, "names": "names.tsv", "column": "file"}
    found = parse_manifest(manifest(table, entry | {"files": f"{SHA256} 3 text/{{2}}_x.txt"}))
    pattern = found.sources[1]
    assert pattern.names == Names("names.tsv", "file")
    assert pattern.named(["first", "second"]).path == "text/second_x.txt"
    with pytest.raises(InputError, match=r"names.tsv: record 2: field 'file': names no file"):
        pattern.named(["first"])
    with pytest.raises(InputError, match=r"no '\.\.'"):
        pattern.named(["first", "../../second"])


def test_the_table_of_names_must_be_a_source_too():
    entry = {"repository": "owner/name", "commit": COMMIT, "names": "names.tsv", "column": "file"}
    with pytest.raises(InputError, match=r"field 'names'.*must be a source"):
        parse_manifest(manifest(entry | {"files": f"{SHA256} 3 text/{{2}}.txt"}))


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in repository_source().items() if name != key}


BAD_SOURCES = [
    (repository_source(size=3), "field 'size'"),
    (without("sha256"), "field 'sha256'"),
    (without("bytes"), "field 'bytes'"),
    (repository_source(sha256=SHA256[:-1]), "field 'sha256'"),
    (repository_source(sha256=SHA256.upper()), "field 'sha256'"),
    (repository_source(bytes=-1), "field 'bytes'"),
    (repository_source(bytes="12"), "field 'bytes'"),
    (repository_source(bytes=True), "field 'bytes'"),
    (repository_source(path="../secret"), "field 'path'"),
    (repository_source(path="a/../../secret"), "field 'path'"),
    (repository_source(path="/etc/passwd"), "field 'path'"),
    (repository_source(path="a\\b"), "field 'path'"),
    (repository_source(path=""), "field 'path'"),
    (repository_source(commit="main"), "field 'commit'"),
    (repository_source(repository="name"), "field 'repository'"),
    (repository_source(repository="owner/.."), "field 'repository'"),
    ({"url": "ftp://x.org/a", "path": "a", "bytes": 1, "sha256": SHA256}, "field 'url'"),
    ({"url": "https://x.org/../a", "path": "a", "bytes": 1, "sha256": SHA256}, "field 'url'"),
    ({"url": "https://u:p@x.org/a", "path": "a", "bytes": 1, "sha256": SHA256}, "field 'url'"),
    *(
        ({"url": url, "path": "a", "bytes": 1, "sha256": SHA256}, "field 'url': must be an http")
        for url in (
            *("http://x.org:b/a", "http://x.org:99999/a", "http://x.org:0/a", "http://[::1/a"),
            *(
                "http://../a",
                "http://x y/a",
                "http://x.org/a b",
                "http://x\u00a0.org/a",
                "http:///a",
            ),
        )
    ),
    (repository_source(bytes=10**30), "field 'bytes'"),
    (repository_source(bytes=1 << 20_000), "field 'bytes'"),
    (repository_source(path="a/" * 100_000 + "a"), "field 'path'"),
    (repository_source(path="a\x9b31m"), "field 'path'"),
    (repository_source(path="a\u202eb"), "field 'path'"),
    (repository_source(path="a\ud800"), "field 'path'"),
    ({"local": "a\x1b[31m", "path": "a", "bytes": 1, "sha256": SHA256}, "field 'local': holds a"),
    (repository_source(**{"\x1b[2J": 1}), r"field ''\\x1b\[2J'': is unknown"),
    ({"local": "/etc/passwd", "path": "a", "bytes": 1, "sha256": SHA256}, "field 'local'"),
    ({"local": "a\nb", "path": "a", "bytes": 1, "sha256": SHA256}, "field 'local'"),
    ({"local": " ", "path": "a", "bytes": 1, "sha256": SHA256}, "field 'local'"),
    ({"local": "a", "path": "../a", "bytes": 1, "sha256": SHA256}, "field 'path'"),
    ({"local": "a", "path": "a", "bytes": 1}, "field 'sha256'"),
    (repository_source(local="a"), "field 'local': is unknown"),
    ({"repository": "o/n", "commit": COMMIT, "files": "one two"}, "line 1 of files.*'files'"),
    ({"repository": "o/n", "commit": COMMIT, "files": f"{SHA256} x a"}, "field 'bytes'"),
    ("a.txt", "must be a mapping"),
]


@pytest.mark.parametrize(("source", "named"), BAD_SOURCES)
def test_a_bad_source_is_named_with_its_number_and_field(source: Any, named: str):
    with pytest.raises(InputError, match=rf"^record 2.*{named}"):
        parse_manifest(manifest(repository_source(path="other"), source))


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (manifest(repository_source(), owner="x"), "field 'owner': is unknown"),
        (manifest(repository_source(), licence=""), "field 'licence': must be text"),
        (manifest(repository_source(), title=3), "field 'title': must be text"),
        *(
            (
                manifest(repository_source(), title=f"Title{hidden}"),
                rf"field 'title': holds.*{code}",
            )
            for hidden, code in (
                ("\x1b[31m", "1B"),
                ("\0", "00"),
                ("\x9b", "9B"),
                ("\u202e", "202E"),
            )
        ),
        (manifest(repository_source(), title="\ud800"), "field 'title': holds a control"),
        (manifest(repository_source(), limits=["\x1b[31mOld."]), "field 'limits, 1': holds"),
        (manifest(repository_source(), limits="None."), "field 'limits': must be a list"),
        (manifest(repository_source(), limits=["Old.", "no dates"]), "field 'limits, 2': must be"),
        (
            manifest(repository_source(), limits=["Two\nlines."]),
            "field 'limits, 1': must be one line",
        ),
        (manifest(repository_source(), limits=[3]), "field 'limits, 1': must be"),
        (manifest(repository_source(), answers=["Why?"]), "field 'answers, 1': must be one line"),
        (manifest(repository_source(), name="../x"), "field 'name'"),
        (manifest(), "field 'sources'"),
        ({"name": "tiny"}, "is missing"),
        (["tiny"], "must hold a mapping"),
        (manifest(repository_source(), repository_source()), "occurs twice"),
        (manifest(repository_source(path="a"), repository_source(path="a/b")), "file and a folder"),
    ],
)
def test_a_bad_manifest_is_one_line(raw: Any, named: str):
    with pytest.raises(InputError, match=named) as caught:
        parse_manifest(raw)
    assert "\n" not in str(caught.value)


def test_an_error_is_short_whatever_the_value():
    nested: list[Any] = ["x" * 50]
    for _ in range(40):
        nested = [nested] * 2
    for value in (nested, "x" * 10_000_000, {"a": nested}):
        for bad in (
            manifest(repository_source(), title=value, **{"x" * 10_000_000: 1}),
            manifest(repository_source(), answers=value),
            manifest(repository_source(), answers=[value]),
            manifest(repository_source(bytes=value)),
            manifest(repository_source(path=value)),
            manifest(repository_source(sha256=value)),
            manifest({"url": value, "path": "a", "bytes": 1, "sha256": SHA256}),
            manifest({"repository": "o/n", "commit": COMMIT, "files": value}),
        ):
            with pytest.raises(InputError) as caught:
                parse_manifest(bad)
            assert len(str(caught.value)) < 400


def yaml_of(raw: dict[str, Any]) -> str:
    return json.dumps(raw)


def test_reading_names_the_file(tmp_path: Path):
    path = tmp_path / "tiny.yaml"
    path.write_text(yaml_of(manifest(repository_source(bytes=-1))), encoding="utf8")
    with pytest.raises(InputError) as caught:
        read_manifest(path)
    assert str(caught.value).startswith(f"{path}: record 1: field 'bytes': must be")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"name: [", "is not YAML"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"name: a\nname: b\n", "has the key 'name' twice"),
        (b"", "must hold a mapping"),
    ],
)
def test_a_file_that_is_no_manifest_is_one_line(tmp_path: Path, content: bytes, named: str):
    path = tmp_path / "tiny.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=named) as caught:
        read_manifest(path)
    assert str(path) in str(caught.value)


def test_no_address_leads_out_of_a_mirror():
    entry = {"path": "y.txt", "bytes": 1, "sha256": SHA256}
    for url in (
        "https://x.org/%2e%2e/y",
        "https://../y",
        "https://x.org/a/../../y",
        "https://.:1/y",
    ):
        with pytest.raises(InputError, match=r"^record 1: field 'url'"):
            parse_manifest(manifest(entry | {"url": url}))


def test_a_table_of_names_that_is_no_text_is_one_line(tmp_path: Path):
    table = tmp_path / "names.tsv"
    table.write_bytes(b"file\n\xff\n")
    with pytest.raises(InputError, match=r"names.tsv: is not UTF-8 \(byte 5\)"):
        read_names(table, "file")


def test_name_and_file_name_must_agree(tmp_path: Path):
    path = tmp_path / "other.yaml"
    path.write_text(yaml_of(manifest(repository_source())), encoding="utf8")
    with pytest.raises(InputError, match=r"field 'name'.*they must agree"):
        read_manifest(path)


def test_a_missing_manifest_is_an_error(tmp_path: Path):
    with pytest.raises(InputError, match="no such file"):
        read_manifest(tmp_path / "tiny.yaml")


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_every_shipped_manifest_can_be_read(path: Path):
    found = read_manifest(path)
    assert found.sources
    assert found.citation


@pytest.mark.parametrize("name", read_params(ROOT / "params.yaml").corpora)
def test_every_corpus_of_the_study_says_what_it_can_and_cannot_answer(name: str):
    found = read_manifest(ROOT / "data" / "manifests" / f"{name}.yaml")
    assert found.limits
    assert 2 <= len(found.answers) <= 4
    assert any("null" in answer for answer in found.answers)


@pytest.mark.parametrize("name", read_params(ROOT / "params.yaml").corpora)
def test_a_corpus_names_independent_reports_as_its_null_where_it_has_some(name: str):
    sizes = (ROOT / "results" / "tables" / name / "n.csv").read_text(encoding="utf8")
    said = " ".join(read_manifest(ROOT / "data" / "manifests" / f"{name}.yaml").answers)
    assert ("independent report" in said) == ("\nindependent,all," in sizes)


@pytest.mark.parametrize("key", SENTENCE_KEYS)
def test_answers_and_limits_are_sentences_and_none_need_be_given(key: str):
    assert getattr(parse_manifest(manifest(repository_source())), key) == ()
    said = ["It holds opinions alone.", " It ends in May. "]
    found = parse_manifest(manifest(repository_source(), **{key: said}))
    assert getattr(found, key) == ("It holds opinions alone.", "It ends in May.")


def test_the_sample_in_the_repository_is_the_one_its_manifest_declares():
    (source,) = read_manifest(ROOT / "data/manifests/sample.yaml").sources
    content = (ROOT / source.local).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (source.bytes, source.sha256)


def declared(folder: Path, *places: str, **texts: str):
    for place in places:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(place.encode())
    given = {key: key for key in ("title", "citation", "licence", "purpose", "notes")}
    files = [folder / place for place in places]
    return declare_local(files, folder / "repository", name="mine", **{**given, **texts})


def test_own_files_are_declared_with_path_size_and_hash(tmp_path: Path):
    (source,) = declared(tmp_path, "repository/data/a.csv").sources
    assert (source.local, source.path, source.bytes) == ("data/a.csv", "a.csv", 21)
    assert source.sha256 == hashlib.sha256(b"repository/data/a.csv").hexdigest()


def test_files_beside_the_repository_are_declared_by_the_way_to_them(tmp_path: Path):
    (source,) = declared(tmp_path, "elsewhere/a.csv").sources
    assert (source.local, source.path) == ("../elsewhere/a.csv", "a.csv")


def test_files_of_one_name_keep_their_folders(tmp_path: Path):
    sources = declared(tmp_path, "x/a.csv", "y/a.csv").sources
    assert [source.path for source in sources] == ["x/a.csv", "y/a.csv"]


@pytest.mark.parametrize("title", ["a: b", "- c #d", "“ü” 🐐", "no", "x" * 300, "a\nb", "'"])
def test_a_written_manifest_is_read_back_as_it_was(tmp_path: Path, title: str):
    found = declared(tmp_path, "a.csv", "b.csv", title=title)
    path = tmp_path / "mine.yaml"
    path.write_text(manifest_text(found), encoding="utf8")
    assert read_manifest(path) == found


def test_a_name_that_is_no_unicode_text_is_refused(tmp_path: Path):
    with pytest.raises(InputError, match=r"'\\udcff.csv' is no Unicode text"):
        manifest_text(replace(declared(tmp_path, "a.csv"), title="\udcff.csv"))
