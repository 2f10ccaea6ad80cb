"""Sources: who is said to vouch, and of which kind the wording is."""

from reframing.constructs.attribution import words as w
from reframing.constructs.attribution.cues import Cue
from reframing.constructs.attribution.reading import Reading


def find_source(reading: Reading, cue: Cue) -> range | None:
    return None
