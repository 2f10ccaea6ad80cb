"""How loaded it is: evaluative words put in, taken away, or in place of neutral ones."""

import re
from collections.abc import Iterator
from functools import cache
from random import Random

from reframing.perturbation.material import Material
from reframing.perturbation.plants import Change, Form, Mark, Plant, exchanges, new_words
from reframing.perturbation.words import article_for, column, mapping, picked
from reframing.records import Span

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
    """*the decision* → *the shameful decision*."""
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
    """*They ignored the letter* → *They shamelessly ignored the letter*."""
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
    """*fell* → *plummeted*."""
    loaded = mapping("shifts.tsv", "neutral", "loaded")
    for i, said in material.plain:
        start = material.sentences[i].start
        found = [m for m in _WORD.finditer(said) if m[0] in loaded and _is_noun(said, m)]
        for change in picked(exchanges(found, loaded, start), random, new_words):
            mark = Mark("evaluation-shifted", change.span, change.span)
            yield Plant((change,), (mark,), words=change.new)


def _is_noun(said: str, word: re.Match[str]) -> bool:
    """Whether a form that may be a verb stands behind a determiner or preposition; others always may."""
    before = said[: word.start()].split()
    return word[0] not in _AMBIGUOUS or (bool(before) and before[-1].lower() in _BEFORE_NOUN)


FORMS = (
    Form("loaded adjective", adjective, reverses=True),
    Form("loaded adverb", adverb, reverses=True),
    Form("loaded word for a neutral one", shifted),
)
