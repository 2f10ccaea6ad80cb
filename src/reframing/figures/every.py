"""The figures of a study, one module each; a new one is a module and a line here."""

from collections.abc import Callable

from reframing.figures.caption import Study
from reframing.figures.fate_panels import attribution, quotes
from reframing.figures.figure import Figure
from reframing.figures.move_rates import moves
from reframing.figures.paired import certainty, tone
from reframing.figures.survival_curves import survival

FIGURES: tuple[Callable[[Study], Figure], ...] = (
    survival,
    certainty,
    attribution,
    quotes,
    tone,
    moves,
)


def study_figures(study: Study) -> list[Figure]:
    """Every figure of one corpus; signed change only where pairs have a direction."""
    signed = () if study.directed else (certainty, tone)
    return [build(study) for build in FIGURES if build not in signed]
