"""Cases for pairs, marked moves, the sheets of annotation tools, judged moves, and units that were read."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hostile.article_cases import line
from hostile.case import Case, File, Outcome
from hostile.payloads import BODY, NAMES, NO_TEXT_VALUES, PAIR, REPOST, STORY, nested, no_text

LEXICON = ("--profile", "lexicon")
PAIRS = line(PAIR)

# Pairs.

PAIR_VERBS: dict[str, tuple[str, ...]] = {
    "compare": ("compare", "--pairs", "in.jsonl", *LEXICON, "--out", "out.jsonl"),
    "export": ("export", "in.jsonl", "--to", "brat", "--out", "out"),
    "import": ("import", "tasks.json", "--from", "label-studio", "--pairs", "in.jsonl"),
    "agreement": ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "in.jsonl"),
}
MARKED = line(
    {"id": "pair-1", "moves": [{"move": "hedge-dropped", "original": [0, 5], "repost": None}]}
)
OTHERS: dict[str, File] = {"tasks.json": b"[]", "anna.jsonl": MARKED, "ben.jsonl": MARKED}


def changed(record: Any, *path: Any, to: Any) -> Any:
    """A copy of a record with another value at a path; `...` removes it."""
    copy = deepcopy(record)
    at = copy
    for step in path[:-1]:
        at = at[step]
    if to is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return copy


def pairs() -> Iterator[Case]:
    broken: dict[str, bytes] = {
        "no-id": line(changed(PAIR, "id", to=...)),
        "no-repost": line(changed(PAIR, "repost", to=...)),
        "null-original": line(changed(PAIR, "original", to=None)),
        "text-for-article": line(changed(PAIR, "original", to=BODY)),
        "list-for-article": line(changed(PAIR, "original", to=[STORY])),
        "list-for-pair": line([PAIR]),
        "article-for-pair": line(STORY),
        "twice": line(PAIR, PAIR),
        "blank-id": line(changed(PAIR, "id", to=" ")),
        "nul-id": line(changed(PAIR, "id", to="a\0b")),
        "half-character-id": line(changed(PAIR, "id", to="\ud800")),
        "cut": PAIRS[:-20],
        "deep": (nested(100_000, '{"original":', "1}") + "\n").encode(),
        "empty": b"",
        "blank": b"\n\n",
        "duplicate-key": (
            json.dumps(PAIR)[:-1] + ', "repost": ' + json.dumps({**STORY, "id": "z"}) + "}\n"
        ).encode(),
        "misspelt-side": line({"id": "p", "orignal": STORY, "repost": REPOST}),
        **{
            f"id-{name}": line(changed(PAIR, "id", to=value))
            for name, value in NO_TEXT_VALUES.items()
            if name not in ("zero", "huge")
        },
        **{
            f"body-{name}": line(changed(PAIR, "repost", "body", to=value))
            for name, value in NO_TEXT_VALUES.items()
        },
    }
    for number, (name, content) in enumerate(broken.items()):
        verbs = (
            [*PAIR_VERBS]
            if name in ("empty", "twice", "deep", "cut")
            else [[*PAIR_VERBS][number % 4]]
        )
        for verb in verbs:
            yield Case(
                f"pairs/{verb}/{name}",
                PAIR_VERBS[verb],
                {**OTHERS, "in.jsonl": content},
                names=("in.jsonl",),
            )
    for name, content in no_text(json.dumps(PAIR, ensure_ascii=False) + "\n").items():
        yield Case(
            f"pairs/encoding/{name}",
            PAIR_VERBS["compare"],
            {"in.jsonl": content},
            names=("in.jsonl",),
        )
    for name, text in NAMES.items():
        record = changed(changed(PAIR, "id", to=text), "repost", "id", to=text)
        for to, out in (("brat", "out"), ("doccano", "out.jsonl"), ("label-studio", "out.json")):
            if hash_of(name, to) % 3 == 0:
                yield Case(
                    f"pairs/names/{to}/{name}",
                    ("export", "in.jsonl", "--to", to, "--out", out),
                    {"in.jsonl": line(record)},
                    codes=(0,),
                    writes=("out", "out.jsonl", "out.json", "out.xml"),
                    check=check_export(out),
                )
        yield Case(
            f"pairs/names/unknown/{name}",
            ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "in.jsonl"),
            {"in.jsonl": PAIRS, "anna.jsonl": line({"id": text, "moves": []}), "ben.jsonl": MARKED},
            names=("anna.jsonl",),
        )
    up = line(changed(PAIR, "id", to="../../outside"))
    yield Case(
        "pairs/names/brat/up",
        ("export", "in.jsonl", "--to", "brat", "--out", "out"),
        {"in.jsonl": up},
        codes=(0,),
        writes=("out",),
        check=check_export("out"),
    )


def hash_of(*words: str) -> int:
    return sum(map(ord, "".join(words)))


def check_export(out: str):
    def check(found: Outcome) -> None:
        place = found.folder / out
        if place.is_dir():
            assert len([*place.glob("*.ann")]) == 1
            for path in place.iterdir():
                assert path.name.isprintable(), path
        else:
            raw = place.read_bytes()
            assert json.loads(raw.splitlines()[0] if out.endswith("l") else raw)

    return check


# Marked moves.

NO_MOVES: dict[str, Any] = {
    "null": None,
    "text": "hedge-dropped",
    "no-list": {"move": "hedge-dropped", "original": [0, 5]},
    "unknown-slug": [{"move": "hedge-lost", "original": [0, 5]}],
    "no-slug": [{"original": [0, 5]}],
    "slug-list": [{"move": ["hedge-dropped"], "original": [0, 5]}],
    "slug-object": [{"move": {}, "original": [0, 5]}],
    "slug-ansi": [{"move": "\x1b[31mred", "original": [0, 5]}],
    "slug-null": [{"move": None, "original": [0, 5]}],
    "no-span": [{"move": "hedge-dropped"}],
    "both-null": [{"move": "hedge-dropped", "original": None, "repost": None}],
    "inverted": [{"move": "hedge-dropped", "original": [5, 2]}],
    "empty-span": [{"move": "hedge-dropped", "original": [5, 5]}],
    "negative": [{"move": "hedge-dropped", "original": [-5, 5]}],
    "beyond": [{"move": "hedge-dropped", "original": [0, 10**6]}],
    "huge": [{"move": "hedge-dropped", "original": [0, 10**30]}],
    "booleans": [{"move": "hedge-dropped", "original": [False, True]}],
    "booleans-object": [{"move": "hedge-dropped", "original": {"start": False, "end": True}}],
    "fractions": [{"move": "hedge-dropped", "original": [0.0, 5.0]}],
    "texts": [{"move": "hedge-dropped", "original": ["0", "5"]}],
    "three": [{"move": "hedge-dropped", "original": [0, 5, 9]}],
    "span-text": [{"move": "hedge-dropped", "original": "05"}],
    "span-number": [{"move": "hedge-dropped", "original": 5}],
    "half-object": [{"move": "hedge-dropped", "original": {"start": 0}}],
}


def moves() -> Iterator[Case]:
    for number, (name, value) in enumerate(NO_MOVES.items()):
        files: dict[str, File] = {
            "pairs.jsonl": PAIRS,
            "anna.jsonl": line({"id": "pair-1", "moves": value}),
            "ben.jsonl": MARKED,
        }
        argv = (
            ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "pairs.jsonl"),
            ("export", "pairs.jsonl", "--moves", "anna.jsonl", "--to", "brat", "--out", "out"),
            (
                "export",
                "pairs.jsonl",
                "--moves",
                "anna.jsonl",
                "--to",
                "label-studio",
                "--out",
                "out.json",
            ),
        )[number % 3]
        yield Case(f"moves/{name}", argv, files, names=("anna.jsonl", "pair-1"))
    for name, content in {
        "twice": MARKED * 2,
        "no-id": line({"moves": []}),
        "number-id": line({"id": 5, "moves": []}),
        "other-pair": line({"id": "pair-2", "moves": []}),
        "deep": (nested(100_000) + "\n").encode(),
        "duplicate-moves": b'{"id": "pair-1", "moves": [], "moves": []}\n',
        "articles": line(STORY),
        "empty": b"",
    }.items():
        files = {"pairs.jsonl": PAIRS, "anna.jsonl": content, "ben.jsonl": MARKED}
        yield Case(
            f"moves/record/{name}",
            ("agreement", "anna.jsonl", "ben.jsonl", "--pairs", "pairs.jsonl"),
            files,
            names=("anna.jsonl",),
        )
        yield Case(
            f"moves/export/{name}",
            ("export", "pairs.jsonl", "--moves", "anna.jsonl", "--to", "brat", "--out", "out"),
            files,
            names=("anna.jsonl",),
        )


# What annotation tools export.

TEXT = f"ORIGINAL\n\n{STORY['title']}\n{STORY['body']}\n\nREPOST\n\n{REPOST['title']}\n{REPOST['body']}\n"
START = TEXT.index("may close")
HERE = {"start": START, "end": START + 3}
RESULT = {
    "id": "T1",
    "type": "labels",
    "value": {**HERE, "text": "may", "labels": ["hedge-dropped"]},
}
THERE = TEXT.index("will close")
SECOND = {
    "id": "T2",
    "type": "labels",
    "value": {"start": THERE, "end": THERE + 4, "text": "will", "labels": ["hedge-dropped"]},
}
TASK = {"id": 1, "data": {"pair": "pair-1", "text": TEXT}, "annotations": [{"result": [RESULT]}]}
ENTITY = {"id": 1, "label": "hedge-dropped", "start_offset": START, "end_offset": START + 3}
LINE = {"id": 1, "text": TEXT, "entities": [ENTITY], "relations": []}
NO_OFFSETS: dict[str, Any] = {
    "inverted": (START + 3, START),
    "empty": (START, START),
    "negative": (-5, START),
    "beyond": (START, 10**6),
    "huge": (START, 10**30),
    "text": (str(START), str(START + 3)),
    "words": ("a", "b"),
    "fraction": (START + 0.5, START + 3.5),
    "boolean": (True, START),
    "infinite": (START, float("inf")),
    "nan": (float("nan"), START),
    "null": (None, START),
    "list": ([START], START + 3),
    "across": (START, len(TEXT) - 3),
    "heading": (0, 4),
}


def tools() -> Iterator[Case]:
    for name, (start, end) in NO_OFFSETS.items():
        task = changed(
            changed(TASK, "annotations", 0, "result", 0, "value", "start", to=start),
            "annotations",
            0,
            "result",
            0,
            "value",
            "end",
            to=end,
        )
        yield label_studio(f"offsets/{name}", task)
        record = changed(
            changed(LINE, "entities", 0, "start_offset", to=start),
            "entities",
            0,
            "end_offset",
            to=end,
        )
        yield doccano(f"offsets/{name}", record)
    at = ("annotations", 0, "result", 0)
    for name, (path, value) in {
        "no-annotations": (("annotations",), ...),
        "annotations-null": (("annotations",), None),
        "annotations-object": (("annotations",), {}),
        "no-result": (("annotations", 0, "result"), ...),
        "result-text": (("annotations", 0, "result"), "T1"),
        "no-type": ((*at, "type"), ...),
        "no-labels": ((*at, "value", "labels"), []),
        "two-labels": ((*at, "value", "labels"), ["hedge-dropped", "hedge-added"]),
        "label-list": ((*at, "value", "labels"), [["hedge-dropped"]]),
        "label-unknown": ((*at, "value", "labels"), ["hedge-lost"]),
        "label-ansi": ((*at, "value", "labels"), ["\x1b[31mred"]),
        "label-object": ((*at, "value", "labels"), [{}]),
        "id-list": ((*at, "id"), ["T1"]),
        "other-text": (("data", "text"), TEXT.replace("ferry", "train")),
        "text-number": (("data", "text"), 5),
        "text-list": (("data", "text"), [TEXT]),
        "data-null": (("data",), None),
        "other-words": ((*at, "value", "text"), "will"),
        "id-twice": (("annotations", 0, "result"), [RESULT, {**SECOND, "id": "T1"}]),
        "other-relation": (
            ("annotations", 0, "result"),
            [RESULT, SECOND, {"type": "relation", "from_id": "T1", "to_id": "T9"}],
        ),
        "relation-list": (
            ("annotations", 0, "result"),
            [RESULT, SECOND, {"type": "relation", "from_id": ["T1"], "to_id": {}}],
        ),
        "relation-to-itself": (
            ("annotations", 0, "result"),
            [RESULT, SECOND, {"type": "relation", "from_id": "T1", "to_id": "T1"}],
        ),
        "joined-twice": (
            ("annotations", 0, "result"),
            [RESULT, SECOND, *[{"type": "relation", "from_id": "T1", "to_id": "T2"}] * 2],
        ),
        "two-annotations": (("annotations",), [{"result": [RESULT]}, {"result": [SECOND]}]),
    }.items():
        yield label_studio(name, changed(TASK, *path, to=value), codes=MAY_BE.get(name, (2,)))
    for name, tasks in {
        "object": TASK,
        "number": 5,
        "null": None,
        "list-of-text": ["a"],
        "list-of-null": [None],
        "nested-list": [[TASK]],
        "task-twice": [TASK, TASK],
        "nothing": [],
    }.items():
        yield label_studio(f"tasks/{name}", tasks, whole=True)
    at = ("entities", 0)
    for name, (path, value) in {
        "no-entities": (("entities",), ...),
        "entities-null": (("entities",), None),
        "entities-object": (("entities",), {"1": ENTITY}),
        "entity-list": (("entities",), [[START, START + 3, "hedge-dropped"]]),
        "no-id": ((*at, "id"), ...),
        "no-label": ((*at, "label"), ...),
        "label-list": ((*at, "label"), ["hedge-dropped"]),
        "label-object": ((*at, "label"), {}),
        "label-unknown": ((*at, "label"), "hedge-lost"),
        "label-bidi": ((*at, "label"), "\u202egpj"),
        "text-number": (("text",), 5),
        "no-text": (("text",), ...),
        "other-text": (("text",), "Another text."),
        "relations-null": (("relations",), None),
        "relation-unknown": (("relations",), [{"from_id": 1, "to_id": 9}]),
        "relation-half": (("relations",), [{"from_id": 1}]),
        "relation-text": (("relations",), ["1-2"]),
    }.items():
        yield doccano(name, changed(LINE, *path, to=value), codes=MAY_BE.get(name, (2,)))
    for name, content in {
        "list": line([LINE]),
        "number": b"5\n",
        "null": b"null\n",
        "cut": line(LINE)[:-9],
        "twice": line(LINE, LINE),
        "deep": (nested(100_000) + "\n").encode(),
        "empty": b"",
        "blank": b"\n\n",
        "duplicate-keys": line(LINE)[:-2] + b', "entities": []}\n',
        "separator-in-text": line(LINE)[:-2] + ', "note": "a\u2028b\u0085c\x0c"}\n'.encode(),
    }.items():
        yield Case(
            f"doccano/lines/{name}",
            DOCCANO,
            {"pairs.jsonl": PAIRS, "in.jsonl": content},
            names=("in.jsonl",),
        )
    for name, content in no_text(json.dumps([TASK], ensure_ascii=False)).items():
        codes = (0, 2) if name.startswith("utf-") else (2,)
        yield Case(
            f"label-studio/encoding/{name}",
            LABEL_STUDIO,
            {"pairs.jsonl": PAIRS, "in.json": content},
            codes=codes,
            names=("in.json",),
            writes=("out.jsonl",),
        )
    yield Case(
        "label-studio/deep",
        LABEL_STUDIO,
        {"pairs.jsonl": PAIRS, "in.json": nested(100_000).encode()},
        names=("in.json",),
    )
    yield Case(
        "label-studio/long-number",
        LABEL_STUDIO,
        {"pairs.jsonl": PAIRS, "in.json": b"[" + b"9" * 20_000 + b"]"},
        names=("in.json",),
    )


LABEL_STUDIO = (
    "import",
    "in.json",
    "--from",
    "label-studio",
    "--pairs",
    "pairs.jsonl",
    "--out",
    "out.jsonl",
)
DOCCANO = (
    "import",
    "in.jsonl",
    "--from",
    "doccano",
    "--pairs",
    "pairs.jsonl",
    "--out",
    "out.jsonl",
)


MAY_BE: dict[str, tuple[int, ...]] = dict.fromkeys(
    ("no-annotations", "no-entities", "other-words"), (0, 2)
)
"""What an export may lack or hold, and is then read as such."""


def label_studio(name: str, task: Any, whole: bool = False, codes: tuple[int, ...] = (2,)) -> Case:
    files: dict[str, File] = {
        "pairs.jsonl": PAIRS,
        "in.json": json.dumps(task if whole else [task]).encode(),
    }
    return Case(
        f"label-studio/{name}",
        LABEL_STUDIO,
        files,
        codes=codes,
        names=("in.json",),
        writes=("out.jsonl",),
    )


def doccano(name: str, record: Any, codes: tuple[int, ...] = (2,)) -> Case:
    files: dict[str, File] = {"pairs.jsonl": PAIRS, "in.jsonl": line(record)}
    return Case(
        f"doccano/{name}", DOCCANO, files, codes=codes, names=("in.jsonl",), writes=("out.jsonl",)
    )


# brat.

MARK = f"T1\thedge-dropped {START} {START + 3}\tmay\n"
OTHER_MARK = f"T2\thedge-dropped {THERE} {THERE + 4}\twill\n"
NO_BRAT = {
    "words": "The ferry may close.\n",
    "no-tab": MARK.replace("\t", " "),
    "inverted": f"T1\thedge-dropped {START + 3} {START}\tmay\n",
    "empty-span": f"T1\thedge-dropped {START} {START}\t\n",
    "negative": f"T1\thedge-dropped -1 {START}\tmay\n",
    "beyond": f"T1\thedge-dropped {START} 999999\tmay\n",
    "huge": f"T1\thedge-dropped {START} {'9' * 50}\tmay\n",
    "other-words": f"T1\thedge-dropped {START} {START + 3}\twill\n",
    "unknown-slug": MARK.replace("hedge-dropped", "hedge-lost"),
    "ansi-slug": MARK.replace("hedge-dropped", "\x1b[31mhedge"),
    "id-twice": MARK + MARK,
    "across": f"T1\thedge-dropped {START};{THERE} {THERE + 4}\tmay\n",
    "overlapping-parts": f"T1\thedge-dropped {START} {START + 3};{START} {START + 3}\tmay may\n",
    "relation-unknown": f"{MARK}R1\tcounterpart Arg1:T1 Arg2:T9\t\n",
    "relation-other-name": f"{MARK}{OTHER_MARK}R1\topposite Arg1:T1 Arg2:T2\t\n",
    "relation-to-itself": f"{MARK}R1\tcounterpart Arg1:T1 Arg2:T1\t\n",
    "relation-broken": f"{MARK}{OTHER_MARK}R1\tcounterpart T1 T2\n",
    "relation-twice": MARK
    + OTHER_MARK
    + "".join(f"R{n}\tcounterpart Arg1:T1 Arg2:T2\t\n" for n in (1, 2)),
    "event-unknown": f"{MARK}E1\tx:T9\n",
    "nul": MARK.replace("may", "m\0y"),
    "digits": MARK.replace(str(START), "".join(chr(0x660 + int(d)) for d in str(START))),
    "long-line": "T1\t" + "x" * 100_000,
}


def brat() -> Iterator[Case]:
    argv = ("import", "in", "--from", "brat", "--pairs", "pairs.jsonl", "--out", "out.jsonl")
    sound: dict[str, File] = {
        "pairs.jsonl": PAIRS,
        "in/a.txt": TEXT.encode(),
        "in/a.ann": MARK.encode(),
    }
    for name, text in NO_BRAT.items():
        yield Case(
            f"brat/{name}",
            argv,
            {**sound, "in/a.ann": text.encode()},
            codes=(0, 2) if name == "overlapping-parts" else (2,),
            names=("a.ann",),
            writes=("out.jsonl",),
        )
    for name, files in {
        "no-text": {"pairs.jsonl": PAIRS, "in/a.ann": MARK.encode()},
        "no-marks": {"pairs.jsonl": PAIRS, "in/a.txt": TEXT.encode()},
        "other-text": {**sound, "in/a.txt": b"Another text.\n"},
        "latin-1": {**sound, "in/a.ann": MARK.replace("may", "mäy").encode("latin-1")},
        "text-utf-16": {**sound, "in/a.txt": TEXT.encode("utf-16")},
        "one-pair-twice": {**sound, "in/b.txt": TEXT.encode(), "in/b.ann": MARK.encode()},
    }.items():
        yield Case(f"brat/folder/{name}", argv, files, names=("in",))
    from hostile.case import Link, Special

    for name, made in {
        "folder": Special("folder"),
        "fifo": Special("fifo"),
        "loop": Link("a.ann"),
        "endless": Link("/dev/zero"),
    }.items():
        yield Case(f"brat/folder/ann-{name}", argv, {**sound, "in/a.ann": made}, names=("a.ann",))
        text = Link("a.txt") if name == "loop" else made
        yield Case(f"brat/folder/txt-{name}", argv, {**sound, "in/a.txt": text}, names=("in/a.",))


# Judged moves and units.

JUDGED = {
    "corpus": "coast",
    "pair": "a→b",
    "move": "hedge-dropped",
    "original": [0, 5],
    "repost": None,
    "score": 0.5,
    "stratum": "coast/hedge-dropped",
    "stratum_moves": 3,
    "inclusion_probability": 0.5,
    "judged_state": "x",
    "verdict": "right",
}
NO_VERDICTS: dict[str, tuple[str, Any]] = {
    "no-verdict": ("verdict", None),
    "verdict-true": ("verdict", True),
    "verdict-list": ("verdict", ["right"]),
    "verdict-object": ("verdict", {}),
    "verdict-word": ("verdict", "maybe"),
    "verdict-ansi": ("verdict", "\x1b[31m"),
    "cause-of-right": ("cause", "other"),
    "cause-list": ("cause", ["other"]),
    "cause-number": ("cause", 5),
    "score-text": ("score", "high"),
    "score-true": ("score", True),
    "score-nan": ("score", float("nan")),
    "score-two": ("score", 2),
    "score-negative": ("score", -1),
    "score-huge": ("score", 10**400),
    "score-infinite": ("score", float("inf")),
    "stratum-missing": ("stratum", ...),
    "stratum-list": ("stratum", ["a"]),
    "stratum-null": ("stratum", None),
    "moves-negative": ("stratum_moves", -3),
    "moves-zero": ("stratum_moves", 0),
    "moves-true": ("stratum_moves", True),
    "moves-text": ("stratum_moves", "3"),
    "moves-fraction": ("stratum_moves", 2.5),
    "moves-nan": ("stratum_moves", float("nan")),
    "moves-infinite": ("stratum_moves", float("inf")),
    "moves-huge": ("stratum_moves", 10**400),
    "probability-two": ("inclusion_probability", 2),
    "probability-zero": ("inclusion_probability", 0),
    "probability-nan": ("inclusion_probability", float("nan")),
    "probability-true": ("inclusion_probability", True),
    "probability-huge": ("inclusion_probability", 10**400),
    "corpus-null": ("corpus", None),
    "corpus-missing": ("corpus", ...),
    "corpus-list": ("corpus", ["coast"]),
    "corpus-ansi": ("corpus", "\x1b[31mcoast"),
    "corpus-newline": ("corpus", "co\nast"),
    "corpus-tab": ("corpus", "co\tast"),
    "pair-missing": ("pair", ...),
    "pair-number": ("pair", 5),
    "pair-tab": ("pair", "a\tb→c"),
    "move-unknown": ("move", "hedge-lost"),
    "move-list": ("move", []),
    "span-inverted": ("original", [5, 0]),
}
UNIT = {"number": "1", "moves": {"hedge-dropped": 1}}
NO_UNITS: dict[str, tuple[str, Any]] = {
    "number-missing": ("number", ...),
    "number-list": ("number", ["1"]),
    "number-empty": ("number", ""),
    "number-tab": ("number", "1\t2"),
    "number-ansi": ("number", "\x1b[31m1"),
    "moves-null": ("moves", None),
    "moves-list": ("moves", ["hedge-dropped"]),
    "moves-unknown": ("moves", {"hedge-lost": 1}),
    "count-negative": ("moves", {"hedge-dropped": -1}),
    "count-true": ("moves", {"hedge-dropped": True}),
    "count-fraction": ("moves", {"hedge-dropped": 0.5}),
    "count-text": ("moves", {"hedge-dropped": "1"}),
    "count-huge": ("moves", {"hedge-dropped": 10**400}),
    "count-list": ("moves", {"hedge-dropped": [1]}),
    "slug-ansi": ("moves", {"\x1b[31mred": 1}),
}


def judgements() -> Iterator[Case]:
    argv = ("study", "judged", "anna.jsonl", "ben.jsonl", "--out", "out.tsv")
    for name, (field, value) in NO_VERDICTS.items():
        sheet = line(_with(JUDGED, field, value))
        files: dict[str, File] = {"anna.jsonl": sheet, "ben.jsonl": sheet}
        yield Case(f"judged/{name}", argv, files, names=("anna.jsonl",))
    for name, (field, value) in NO_UNITS.items():
        sheet = line(_with(UNIT, field, value))
        yield Case(
            f"units/{name}", argv, {"anna.jsonl": sheet, "ben.jsonl": sheet}, names=("anna.jsonl",)
        )
    deep = (nested(100_000) + "\n").encode()
    for name, (anna, ben) in {
        "move-twice": (line(JUDGED), line(JUDGED, JUDGED)),
        "moves-differ": (line(JUDGED), line({**JUDGED, "pair": "a→c"})),
        "one-lacks": (line(JUDGED, {**JUDGED, "pair": "a→c"}), line(JUDGED)),
        "empty": (line(JUDGED), b""),
        "cut": (line(JUDGED), line(JUDGED)[:-9]),
        "deep": (line(JUDGED), deep),
        "first-deep": (deep, line(JUDGED)),
        "first-null": (b"null\n", line(JUDGED)),
        "units-and-moves": (line(UNIT), line(JUDGED)),
        "moves-and-units": (line(JUDGED), line(UNIT)),
        "unit-twice": (line(UNIT), line(UNIT, UNIT)),
        "unit-lacks": (line(UNIT, {**UNIT, "number": "2"}), line(UNIT)),
        "articles": (line(STORY), line(STORY)),
        "duplicate-keys": (line(JUDGED), line(JUDGED)[:-2] + b', "verdict": "wrong"}\n'),
        "stratum-of-two-sizes": (
            line(JUDGED, {**JUDGED, "pair": "a→c", "stratum_moves": 9}),
            line(JUDGED, {**JUDGED, "pair": "a→c", "stratum_moves": 9}),
        ),
    }.items():
        yield Case(f"judged/sheets/{name}", argv, {"anna.jsonl": anna, "ben.jsonl": ben})
    for name in ("one\ttab", "ansi\x1b[31m", "two\nlines", "stratum", "number", "settled"):
        yield Case(
            f"judged/reader/{name.encode('ascii', 'backslashreplace').hex()[:8]}",
            ("study", "judged", "anna.jsonl", f"{name}.jsonl", "--out", "out.tsv"),
            {"anna.jsonl": line(UNIT), f"{name}.jsonl": line(UNIT)},
            codes=(2,) if name == "number" else (0,) if name == "settled" else (0, 2),
            writes=("out.tsv",),
        )


def _with(record: dict[str, Any], field: str, value: Any) -> dict[str, Any]:
    return changed(record, field, to=value) if value is not ... or field in record else record


def verdict_tables() -> Iterator[Case]:
    """Tables of verdicts, given to `study draw --except`."""
    header = (
        "corpus\tpair\tmove\toriginal\trepost\tscore\t"
        "stratum\tstratum_moves\tinclusion_probability\tjudged_state\tanna\n"
    )
    row = "coast\ta→b\thedge-dropped\t0-5\t\t0.50\tcoast/hedge-dropped\t3\t0.5\tx\tright\n"
    for name, text in {
        "empty": "",
        "words": "The ferry may close.\n",
        "no-reader": header.replace("\tanna", ""),
        "span-inverted": header + row.replace("0-5", "5-0"),
        "span-words": header + row.replace("0-5", "a-b"),
        "span-negative": header + row.replace("0-5", "-5-2"),
        "score-word": header + row.replace("0.50", "high"),
        "score-nan": header + row.replace("0.50", "nan"),
        "verdict-word": header + row.replace("right", "maybe"),
        "moves-negative": header + row.replace("\t3\t", "\t-3\t"),
        "moves-infinite": header + row.replace("\t3\t", "\tinf\t"),
        "probability-two": header + row.replace("\t0.5\t", "\t2\t"),
        "short-row": header + "coast\ta→b\n",
        "long-row": header + row[:-1] + "\tright\n",
        "no-pair": header + row.replace("a→b", ""),
        "unknown-move": header + row.replace("\thedge-dropped\t", "\thedge-lost\t"),
        "row-twice": header + row + row,
        "open-quote": header + row.replace("x\t", '"x\t'),
        "nul": header + row.replace("x\t", "x\0\t"),
        "ansi": header + row.replace("0-5", "\x1b[31m"),
        "huge-cell": header + row.replace("x\t", "x" * 200_000 + "\t"),
    }.items():
        yield Case(
            f"verdicts/{name}",
            ("study", "draw", "coast", "--n", "99", "--except", "in.tsv"),
            {"in.tsv": text.encode()},
            codes=(0, 2) if name == "huge-cell" else (2,),
            names=("in.tsv",),
            study=True,
        )
    for name, content in no_text(header + row.replace("x\t", "“x”\t")).items():
        yield Case(
            f"verdicts/encoding/{name}",
            ("study", "draw", "coast", "--n", "99", "--except", "in.tsv"),
            {"in.tsv": content},
            names=("in.tsv",),
            study=True,
        )


def cases() -> Iterator[Case]:
    for of_class in (pairs, moves, tools, brat, judgements, verdict_tables):
        yield from of_class()
