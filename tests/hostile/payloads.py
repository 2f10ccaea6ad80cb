"""Hostile bytes, strings and values that many cases share; all of them are invented."""

import gzip
import io
import zipfile
from random import Random

from hostile.case import SEED

BODY = "The ferry line may close in May, director Ana Ruiz said on Monday. “We lost 40 guests,” she said."
RETOLD = "The ferry line will close in May. “We lost 40 guests,” director Ana Ruiz said on Monday evening."

STORY = {"id": "ferry", "title": "Ferry line may close", "body": BODY}
REPOST = {"id": "ferry-repost", "title": "Ferry line closes", "body": RETOLD}
PAIR = {"id": "pair-1", "original": STORY, "repost": REPOST}

NOISE = bytes(Random(SEED).randrange(256) for _ in range(4096))


def _zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("articles.jsonl", content)
    return out.getvalue()


def no_text(text: str) -> dict[str, bytes]:
    """What becomes of a text in wrong encodings and formats: nothing that can be read as UTF-8."""
    plain = text.encode()
    middle = plain.find(b" ", len(plain) // 2)
    return {
        "latin-1": text.replace("“", "«").replace("”", "»").encode("latin-1", "replace"),
        "windows-1252": text.encode("cp1252", "replace"),
        "utf-16": text.encode("utf-16"),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be-mark": b"\xfe\xff" + text.encode("utf-16-be"),
        "utf-32": text.encode("utf-32"),
        "shift-jis": "フェリー路線".encode("shift-jis") + plain,
        "nul": plain[:middle] + b"\0" + plain[middle:],
        "cut-character": plain[:middle] + "“".encode()[:2] + plain[middle:],
        "overlong": plain[:middle] + b"\xc0\xaf" + plain[middle:],
        "surrogates": plain[:middle] + b"\xed\xa0\x80\xed\xb0\x80" + plain[middle:],
        "beyond-unicode": plain[:middle] + b"\xf5\x80\x80\x80" + plain[middle:],
        "lone-continuation": plain[:middle] + b"\x80" + plain[middle:],
        "gzip": gzip.compress(plain, mtime=0),
        "zip": _zipped(plain),
        "png": b"\x89PNG\r\n\x1a\n" + NOISE[:200],
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NOISE[:200],
        "noise": NOISE,
    }


NO_CONTENT = {
    "empty": b"",
    "blank": b"   \t  ",
    "line-ends": b"\n\r\n\n",
    "mark-alone": b"\xef\xbb\xbf",
    "mark-and-blank": b"\xef\xbb\xbf \n",
}

NAMES = {
    "ansi": "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "c1": "a\x9b31mred",
    "bell": "a\x07\x08b",
    "newline": "two\nlines",
    "carriage": "over\rwritten",
    "bidi": "a\u202egpj.exe",
    "isolate": "a\u2066b\u2069",
    "markup": "<script>hostile()</script>",
    "image": "<img src=x onerror=hostile()>",
    "rich": "[bold red]hostile[/]",
    "link": "[link=https://hostile.invalid]x[/link]",
    "template": "{{ hostile }}{% raw %}",
    "format": "%s%n{0.__class__}",
    "zero-width": "a\u200bb\ufeff",
    "delete": "a\x7fb",
}
"""Strings that terminals, pages or templates take for more than words."""

MARKUP = {
    "script": "<script>hostile()</script>",
    "image": '<img src="x" onerror="hostile()">',
    "svg": "<svg onload=hostile()>",
    "attribute": '" onmouseover="hostile()" x="',
    "apostrophe": "' onfocus='hostile()' autofocus x='",
    "closing": "</p></td></details></style></script><hostile>",
    "comment": "--><hostile><!--",
    "cdata": "]]><hostile>",
    "address": "javascript:hostile()",
    "entity": "&lt;script&gt;hostile()&lt;/script&gt;",
    "template": "{{ '<hostile>' }}{% for x in y %}",
    "style": "}</style><style>*{background:url(https://hostile.invalid)}",
    "ansi": "\x1b[31mhostile\x1b[0m",
    "c1": "\x9b31mhostile",
    "form": "<form action=https://hostile.invalid><button>hostile",
    "base": "<base href=https://hostile.invalid>",
    "meta": '<meta http-equiv="refresh" content="0;url=https://hostile.invalid">',
    "frame": "<iframe srcdoc='<hostile>'>",
}

NO_TEXT_VALUES = {
    "true": True,
    "zero": 0,
    "fraction": 1.5,
    "huge": 10**30,
    "list": ["a"],
    "object": {"a": 1},
    "empty-list": [],
    "half-character": "\ud800",
    "nul": "a\0b",
}
"""JSON values that are not text."""


def nested(depth: int, start: str = "[", end: str = "]") -> str:
    return start * depth + end * depth
