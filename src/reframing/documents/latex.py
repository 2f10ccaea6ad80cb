"""Plain text as LaTeX and BibTeX take it."""

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
    "−": "$-$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "→": r"$\rightarrow$",
    "…": r"\ldots{}",
}
_TABLE = str.maketrans(_ESCAPED)


def latex(text: str) -> str:
    r"""`text` with each character escaped that has a meaning in LaTeX, and mathematical signs set as such.

    Braces are written so that they stay balanced, which BibTeX demands even of escaped ones. Letters with
    accents, dashes and quotation marks stay as they are, in UTF-8.

    >>> latex("5% of A&B_1 {−2}")
    '5\\% of A\\&B\\_1 {\\textbraceleft}$-$2{\\textbraceright}'
    """
    return text.translate(_TABLE)
