"""Cases for params.yaml, manifests, readers of corpora, the stages of the pipeline, and `verify`."""

import hashlib
import io
import json
import pickle
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hostile.article_cases import line
from hostile.case import Case, Damaged, File, Link, Locked, Outcome, Special
from hostile.payloads import BODY, NAMES, NO_CONTENT, NOISE, STORY, nested, no_text
from hostile.study import CORPUS, params

# params.yaml.

LIST = ("study", "list")
PARAMS = params()


def stage(name: str, corpus: str = CORPUS) -> tuple[str, ...]:
    return ("-m", f"reframing.stages.{name}", corpus)


SHARES = ("-0.1", "1.5", ".nan", ".inf", "true", "'0.5'", "null", "[0.5]")
COUNTS = ("-1", "0", "2.5", "true", "'5'", "null", "99999999999999999999999")
OUT_OF_RANGE: dict[str, tuple[str, ...]] = {
    "split.near_duplicate": SHARES,
    "prepare.min_words": COUNTS[:1] + COUNTS[2:6],
    "prepare.max_words": COUNTS[:6],
    "prepare.furniture_min_stories": COUNTS[:4],
    "prepare.furniture_share": SHARES[:5],
    "prepare.furniture_max_words": ("-1", "2.5", "true"),
    "annotate.profile": ("fool", "''", "true", "[full]", "null"),
    "pair.shingle_words": COUNTS,
    "pair.permutations": (*COUNTS, "127"),
    "pair.bands": (*COUNTS, "7", "129"),
    "pair.max_bucket": COUNTS[:4],
    "pair.rare_terms": COUNTS[:1] + COUNTS[2:4],
    "pair.retelling_cosine": SHARES[:5],
    "pair.verbatim": SHARES[:5],
    "pair.trimmed": SHARES[:3],
    "pair.edited": SHARES[:3],
    "pair.rewritten": SHARES[:3],
    "pair.same_event": SHARES[:3],
    "pair.max_days": ("-1", "1.5", "99999999999"),
    "pair.sibling_margin": ("-0.1", ".nan", ".inf"),
    "study.independents_per_original": ("-1", "0.5", "true"),
    "align.min_score": SHARES[:5],
    "align.further_score": SHARES[:3],
    "align.edited": SHARES[:3],
    "align.max_merge": COUNTS[:4],
    "compare.min_score": SHARES[:5],
    "compare.by_kind": ("1", "yes", "null", "'true'"),
    "statistics.interval": (*SHARES, "0", "1", "7.5"),
    "statistics.flips": COUNTS,
    "statistics.min_confidence": SHARES[:4],
    "statistics.max_pairs_per_event": COUNTS[:4],
    "statistics.fdr": (*SHARES[:4], "0", "1"),
    "effects.least": COUNTS[:4],
    "effects.interval": ("0", "1", "7.5", ".nan"),
    "effects.fdr": ("0", "1", "-1", ".nan"),
    "effects.power": ("0", "1", "2", ".nan"),
    "validate.resamples": COUNTS,
    "validate.interval": ("0", "1", "7.5", ".nan"),
    "validate.bins": COUNTS[:4],
    "validate.min_group": ("-1", "0.5"),
    "perturb.per_form": ("-1", "0.5", "true"),
    "figures.width_mm": COUNTS[:4],
    "figures.dpi": COUNTS,
    "figures.font_size": ("0", "-7", ".nan", ".inf", "true"),
    "seed": ("-1", "1.5", "true", "'1'", "null"),
}


def with_value(key: str, value: str) -> str:
    """params.yaml with another value of one key."""
    section, _, name = key.rpartition(".")
    made, within, done = [], section == "", False
    for text in PARAMS.splitlines():
        if section and not text.startswith((" ", "#")) and text.strip():
            within = text.startswith(f"{section}:")
        indent = "  " if section else ""
        if within and not done and text.startswith(f"{indent}{name}:"):
            text, done = f"{indent}{name}: {value}", True
        made.append(text)
    assert done, key
    return "\n".join(made) + "\n"


def ranges() -> Iterator[Case]:
    for key, values in OUT_OF_RANGE.items():
        for value in values:
            argv = stage("annotate_articles") if key == "annotate.profile" else LIST
            yield Case(
                f"params/range/{key}/{value[:24]}",
                argv,
                {"params.yaml": with_value(key, value).encode()},
                names=("params.yaml", key),
                study=True,
            )


def aliases(levels: int = 9) -> str:
    """Nested aliases: nine lists of nine, a thousand million entries in a few lines."""
    made = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for n in range(1, levels):
        made.append(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]")
    return "\n".join(made) + "\n"


def yaml_of_params() -> Iterator[Case]:
    corpora = f"corpora:\n  {CORPUS}: "
    at = PARAMS.index(corpora)
    end = PARAMS.index("\n", at + len(corpora))
    sound = PARAMS[at:end]
    broken: dict[str, str] = {
        "empty": "",
        "scalar": "5\n",
        "list": "- seed\n",
        "tabs": PARAMS.replace("  min_words", "\tmin_words"),
        "cut": PARAMS[: len(PARAMS) // 2],
        "open-brace": PARAMS.replace(sound, f"corpora:\n  {CORPUS}: {{reader: articles"),
        "duplicate-section": f"{PARAMS}\nseed: 2\n",
        "duplicate-key": PARAMS.replace("  min_words:", "  min_words: 4\n  min_words:"),
        "unknown-section": f"{PARAMS}\nsedd: 2\n",
        "number-key": f"{PARAMS}\n5: 2\n",
        "list-key": f"{PARAMS}\n? [a, b]\n: 2\n",
        "mapping-key": f"{PARAMS}\n? {{a: b}}\n: 2\n",
        "null-key": f"{PARAMS}\n~: 2\n",
        "mixed-keys": PARAMS.replace("  min_words:", "  5: 4\n  min_words:"),
        "python-object": f"{PARAMS}\nx: !!python/object/apply:os.system [true]\n",
        "unknown-tag": f"{PARAMS}\nx: !hostile 5\n",
        "two-documents": f"{PARAMS}\n---\nseed: 1\n",
        "unknown-alias": f"{PARAMS}\nx: *nothing\n",
        "aliases": PARAMS + aliases(),
        "aliases-in-value": PARAMS.replace("profile: lexicon", f"profile: {nested(400)}"),
        "recursive": f"{PARAMS}\nx: &x [*x]\n",
        "recursive-corpora": PARAMS.replace(sound, f"corpora: &x\n  {CORPUS}: *x"),
        "merge": PARAMS.replace(sound, f"corpora:\n  {CORPUS}: {{<<: 5}}"),
        "deep": f"{PARAMS}\nx: {nested(20_000)}\n",
        "deep-corpora": PARAMS.replace(sound, f"corpora: {nested(3_000, '{a: ', '}')}"),
        "null-corpora": PARAMS.replace(sound, "corpora:"),
        "list-corpora": PARAMS.replace(sound, "corpora: [coast]"),
        "null-corpus": PARAMS.replace(sound, f"corpora:\n  {CORPUS}:"),
        "unknown-key-of-corpus": PARAMS.replace("directed: true", "directed: true, direct: 5"),
        "number-corpus": PARAMS.replace(f"  {CORPUS}: {{", "  5: {"),
        "corpus-up": PARAMS.replace(f"  {CORPUS}: {{", "  ../coast: {"),
        "corpus-slash": PARAMS.replace(f"  {CORPUS}: {{", "  a/b: {"),
        "corpus-empty": PARAMS.replace(f"  {CORPUS}: {{", "  '': {"),
        "escape": f'{PARAMS}\n"\\e[31mx": 5\n',
        "raw-escape": f"{PARAMS}\n\x1b[31mx: 5\n",
        "date": PARAMS.replace("directed: true", "directed: 2024-13-45"),
        "date-value": PARAMS.replace("directed: true", "directed: 2024-02-30"),
        "long-number": PARAMS.replace("min_words: 40", f"min_words: {'9' * 10_000}"),
        "base-60": PARAMS.replace("min_words: 40", "min_words: 1:30"),
    }
    for name, text in broken.items():
        yield Case(
            f"params/yaml/{name}",
            LIST,
            {"params.yaml": text.encode()},
            codes=(0, 2) if name in ("number-corpus", "date-value") else (2,),
            names=("params.yaml",),
            study=True,
        )
    for name, content in no_text(PARAMS.replace("# Every", "# “Every” ")).items():
        yield Case(
            f"params/encoding/{name}",
            LIST,
            {"params.yaml": content},
            names=("params.yaml",),
            study=True,
        )
    for name, text in NAMES.items():
        quoted = json.dumps(text)
        yield Case(
            f"params/corpus-name/{name}",
            LIST,
            {"params.yaml": PARAMS.replace(f"  {CORPUS}: {{", f"  {quoted}: {{").encode()},
            names=("params.yaml",),
            study=True,
        )
    for verb, argv in {
        "add": ("study", "add", "mine", "articles.jsonl"),
        "remove": ("study", "remove", CORPUS),
        "reproduce": ("study", "reproduce", CORPUS),
        "stage": stage("prepare_articles"),
    }.items():
        for name in ("cut", "deep", "number-key", "aliases"):
            yield Case(
                f"params/{verb}/{name}",
                argv,
                {"params.yaml": broken[name].encode()},
                names=("params.yaml",),
                study=True,
            )


# Manifests.

SHA = hashlib.sha256(b"ferry\n").hexdigest()
SOURCE = f"{{url: 'https://example.org/a.txt', path: a.txt, bytes: 6, sha256: {SHA}}}"
HEAD = "name: x\ntitle: Ferries\ncitation: Nobody\nlicence: none\npurpose: To test.\nnotes: none\n"
MANIFEST = f"{HEAD}sources:\n  - {SOURCE}\n"
FETCH = ("fetch", "x.yaml", "--into", "raw", "--mirror", "mirror")


def _listed(column: str) -> str:
    """A source whose file is named by a table."""
    return f"{{repository: a/b, commit: {'a' * 40}, names: n.tsv, column: {column}, files: '{SHA} 6 {{1}}'}}"


def manifests() -> Iterator[Case]:
    broken: dict[str, str] = {
        "empty": "",
        "scalar": "ferry\n",
        "no-sources": HEAD,
        "null-sources": f"{HEAD}sources:\n",
        "text-source": f"{HEAD}sources: [ferry]\n",
        "deep": f"{HEAD}sources: {nested(20_000)}\n",
        "aliases": aliases() + MANIFEST,
        "aliases-in-text": MANIFEST.replace("title: Ferries\n", "") + aliases() + "title: *a8\n",
        "recursive": f"{HEAD}sources: &x [*x]\n",
        "duplicate-key": MANIFEST + "title: Goats\n",
        "unknown-key": MANIFEST + "sorces: []\n",
        "number-key": MANIFEST + "5: x\n",
        "list-key": MANIFEST + "? [a]\n: x\n",
        "name-of-other": MANIFEST.replace("name: x", "name: y"),
        "name-up": MANIFEST.replace("name: x", "name: ../x"),
        "name-number": MANIFEST.replace("name: x", "name: 5"),
        "title-list": MANIFEST.replace("Ferries", "[Ferries]"),
        "title-ansi": MANIFEST.replace("Ferries", '["\\e[31m"]'),
        "python-object": MANIFEST.replace("Ferries", "!!python/object/apply:os.system [true]"),
        "size-negative": MANIFEST.replace("bytes: 6", "bytes: -6"),
        "size-true": MANIFEST.replace("bytes: 6", "bytes: true"),
        "size-fraction": MANIFEST.replace("bytes: 6", "bytes: 6.0"),
        "size-wrong": MANIFEST.replace("bytes: 6", "bytes: 7"),
        "hash-short": MANIFEST.replace(SHA, SHA[:-1]),
        "hash-capitals": MANIFEST.replace(SHA, SHA.upper()),
        "hash-wrong": MANIFEST.replace(SHA, "0" * 64),
        "path-up": MANIFEST.replace("path: a.txt", "path: ../a.txt"),
        "path-absolute": MANIFEST.replace("path: a.txt", "path: /tmp/a.txt"),
        "path-backslash": MANIFEST.replace("path: a.txt", "path: 'a\\b'"),
        "path-escape": MANIFEST.replace("path: a.txt", 'path: "a\\eb"'),
        "path-long": MANIFEST.replace("path: a.txt", f"path: {'n' * 300}"),
        "scheme-file": MANIFEST.replace("https://example.org", "file://"),
        "scheme-ftp": MANIFEST.replace("https:", "ftp:"),
        "credentials": MANIFEST.replace("https://", "https://me:secret@"),
        "no-host": MANIFEST.replace("https://example.org", "https://"),
        "bad-port": MANIFEST.replace("example.org", "example.org:99999"),
        "bad-bracket": MANIFEST.replace("example.org", "[::1"),
        "address-up": MANIFEST.replace("org/a.txt", "org/../../a.txt"),
        "address-encoded-up": MANIFEST.replace("org/a.txt", "org/%2e%2e/a.txt"),
        "address-ansi": MANIFEST.replace("'https://example.org/a.txt'", '"ftp://\\e[31m"'),
        "file-and-folder": f"{MANIFEST}  - {SOURCE.replace('path: a.txt', 'path: a.txt/b')}\n",
        "twice": f"{MANIFEST}  - {SOURCE}\n",
        "not-in-mirror": MANIFEST.replace("org/a.txt", "org/b.txt"),
        "local-up": f"{HEAD}sources:\n  - {{local: /etc/hostname, path: a, bytes: 6, sha256: {SHA}}}\n",
        "local-missing": f"{HEAD}sources:\n  - {{local: nowhere.txt, path: a, bytes: 6, sha256: {SHA}}}\n",
        "files-line": f"{HEAD}sources:\n  - {{repository: a/b, commit: {'a' * 40}, files: 'x y z'}}\n",
        "names-missing": f"{HEAD}sources:\n  - {_listed('c')}\n",
        "two-documents": f"{MANIFEST}---\nname: y\n",
        "tab": MANIFEST.replace("  - ", "\t- "),
    }
    mirror: dict[str, File] = {"mirror/example.org/a.txt": b"ferry\n"}
    for name, text in broken.items():
        yield Case(f"manifest/{name}", FETCH, {"x.yaml": text.encode(), **mirror})
    for name, content in no_text(MANIFEST.replace("Ferries", "“Ferries”")).items():
        yield Case(
            f"manifest/encoding/{name}", FETCH, {"x.yaml": content, **mirror}, names=("x.yaml",)
        )
    made: dict[str, File] = {
        "fifo": Special("fifo"),
        "folder": Special("folder"),
        "loop": Link("a.txt"),
        "endless": Link("/dev/zero"),
        "locked": Locked(b"ferry\n"),
    }
    for name, file in made.items():
        yield Case(
            f"manifest/mirror/{name}",
            FETCH,
            {"x.yaml": MANIFEST.encode(), "mirror/example.org/a.txt": file},
            as_nobody=name == "locked",
        )
    for key, text in {
        "no-column": "number\tword\n1\tferry\n",
        "short": "number\tname\n1\n",
        "up": "number\tname\n1\t../../x\n",
        "latin-1": "number\tname\n1\tfähre\n",
    }.items():
        content = text.encode("latin-1")
        digest = hashlib.sha256(content).hexdigest()
        source = (
            SOURCE.replace("a.txt", "n.tsv")
            .replace(": 6", f": {len(content)}")
            .replace(SHA, digest)
        )
        yield Case(
            f"manifest/names/{key}",
            FETCH,
            {
                "x.yaml": f"{HEAD}sources:\n  - {source}\n  - {_listed('name')}\n".encode(),
                "mirror/example.org/n.tsv": content,
            },
            names=("n.tsv",),
            keeps=("raw/n.tsv",),
        )


# Readers of corpora.

TEXT = (BODY + " ") * 4
PAGE = f'id,publisher,scrape_time,text\n1,news.org,2018-07-16,"{TEXT}"\n'


def _pickle(value: object) -> bytes:
    return pickle.dumps(value)


class _Runs:
    def __reduce__(self) -> tuple[Any, ...]:
        return (print, ("hostile",))


def corpora_files() -> dict[str, dict[str, bytes]]:
    """Sound raw files of each reader, of one text."""
    from reframing.reading.corpora import TONES
    from reframing.reading.rewritings import (
        HUMAN_PARAGRAPHS,
        MIXSET,
        MODEL_PROMPTS,
        MODELS,
        PROMPTS,
        REPEATED,
        REPEATS,
    )

    item = {"input": TEXT, **dict.fromkeys(PROMPTS, TEXT)}
    neus = "data/naacl2022_lrc_roundup_random_order_probe"
    reports = "[SEP]".join(f"TITLE=> Ferry {n}. ARTICLE=> {n} {TEXT}" for n in "abc")
    again = {"input": TEXT, **{f"{n}_{REPEATED}": TEXT for n in range(REPEATS)}}
    sheepdog = "data/news_articles/politifact_train.pkl"
    return {
        "articles": {"a.jsonl": line(STORY)},
        "fnc-1": {"train_bodies.csv": f'Body ID,articleBody\n1,"{TEXT}"\n'.encode()},
        "article-comparisons": {
            f"data/{event}_articles.csv": PAGE.encode()
            for event in ("helsinki", "census", "spotify")
        },
        "sheepdog": {
            sheepdog: _pickle({"news": [TEXT], "labels": [0]}),
            **{
                f"data/reframings/politifact_train_{tone}.pkl": _pickle({"rewritten": [TEXT]})
                for tone in TONES
            },
        },
        "neus": {
            f"{neus}/val.source": f"{reports}\n".encode(),
            f"{neus}/val.target": f"TITLE=> Ferry ARTICLE=> {TEXT}\n".encode(),
        },
        "raidar-news": {"News/Human.json": json.dumps([item] * HUMAN_PARAGRAPHS).encode()},
        "raidar-abstracts": {"Arxiv/rewrite_arxiv_human_inv.json": json.dumps([item]).encode()},
        "raidar-models": {
            **{
                f"Arxiv/{file}": json.dumps(
                    [{"input": TEXT, **dict.fromkeys(MODEL_PROMPTS, TEXT)}]
                ).encode()
                for file in MODELS.values()
            },
            "Arxiv/uncertain_rewrite_arxiv_human.json": json.dumps([again]).encode(),
        },
        "mixset": {
            f"data/MixSet/separated_files/{name}.json": json.dumps(
                [{"id": 1, "category": "news", "HWT_sentence": TEXT, f"{name}_output": TEXT}]
            ).encode()
            for name in MIXSET
        },
    }


NO_JSON = {
    "number": b"5",
    "null": b"null",
    "object": b"{}",
    "empty-list": b"[]",
    "list-of-null": b"[null]",
    "list-of-lists": b"[[]]",
    "cut": b'[{"input": "a',
    "deep": nested(100_000).encode(),
    "long-number": b"[" + b"9" * 10_000 + b"]",
    "half-character": None,
    "nul": None,
    "number-input": None,
    "duplicate-keys": None,
    "ansi-text": None,
}
NO_PICKLES = {
    "runs": _pickle(_Runs()),
    "list": _pickle([1]),
    "number": _pickle(5),
    "empty": b"",
    "cut": _pickle({"news": [TEXT]})[:-20],
    "deep": b"\x80\x04" + b"]" * 50_000,
    "huge-string": b"\x80\x04\x8d" + (2**60).to_bytes(8, "little"),
    "huge-memo": b"\x80\x04]r\xff\xff\xff\xff.",
    "bytes": _pickle({"news": [b"a"], "labels": [0], "rewritten": [b"a"]}),
    "labels-true": _pickle({"news": [TEXT], "labels": [True], "rewritten": [5]}),
    "unhashable": b"\x80\x04}]]s.",
    "half-character": _pickle(
        {"news": ["\ud800" + TEXT], "labels": [0], "rewritten": ["\ud800" + TEXT]}
    ),
    "nul": _pickle({"news": ["\0" + TEXT], "labels": [0], "rewritten": ["\0" + TEXT]}),
    "blank": _pickle({"news": [" "], "labels": [0], "rewritten": [" "]}),
    "two": _pickle({"news": [TEXT, TEXT], "labels": [0], "rewritten": [TEXT, TEXT]}),
}
NO_LINES = {
    "empty": b"",
    "blank": b"\n",
    "words": b"The ferry line may close.\n",
    "title-alone": b"TITLE=> Ferry\n",
    "text-alone": b"ARTICLE=> The ferry line may close.\n",
    "nothing-between": b"[SEP][SEP]\n",
    "marks-turned": b"ARTICLE=> The ferry TITLE=> Ferry\n",
    "one-lacks-its-title": f"TITLE=> a ARTICLE=> {TEXT}[SEP]{TEXT}\n".encode(),
    "more-lines": f"TITLE=> a ARTICLE=> {TEXT}\n".encode() * 2,
    "blanks-without-end": b"TITLE=> a" + b" " * 200_000 + b"x\n",
    "nul": f"TITLE=> a ARTICLE=> \0{TEXT}\n".encode(),
    "returns": f"TITLE=> a\r\nARTICLE=> {TEXT}\r\n".encode(),
    "long": b"TITLE=> a ARTICLE=> " + b"The ferry line may close. " * 250_000 + b"\n",
    "html": f"TITLE=> a ARTICLE=> {'<p>The ferry</p>' * 20}\n".encode(),
}
ODD_LINES = {
    "no-text": f"TITLE=> a ARTICLE=> [SEP]TITLE=> b ARTICLE=> {TEXT}\n".encode(),
    "separators": f"TITLE=> a ARTICLE=> \u2028\x85\x0c{TEXT}\u2029\n".encode(),
    "escape": f"TITLE=> \x1b[31ma ARTICLE=> \x1b[31m\u202e{TEXT}\n".encode(),
    "twice": ("[SEP]".join([f"TITLE=> a ARTICLE=> {TEXT}"] * 3) + "\n").encode(),
    "blanks": f"TITLE=> a ARTICLE=> The{' ' * 200_000}{TEXT}\n".encode(),
    "many-marks": f"TITLE=> a ARTICLE=> {TEXT}{'ARTICLE=> ' * 20_000}\n".encode(),
    "many-parts": ("[SEP]".join([f"TITLE=> a ARTICLE=> {TEXT}"] * 5_000) + "\n").encode(),
}
NO_CSV = {
    "header-alone": "{header}\n",
    "no-header": "1,2\n",
    "open-quote": '{header}\n1,"The ferry',
    "short-row": "{header}\n1\n",
    "nul": "{header}\n{row}\0\n",
    "huge-cell": "{header}\n1,a,b," + "x" * 200_000 + "\n",
    "blank-text": "{header}\n1,a,b,   \n",
    "ansi-id": "{header}\n\x1b[31m,a,b,\n",
    "row-twice": "{header}\n{row}\n{row}\n",
}


def readers() -> Iterator[Case]:
    for reader, files in corpora_files().items():
        if reader == "articles":
            continue
        first = next(iter(files))
        for name, content in broken_of(first, files[first]).items():
            yield reader_case(reader, name, {**files, first: content})
        if len(files) > 1:
            last = [*files][-1]
            yield reader_case(reader, "last-missing", {k: v for k, v in files.items() if k != last})
        for kind in ("folder", "fifo", "loop"):
            made: File = Link(first.rpartition("/")[2]) if kind == "loop" else Special(kind)
            yield reader_case(reader, kind, {**files, first: made})
    yield reader_case("articles", "nothing", {"a.pdf": b"%PDF"})
    yield reader_case("articles", "fifo", {"a.jsonl": Special("fifo")})
    yield reader_case("articles", "bad-record", {"a.jsonl": line({"id": "a"})}, "a.jsonl")
    yield reader_case(
        "articles", "too-short", {"a.jsonl": line({"id": "a", "body": "Short."})}, "params.yaml"
    )
    yield reader_case("nonsense", "reader", {"a.jsonl": line(STORY)}, "reader")


RAW = f"data/raw/{CORPUS}"


def reader_case(reader: str, name: str, files: dict[str, Any], named: str = RAW) -> Case:
    text = params(**{CORPUS: f"{{reader: {reader}, constructed: false, directed: true}}"})
    codes = (
        (0, 2)
        if name
        in (
            *("header-alone", "ansi-id", "huge-cell", "blank-input", "blank-text", "empty-list"),
            *ODD_LINES,
        )
        else (2,)
    )
    return Case(
        f"readers/{reader}/{name}",
        stage("prepare_articles"),
        {
            "params.yaml": text.encode(),
            **{f"{RAW}/{path}": content for path, content in files.items()},
        },
        codes=codes,
        names=(named,),
        writes=("data",),
    )


def broken_of(path: str, sound: bytes) -> dict[str, bytes]:
    """Broken contents in place of a raw file."""
    encoded = {
        name: raw
        for name, raw in no_text("“Ferry”").items()
        if name in ("latin-1", "utf-16", "noise", "nul")
    }
    if path.endswith(".pkl"):
        return {**NO_PICKLES, "noise": NOISE, "text": b"ferry"}
    if path.endswith(".csv"):
        header = sound.decode().partition("\n")[0]
        row = sound.decode().splitlines()[1]
        return {
            **{name: text.format(header=header, row=row).encode() for name, text in NO_CSV.items()},
            **encoded,
            "empty": b"",
        }
    if path.endswith(".source"):
        return {**NO_LINES, **ODD_LINES, **encoded}
    items = json.loads(sound)
    key = "input" if "input" in items[0] else "HWT_sentence"
    made = {
        "half-character": [{**items[0], key: "\ud800" + TEXT}, *items[1:]],
        "nul": [{**items[0], key: "\0" + TEXT}, *items[1:]],
        "number-input": [{**items[0], key: 5}, *items[1:]],
        "blank-input": [{**items[0], key: "  "}, *items[1:]],
        "category-list": [{**items[0], "category": ["news"]}, *items[1:]],
        "id-object": [{**items[0], "id": {}}, *items[1:]],
    }
    wanted = {
        name: one
        for name, one in made.items()
        if key == "HWT_sentence" or name not in ("category-list", "id-object")
    }
    return {
        **{
            name: raw
            for name, raw in NO_JSON.items()
            if raw is not None and (name != "empty-list" or key == "input")
        },
        **{name: json.dumps(value).encode() for name, value in wanted.items()},
        **encoded,
        "empty": b"",
    }


# The stages, with broken intermediates.

ARTICLES = f"data/interim/{CORPUS}/articles.parquet"
DROPPED = f"data/interim/{CORPUS}/dropped.parquet"
ANNOTATIONS = f"data/features/{CORPUS}/annotations.parquet"
PAIRS = f"data/features/{CORPUS}/pairs.parquet"
ALIGNMENTS = f"data/features/{CORPUS}/alignments.parquet"
COMPARISONS = f"data/features/{CORPUS}/comparisons.parquet"
TABLES = f"results/tables/{CORPUS}"
STAGES: dict[str, tuple[str, ...]] = {
    "annotate_articles": (ARTICLES,),
    "pair_articles": (ARTICLES,),
    "align_pairs": (ARTICLES, PAIRS),
    "compare_pairs": (ARTICLES, ANNOTATIONS, ALIGNMENTS),
    "study_statistics": (ARTICLES, DROPPED, ANNOTATIONS, PAIRS, COMPARISONS),
    "count_by_lexicon": (ARTICLES, COMPARISONS),
    "draw_figures": (f"{TABLES}/survival.csv", f"{TABLES}/n.csv", f"data/manifests/{CORPUS}.yaml"),
}


def _table(**columns: list[Any]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


BROKEN: dict[str, File | None] = {
    "missing": Link("nowhere"),
    "empty": b"",
    "text": b"ferry\n",
    "magic": b"PAR1\0\0\0\0PAR1",
    "noise": NOISE,
    "folder": Special("folder"),
    "fifo": Special("fifo"),
    "loop": None,
    "other-table": _table(id=["a"], words=[5]),
}


def stages() -> Iterator[Case]:
    for name, inputs in STAGES.items():
        for path in inputs:
            for kind, made in BROKEN.items():
                if path.endswith(".yaml") and kind in ("text", "other-table"):
                    continue
                file = Link(path.rpartition("/")[2]) if made is None else made
                yield Case(
                    f"stages/{name}/{path.rpartition('/')[2]}/{kind}",
                    stage(name),
                    {path: file},
                    names=(path,),
                    study=True,
                )
    for name in (*STAGES, "prepare_articles", "fetch_corpus"):
        for number, corpus in enumerate(("nope", "../coast", "", "\x1b[31mred", "/etc", "coast\n")):
            yield Case(f"stages/{name}/corpus/{number}", stage(name, corpus), study=True)
        yield Case(f"stages/{name}/corpus/none", ("-m", f"reframing.stages.{name}"), study=True)
    for name, inputs in STAGES.items():
        for path in inputs:
            yield from damages(f"stages/{name}/{path.rpartition('/')[2]}", stage(name), path)
        yield Case(
            f"stages/{name}/disk-full",
            stage(name),
            files={"scratch": b""},
            names=("File too large",),
            study=True,
            file_bytes=500,
        )
    for table in ("units", "unit_moves"):
        draw = ("study", "draw", CORPUS, "--n", "99", "--units", "key.tsv", "--out", "sheet.jsonl")
        yield from damages(f"stages/draw_units/{table}", draw, f"{TABLES}/{table}.parquet")
    for name, files in {
        "manifest-broken": {"results/manifests/coast.json": b"{"},
        "manifest-list": {"results/manifests/coast.json": b"[]"},
        "manifest-no-id": {"results/manifests/coast.json": b'{"figures": [{"files": {}}]}'},
        "manifest-latin-1": {
            "results/manifests/coast.json": '{"figures": [{"id": "fähre"}]}'.encode("latin-1")
        },
        "manifest-deep": {"results/manifests/coast.json": nested(100_000).encode()},
        "manifest-fifo": {"results/manifests/coast.json": Special("fifo")},
        "manifest-loop": {"results/manifests/coast.json": Link("coast.json")},
    }.items():
        yield Case(
            f"stages/join_manifests/{name}",
            ("-m", "reframing.stages.join_manifests"),
            files,
            names=("coast.json",),
            study=True,
        )
    units = "data/readings/units"
    drawn = (
        "number\tcorpus\tpair\tunit\tstratum\tstratum_units\tprobability\tstate\n"
        "1\tcoast\ta→b\t0\tcoast/edited/none\t3\t0.5\tx\n"
    )
    counts = "number\tmove\tanna\tben\n1\thedge-dropped\t1\t1\n"
    for name, (a, b) in {
        "none": (None, None),
        "drawn-empty": ("", counts),
        "counts-empty": (drawn, ""),
        "count-negative": (drawn, counts.replace("\t1\t1", "\t-1\t1")),
        "count-word": (drawn, counts.replace("\t1\t1", "\tone\t1")),
        "count-arabic": (drawn, counts.replace("\t1\t1", "\t١\t1")),
        "count-huge": (drawn, counts.replace("\t1\t1", f"\t{'9' * 5000}\t1")),
        "surplus-cell": (drawn, counts[:-1] + "\t1\n"),
        "short-row": (drawn, "number\tmove\tanna\tben\n1\n"),
        "unknown-move": (drawn, counts.replace("hedge-dropped", "hedge-lost")),
        "row-twice": (drawn, counts + "1\thedge-dropped\t1\t1\n"),
        "unit-lacks": (drawn, counts.replace("\n1\t", "\n2\t")),
        "probability-two": (drawn.replace("\t0.5\t", "\t2\t"), counts),
        "probability-nan": (drawn.replace("\t0.5\t", "\tnan\t"), counts),
        "stratum-word": (drawn.replace("\t3\t", "\tx\t"), counts),
        "drawn-twice": (drawn + drawn.splitlines()[1] + "\n", counts),
        "unknown-corpus": (drawn.replace("\tcoast\t", "\tcost\t"), counts),
        "latin-1": (drawn.replace("a→b", "ä"), counts),
        "ansi": (drawn.replace("\t3\t", "\t\x1b[31m\t"), counts),
        "open-quote": (drawn.replace("a→b", '"a→b'), counts),
    }.items():
        files = (
            {}
            if a is None
            else {
                f"{units}/drawn.tsv": a.encode("latin-1" if name == "latin-1" else "utf8"),
                f"{units}/counts.tsv": b.encode(),
            }
        )
        yield Case(
            f"stages/estimate_effects/{name}",
            ("-m", "reframing.stages.estimate_effects"),
            files,
            names=("data/readings/units",),
            study=True,
        )
    for name in ("effects/effects", "effects/moves", "validation", "judged"):
        path = f"results/tables/{name}.csv"
        for kind in ("empty", "text", "noise", "folder"):
            yield Case(
                f"stages/print_tables/{name}/{kind}",
                ("-m", "reframing.stages.print_tables"),
                {path: BROKEN[kind]},
                names=("results/tables",),
                study=True,
            )


def damages(id: str, argv: tuple[str, ...], path: str) -> Iterator[Case]:
    """A table of the study that is damaged in the middle; bits may differ so that it can still be read."""
    if path.endswith(".parquet"):
        for kind in ("bits", "more-bits", "hole", "cut"):
            yield Case(
                f"{id}/damaged-{kind}",
                argv,
                {path: Damaged(kind)},
                codes=(2,) if kind == "cut" else (0, 2),
                names=(path,),
                study=True,
                writes=("data", "results", "key.tsv", "key.frame.parquet", "sheet.jsonl"),
            )


# verify.

TABLE = "subject,value,low,high,rejected\nhedges,0.5,0.4,0.6,True\n"
VERIFY = ("verify", "published", "rerun")


def verifications() -> Iterator[Case]:
    def sides(path: str, before: bytes, after: bytes) -> dict[str, File]:
        table = {
            f"{side}/tables/coast/rates.csv": TABLE.encode() for side in ("published", "rerun")
        }
        return {**table, f"published/{path}": before, f"rerun/{path}": after}

    differ: dict[str, tuple[str, str, str]] = {
        "nan-and-number": ("tables/coast/a.csv", TABLE, TABLE.replace("0.5", "nan")),
        "infinite": ("tables/coast/a.csv", "value\n1e999\n", "value\n2e999\n"),
        "infinite-and-number": ("tables/coast/a.csv", "value\n1e999\n", "value\n5\n"),
        "infinite-interval": (
            "tables/coast/a.csv",
            "value,low,high\n1,0,1e999\n",
            "value,low,high\n2,0,1e999\n",
        ),
        "inverted-interval": (
            "tables/coast/a.csv",
            "value,low,high\n1,9,0\n",
            "value,low,high\n2,9,0\n",
        ),
        "negative-zero": ("tables/coast/a.csv", "value\n0\n", "value\n1\n"),
        "cell-missing": ("tables/coast/a.csv", TABLE, TABLE.replace(",True", "")),
        "row-missing": ("tables/coast/a.csv", TABLE + "boosters,1,0,2,True\n", TABLE),
        "true-and-one": ("validation.json", '{"a": true}', '{"a": 1}'),
        "duplicate-keys": ("validation.json", '{"a": 1, "a": 2}', '{"a": 2}'),
        "list-and-object": ("validation.json", '{"a": ["x"]}', '{"a": {"1": "x"}}'),
        "text-and-number": ("validation.json", '{"a": "1"}', '{"a": 1}'),
        "page-ansi": ("notebooks/coast/a.html", "<p>a</p>", "<p>\x1b[31mb</p>"),
        "page-c1": ("notebooks/coast/a.html", "<p>a</p>", "<p>\x9b31mb</p>"),
        "cell-ansi": ("tables/coast/a.csv", "value\na\n", "value\n\x1b[31mb\n"),
        "column-ansi": ("tables/coast/a.csv", "value\na\n", "\x1b[31mvalue\na\n"),
        "column-bidi": ("tables/coast/a.csv", "value\na\n", "\u202evalue\na\n"),
        "name-ansi": ("tables/coast/\x1b[31m.csv", "value\na\n", "value\nb\n"),
        "name-newline": ("tables/coast/a\nb.csv", "value\na\n", "value\nb\n"),
        "many-rows": ("tables/coast/a.csv", "value\n" + "1\n" * 20_000, "value\n" + "2\n" * 20_000),
        "long-cell": ("tables/coast/a.csv", "value\na\n", "value\n" + "b" * 100_000 + "\n"),
    }
    for name, (path, before, after) in differ.items():
        yield Case(
            f"verify/differs/{name}",
            VERIFY,
            sides(path, before.encode(), after.encode()),
            codes=(1, 2) if name == "duplicate-keys" else (1,),
            check=_says_differs,
        )
    broken: dict[str, tuple[str, bytes]] = {
        "csv-latin-1": ("tables/coast/a.csv", "value\nfähre\n".encode("latin-1")),
        "csv-open-quote": ("tables/coast/a.csv", b'value\n"a\n'),
        "csv-nul": ("tables/coast/a.csv", b"value\na\0\n"),
        "csv-huge-cell": ("tables/coast/a.csv", b"value\n" + b"x" * 200_000 + b"\n"),
        "csv-long-number": ("tables/coast/a.csv", b"value\n" + b"9" * 100_000 + b"\n"),
        "parquet-text": ("tables/coast/a.parquet", b"ferry"),
        "parquet-noise": ("tables/coast/a.parquet", NOISE),
        "parquet-nested": ("tables/coast/a.parquet", _table(a=[[1]])),
        "parquet-binary": ("tables/coast/a.parquet", _table(a=[b"\xff\xfe"])),
        "json-cut": ("validation.json", b'{"a"'),
        "json-deep": ("validation.json", nested(100_000).encode()),
        "json-scalar": ("validation.json", b"5"),
        "json-long-number": ("validation.json", b"[" + b"9" * 10_000 + b"]"),
        "json-utf-16": ("validation.json", '{"a": 1}'.encode("utf-16")),
        "png-text": ("figures/coast/a.png", b"ferry"),
        "png-cut": ("figures/coast/a.png", b"\x89PNG\r\n\x1a\n" + NOISE[:60]),
        "page-png": ("notebooks/coast/a.html", b'<img src="data:image/png;base64,AAAA">'),
        "page-base64": ("notebooks/coast/a.html", b'<img src="data:image/png;base64,A">'),
        "page-latin-1": ("notebooks/coast/a.html", "<p>fähre</p>".encode("latin-1")),
        "manifest-cut": ("manifests/coast.json", b"{"),
        "manifest-list": ("manifests/coast.json", b"[]"),
        "manifest-deep": ("manifests/coast.json", nested(100_000).encode()),
        "manifest-files-list": ("manifests/coast.json", b'{"figures": [{"id": "a", "files": []}]}'),
        "manifest-id-list": ("manifests/coast.json", b'{"figures": [{"id": ["a"], "files": {}}]}'),
        "manifest-id-twice": (
            "manifests/coast.json",
            b'{"figures": [{"id": "a", "files": {}}, {"id": "a", "files": {}}]}',
        ),
        "manifest-sha-list": (
            "manifests/coast.json",
            b'{"figures": [{"id": "a", "files": {"results/x": []}}]}',
        ),
        "manifest-key-twice": (
            "manifests/coast.json",
            b'{"figures": [{"id": "a", "id": "b", "files": {}}]}',
        ),
        "manifest-no-text": ("manifests/coast.json", b'{"figures": [{"id": null, "files": {}}]}'),
        "csv-column-twice": ("tables/coast/a.csv", b"value,value\n1,2\n"),
        "parquet-cut": ("tables/coast/a.parquet", _table(a=["b"])[:-20]),
        "json-key-twice": ("validation.json", b'{"a": 1, "a": 2}'),
        "manifest-up": (
            "manifests/coast.json",
            b'{"figures": [{"id": "a", "files": {"results/../../x": "y"}}]}',
        ),
        "manifest-ansi": ("manifests/coast.json", b'{"figures": ["\\u001b[31m"]}'),
    }
    image = {"png-text": _png(), "png-cut": _png()}
    for name, (path, content) in broken.items():
        sound = image.get(name) or (
            b'{"figures": []}'
            if "manifests" in path
            else b'{"a": 1}'
            if path.endswith("json")
            else TABLE.encode()
        )
        if path.endswith("html"):
            sound = b"<p>a</p>" if name == "page-latin-1" else content.replace(b"A", _png64(), 1)
        if path.endswith("parquet"):
            sound = _table(a=["b"])
        codes = (
            (1, 2)
            if name
            in (
                *("csv-long-number", "csv-nul", "csv-huge-cell", "json-scalar", "png-cut"),
                *("parquet-nested", "manifest-up"),
            )
            else (2,)
        )
        yield Case(
            f"verify/broken/{name}", VERIFY, sides(path, sound, content), codes=codes, names=(path,)
        )
    for kind in ("fifo", "loop", "folder"):
        made: File = Link("a.csv") if kind == "loop" else Special(kind)
        files = {
            **sides("tables/coast/b.csv", TABLE.encode(), TABLE.encode()),
            "rerun/tables/coast/a.csv": made,
        }
        yield Case(f"verify/paths/{kind}", VERIFY, files, codes=(0, 1, 2))
    yield Case(
        "verify/paths/empty",
        VERIFY,
        {"published": Special("folder"), "rerun": Special("folder")},
        names=("published",),
    )
    for name, content in NO_CONTENT.items():
        yield Case(
            f"verify/no-content/{name}",
            VERIFY,
            sides("validation.json", b'{"a": 1}', content),
            names=("validation.json",),
        )


def _png() -> bytes:
    from matplotlib.image import imsave

    out = io.BytesIO()
    imsave(out, [[0.0, 1.0]], format="png")
    return out.getvalue()


def _png64() -> bytes:
    import base64

    return base64.b64encode(_png())


def _says_differs(found: Outcome) -> None:
    lines = found.out.decode().splitlines()
    assert lines[-1].startswith("differs"), lines[-1]
    assert max(map(len, lines)) < 5000, "a line of the report without end"


def cases() -> Iterator[Case]:
    for of_class in (ranges, yaml_of_params, manifests, readers, stages, verifications):
        yield from of_class()
