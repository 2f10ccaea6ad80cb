"""03: who is said to be speaking: what becomes of the original's attributions and quotations."""

from typing import TYPE_CHECKING

from reframing.figures.figure import NULLS
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import prose
from reframing.notebook.tables import Column, Table, estimates
from reframing.notebook.wording import PERCENT, bold, estimate, listed, number, said
from reframing.statistics.estimates import Estimate
from reframing.statistics.fates import ATTRIBUTIONS, QUOTES, Subject
from reframing.statistics.groups import ALL_KINDS

if TYPE_CHECKING:
    from IPython.display import HTML

WORDS = {
    "dropped": "dropped",
    "swapped": "given to another source",
    "vague": "made vague",
    "distanced": "held at a distance",
    "endorsed": "endorsed",
    "altered": "altered",
    "paraphrased": "paraphrased",
    "truncated": "cut",
}
"""What is said of a changed attribution or quotation, by fate."""


def answer(study: OpenStudy) -> "HTML":
    """Two sentences: the fate of attributions, and that of quotations."""
    return prose(
        "Of the attributions in sentences that a repost carries over, "
        f"{bold(_fate(study, 'attribution', 'kept'), PERCENT)} are kept{_changed(study, ATTRIBUTIONS)}. "
        f"Of the quotations there, {bold(_fate(study, 'quote', 'kept'), PERCENT)} are kept word for "
        f"word{_changed(study, QUOTES)}."
    )


def attributions(study: OpenStudy) -> Table:
    """Fates of attributions by kind of repost and null."""
    columns = [
        _column("attribution", "kept"),
        *(_column("attribution", fate) for _, fate in ATTRIBUTIONS.fates),
        _column("attribution", "omitted", "sentence left out"),
    ]
    caption = "What becomes of the original's attributions, in % (last column: of all of them)"
    return estimates(study, "fates", caption, columns)


def quotations(study: OpenStudy) -> Table:
    """Fates of quotations by kind of repost and null."""
    columns = [
        _column("quote", "kept"),
        *(_column("quote", fate) for _, fate in QUOTES.fates),
        _column("quote", "omitted", "sentence left out"),
        _column("quote", "unsupported", "unsupported"),
    ]
    caption = (
        "What becomes of the original's quotations, in % (left out: of all of them; unsupported: of "
        "the repost's)"
    )
    return estimates(study, "fates", caption, columns)


def nulls(study: OpenStudy) -> "HTML":
    """What the nulls keep, each with how much there is to keep."""
    lines = []
    for null, label in NULLS.items():
        if not study.count(null, "pairs"):
            lines.append(f"- *{label}*: there are none in this corpus.")
            continue
        kept = [_kept(study, null, s.name, words) for s, words in zip(*_SUBJECTS, strict=True)]
        lines.append(f"- *{label}*: {listed(kept)}.")
    return prose("\n".join(lines))


_SUBJECTS = ((ATTRIBUTIONS, QUOTES), ("attributions", "quotations"))


def _kept(study: OpenStudy, null: str, subject: str, words: str) -> str:
    fates = study.tables["fates"]
    keys = {"condition": null, "kind": ALL_KINDS, "subject": subject, "fate": "kept"}
    base = fates[(fates[list(keys)] == list(keys.values())).all(axis=1)]["n"].sum()
    if not base:
        return f"no {words} in sentences that are carried over"
    kept = estimate(fates, **keys)
    return f"{said(kept, PERCENT)} of {base:,.0f} carried-over {words} kept"


def _fate(study: OpenStudy, subject: str, fate: str) -> Estimate:
    keys = {"condition": "repost", "kind": ALL_KINDS, "subject": subject, "fate": fate}
    return estimate(study.tables["fates"], **keys)


def _changed(study: OpenStudy, subject: Subject) -> str:
    """The two most frequent ways in which they are changed."""
    fates = {fate: _fate(study, subject.name, fate) for _, fate in subject.fates}
    occurring = [fate for fate in fates if number(fates[fate].value, PERCENT) not in ("–", "0.0")]
    most = sorted(occurring, key=lambda fate: -fates[fate].value)[:2]
    parts = [f"{said(fates[fate], PERCENT)} are {WORDS[fate]}" for fate in most]
    return f"; {listed(parts)}" if parts else ""


def _column(subject: str, fate: str, heading: str = "") -> Column:
    return Column(heading or WORDS.get(fate, fate), {"subject": subject, "fate": fate}, PERCENT)
