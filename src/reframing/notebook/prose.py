"""Sentences of a page that name what a corpus declares: literal text but for a few marks.

In a sentence of `prose`, `**strong**`, `*emphasis*` and `` `code` `` are markup, and lines that all begin with
"- " are a list. Nothing else is: no element, link, image or formula can come out of the name of a kind or an
outlet, neither in the rendered page nor in JupyterLab, which reads Markdown and typesets what stands between
dollar signs.
"""

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from IPython.display import HTML

UNTYPESET = "mathjax_ignore tex2jax_ignore"
"""Classes of an element in which JupyterLab takes a dollar sign for one."""

_INSIDE = r"((?:[^*`\\]|\\.)+)"
_MARKED = re.compile(rf"\*\*{_INSIDE}\*\*|\*{_INSIDE}\*|`{_INSIDE}`", re.DOTALL)
_TAGS = ("strong", "em", "code")


def literal(text: str) -> str:
    """`text` for a sentence of `prose`, with no mark of its own."""
    return re.sub(r"([\\*`])", r"\\\1", text)


def prose(text: str) -> "HTML":
    """A paragraph, or a list where every line is an item."""
    from IPython.display import HTML

    lines = text.split("\n")
    if all(line.startswith("- ") for line in lines):
        items = Markup().join(Markup("<li>{}</li>").format(_marked(line[2:])) for line in lines)
        return HTML(str(Markup('<ul class="{}">{}</ul>').format(UNTYPESET, items)))
    return HTML(str(Markup('<p class="{}">{}</p>').format(UNTYPESET, _marked(text))))


def _marked(text: str) -> Markup:
    html, end = Markup(), 0
    for found in _MARKED.finditer(text):
        tag = _TAGS[(found.lastindex or 1) - 1]
        inside = _plain(found[found.lastindex or 0])
        html += _plain(text[end : found.start()]) + Markup(f"<{tag}>{inside}</{tag}>")
        end = found.end()
    return html + _plain(text[end:])


def _plain(text: str) -> Markup:
    return escape(re.sub(r"\\([\\*`])", r"\1", text))
