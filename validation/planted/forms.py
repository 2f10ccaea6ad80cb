"""All forms in which a change can be planted, in the order of the codebook's questions."""

from validation.planted import plant_sources
from validation.planted.plant_facts import FACT_FORMS, QUOTATION_FORMS
from validation.planted.plant_wording import CERTAINTY_FORMS, STRUCTURE_FORMS, WORDING_FORMS
from validation.planted.plants import Form

FORMS: tuple[Form, ...] = (
    *plant_sources.FORMS,
    *QUOTATION_FORMS,
    *CERTAINTY_FORMS,
    *WORDING_FORMS,
    *FACT_FORMS,
    *STRUCTURE_FORMS,
)
