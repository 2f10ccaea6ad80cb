"""Cases of paths that are no files to read or no places to write, and of wrong command lines."""

import json
from collections.abc import Iterator
from hashlib import sha256

from hostile.case import Case, File, Link, Locked, Special
from hostile.payloads import BODY, NAMES, PAIR, REPOST, STORY

LEXICON = ("--profile", "lexicon")
ARTICLES = (json.dumps(STORY) + "\n" + json.dumps(REPOST) + "\n").encode()
PAIRS = json.dumps(PAIR).encode() + b"\n"
MARKED = json.dumps(
    {"id": "pair-1", "moves": [{"move": "hedge-dropped", "original": [0, 5], "repost": None}]}
).encode()
MARKED += b"\n"
ORIGINAL = f"Ferry line may close\n{BODY}\n".encode()
FILES: dict[str, File] = {
    "articles.jsonl": ARTICLES,
    "pairs.jsonl": PAIRS,
    "anna.jsonl": MARKED,
    "ben.jsonl": MARKED,
    "original.txt": ORIGINAL,
    "repost.txt": f"Ferry line closes\n{REPOST['body']}\n".encode(),
    "tasks.json": b"[]\n",
}

JUDGED = {
    "corpus": "coast",
    "pair": "a→b",
    "move": "hedge-dropped",
    "original": [0, 5],
    "repost": None,
    "score": 0.5,
    "stratum": "coast/hedge-dropped",
    "stratum_moves": 2,
    "inclusion_probability": 0.5,
    "judged_state": "x",
    "verdict": "right",
}
# What is read.

READS: dict[str, tuple[str, ...]] = {
    "annotate": ("annotate", "?.jsonl", *LEXICON),
    "annotate-csv": ("annotate", "?.csv", *LEXICON),
    "annotate-parquet": ("annotate", "?.parquet", *LEXICON),
    "pair": ("pair", "articles.jsonl", "?.txt"),
    "compare": ("compare", "original.txt", "?.txt", *LEXICON),
    "compare-pairs": ("compare", "--pairs", "?.jsonl", *LEXICON),
    "export": ("export", "?.jsonl", "--to", "doccano", "--out", "new.jsonl"),
    "export-moves": ("export", "pairs.jsonl", "--to", "brat", "--out", "new", "--moves", "?.jsonl"),
    "import-pairs": ("import", "tasks.json", "--from", "label-studio", "--pairs", "?.jsonl"),
    "import-label-studio": ("import", "?.json", "--from", "label-studio", "--pairs", "pairs.jsonl"),
    "import-doccano": ("import", "?.jsonl", "--from", "doccano", "--pairs", "pairs.jsonl"),
    "agreement": ("agreement", "anna.jsonl", "?.jsonl", "--pairs", "pairs.jsonl"),
    "agreement-pairs": ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "?.jsonl"),
    "fetch": ("fetch", "?.yaml", "--into", "raw", "--mirror", "."),
    "study-add": ("study", "add", "mine", "?.jsonl"),
    "study-judged": ("study", "judged", "judged.jsonl", "?.jsonl"),
    "study-draw": ("study", "draw", "coast", "--except", "?.tsv"),
}
NO_FILES = {
    "missing": None,
    "folder": Special("folder"),
    "fifo": Special("fifo"),
    "socket": Special("socket"),
    "loop": Link("{self}"),
    "dangling": Link("nowhere"),
    "endless": Link("/dev/zero"),
    "device": Link("/dev/null"),
    "locked": Locked(b"{}"),
    "through-a-file": "original.txt/in",
    "long": "n" * 300,
}


def reads() -> Iterator[Case]:
    for verb, argv in READS.items():
        for kind, made in NO_FILES.items():
            wanted = next(part for part in argv if part.startswith("?"))
            suffix = wanted.removeprefix("?")
            name = f"{made if isinstance(made, str) else 'in'}{suffix}"
            files = {**FILES, "judged.jsonl": json.dumps(JUDGED).encode()}
            if made is not None and not isinstance(made, str):
                files[name] = Link(name) if made == NO_FILES["loop"] else made
            yield Case(
                f"paths/read/{verb}/{kind}",
                tuple(name if part == wanted else part for part in argv),
                files,
                names=(name,) if kind != "long" else (),
                study=verb.startswith("study"),
                as_nobody=kind == "locked",
            )


STUDY_FILES = {
    "params": ("params.yaml", ("study", "list")),
    "params-of-stage": ("params.yaml", ("-m", "reframing.stages.pair_articles", "coast")),
    "manifest": (
        "data/manifests/coast.yaml",
        ("study", "add", "coast", "articles.jsonl", "--replace"),
    ),
    "comparisons": ("data/features/coast/comparisons.parquet", ("study", "draw", "coast")),
    "units": (
        "results/tables/coast/units.parquet",
        ("study", "draw", "coast", "--n", "9", "--units", "key.tsv"),
    ),
    "lock": ("dvc.lock", ("study", "remove", "coast")),
}


def studies() -> Iterator[Case]:
    for what, (path, argv) in STUDY_FILES.items():
        for kind in ("folder", "fifo", "loop", "dangling", "locked", "endless"):
            if (what, kind) == ("lock", "dangling"):
                continue
            made = NO_FILES[kind]
            yield Case(
                f"paths/study/{what}/{kind}",
                argv,
                {path: Link(path.rpartition("/")[2]) if kind == "loop" else made},
                names=(path,),
                study=True,
                as_nobody=kind == "locked",
            )


# What is written.

WRITES: dict[str, tuple[str, ...]] = {
    "annotate": ("annotate", "articles.jsonl", *LEXICON, "--out", "?.jsonl"),
    "annotate-parquet": ("annotate", "articles.jsonl", *LEXICON, "--out", "?.parquet"),
    "annotate-errors": (
        "annotate",
        "articles.jsonl",
        *LEXICON,
        "--errors",
        "?.jsonl",
        "--out",
        "sound-out.jsonl",
    ),
    "pair": ("pair", "articles.jsonl", "--out", "?.jsonl"),
    "compare": ("compare", "original.txt", "repost.txt", *LEXICON, "--out", "?.jsonl"),
    "compare-html": ("compare", "original.txt", "repost.txt", *LEXICON, "--html", "?.html"),
    "compare-both": (
        "compare",
        "original.txt",
        "repost.txt",
        *LEXICON,
        "--out",
        "sound-out.jsonl",
        "--html",
        "?.html",
    ),
    "compare-pairs": ("compare", "--pairs", "pairs.jsonl", *LEXICON, "--out", "?.jsonl"),
    "export-brat": ("export", "pairs.jsonl", "--to", "brat", "--out", "?"),
    "export-label-studio": ("export", "pairs.jsonl", "--to", "label-studio", "--out", "?.json"),
    "export-doccano": ("export", "pairs.jsonl", "--to", "doccano", "--out", "?.jsonl"),
    "agreement": (
        "agreement",
        "anna.jsonl",
        "ben.jsonl",
        "--pairs",
        "pairs.jsonl",
        "--out",
        "?.jsonl",
    ),
    "study-judged": ("study", "judged", "judged.jsonl", "--out", "?.tsv"),
    "study-draw": ("study", "draw", "coast", "--n", "99", "--out", "?.jsonl"),
    "study-draw-units": (
        "study",
        "draw",
        "coast",
        "--n",
        "99",
        "--units",
        "?.tsv",
        "--out",
        "sound-out.jsonl",
    ),
    "study-init": ("study", "init", "?"),
}
NO_PLACES = {
    "folder-missing": ("nowhere/out", {}),
    "folder": ("out", {"out{suffix}/kept": b"kept"}),
    "loop": ("out", {"out{suffix}": Link("out{suffix}")}),
    "full": ("out", {"out{suffix}": Link("/dev/full")}),
    "fifo": ("out", {"out{suffix}": Special("fifo")}),
    "through-a-file": ("original.txt/out", {}),
    "long": ("n" * 300, {}),
    "locked-folder": ("locked/out", {"locked": Locked()}),
}


def writes() -> Iterator[Case]:
    for verb, argv in WRITES.items():
        for kind, (stem, made) in NO_PLACES.items():
            if (verb, kind) in (
                ("export-brat", "folder-missing"),
                ("export-brat", "folder"),
                ("study-init", "folder-missing"),
            ):
                continue
            wanted = next(part for part in argv if part.startswith("?"))
            suffix = wanted.removeprefix("?")
            files = {
                **FILES,
                "judged.jsonl": json.dumps(JUDGED).encode(),
                **{
                    name.format(suffix=suffix): Link(one.to.format(suffix=suffix))
                    if isinstance(one, Link)
                    else one
                    for name, one in made.items()
                },
            }
            yield Case(
                f"paths/write/{verb}/{kind}",
                tuple(f"{stem}{suffix}" if part == wanted else part for part in argv),
                files,
                names=(stem.rpartition("/")[2],) if kind != "long" else (),
                study=verb.startswith("study-draw"),
                as_nobody=kind == "locked-folder",
            )
    inputs = {
        "annotate": ("annotate", "articles.jsonl", *LEXICON, "--out", "articles.jsonl"),
        "annotate-errors": ("annotate", "articles.jsonl", *LEXICON, "--errors", "./articles.jsonl"),
        "annotate-linked": ("annotate", "articles.jsonl", *LEXICON, "--out", "linked.jsonl"),
        "compare": ("compare", "articles.jsonl", "repost.txt", *LEXICON, "--out", "articles.jsonl"),
        "compare-html": ("compare", "original.txt", "repost.txt", "--html", "repost.txt"),
        "compare-same": (
            "compare",
            "original.txt",
            "repost.txt",
            "--html",
            "x.jsonl",
            "--out",
            "x.jsonl",
        ),
        "compare-pairs": ("compare", "--pairs", "pairs.jsonl", *LEXICON, "--out", "pairs.jsonl"),
        "export": ("export", "pairs.jsonl", "--to", "doccano", "--out", "pairs.jsonl"),
        "import": (
            "import",
            "tasks.json",
            "--from",
            "label-studio",
            "--pairs",
            "pairs.jsonl",
            "--out",
            "pairs.jsonl",
        ),
        "agreement": (
            "agreement",
            "anna.jsonl",
            "ben.jsonl",
            "--pairs",
            "pairs.jsonl",
            "--out",
            "ben.jsonl",
        ),
        "label-studio-interface": (
            "export",
            "pairs.jsonl",
            "--to",
            "label-studio",
            "--out",
            "mine.json",
        ),
    }
    for verb, argv in inputs.items():
        yield Case(
            f"paths/output-is-input/{verb}",
            argv,
            {**FILES, "linked.jsonl": Link("articles.jsonl"), "mine.xml": b"<kept/>"},
        )
    for suffix in ("txt", "csv", "json", "JSONL", ""):
        yield Case(
            f"paths/suffix/{suffix or 'none'}",
            ("annotate", "articles.jsonl", *LEXICON, "--out", f"out.{suffix}"),
            FILES,
            names=("out", ".jsonl"),
        )


# Disks that are full, and standard output that is closed.

SAYS: dict[str, tuple[str, ...]] = {
    "annotate": ("annotate", "articles.jsonl", *LEXICON),
    "pair": ("pair", "articles.jsonl"),
    "compare": ("compare", "original.txt", "repost.txt", *LEXICON),
    "compare-pairs": ("compare", "--pairs", "pairs.jsonl", *LEXICON),
    "import": ("import", "tasks.json", "--from", "label-studio", "--pairs", "pairs.jsonl"),
    "agreement": ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "pairs.jsonl"),
    "study-list": ("study", "list"),
    "study-judged": ("study", "judged", "judged.jsonl"),
    "study-add": ("study", "add", "mine", "articles.jsonl"),
    "study-remove": ("study", "remove", "coast"),
    "verify": ("verify", "results", "results"),
}
DONE = {
    ("full", "study-add"): ("data/manifests/mine.yaml", "params.yaml"),
    ("full", "study-remove"): ("data", "results", "params.yaml", "dvc.lock"),
}
"""What stays done although nobody can be told."""
SMALL = 120
"""Bytes of the largest file on a disk that is almost full: enough for a line of standard error."""


def disks() -> Iterator[Case]:
    files = {**FILES, "judged.jsonl": json.dumps(JUDGED).encode()}
    for verb, argv in SAYS.items():
        for stdout in ("closed", "full"):
            yield Case(
                f"streams/{stdout}/{verb}",
                argv,
                files,
                study=True,
                stdout=stdout,
                keeps=DONE.get((stdout, verb), ()),
            )
    for verb, argv in WRITES.items():
        yield Case(
            f"paths/disk/{verb}",
            tuple(f"out{part[1:]}" if part.startswith("?") else part for part in argv),
            files,
            names=("out",),
            study=verb.startswith("study-draw"),
            file_bytes=SMALL,
        )
    yield Case(
        "paths/disk/study-add",
        ("study", "add", "mine", "articles.jsonl"),
        files,
        study=True,
        file_bytes=SMALL,
    )
    yield Case(
        "paths/disk/study-remove", ("study", "remove", "coast"), study=True, file_bytes=SMALL
    )


# Folders that hold themselves.


def loops() -> Iterator[Case]:
    text = b"value\n1\n"
    brat = ("import", "in", "--from", "brat", "--pairs", "pairs.jsonl", "--out", "out.jsonl")
    yield Case("paths/loops/brat", brat, {**FILES, "in/again": Link(".")}, names=("in",))
    for name in ("published", "rerun"):
        yield Case(
            f"paths/loops/verify-{name}",
            ("verify", "published", "rerun"),
            {
                "published/tables/coast/a.csv": text,
                "rerun/tables/coast/a.csv": text,
                f"{name}/tables/coast/again": Link("."),
                f"{name}/tables/up": Link("../.."),
            },
            codes=(0, 2),
        )
    stage = ("-m", "reframing.stages.prepare_articles", "coast")
    for name, to in {"folder": ".", "up": "../..", "file": "again.jsonl"}.items():
        place = "data/raw/coast/" + ("again.jsonl" if name == "file" else "again")
        codes = (0, 2) if name == "file" else (0,)
        yield Case(
            f"paths/loops/raw-{name}",
            stage,
            {place: Link(to)},
            codes=codes,
            names=("data/raw/coast",),
            study=True,
            writes=("data",),
        )
    for name, path in {
        "manifests": "data/manifests",
        "interim": "data/interim",
        "results": "results/tables/coast",
    }.items():
        yield Case(
            f"paths/loops/{name}",
            ("study", "list"),
            {f"{path}/again": Link(".")},
            codes=(0,),
            study=True,
        )


# What the environment says, and what the commands do not need.


def environments() -> Iterator[Case]:
    sha = sha256(ARTICLES).hexdigest()
    head = (
        "name: x\ntitle: Ferries\ncitation: Nobody\nlicence: none\npurpose: To test.\nnotes: none\n"
    )
    source = (
        f"url: 'https://example.org/a.jsonl', path: a.jsonl, bytes: {len(ARTICLES)}, sha256: {sha}"
    )
    files: dict[str, File] = {
        **FILES,
        "x.yaml": f"{head}sources:\n  - {{{source}}}\n".encode(),
        "mirror/example.org/a.jsonl": ARTICLES,
    }
    fetch = ("fetch", "x.yaml", "--into", "raw", "--mirror", "mirror")
    for number, proxy in enumerate(
        ("nonsense", "socks9://x:1", "http://[::1", "http://x:99999", "\x1b[31m", "http://\u202e")
    ):
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), proxy)
        yield Case(
            f"environment/proxy/{number}",
            fetch,
            files,
            codes=(0,),
            writes=("raw",),
            environment=proxies,
        )
    for name, value in {
        "word": "many",
        "negative": "-3",
        "huge": "9" * 30,
        "escape": "\x1b",
    }.items():
        yield Case(
            f"environment/jobs/{name}",
            ("-m", "reframing.stages.annotate_articles", "coast"),
            names=("REFRAMING_JOBS",),
            study=True,
            writes=("data",),
            environment={"REFRAMING_JOBS": value},
        )


# Wrong command lines.

USAGE: dict[str, tuple[str, ...]] = {
    "jobs-negative": ("annotate", "articles.jsonl", "--jobs", "-1"),
    "jobs-word": ("annotate", "articles.jsonl", "--jobs", "many"),
    "jobs-huge": ("annotate", "articles.jsonl", "--jobs", "99999999999999999999"),
    "profile": ("annotate", "articles.jsonl", "--profile", "fool"),
    "n-zero": ("study", "draw", "coast", "--n", "0"),
    "n-nan": ("study", "draw", "coast", "--n", "nan"),
    "interval-one": ("study", "judged", "judged.jsonl", "--interval", "1"),
    "interval-nan": ("study", "judged", "judged.jsonl", "--interval", "nan"),
    "tolerance-nan": ("verify", "results", "results", "--tolerance", "nan"),
    "tolerance-negative": ("verify", "results", "results", "--tolerance", "-1"),
    "tolerance-infinite": ("verify", "results", "results", "--tolerance", "inf"),
    "tool": ("export", "pairs.jsonl", "--to", "word", "--out", "x"),
    "no-verb": ("anotate", "articles.jsonl"),
    "no-files": ("annotate",),
    "no-option": ("annotate", "articles.jsonl", "--ot", "x.jsonl"),
    "option-without-value": ("annotate", "articles.jsonl", "--out"),
    "empty-name": ("annotate", ""),
    "stdin-twice": ("annotate", "-", "-"),
    "pairs-and-html": ("compare", "--pairs", "pairs.jsonl", "--html", "x.html"),
    "one-article": ("compare", "original.txt"),
    "errors-without-pairs": ("compare", "original.txt", "repost.txt", "--errors", "e.jsonl"),
    "one-annotator": ("agreement", "anna.jsonl", "--pairs", "pairs.jsonl"),
    "annotator-twice": ("agreement", "anna.jsonl", "./anna.jsonl", "--pairs", "pairs.jsonl"),
    "no-such-corpus": ("study", "reproduce", "nope"),
    "no-such-corpus-draw": ("study", "draw", "nope"),
    "no-such-corpus-remove": ("study", "remove", "nope"),
    "corpus-up": ("study", "draw", "../coast"),
    "corpus-absolute": ("study", "draw", "/etc"),
    "not-added": ("study", "remove", "sample"),
    "mirror-missing": ("fetch", "x.yaml", "--mirror", "nowhere"),
    "no-revision": ("verify", "no-such-revision"),
    "revision-option": ("verify", "--output=x"),
}
NO_NAMES = (
    *(
        "Mine",
        "my corpus",
        "mine/yours",
        "../mine",
        "",
        "-mine",
        "mine-",
        "mine\n",
        "mïne",
        "mine: {x",
        "a" * 300,
        "null",
        "12",
    ),
    *(
        "con.yaml",
        "mine#x",
        "{{x}}",
        "mine\x1b[31m",
        "manifest",
        "judged",
        "effects",
        "by-lexicon",
        "print",
        "coast",
    ),
)


def usage() -> Iterator[Case]:
    for name, argv in USAGE.items():
        files = {**FILES, "judged.jsonl": json.dumps(JUDGED).encode(), "x.yaml": b"name: x\n"}
        yield Case(f"usage/{name}", argv, files, study=True)
    for number, name in enumerate(NO_NAMES):
        yield Case(
            f"usage/corpus-name/{number}",
            ("study", "add", "--", name, "articles.jsonl"),
            study=True,
        )
    for name, text in NAMES.items():
        yield Case(f"usage/verb/{name}", (text,))
        yield Case(f"usage/option/{name}", ("annotate", "--jobs", text, "articles.jsonl"), FILES)
        yield Case(f"usage/corpus/{name}", ("study", "reproduce", text), study=True)


# Processes of their own: streams that are closed, full, or in another encoding.

REAL: dict[str, tuple[tuple[str, ...], str, dict[str, str], tuple[int, ...]]] = {
    "stdout-closed": (("annotate", "original.txt", *LEXICON), ">&-", {}, (2,)),
    "stdout-closed-version": (("--version",), ">&-", {}, (0, 1, 2)),
    "stdout-closed-list": (("study", "list"), ">&-", {}, (1, 2)),
    "stdout-full": (("annotate", "original.txt", *LEXICON), ">/dev/full", {}, (2,)),
    "stdout-full-compare": (
        ("compare", "original.txt", "repost.txt", *LEXICON),
        ">/dev/full",
        {},
        (2,),
    ),
    "stdout-full-list": (("study", "list"), ">/dev/full", {}, (2,)),
    "stdout-full-agreement": (
        ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "pairs.jsonl"),
        ">/dev/full",
        {},
        (2,),
    ),
    "stdin-closed": (("annotate", "-", *LEXICON), "<&-", {}, (2,)),
    "stdin-closed-file": (("annotate", "original.txt", *LEXICON), "<&-", {}, (0,)),
    "stdin-closed-compare": (("compare", "original.txt", "repost.txt", *LEXICON), "<&-", {}, (0,)),
    "stdin-closed-pairs": (("compare", "--pairs", "pairs.jsonl", *LEXICON), "<&-", {}, (0,)),
    "stdin-closed-export": (
        ("export", "pairs.jsonl", "--to", "doccano", "--out", "new.jsonl"),
        "<&-",
        {},
        (0,),
    ),
    "stdin-folder": (("annotate", "-", *LEXICON), "<.", {}, (1, 2)),  # Python itself refuses it
    "stderr-closed": (("annotate", "missing.txt"), "2>&-", {}, (2,)),
    "ascii-terminal": (
        ("compare", "original.txt", "repost.txt", *LEXICON),
        "",
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        (0,),
    ),
    "ascii-locale": (
        ("compare", "original.txt", "repost.txt", *LEXICON),
        "",
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        (0,),
    ),
    "latin-list": (("study", "list"), "", {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}, (0,)),
    "ascii-agreement": (
        ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "pairs.jsonl"),
        "",
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        (0,),
    ),
    "ascii-error": (
        ("annotate", "fähre.txt"),
        "",
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        (2,),
    ),
    "reader-gone": (("annotate", "original.txt", *LEXICON), "| true", {}, (0, 1)),
    "jobs-of-environment": (
        ("-m", "reframing.stages.annotate_articles", "coast"),
        "",
        {"REFRAMING_JOBS": "many"},
        (2,),
    ),
    "no-home": (
        ("annotate", "original.txt", *LEXICON),
        "",
        {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"},
        (0,),
    ),
    "columns": (("compare", "original.txt", "repost.txt", *LEXICON), "", {"COLUMNS": "1"}, (0,)),
    "columns-word": (
        ("compare", "original.txt", "repost.txt", *LEXICON),
        "",
        {"COLUMNS": "wide", "LINES": "-3"},
        (0,),
    ),
}


def real() -> Iterator[Case]:
    for name, (argv, redirection, environment, codes) in REAL.items():
        yield Case(
            f"real/{name}",
            argv,
            FILES,
            codes=codes,
            study=True,
            real=True,
            environment=environment,
            redirection=redirection,
            writes=("new.jsonl",),
        )


def cases() -> Iterator[Case]:
    for of_class in (reads, studies, writes, disks, loops, environments, usage, real):
        yield from of_class()
