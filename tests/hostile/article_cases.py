"""Cases for the readers of articles: encodings, structure, types, dates, spans, names."""

import io
import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from hostile.case import Case, Outcome, check_page
from hostile.payloads import (
    BODY,
    NAMES,
    NO_CONTENT,
    NO_TEXT_VALUES,
    PAYLOADS,
    REPOST,
    STORY,
    nested,
    no_text,
)

LEXICON = ("--profile", "lexicon")


def line(*records: object) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in records).encode()


def table(*rows: str) -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


def of_ids(*ids: str):
    def check(found: Outcome) -> None:
        assert [one["id"] for one in found.records()] == [*ids]

    return check


TEXTS = {
    "txt": f"Ferry line may close\n{BODY}\n",
    "jsonl": json.dumps(STORY, ensure_ascii=False) + "\n",
    "csv": f'id,body\nferry,"{BODY}"\n',
}


def verb_for(number: int, file: str) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """One of the commands that read articles, in turn, with the other file that it needs."""
    other = {"other.txt": f"Ferry line closes\n{REPOST['body']}\n".encode()}
    return (
        (("annotate", file, *LEXICON), {}),
        (("pair", "other.txt", file), other),
        (("compare", "other.txt", file, *LEXICON), other),
        (("compare", file, "other.txt", "--html", "page.html", *LEXICON), other),
        (("annotate", file, *LEXICON, "--out", "out.parquet"), {}),
    )[number % 5]


def encodings() -> Iterator[Case]:
    number = 0
    for suffix, text in TEXTS.items():
        for name, content in {**no_text(text), **NO_CONTENT}.items():
            number += 1
            argv, others = verb_for(number, f"in.{suffix}")
            yield Case(
                f"encodings/{suffix}/{name}",
                argv,
                {f"in.{suffix}": content, **others},
                names=(f"in.{suffix}",),
            )
    for name, content in {**no_text(TEXTS["jsonl"]), **NO_CONTENT}.items():
        yield Case(f"encodings/stdin/{name}", ("annotate", "-", *LEXICON), stdin=content)
    marks = {
        "mark": "\ufeff" + TEXTS["txt"],
        "returns": TEXTS["txt"].replace("\n", "\r\n"),
        "separators": TEXTS["txt"].replace(", ", ",\u2028").replace(". ", ".\u0085"),
        "form-feeds": TEXTS["txt"].replace(". ", ".\f"),
        "zero-width": TEXTS["txt"].replace("e", "e\u200b"),
        "combining": TEXTS["txt"].replace("a", "a" + "\u0301" * 40),
        "mathematical": TEXTS["txt"] + "𝕿𝖍𝖊 𝖋𝖊𝖗𝖗𝖞",
        "controls": TEXTS["txt"].replace(" ", "\x01 "),
        "private": TEXTS["txt"] + "\ue000\uf8ff\U0010ffff",
    }
    for name, text in marks.items():
        yield Case(
            f"encodings/sound/{name}",
            ("annotate", "in.txt", *LEXICON),
            {"in.txt": text.encode()},
            codes=(0,),
            check=of_ids("in"),
        )


def structures() -> Iterator[Case]:
    """JSON Lines that are no objects of articles."""
    sound = json.dumps(STORY)
    broken = {
        "number": "5",
        "string": '"ferry"',
        "null": "null",
        "true": "true",
        "list": f"[{sound}]",
        "cut": sound[:-10],
        "comma": sound[:-1] + ",}",
        "apostrophes": sound.replace('"', "'"),
        "comment": f"{sound} // ferry",
        "two-in-a-line": sound + sound,
        "words": "The ferry line may close.",
        "minus": "-",
        "raw-control": sound.replace("ferry line", "ferry\x01line"),
        "raw-escape": sound.replace("ferry line", "ferry\x1b[31mline"),
        "deep-lists": nested(100_000),
        "deep-objects": nested(100_000, '{"a":', "1}"),
        "deep-field": sound[:-1] + f', "x": {nested(5_000)}}}',
        "unclosed-lists": "[" * 200_000,
        "long-number": sound[:-1] + f', "x": {"9" * 20_000}}}',
        "duplicate-id": sound[:-1] + ', "id": "other"}',
        "duplicate-body": sound[:-1]
        + ', "body": "Another text altogether, which is not the first."}',
        "escape-in-key": sound[:-1] + ', "\\u001b[31mx": 1',
        "half-surrogate-body": sound.replace("ferry line", "ferry \\ud800 line"),
        "nul-body": sound.replace("ferry line", "ferry \\u0000 line"),
        "python": str(STORY),
        "yaml": "id: ferry\nbody: The ferry line may close.",
        "html": f"<html><body><p>{BODY}</p></body></html>",
    }
    for number, (name, text) in enumerate(broken.items()):
        argv, others = verb_for(number, "in.jsonl")
        yield Case(
            f"json/{name}", argv, {"in.jsonl": text.encode() + b"\n", **others}, names=("in.jsonl",)
        )
    twice = {
        "jsonl": line(STORY, {**REPOST, "id": "ferry"}),
        "csv": table("id,body", f'f,"{BODY}"', f'f,"{BODY}"'),
    }
    for suffix, content in twice.items():
        for verb in ("annotate", "pair"):
            yield Case(
                f"ids/twice/{verb}/{suffix}",
                (verb, f"in.{suffix}"),
                {f"in.{suffix}": content},
                names=("in.", "record 2"),
            )
    yield Case(
        "ids/twice-over-files",
        ("pair", "a.jsonl", "b.jsonl"),
        {"a.jsonl": line(STORY), "b.jsonl": line(STORY)},
        names=("b.jsonl", "a.jsonl"),
    )
    yield Case(
        "ids/number-and-text",
        ("annotate", "a.jsonl", *LEXICON),
        {"a.jsonl": line({**STORY, "id": 7}, {**STORY, "id": "7"})},
        names=("a.jsonl", "record 2"),
    )
    yield Case(
        "json/misspelt-field",
        ("annotate", "a.jsonl", *LEXICON),
        {"a.jsonl": line({"id": "a", "txt": BODY})},
        names=("a.jsonl", "text"),
    )


def types() -> Iterator[Case]:
    """Every field of an article with values of other types."""
    sound = {"id": "a", "body": BODY, "title": "Ferry line may close"}
    fields = (
        "id",
        "body",
        "title",
        "published",
        "outlet",
        "byline",
        "url",
        "event",
        "kind",
        "original",
        "retrieved",
        "group",
    )
    as_numbers = {"id", "event", "original"}
    for field in fields:
        for name, value in NO_TEXT_VALUES.items():
            right = field in as_numbers and name in ("zero", "huge")
            if right:
                continue
            record = {**sound, field: value}
            yield Case(
                f"types/{field}/{name}",
                ("annotate", "a.jsonl", *LEXICON),
                {"a.jsonl": line({**STORY, "id": "sound"}, record)},
                names=("a.jsonl", field if field != "body" else "", "2" if field == "id" else ""),
            )
    for name, value in {"null": None, "blank": "  ", "empty": "", "NaN": float("nan")}.items():
        for field in ("id", "body"):
            yield Case(
                f"types/{field}/{name}",
                ("annotate", "a.jsonl", *LEXICON),
                {"a.jsonl": line({**sound, field: value})},
                names=("a.jsonl",),
            )
        for field in ("published", "outlet", "group"):
            yield Case(
                f"types/{field}/{name}",
                ("annotate", "a.jsonl", *LEXICON),
                {"a.jsonl": line({**sound, field: value})},
                codes=(0,),
                check=of_ids("a"),
            )


NO_DATES = (
    *(
        "yesterday",
        "2024-02-30",
        "2024-13-01",
        "0000-01-01",
        "10000-01-01",
        "-2024-01-01",
        "2024-01-01T25:00",
    ),
    *(
        "2024-01-01T00:00:00+99:99",
        "2024-01-01T24:01",
        "1e9",
        "2024/01/01",
        "2024-01-01T00:00:00Z\x1b[31m",
    ),
    *("\u202e2024-01-01", "2024-01-01T00:00:60", "2024-02-29T00:00-25:00", "9" * 400, "٢٠٢٤-٠١-٠١"),
)
EDGES = (
    *(
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01",
        "9999-12-31",
        "2024-01-01T00:00:00-23:59",
    ),
)


def dates() -> Iterator[Case]:
    for number, date in enumerate(NO_DATES):
        field = ("published", "retrieved")[number % 2]
        verb = ("annotate", "pair")[number // 2 % 2]
        yield Case(
            f"dates/{field}/{number}",
            (verb, "a.jsonl"),
            {"a.jsonl": line(STORY, {**REPOST, field: date})},
            names=("a.jsonl", field, "ferry-repost"),
        )
    for number, date in enumerate(EDGES):
        for field in ("published", "retrieved"):
            yield Case(
                f"dates/edge/{field}/{number}",
                ("pair", "a.jsonl", "--out", "pairs.jsonl"),
                {"a.jsonl": line({**STORY, field: "2024-01-01"}, {**REPOST, field: date})},
                codes=(0, 2),
                writes=("pairs.jsonl",),
            )


NO_TARGETS = {
    "inverted": [{"start": 9, "end": 4}],
    "empty": [{"start": 4, "end": 4}],
    "negative": [{"start": -1, "end": 4}],
    "beyond": [{"start": 0, "end": 10**6}],
    "huge": [{"start": 0, "end": 10**40}],
    "boolean": [{"start": False, "end": True}],
    "fraction": [{"start": 0.0, "end": 4.0}],
    "text": [{"start": "0", "end": "4"}],
    "missing": [{"start": 0}],
    "list": [[0, 4]],
    "null": [None],
    "object": {"start": 0, "end": 4},
    "true": True,
    "number": 4,
    "no-json": "[{",
    "json-number": "4",
    "deep": nested(50_000),
}


def targets() -> Iterator[Case]:
    for name, value in NO_TARGETS.items():
        yield Case(
            f"spans/targets/{name}",
            ("annotate", "a.jsonl", *LEXICON),
            {"a.jsonl": line({**STORY, "targets": value})},
            names=("a.jsonl", "targets"),
        )


def tables() -> Iterator[Case]:
    row = f'ferry,"{BODY}"'
    broken = {
        "no-header": table(row),
        "no-id": table("number,body", row),
        "no-body": table("id,words", row),
        "semicolons": table("id;body", f"ferry;{BODY}"),
        "tabs": table("id\tbody", f"ferry\t{BODY}"),
        "short-row": table("id,body", "ferry"),
        "long-row": table("id,body", f"ferry,{BODY}"),
        "open-quote": table("id,body", 'ferry,"The ferry line'),
        "quote-after": table("id,body", 'ferry,"The ferry" line'),
        "header-alone": table("id,body"),
        "column-twice": table("id,body,body", f'ferry,"{BODY}","{BODY}"'),
        "ansi-columns": table("\x1b[31mid,\x1b[32mbody", row),
        "many-columns": table(",".join(f"c{n}" for n in range(20_000)), "1"),
        "blank-id": table("id,body", f' ,"{BODY}"'),
        "nul": b'id,body\nferry,"a\0b"\n',
        "body-NaN": table("id,body", "ferry,NaN"),
    }
    for number, (name, content) in enumerate(broken.items()):
        argv, others = verb_for(number, "in.csv")
        yield Case(f"csv/{name}", argv, {"in.csv": content, **others}, names=("in.csv",))


def parquet(columns: dict[str, pa.Array]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def parquet_cases() -> Iterator[Case]:
    sound = parquet({"id": pa.array(["ferry"] * 50), "body": pa.array([BODY] * 50)})
    whole = parquet({"id": pa.array(["ferry"]), "body": pa.array([BODY])})
    bad = pa.array([b"\xff\xfe The ferry"], pa.binary()).view(pa.string())
    broken = {
        "text": TEXTS["jsonl"].encode(),
        "magic-alone": b"PAR1",
        "magic-twice": b"PAR1PAR1",
        "cut": sound[: len(sound) // 2],
        "no-rows": parquet({"id": pa.array([], pa.string()), "body": pa.array([], pa.string())}),
        "no-id": parquet({"body": pa.array([BODY])}),
        "ansi-columns": parquet({"\x1b[31mid": pa.array(["a"]), "body": pa.array([BODY])}),
        "fraction-id": parquet({"id": pa.array([1.5]), "body": pa.array([BODY])}),
        "list-body": parquet({"id": pa.array(["a"]), "body": pa.array([[BODY]])}),
        "binary-body": parquet({"id": pa.array(["a"]), "body": pa.array([BODY.encode()])}),
        "struct-id": parquet({"id": pa.array([{"a": 1}]), "body": pa.array([BODY])}),
        "null-id": parquet({"id": pa.array([None], pa.string()), "body": pa.array([BODY])}),
        "no-utf8": parquet({"id": pa.array(["a"]), "body": bad}),
        "duration": parquet(
            {
                "id": pa.array(["a"]),
                "body": pa.array([BODY]),
                "outlet": pa.array([5], pa.duration("s")),
            }
        ),
        "huge-footer": whole[:-8] + b"\xff\xff\xff\x7fPAR1",
    }
    for name, content in broken.items():
        yield Case(
            f"parquet/{name}",
            ("annotate", "in.parquet", *LEXICON),
            {"in.parquet": content},
            names=("in.parquet",),
        )
    beyond = {
        "date": pa.array([2**31 - 1], pa.date32()),
        "timestamp": pa.array([2**62], pa.timestamp("ms")),
        "zone": pa.array([0], pa.timestamp("s", "No/Where")),
    }
    for name, column in beyond.items():
        content = parquet({"id": pa.array(["a"]), "body": pa.array([BODY]), "published": column})
        yield Case(
            f"parquet/beyond-{name}",
            ("annotate", "in.parquet", *LEXICON),
            {"in.parquet": content},
            names=("in.parquet",),
        )
    for number in range(24):
        case = Case(f"parquet/flipped/{number}", ("annotate", "in.parquet", *LEXICON), codes=(0, 2))
        flipped = bytearray(whole)
        for _ in range(3):
            flipped[case.random.randrange(4, len(whole) - 4)] ^= 1 << case.random.randrange(8)
            place = case.random.randrange(4 + number * len(whole) // 30, len(whole) - 4)
            flipped[place] ^= 1 << (number % 8)
        yield Case(case.id, case.argv, {"in.parquet": bytes(flipped)}, codes=(0, 2))


def names() -> Iterator[Case]:
    """Ids, files and labels with what terminals and pages take for commands."""
    for name, text in NAMES.items():
        yield Case(
            f"names/id-of-bad-record/{name}",
            ("annotate", "a.jsonl", *LEXICON),
            {"a.jsonl": line({"id": text, "body": BODY, "outlet": 5})},
            names=("a.jsonl", "outlet"),
        )
        yield Case(
            f"names/left-out/{name}",
            ("annotate", "a.jsonl", *LEXICON),
            {
                "a.jsonl": line(
                    STORY,
                    {
                        "id": text,
                        "body": "Die Fähre fährt am Montag nicht, sagte die Direktorin der Gesellschaft. "
                        * 4,
                    },
                )
            },
            codes=(0,),
            check=of_ids("ferry"),
        )
        yield Case(
            f"names/column/{name}",
            ("annotate", "a.csv", *LEXICON),
            {"a.csv": f'id,"{text}"\nferry,x\n'.encode()},
            names=("a.csv",),
        )
        file = text.replace("/", "∕") + ".txt"
        yield Case(f"names/file/{name}", ("annotate", file, *LEXICON), {file: b""})
        yield Case(f"names/missing-file/{name}", ("pair", file))
        yield Case(
            f"names/terminal/{name}",
            ("compare", "a.jsonl", "b.jsonl", *LEXICON),
            {
                "a.jsonl": line({**STORY, "id": text, "outlet": text}),
                "b.jsonl": line({**REPOST, "title": text, "body": f"{text} {RETOLD_WITH} {text}."}),
            },
            codes=(0, 2) if name in ("image", "markup") else (0,),
        )
    for name, text in PAYLOADS.items():
        name = name.replace(" ", "-")
        for field in ("title", "body", "outlet", "byline", "id", "url", "published"):
            if field == "published" and name != "script":
                continue
            value = (
                f"The ferry line {text} will close, Ana Ruiz said {text}."
                if field == "body"
                else text
            )
            of_date = field == "published"
            yield Case(
                f"markup/{field}/{name}",
                ("compare", "a.jsonl", "b.jsonl", "--html", "page.html", *LEXICON),
                {
                    "a.jsonl": line({**STORY, field: value}),
                    "b.jsonl": line({**REPOST, field: value, "id": f"r{text}"}),
                },
                codes=(2,) if of_date else (0, 2) if field in ("title", "body") else (0,),
                names=("published",) if of_date else (),
                writes=("page.html",),
                check=lambda found: check_page(found.read("page.html")),
            )


SURROGATES = ("\ud800", "a\udfff", "\udcff\ud83d", "\ud83d x")
ID_VERBS: dict[str, tuple[str, ...]] = {
    "annotate": ("annotate", "a.jsonl", *LEXICON),
    "pair": ("pair", "a.jsonl"),
    "compare": ("compare", "--pairs", "pairs.jsonl", *LEXICON),
    "doccano": ("export", "pairs.jsonl", "--to", "doccano", "--out", "out.jsonl"),
}


def ids() -> Iterator[Case]:
    """Ids that are no words, where they are written out."""

    def files(text: str) -> dict[str, bytes]:
        one, other = {**STORY, "id": text}, {**REPOST, "id": f"b {text}"}
        pair = {"id": f"p {text}", "original": one, "repost": other}
        return {"a.jsonl": line(one, other), "pairs.jsonl": line(pair)}

    for verb, argv in ID_VERBS.items():
        for name, text in NAMES.items():
            yield Case(
                f"ids/written/{verb}/{name}", argv, files(text), codes=(0,), writes=("out.jsonl",)
            )
        for number, text in enumerate(SURROGATES):
            yield Case(f"ids/surrogates/{verb}/{number}", argv, files(text), names=(".jsonl",))


RETOLD_WITH = REPOST["body"]


def cases() -> Iterator[Case]:
    for of_class in (
        *(encodings, structures, ids, types, dates, targets, tables, parquet_cases, names),
    ):
        yield from of_class()
