"""How sure it sounds: hedges and boosters put in or taken away."""

import re
from collections.abc import Iterator
from functools import partial
from random import Random

from reframing.perturbation.material import Material
from reframing.perturbation.plants import Change, Form, Mark, Plant
from reframing.perturbation.words import column, continued, opens_with_subject, picked
from reframing.records import Span

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will)\b(?= (?!not\b|to\b|been\b|n)[a-z])"
)
_WILL = re.compile(r"\bwill\b(?= (?!not\b)[a-z])")
_SURE_OR_NOT = re.compile(
    r"\b(?:may|might|could|would|can|should|must|if|whether|perhaps|maybe|possib\w+|probab\w+|"
    r"likely|unlikely|appear\w*|seem\w*|suggest\w*|apparent\w*|reported\w*|alleged\w*|believ\w+|"
    r"thought|think\w*|expect\w*|claim\w*|clear\w*|certain\w*|sure\w*|indeed|never|always|really|"
    r"hop\w+|fear\w*|doubt\w*|about|around|some|nearly|almost)\b",
    re.IGNORECASE,
)
_TO_DELETE = re.compile(r"(?:\w+ly|perhaps|maybe)", re.IGNORECASE)
_MODALS = frozenset("may might could".split())


def _flat(material: Material) -> Iterator[tuple[Span, str]]:
    """Plain sentences that neither hedge nor boost."""
    for i, said in material.plain:
        if not _SURE_OR_NOT.search(said):
            yield material.sentences[i].span, said


def behind_auxiliary(words: str, slug: str, material: Material, random: Random) -> Iterator[Plant]:
    """*was elected* → *was possibly elected*."""
    frames = column(words, "frame", kind="adverb")
    for whole, said in _flat(material):
        found = list(_AUXILIARY.finditer(said))
        if found:
            at = whole.start + random.choice(found).end()
            for frame in picked(frames, random):
                change = Change(Span(at, at), f" {frame}")
                yield Plant((change,), (Mark(slug, None, change.span),), words=frame)


def in_front(words: str, slug: str, material: Material, random: Random) -> Iterator[Plant]:
    """*The mayor left* → *It may be that the mayor left*."""
    frames = column(words, "frame", kind="opening")
    for whole, said in _flat(material):
        if opens_with_subject(said):
            for frame in picked(frames, random):
                change = Change(Span(whole.start, whole.start + 1), f"{frame} {continued(said)[0]}")
                yield Plant((change,), (Mark(slug, None, change.span),), words=frame)


def will_weakened(material: Material, random: Random) -> Iterator[Plant]:
    """*will* → *may*."""
    modals = column("hedge_frames.tsv", "frame", kind="modal")
    for whole, said in _flat(material):
        for found in _WILL.finditer(said):
            span = Span(whole.start + found.start(), whole.start + found.end())
            for modal in picked(modals, random):
                mark = Mark("hedge-added", span, span)
                yield Plant((Change(span, modal),), (mark,), words=modal)


def cue_taken_away(material: Material, random: Random) -> Iterator[Plant]:
    """A hedge cue of the gold: an adverb is cut, a modal becomes *will*."""
    for cue in material.hedges:
        i = material.sentence_of(cue)
        marked = cue.of(material.text)
        if i is None or not material.is_plain(i):
            continue
        whole = material.sentences[i].span
        if sum(whole.overlaps(other) for other in material.hedges) > 1:
            continue
        if marked in _MODALS:
            change = Change(cue, "will")
        elif (
            _TO_DELETE.fullmatch(marked)
            and material.text[cue.end] == " "
            and cue.start > whole.start
        ):
            change = Change(Span(cue.start, cue.end + 1), "")
        else:
            continue
        yield Plant((change,), (Mark("hedge-dropped", cue, None),), words=marked)


_HEDGES = ("hedge_frames.tsv", "hedge-added")
_BOOSTERS = ("booster_frames.tsv", "booster-added")

FORMS = (
    Form("hedge behind an auxiliary", partial(behind_auxiliary, *_HEDGES), reverses=True),
    Form("hedge in front", partial(in_front, *_HEDGES), reverses=True),
    Form("will weakened", will_weakened, reverses=True),
    Form("hedge cue taken away", cue_taken_away, reverses=True),
    Form("booster behind an auxiliary", partial(behind_auxiliary, *_BOOSTERS), reverses=True),
    Form("booster in front", partial(in_front, *_BOOSTERS), reverses=True),
)
