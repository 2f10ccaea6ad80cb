"""The forms in which a change can be planted, a module for each question of the codebook."""

from reframing.perturbation.forms import (
    attribution,
    certainty,
    facts,
    quotation,
    structure,
    wording,
)
from reframing.perturbation.plants import Form

FORMS: tuple[Form, ...] = (
    *attribution.FORMS,
    *quotation.FORMS,
    *certainty.FORMS,
    *wording.FORMS,
    *facts.FORMS,
    *structure.FORMS,
)
