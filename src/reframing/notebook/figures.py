"""The published figures, as the stage `figures` saved them, with the captions that they have there."""

import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from reframing.documents.errors import InputError
from reframing.figures.figure import DOUBLE_MM, MM_PER_INCH
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import UNTYPESET

if TYPE_CHECKING:
    from IPython.display import HTML

_DOUBLE_PT = int(72 * DOUBLE_MM / MM_PER_INCH)


def figure(study: OpenStudy, name: str) -> "HTML":
    """One figure of the corpus with its caption, the image inside the page.

    Raises `InputError` where the stage `figures` has not published it.
    """
    folder = study.root / "results" / "figures" / study.corpus
    return published(folder, name, f"{study.corpus}/{name}")


def published(folder: Path, name: str, id: str) -> "HTML":
    """The figure `name` of a folder of figures, called by its `id`; one of two columns is marked `wide`."""
    from IPython.display import HTML

    caption = _read(folder / f"{name}.txt").decode("utf8").strip()
    svg = _read(folder / f"{name}.svg")
    width = re.search(rb'<svg [^>]*?width="([\d.]+)pt"', svg)
    kind = "published wide" if width and float(width[1]) >= _DOUBLE_PT else "published"
    image = b64encode(svg).decode("ascii")
    drawn = Markup(
        '<figure class="{kind} {untypeset}"><div class="drawing"><img alt="Figure {name}; its numbers are in '
        'the tables of this page" src="data:image/svg+xml;base64,{image}"></div><figcaption>{caption} '
        "<span>Figure <code>{id}</code></span></figcaption></figure>"
    )
    return HTML(
        drawn.format(kind=kind, untypeset=UNTYPESET, name=name, id=id, image=image, caption=caption)
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read: {error.strerror}; run the stage `figures`"
        raise InputError(problem, str(path)) from error
