"""Planted changes of certainty, evaluation and structure.

Hedges, boosters and loaded words are inserted, removed or replaced; sentences are cut or moved to the
lead.
"""

import re
from collections.abc import Iterator
from functools import cache, partial
from random import Random

from reframing.documents.records import Span
from validation.planted.plants import Change, Form, Mark, Material, Plant, exchanges, new_words
from validation.planted.words import (
    article_for,
    column,
    continued,
    mapping,
    opens_with_subject,
    picked,
)

# Certainty: hedges and boosters inserted or removed.

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
    """Plain sentences without hedge or booster: span and text."""
    for i, said in material.plain:
        if not _SURE_OR_NOT.search(said):
            yield material.sentences[i].span, said


def behind_auxiliary(words: str, slug: str, material: Material, random: Random) -> Iterator[Plant]:
    """Insert a hedge or booster behind an auxiliary: *was elected* → *was possibly elected*."""
    frames = column(words, "frame", kind="adverb")
    for whole, said in _flat(material):
        found = list(_AUXILIARY.finditer(said))
        if found:
            at = whole.start + random.choice(found).end()
            for frame in picked(frames, random):
                change = Change(Span(at, at), f" {frame}")
                yield Plant((change,), (Mark(slug, None, change.span),), words=frame)


def in_front(words: str, slug: str, material: Material, random: Random) -> Iterator[Plant]:
    """Insert a frame before a sentence: *The mayor left* → *It may be that the mayor left*."""
    frames = column(words, "frame", kind="opening")
    for whole, said in _flat(material):
        if opens_with_subject(said):
            for frame in picked(frames, random):
                change = Change(Span(whole.start, whole.start + 1), f"{frame} {continued(said)[0]}")
                yield Plant((change,), (Mark(slug, None, change.span),), words=frame)


def will_weakened(material: Material, random: Random) -> Iterator[Plant]:
    """Replace *will* by a modal that hedges: *will* → *may*."""
    modals = column("hedge_frames.tsv", "frame", kind="modal")
    for whole, said in _flat(material):
        for found in _WILL.finditer(said):
            span = Span(whole.start + found.start(), whole.start + found.end())
            for modal in picked(modals, random):
                mark = Mark("hedge-added", span, span)
                yield Plant((Change(span, modal),), (mark,), words=modal)


def cue_taken_away(material: Material, random: Random) -> Iterator[Plant]:
    """Remove a gold hedge cue: an adverb is cut, a modal becomes *will*."""
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

CERTAINTY_FORMS = (
    Form("hedge behind an auxiliary", partial(behind_auxiliary, *_HEDGES), reverses=True),
    Form("hedge in front", partial(in_front, *_HEDGES), reverses=True),
    Form("will weakened", will_weakened, reverses=True),
    Form("hedge cue taken away", cue_taken_away, reverses=True),
    Form("booster behind an auxiliary", partial(behind_auxiliary, *_BOOSTERS), reverses=True),
    Form("booster in front", partial(in_front, *_BOOSTERS), reverses=True),
)


# Evaluation: loaded words inserted, or in place of neutral ones.

_ACTION = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z][a-z]+) (?=[a-z]{2,}ed (?:the|an?|his|her|its|their)\b)"
)
_AMBIGUOUS = frozenset(
    """decline drop rise increase protest protests request requests change changes dispute disputes debate
    conflict attack attacks damage fire campaign campaigns plan plans influence demand defeat payment leave
    questions remarks statement praise work book process""".split()
)
_BEFORE_NOUN = frozenset("the a an this that his her its their of in new by".split())
_WORD = re.compile(r"\b[a-z]+\b")


@cache
def _noun_phrase() -> re.Pattern[str]:
    nouns = "|".join(sorted(column("nouns.tsv", "noun"), key=len, reverse=True))
    determiners = "[Tt]he|[Aa]n?|[Tt]his|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er"
    return re.compile(rf"\b({determiners}) (?=(?:{nouns})\b(?! [a-z]+(?:s|ing)\b))")


def adjective(material: Material, random: Random) -> Iterator[Plant]:
    """Insert a loaded adjective: *the decision* → *the shameful decision*."""
    adjectives = column("loaded_adjectives.tsv", "adjective")
    for i, said in material.plain:
        found = list(_noun_phrase().finditer(said))
        if not found:
            continue
        phrase = random.choice(found)
        start = material.sentences[i].start
        at = start + phrase.end()
        for new in picked(adjectives, random):
            change = Change(Span(at, at), new + " ")
            changes = [change]
            if phrase[1].lower() in ("a", "an"):
                determiner = Span(start + phrase.start(1), start + phrase.end(1))
                fitting = phrase[1][0] + article_for(new)[1:]
                changes.append(Change(determiner, fitting))
            mark = Mark("evaluation-added", None, change.span)
            yield Plant(tuple(changes), (mark,), words=new)


def adverb(material: Material, random: Random) -> Iterator[Plant]:
    """Insert a loaded adverb: *They ignored the letter* → *They shamelessly ignored the letter*."""
    adverbs = column("loaded_adverbs.tsv", "adverb")
    for i, said in material.plain:
        found = list(_ACTION.finditer(said))
        if found:
            at = material.sentences[i].start + random.choice(found).end()
            for new in picked(adverbs, random):
                change = Change(Span(at, at), new + " ")
                mark = Mark("evaluation-added", None, change.span)
                yield Plant((change,), (mark,), words=new)


def shifted(material: Material, random: Random) -> Iterator[Plant]:
    """Replace a neutral word by a loaded one: *fell* → *plummeted*."""
    loaded = mapping("shifts.tsv", "neutral", "loaded")
    for i, said in material.plain:
        start = material.sentences[i].start
        found = [m for m in _WORD.finditer(said) if m[0] in loaded and _is_noun(said, m)]
        for change in picked(exchanges(found, loaded, start), random, new_words):
            mark = Mark("evaluation-shifted", change.span, change.span)
            yield Plant((change,), (mark,), words=change.new)


def _is_noun(said: str, word: re.Match[str]) -> bool:
    """Whether a word is used as a noun, for forms that may be verbs: behind a determiner or preposition."""
    before = said[: word.start()].split()
    return word[0] not in _AMBIGUOUS or (bool(before) and before[-1].lower() in _BEFORE_NOUN)


WORDING_FORMS = (
    Form("loaded adjective", adjective, reverses=True),
    Form("loaded adverb", adverb, reverses=True),
    Form("loaded word for a neutral one", shifted),
)


# Structure: sentences cut or moved to the lead.

_DEEP = 5
_WITHIN_ADDED = frozenset(("evaluation-added", "booster-added", "quote-unsupported"))


def omitted(material: Material, random: Random) -> Iterator[Plant]:
    """Cut a sentence of the body."""
    for i, _ in material.plain:
        if material.sentences[i].section != "body":
            continue
        span = material.sentences[i].span
        mark = Mark("sentence-omitted", span, None)
        yield Plant((_cut(material, span),), (mark,), allowed_back=_WITHIN_ADDED)


def _cut(material: Material, span: Span) -> Change:
    """The deletion of a sentence and of the blank behind it."""
    behind = material.text[span.end : span.end + 1] == " "
    return Change(Span(span.start, span.end + behind), "")


def promoted(material: Material, random: Random) -> Iterator[Plant]:
    """Move a sentence from deep in the body to the first place below the headline."""
    if material.article.title is None:
        return
    lead = next((s for s in material.sentences if s.section == "lead"), None)
    for i, said in material.plain:
        sentence = material.sentences[i]
        if (
            lead is not None
            and i >= _DEEP
            and sentence.section == "body"
            and len(said.split()) >= 10
        ):
            place = Span(lead.start, lead.start)
            changes = (Change(place, said + "\n"), _cut(material, sentence.span))
            mark = Mark("lead-promoted", sentence.span, place)
            yield Plant(changes, (mark,), frozenset({"lead-demoted"}))


def headlined(material: Material, random: Random) -> Iterator[Plant]:
    """Make a sentence from deep in the body the headline and first sentence; the lead becomes the second."""
    title = Span(0, material.article.title_length)
    for plant in promoted(material, random):
        moved, cut = plant.changes
        said = moved.new.strip()
        deep = cut.span
        changes = (Change(title, said.rstrip(".")), moved, cut)
        lead = next(s.span for s in material.sentences if s.section == "lead")
        marks = (
            Mark("lead-promoted", deep, title),
            Mark("lead-demoted", lead, lead),
        )
        yield Plant(changes, marks, frozenset({"sentence-omitted"}))


STRUCTURE_FORMS = (
    Form("sentence cut", omitted, reverses=True),
    Form("sentence moved to the lead", promoted),
    Form("sentence made headline and lead", headlined),
)
