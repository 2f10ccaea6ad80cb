"""Attributions: who is said to vouch for what."""
from reframing.records import Attribution
from reframing.constructs.attribution.reading import lay_out
from reframing.constructs.attribution.cues import find_cues
from reframing.constructs.attribution.sources import find_source
from reframing.constructs.attribution.contents import find_content


def find_attributions(text, tokens, sentences, quotes):
    reading = lay_out(text, tokens, sentences, quotes)
    cues = list(find_cues(reading))
    out = []
    previous, sent = None, None
    for n, cue in enumerate(cues):
        s = reading.sentence_of[cue.head]
        if s != sent:
            previous, sent = None, s
        source = find_source(reading, cue, previous)
        if source is not None:
            previous = source
        out.append((cue, source))
    found = []
    for n, (cue, source) in enumerate(out):
        limit = len(reading.forms)
        if n + 1 < len(out):
            c2, s2 = out[n + 1]
            limit = c2.first if s2 is None or s2.start <= cue.head else min(c2.first, s2.start)
            if s2 is not None and s2.start > c2.first: limit = c2.first
        content = find_content(reading, cue, source, max(limit, cue.end))
        found.append(Attribution(
            reading.span(source.start, source.stop) if source else None,
            reading.span(cue.first, cue.end),
            tuple(reading.span(r.start, r.stop) for r in content),
            "indirect", cue.stance, "named" if source else "none"))
    return tuple(found)
