"""Figures and theme for notebooks: the published drawings, shown below the cell that asks for them."""

import os
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from reframing.documents.errors import InputError
from reframing.documents.files import CORPUS
from reframing.documents.params import read_params
from reframing.documents.tidy import root_above
from reframing.figures.figure import (
    DOUBLE_MM,
    METADATA,
    MM_PER_INCH,
    Figure,
    draw,
    rc_params,
    svg_of,
)
from reframing.figures.gallery import open_study, study_figures

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML

UNTYPESET = "mathjax_ignore tex2jax_ignore"
"""Classes by which JupyterLab takes no dollar sign in an element for a formula."""


def use_theme() -> None:
    """Draw every plot of this notebook in the style of the published figures, and show tables as they are.

    Plots are SVG without a date, so that the same notebook gives the same page; a dollar sign opens no formula.
    """
    import matplotlib as mpl
    import pandas as pd
    import seaborn as sns
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        shell.run_line_magic("matplotlib", "inline")
        set_matplotlib_formats("svg", metadata=METADATA["svg"])
    sns.set_theme(style="ticks", palette="colorblind")
    style = rc_params(read_params(root_above() / "params.yaml").figures)
    for key in (
        "interactive",
        "axes.prop_cycle",
    ):  # plots appear below their cell; colours are Seaborn's
        style.pop(key)
    mpl.rcParams.update(style | {"font.size": 9, "figure.figsize": (6.2, 3.4)})
    mpl.rcParams.update({"axes.labelsize": 9, "axes.titlesize": 9, "legend.fontsize": 8})
    mpl.rcParams.update({"xtick.labelsize": 8, "ytick.labelsize": 8, "text.parse_math": False})
    pd.set_option("display.html.use_mathjax", False)
    pd.set_option("display.max_colwidth", None)
    pd.set_option("display.max_rows", 100)
    pd.set_option("display.float_format", "{:,.3f}".format)


def describe(corpus: str | None = None) -> "pd.DataFrame":
    """What the corpus is, and what it can and cannot answer, as its manifest and params.yaml declare.

    A row for each fact and each sentence of the manifest.
    """
    import pandas as pd

    from reframing.figures.provenance import read_yaml

    name, root = _named(corpus), root_above()
    declared = read_yaml(root / "data" / "manifests" / f"{name}.yaml")
    params = read_params(root / "params.yaml")
    if name not in params.corpora:
        known = ", ".join(params.corpora)
        raise InputError(f"'{name}' is no corpus of params.yaml; it has {known}")
    facts = {
        "corpus": name,
        "title": declared.get("title", ""),
        "citation": declared.get("citation", ""),
        "licence": declared.get("licence", ""),
        "written for this project": "yes: no finding is claimed"
        if params.corpora[name].constructed
        else "no",
        "says which text came first": "yes" if params.corpora[name].directed else "no",
    }
    rows = [(key, " ".join(str(value).split())) for key, value in facts.items() if value]
    for key, heading in (("answers", "can answer"), ("limits", "cannot answer")):
        rows += [(heading, sentence) for sentence in declared.get(key) or ()]
    return pd.DataFrame({"": [said for _, said in rows]}, index=[heading for heading, _ in rows])


def show_figure(name: str, corpus: str | None = None) -> "HTML":
    """Draw the figure of that name of a corpus, with its caption; an unknown name is an `InputError`."""
    root = root_above()
    study = open_study(_named(corpus), root)
    figures = {figure.name: figure for figure in study_figures(study)}
    if name not in figures:
        raise InputError(f"'{name}' is no figure of this corpus; it has {', '.join(figures)}")
    return show(figures[name], f"{_named(corpus)}/{name}", root)


def show(figure: Figure, id: str, root: Path) -> "HTML":
    """A figure drawn as it is published, with its caption and the id by which it is cited."""
    from IPython.display import HTML

    params = read_params(root / "params.yaml").figures
    drawing = draw(figure, params)
    wide = drawing.get_figwidth() * MM_PER_INCH >= DOUBLE_MM - 1
    drawn = Markup(
        '<figure class="{kind} {untypeset}"><div class="drawing"{scrolls}><img alt="{alt}" '
        'src="data:image/svg+xml;base64,{image}"></div><figcaption>{caption} '
        "<span>Figure <code>{id}</code></span></figcaption></figure>"
    )
    return HTML(
        drawn.format(
            kind="published wide" if wide else "published",
            untypeset=UNTYPESET,
            scrolls=Markup(' tabindex="0" role="group" aria-label="Drawing"') if wide else "",
            alt=figure.alt,
            id=id,
            image=b64encode(svg_of(figure, drawing, params).encode()).decode("ascii"),
            caption=figure.caption,
        )
    )


def _named(corpus: str | None) -> str:
    return corpus or os.environ.get(CORPUS) or "sample"
