"""Attributions: who is said to vouch for what."""
from reframing.records import Attribution
from reframing.constructs.attribution.reading import lay_out
from reframing.constructs.attribution.cues import find_cues


def find_attributions(text, tokens, sentences, quotes):
    reading = lay_out(text, tokens, sentences, quotes)
    return tuple(
        Attribution(None, reading.span(cue.first, cue.end), (), "indirect", cue.stance, "none")
        for cue in find_cues(reading)
    )
