"""The exams of the gold suite: each reads one kind of gold, scores profiles on it, and their rivals."""

from reframing.validation.exams.attribution import ATTRIBUTION
from reframing.validation.exams.bias import BIAS
from reframing.validation.exams.boundaries import BOUNDARIES
from reframing.validation.exams.certainty import CERTAINTY
from reframing.validation.exams.claims import CLAIMS
from reframing.validation.exams.exaggeration import EXAGGERATION
from reframing.validation.exams.exam import Exam
from reframing.validation.exams.hedges import HEDGES
from reframing.validation.exams.neutrality import NEUTRALITY
from reframing.validation.exams.speakers import SPEAKERS
from reframing.validation.exams.support import SUPPORT
from reframing.validation.exams.targets import TARGETS
from reframing.validation.exams.tone import TONE

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
