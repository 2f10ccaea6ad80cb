"""All exams of the gold suite, in the order in which they are run."""

from validation.exam import Exam
from validation.exams.babe import BIAS
from validation.exams.claim_strength import CLAIMS
from validation.exams.faithfulness import SUPPORT
from validation.exams.insciout import EXAGGERATION
from validation.exams.newsmtsc import TARGETS
from validation.exams.pei_jurgens import CERTAINTY
from validation.exams.polnear import ATTRIBUTION
from validation.exams.sentence_ends import BOUNDARIES
from validation.exams.sheepdog import TONE
from validation.exams.speakers import SPEAKERS
from validation.exams.szeged import HEDGES
from validation.exams.wnc import NEUTRALITY

EXAMS: tuple[Exam, ...] = (
    ATTRIBUTION,
    SPEAKERS,
    HEDGES,
    CERTAINTY,
    TARGETS,
    BIAS,
    NEUTRALITY,
    TONE,
    CLAIMS,
    EXAGGERATION,
    SUPPORT,
    BOUNDARIES,
)

__all__ = ["EXAMS", "Exam"]
