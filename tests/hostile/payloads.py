"""Hostile bytes, texts and values, from which cases and tests of pages are made; all of them are invented."""

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

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "end of a script or style": "</script></style></title></textarea><script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" autofocus tabindex="1" onfocus="alert(1)" style="all:unset',
    "attribute in single quotes": "' onclick='alert(1)' autofocus onfocus='alert(1)",
    "attribute without quotes": "x onfocus=alert(1) autofocus contenteditable accesskey=x `",
    "image": '<img src=x onerror=alert(1)><img src="https://evil.example/p.png">',
    "svg": "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "math": "<math><mtext><style><!--</style><img title='--><img src=x onerror=alert(1)>'></math>",
    "frame": "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe><object data=x><embed src=x>",
    "address": "javascript:alert(1)",
    "data address": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "link": "<a href='javascript:alert(1)' ping=https://evil.example>x</a> //evil.example/x",
    "form": "<form action=https://evil.example><input name=q autofocus></form><button formaction=x>",
    "other base": "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=x:'>",
    "style": "</style><style>*{background:url(https://evil.example)} @import '//evil.example';",
    "rule": "} body { display: none; background: url(https://evil.example/) } /*",
    "Jinja": "{{ 7 * 7 }} {% raw %} {# x #}",
    "other templates": "${alert(1)} <%= 7 * 7 %> #{7 * 7} [[7 * 7]] {{{x}}} {{a.constructor('alert(1)')()}}",
    "formula": "$\\href{javascript:alert(1)}{x}$ \\(\\unicode[x:url(//evil.example)]{65}\\) $$\\frac",
    "Markdown": "[x](javascript:alert(1)) ![x](https://evil.example/p) **a* `b` <me@evil.example> | d |",
    "comment": "<!-- --> <!--> <![CDATA[ ]]> <?x ?> --!> <!doctype x",
    "entities": "&lt;b&gt; &#60;img src=x onerror=alert(1)&#62; &amp;amp; &nbsp &NotEqualTilde;",
    "overrides": "\u202eesrever\u202d \u2067turned \u2066aside",
    "ends of isolates": "\u2069\u2069\u202c\u202eesrever",
    "Hebrew": "\u05e9\u05dc\u05d5\u05dd 12, 34 \u200f(x)",
    "no width": "no\u200b\u200c\u200d\u2060\ufeff\u00adwidth",
    "separators": "a\u2028b\u2029c\x85d\x1ce\x0bf\x0cg",
    "escape sequences": "\x1b[31mred\x07 \x1b]0;title\x07 \x9b2J",
    "long word": "w" * 2000,
    "long address": "https://evil.example/" + 150 * "path-of-it/",
    "many words": 400 * "word ",
}
"""Text that would do something if a page took it for anything but text."""

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
