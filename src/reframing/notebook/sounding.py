"""04: how sure and how loaded it sounds: composition and rewording apart, and the rates of moves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reframing.figures.dot_rows import kind_label
from reframing.moves.catalogue import catalogue
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import literal, prose
from reframing.notebook.robustness import MAIN, SCALES
from reframing.notebook.tables import Column, Table, estimates, found_right, groups, table, written
from reframing.notebook.wording import NO_VALUE, RATE, Scale, bold, estimate, number, said
from reframing.statistics.estimates import Estimate
from reframing.statistics.groups import ALL_KINDS
from reframing.statistics.significance import NO_CHANGE

if TYPE_CHECKING:
    from IPython.display import HTML

EFFECTS = ("composition", "rewording")
REJECTED = "*"


def answer(study: OpenStudy) -> "HTML":
    """Two sentences: what happens to hedges, and what to evaluative words."""
    hedges, evaluations = _change(study, "hedges"), _change(study, "evaluations")
    return prose(f"Hedges {hedges}. Evaluative and loaded words {evaluations}.")


def changes(study: OpenStudy, measure: str) -> Table:
    """One measure in original and repost, and its change by composition and by rewording."""
    scale = SCALES[measure]
    levels = [_column(measure, level, scale) for level in ("original", "repost")]
    effects = [_column(measure, effect, scale, signed=True) for effect in EFFECTS]
    unit = "per 1,000 words" if scale == RATE else "mean score of a sentence, weighted by words"
    caption = f"{measure.capitalize()}, {unit}; composition and rewording sum to the change"
    return estimates(study, "decomposition", caption, levels + effects)


def extremes(study: OpenStudy, measures: Sequence[str]) -> "HTML":
    """For each measure the kinds of repost whose rewording lowers it most, and raises it most."""
    return prose("\n".join(f"- {_extreme(study, measure)}" for measure in measures))


def effects_tested(study: OpenStudy, against: str = NO_CHANGE) -> Table:
    """Composition and rewording by measure and kind, starred where q is at most the rate tested at."""
    cells = {
        f"{measure}, {effect}": {
            kind_label(kind): _tested(study, against, measure, effect, kind) for kind in study.kinds
        }
        for measure in MAIN
        for effect in EFFECTS
    }
    fdr = f"{study.statistics.fdr:g}"
    caption = f"Effects tested against {against}; {REJECTED} marks q ≤ {fdr} (Benjamini–Hochberg)"
    return table(caption, cells)


def moves(study: OpenStudy) -> Table:
    """Moves per 1,000 words of the repost, by kind and null; moves that never occur have no row."""
    found = study.tables["moves"]
    occurring = set(found["move"])
    rows = {
        move.label: {
            label: written(estimate(found, condition=condition, kind=kind, move=slug), RATE)
            for condition, kind, label in groups(study)
        }
        | {"found right": found_right(study, [slug])}
        for slug, move in catalogue().items()
        if slug in occurring
    }
    return table(
        "Moves per 1,000 words of the repost, nulls after them; and how many are right", rows
    )


def absent_moves(study: OpenStudy) -> "HTML":
    """The moves of the catalogue that occur in no pair of the corpus."""
    occurring = set(study.tables["moves"]["move"])
    absent = [move.label for slug, move in catalogue().items() if slug not in occurring]
    return prose(f"In no pair of this corpus: {', '.join(absent) or 'none; every move occurs'}.")


def _change(study: OpenStudy, measure: str) -> str:
    scale = SCALES[measure]
    value = {q: _quantity(study, measure, q) for q in ("original", "repost", *EFFECTS)}
    return (
        f"go from {said(value['original'], scale)} to {said(value['repost'], scale)} per 1,000 words: "
        f"{bold(value['rewording'], scale, True)} by rewording inside the sentences that survive, "
        f"{bold(value['composition'], scale, True)} by composition"
    )


def _extreme(study: OpenStudy, measure: str) -> str:
    scale, name = SCALES[measure], measure.capitalize()
    by_kind = {kind: _quantity(study, measure, "rewording", kind) for kind in study.firm_kinds}
    known = [kind for kind in by_kind if number(by_kind[kind].value, scale) != NO_VALUE]
    if not known:
        return f"*{name}*: nothing is carried over, so nothing is reworded."
    ordered = sorted(known, key=lambda kind: by_kind[kind].value)
    ends = [f"{said(by_kind[kind], scale, True)} ({literal(kind_label(kind))})" for kind in ordered]
    return f"*{name}*: " + (ends[0] if len(ends) == 1 else f"from {ends[0]} to {ends[-1]}") + "."


def _tested(study: OpenStudy, against: str, measure: str, effect: str, kind: str) -> str:
    rows = study.tables["tests"]
    keys = {"kind": kind, "measure": measure, "effect": effect, "against": against}
    row = rows[(rows[list(keys)] == list(keys.values())).all(axis=1)]
    rejected = bool(row["rejected"].eq(True).any())
    return written(estimate(row), SCALES[measure], True) + (REJECTED if rejected else "")


def _quantity(study: OpenStudy, measure: str, quantity: str, kind: str = ALL_KINDS) -> Estimate:
    keys = {"measure": measure, "quantity": quantity}
    return estimate(study.tables["decomposition"], condition="repost", kind=kind, **keys)


def _column(measure: str, quantity: str, scale: Scale, signed: bool = False) -> Column:
    return Column(quantity, {"measure": measure, "quantity": quantity}, scale, signed)
