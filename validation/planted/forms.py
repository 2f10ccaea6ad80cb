"""Every form in which a change can be planted, in the order of the codebook's questions."""

from validation.planted import sources
from validation.planted.facts import FACT_FORMS, QUOTATION_FORMS
from validation.planted.plants import Form
from validation.planted.wording import CERTAINTY_FORMS, STRUCTURE_FORMS, WORDING_FORMS

FORMS: tuple[Form, ...] = (
    *sources.FORMS,
    *QUOTATION_FORMS,
    *CERTAINTY_FORMS,
    *WORDING_FORMS,
    *FACT_FORMS,
    *STRUCTURE_FORMS,
)
