"""`attribution-dropped`, `-added`, `-vague`, `-swapped`; with the moves of `stance` on the same pairs.

Moves stand on propositions: the content of an attribution is looked for in the linked sentences of the
other text, and what is said there about who vouches for it is compared. Attributions belong together
where one covers most of the content that the other's sentence carries over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from reframing.documents.records import Attribution, Move, Span, covering
from reframing.documents.terms import stem
from reframing.moves.context import Context, Side
from reframing.moves.matching import counterparts, question
from reframing.moves.names import are_apart, is_alike, is_human, is_short_for, kind_of
from reframing.moves.vouching import (
    View,
    Vouched,
    between,
    both_views,
    cue_entry,
    expression,
    held_apart,
    identities_of,
    is_pronoun,
    same_claim,
    source_stems,
    stance_changed,
    stances_of,
    stems_in,
    vouched,
    words_of,
)

# Whether a text says in its own voice what the other text attributes to a source.

LEAST_COVERED = 0.5
LEAST_CARRIED_OVER = 2  # terms that the report before has of what is attributed
_SPEAKER = re.compile(r"(?m)^[A-Z][A-Z .'’-]{2,40}:")
_FEWEST_TURNS = 3
_OWN_WORDS = frozenset("i we our my it its he his she her they their".split())
_FIRST_PERSON = frozenset("i we our my".split())


def speaks(view: View, here: Vouched, j: int) -> bool:
    """Whether sentence `j` there does not assert the content in the text's own voice.

    It asks, it quotes the content, or it opens with the source, though no cue was recognised, as in
    *Moss linked the delay to …*; not where the content is about the source itself (*said it would*).
    """
    if question(view.there, j):
        return True
    for quote in view.there.annotation.quotes:
        if quote.speech and here.about & set(stems_in(view.there, j, quote.span)):
            return True
    if any(here.who & stems for stems in sources_in(view.there, j)) or _others_say(view, here, j):
        return True
    if here.attribution.kind == "direct" and _says_i(view.there, j):
        return True
    return not _about_itself(view.here, here) and _opens_with(view, j, here)


def _others_say(view: View, here: Vouched, j: int) -> bool:
    """Whether most of what the sentence has of the content is somebody's there, who may deny it."""
    side, carried = view.there, here.about & view.there.sentence_stems[j]
    return any(
        a.source is not None
        and 2 * len(carried & {s for span in a.content for s in stems_in(side, j, span)})
        > len(carried)
        for a in side.annotation.attributions
        if any(span.overlaps(side.sentences[j].span) for span in a.content)
    )


def _says_i(side: Side, j: int) -> bool:
    """Whether a sentence says *I* or *we* outside quotation marks: it is speech though nothing marks it."""
    tokens = side.tokens
    return any(
        tokens.forms[k] in _FIRST_PERSON
        and not any(q.span.overlaps(tokens.span(k, k + 1)) for q in side.annotation.quotes)
        for k in side.within(j)
    )


def sources_in(side: Side, j: int) -> Iterator[frozenset[str]]:
    """Whoever reports, judges or declines anything in a sentence."""
    for attribution in side.annotation.attributions:
        cue, source = attribution.cue, attribution.source
        if source is not None and cue is not None and side.sentence_of(cue) == j:
            yield source_stems(side, source)


def stands_there(view: View, here: Vouched, source: Span, to: Sequence[int]) -> bool:
    """Whether a source of several words stands whole in the linked sentences, as none of the content."""
    own = source_stems(view.here, source)
    there = frozenset().union(*(view.there.sentence_stems[j] for j in to))
    return len(own) > 1 and own <= there and not _about_itself(view.here, here)


def only_announced(view: View, here: Vouched, to: Sequence[int], theres: Sequence[Vouched]) -> bool:
    """Whether only a headline or the first sentence there says it, for what is attributed further on."""
    if any(view.there.sentences[j].section == "body" for j in to):
        return False
    least = LEAST_COVERED * len(here.about)
    announced = all(view.there.sentences[j].section == "headline" for j in to)
    return any(
        (announced or there.who & here.who) and len(there.about & here.about) >= least
        for there in theres
    )


def is_carried_over(here: Vouched, to: Sequence[int], theres: Sequence[Vouched]) -> bool:
    """Whether a report on the same matter stands just in front of it: a reader still hears that source."""
    return any(
        there.attribution.source is not None
        and there.sentence + 1 in to
        and len(there.about & here.about) >= LEAST_CARRIED_OVER
        for there in theres
    )


def _about_itself(side: Side, here: Vouched) -> bool:
    """Whether the content begins with a pronoun that may stand for its source."""
    own = _FIRST_PERSON if here.attribution.kind == "direct" else _OWN_WORDS
    for span in here.attribution.content[:1]:
        words = span.of(side.text).lower().strip("“”\"'‘ ").removeprefix("that ").split()
        return bool(words) and words[0] in own
    return False


def _opens_with(view: View, j: int, here: Vouched) -> bool:
    """Whether one of the first words is of the source, or one behind a comma is its name."""
    source = here.attribution.source
    own = source_stems(view.here, source) | here.names if source else here.names
    side, forms = view.there, view.there.tokens.forms
    first = side.within(j).start
    terms = [t for t in side.terms[j] if t.stem in own - here.about]
    return any(
        t.token - first <= 3 or (t.stem in here.names and _behind_comma(forms, t.token))
        for t in terms
    )


def _behind_comma(forms: Sequence[str], token: int) -> bool:
    return forms[token - 1] == "," or (forms[token - 1] == "the" and forms[token - 2] == ",")


def is_the_author(view: View, source: Span) -> bool:
    """Whether *I* or *we* outside quotation marks speaks: the text's own voice."""
    quotes = view.here.annotation.quotes
    return source.of(view.here.text).lower() in _FIRST_PERSON and not any(
        quote.span.overlaps(source) for quote in quotes
    )


@lru_cache(maxsize=16)
def is_transcript(side: Side) -> bool:
    """Whether speakers' names in capitals open the paragraphs of a text."""
    return len(_SPEAKER.findall(side.text)) >= _FEWEST_TURNS


# `attribution-dropped`, `-added`, `-vague`, `-swapped`; with the moves of `stance` on the same pairs.

_NO_VERDICTS = frozenset(("", "discuss", "consider"))  # who does so is an actor, no source
SPECIFIC = ("named", "role")
LEAST_CARRIED = 0.3
LEAST_VOUCHED = LEAST_STATED = 0.5
_DEFINITE = frozenset("the his her its their our my this that these those both all".split())
_NOBODYS = frozenset(
    map(stem, "report source video footage photo picture rumour rumor media".split())
)
_PERSONS = frozenset(("he", "she"))
_COMPLEMENT = frozenset("of in at from with close familiar who that on for near inside".split())
_INDEFINITE = frozenset("a an one some another several many two three four five".split())


def find(context: Context) -> Iterator[Move]:
    """Attributions that changed between linked sentences which are not copies."""
    identities = identities_of(context.original, context.repost)
    originals = vouched(context.original, identities)
    reposts = vouched(context.repost, identities)
    lost, gained = both_views(context)
    answered = set()
    for here, there, to in matched(lost, originals, reposts):
        if there is None:
            yield from _alone(lost, here, to, reposts)
        elif (there.attribution, here.who) not in answered:
            answered.add((there.attribution, here.who))
            same = here.about == there.about or lost.tells_the_same(here.sentence, there.sentence)
            same = same or (here.whole and there.whole)
            if same and not _stands_by_it(context, here, there, originals, reposts):
                yield from _source_changed(context, here, there)
            yield from stance_changed(context, here, there)
    yield from _other_sources(context, identities)
    yield from held_apart(gained)
    for here, there, to in matched(gained, reposts, originals):
        if there is None:
            yield from _alone(gained, here, to, originals)


def _stands_by_it(
    context: Context,
    here: Vouched,
    there: Vouched,
    originals: Sequence[Vouched],
    reposts: Sequence[Vouched],
) -> bool:
    """Whether the source of one text vouches for the claim in the other as well, further on.

    A source that leaves open who is meant (*one economist*) is no source of the other text's.
    """
    definite = [each for each in reposts if not _is_vague(context.repost, each)]
    if _vouches_too(here, definite):
        return True
    return not _is_vague(context.repost, there) and _vouches_too(there, originals)


def _vouches_too(here: Vouched, theres: Sequence[Vouched]) -> bool:
    """Whether the same source vouches for most of the claim somewhere in the other text."""
    least = max(2.0, LEAST_VOUCHED * len(here.about))
    return any(
        _may_be_one(here, there) and len(here.about & there.about) >= least for there in theres
    )


def _may_be_one(here: Vouched, there: Vouched) -> bool:
    """Whether two sources share a word, and without a name all words of the shorter wording."""
    shared = here.who & there.who
    return bool(shared) and bool(here.names or there.names or shared in (here.who, there.who))


def _other_sources(context: Context, identities: Sequence[frozenset[str]]) -> Iterator[Move]:
    """Sources that changed in front of the same cue, which reports nothing (*praised*, *explained how*)."""
    originals, reposts = (
        stances_of(side, identities) for side in (context.original, context.repost)
    )
    linked = counterparts(context, of_original=True)
    answered = set()
    for here in originals:
        entry = _entry(context.original, here)
        if entry in _NO_VERDICTS:
            continue
        there = next(
            (
                each
                for each in reposts
                if each.sentence in linked.get(here.sentence, ())
                and _entry(context.repost, each) == entry
                and each.about & here.about
            ),
            None,
        )
        if there is not None and there.attribution not in answered:
            answered.add(there.attribution)
            yield from _source_changed(context, here, there)


def _entry(side: Side, one: Vouched) -> str:
    """The lexicon's entry for a cue; empty where it has none."""
    cue = words_of(side, one.attribution.cue)
    return "" if cue is None else cue_entry(cue.lower())[0]


def matched(
    view: View, heres: Sequence[Vouched], theres: Sequence[Vouched]
) -> Iterator[tuple[Vouched, Vouched | None, list[int]]]:
    """Attributions here whose content is carried over, with their counterpart there and where that is.

    The counterpart is None where the sentences there that carry the content have none, and again for
    those among them that carry a part of their own without one.
    """
    for here in heres:
        to = carriers(view, here)
        there = counterpart(view, here, [each for each in theres if each.sentence in to])
        if to:
            yield here, there, to
        if there is not None:
            part = here.about - view.there.sentence_stems[there.sentence]
            apart = _said_apart(view, replace(here, part=part), to, theres)
            if apart:
                yield replace(here, part=part), None, apart


def _said_apart(
    view: View, here: Vouched, to: Sequence[int], theres: Sequence[Vouched]
) -> list[int]:
    """Sentences that carry at least two terms of a part of a content, and attribute nothing."""
    return [
        j
        for j in to
        if len(here.part & view.there.sentence_stems[j]) > 1
        and counterpart(view, here, [each for each in theres if each.sentence == j]) is None
        and not speaks(view, here, j)
    ]


def carriers(view: View, here: Vouched) -> list[int]:
    """Linked sentences there that say what is attributed here."""
    least = max(1.0, LEAST_CARRIED * len(here.about))
    linked = view.linked.get(here.sentence, ())
    stems = view.there.sentence_stems
    return [j for j in linked if here.whole or len(here.about & stems[j]) >= least]


def counterpart(view: View, here: Vouched, near: Sequence[Vouched]) -> Vouched | None:
    """The attribution there that covers most of what its sentence carries over.

    It covers at least half of it, or anything of it where the source is the same; of equals, the one
    that shares more of the source.
    """
    best, most = None, (-1, -1)
    for there in near:
        carried = here.about & view.there.sentence_stems[there.sentence]
        covered = len(carried & there.about) / len(carried) if carried else 0.0
        shared = len(here.who & there.who)
        enough = (
            covered >= LEAST_COVERED or (covered > 0 and shared) or (here.whole and there.whole)
        )
        rank = len(carried & there.about), shared
        if enough and rank > most:
            best, most = there, rank
    return best


def _alone(
    view: View, here: Vouched, to: Sequence[int], theres: Sequence[Vouched]
) -> Iterator[Move]:
    """What is attributed here and said there in the text's own voice."""
    source = here.attribution.source
    if source is None or is_the_author(view, source) or is_transcript(view.there):
        return
    if any(speaks(view, here, j) for j in to) or not _stated(view, here, to):
        return
    if stands_there(view, here, source, to) or only_announced(view, here, to, theres):
        return
    if is_carried_over(here, to, theres):
        return
    if any(_in_the_same_words(view, here.attribution, j) for j in to):
        return
    yield view.move(
        f"attribution-{view.change}",
        (_expression(view, here, to), (here.sentence,)),
        (covering(view.there.sentences[j].span for j in to), to),
        0.8 if here.part else 0.7,
    )


def _stated(view: View, here: Vouched, to: Sequence[int]) -> bool:
    """Whether half of what is attributed here, or of the part in question, stands in a sentence there."""
    there, about = view.there.sentence_stems, here.part or here.about
    return here.whole or any(len(about & there[j]) >= LEAST_STATED * len(about) for j in to)


def _in_the_same_words(view: View, attribution: Attribution, j: int) -> bool:
    """Whether source and cue stand in a sentence there word for word, though no attribution was seen."""
    parts = [part for part in (attribution.source, attribution.cue) if part is not None]
    own, there = view.here.tokens, view.there.tokens
    words = {own.forms[k] for part in parts for k in own.within(part)}
    return words <= {there.forms[k] for k in view.there.within(j)}


def _expression(view: View, here: Vouched, to: Sequence[int]) -> Span:
    """Source and cue, with the part of the content at stake where another part has its counterpart."""
    there = frozenset().union(*(view.there.sentence_stems[j] for j in to))
    own = [t.token for t in view.here.terms[here.sentence] if t.stem in here.part & there]
    vouching = expression(here.attribution)
    if not own:
        return vouching
    return covering((view.here.tokens.span(own[0], own[-1] + 1), vouching))


def _source_changed(context: Context, here: Vouched, there: Vouched) -> Iterator[Move]:
    was, now = here.attribution, there.attribution
    if was.source_kind not in SPECIFIC or _is_nobody(context.original, here):
        return
    before, after = words_of(context.original, was.source), words_of(context.repost, now.source)
    if not same_claim(here, there):
        return
    vague = _is_vague(context.repost, there) and not _mentioned(
        context.repost, there.sentence, here
    )
    if vague and (_is_as_vague(context, here, there) or _is_spelt_alike(before, after)):
        return
    if vague and (here.names or now.source is None or now.source_kind == "vague"):
        yield between("attribution-vague", here, there, 0.75 if after else 1.0, of_source=True)
    elif was.source is not None and _is_another(context, here, there):
        yield between("attribution-swapped", here, there, 0.65, of_source=True)


def _is_as_vague(context: Context, here: Vouched, there: Vouched) -> bool:
    """Whether the original leaves open as well who is meant: *one of the officials*, *officials*.

    *A study by the ministry* says whose it is.
    """
    source, other = here.attribution.source, there.attribution.source
    if source is None or other is None or is_pronoun(context.original, source):
        return False
    words = source.of(context.original.text).lower().split()
    if source_stems(context.original, source).isdisjoint(source_stems(context.repost, other)):
        return False
    indefinite = words[0] in _INDEFINITE and "by" not in words
    return indefinite or (not here.names and _is_bare(words))


def _is_spelt_alike(before: str | None, after: str | None) -> bool:
    """Whether two sources differ in full stops and capitals only: *U.S. officials*, *US officials*."""
    return (
        before is not None
        and after is not None
        and before.replace(".", "").lower() == after.replace(".", "").lower()
    )


def _is_nobody(side: Side, here: Vouched) -> bool:
    """Whether a source is a rumour, a report or a recording, whoever made it."""
    if here.names and (source := here.attribution.source) is not None:
        return stem(_head(side, source)) in _NOBODYS
    return not here.who.isdisjoint(_NOBODYS)


def _head(side: Side, source: Span) -> str:
    """The last word of a source in front of a comma or a complement: *office* in *the office of the mayor*."""
    return _without_complement(side, source)[-1]


def _without_complement(side: Side, source: Span) -> list[str]:
    words = source.of(side.text).lower().replace(",", " ,").split()
    end = next((i for i, word in enumerate(words) if word == "," or word in _COMPLEMENT), None)
    return words[: end or None]


def _mentioned(side: Side, sentence: int, here: Vouched) -> bool:
    """Whether half of a source's name stands in a sentence besides the content."""
    names = here.names - here.about
    return bool(names) and 2 * len(names & side.sentence_stems[sentence]) >= len(names)


def _is_vague(side: Side, there: Vouched) -> bool:
    """No source, one of no name or role, or an indefinite one that bears no name."""
    source = there.attribution.source
    if source is None:
        return there.attribution.source_kind == "none"
    if there.names or is_pronoun(side, source) or _is_introduced(side, there):
        return False
    words = source.of(side.text).lower().split()
    return there.attribution.source_kind == "vague" or words[0] in _INDEFINITE or _is_bare(words)


def _is_introduced(side: Side, there: Vouched) -> bool:
    """Whether one of the two sentences before has the words of a source: who is meant is told there."""
    near = side.sentence_stems[max(0, there.sentence - 2) : there.sentence]
    return bool(there.who) and any(there.who <= stems for stems in near)


def _is_bare(words: Sequence[str]) -> bool:
    """A plural without a determiner: *commentators*, *people close to the talks*."""
    head = next((i for i, word in enumerate(words) if word in _COMPLEMENT), len(words))
    noun = words[head - 1] if head else ""
    return words[0] not in _DEFINITE and (noun == "people" or noun.endswith("s"))


def _is_another(context: Context, here: Vouched, there: Vouched) -> bool:
    """Whether the repost credits somebody else: two names, two roles, or a source that the original knows.

    Roles are two where they name different things of one kind, or branches of one institution that the other
    text does not know (*the health ministry*). Not where a name may be another wording for the same source:
    one that the original has just given in front of a pronoun, initials (*WFO*), or a spokesperson who speaks
    for the other.
    """
    source, own = there.attribution.source, here.attribution.source
    if source is None or own is None:
        return False
    if is_pronoun(context.repost, source) or _is_unresolved(context.original, own, here):
        return False
    if _stays_there(context.repost, here, there):
        return False
    if not here.who or not there.who:
        return False
    if _may_be_meant(context.original, own, there) or _speaks_for(here, there):
        return False
    if here.names and there.names:
        if here.names & there.who or here.who & there.names:
            return False
        return not _are_one_name(context, here.names, there.names)
    if _may_be_one(here, there):
        return False
    if here.names or there.names:
        return _is_known(context, source) or _are_told_apart(context, here, there)
    heads = _head(context.original, own), _head(context.repost, source)
    return are_apart(*heads) or (
        heads[0] == heads[1]
        and kind_of(heads[0]) == "institution"
        and (here.who - there.who).isdisjoint(context.repost.stems)
        and (there.who - here.who).isdisjoint(context.original.stems)
    )


def _are_told_apart(context: Context, here: Vouched, there: Vouched) -> bool:
    """Whether a name and a role, of which one speaks in each text, are not one by what both texts tell.

    The name has another role beside it (*the airport*, *the airline Nordair*); or has none, and never stands in
    one sentence with the role, a person's, though the original has both (*the clerk*, *Halden Estates*).
    """
    sides = (context.original, here), (context.repost, there)
    (named,) = [(side, one) for side, one in sides if one.names]
    (plain,) = [(side, one) for side, one in sides if not one.names]
    role, titles = _roles(*plain)[-1:], _roles(*named)
    if not role:
        return False
    if titles:
        return all(are_apart(role[0], title) for title in titles)
    met = any(
        stem(role[0]) in stems and named[1].names & stems
        for side, _ in sides
        for stems in side.sentence_stems
    )
    return is_human(role[0]) and named[1].names <= context.original.stems and not met


def _roles(side: Side, one: Vouched) -> list[str]:
    """The nouns of a source that say what it is, in front of a comma or complement."""
    source = one.attribution.source
    words = () if source is None else _without_complement(side, source)
    return [word for word in words if kind_of(word)]


def _is_unresolved(side: Side, source: Span, here: Vouched) -> bool:
    """Whether a source is a pronoun other than *he* or *she* behind a name."""
    return is_pronoun(side, source) and not (
        here.names and source.of(side.text).lower() in _PERSONS
    )


def _stays_there(side: Side, here: Vouched, there: Vouched) -> bool:
    """Whether the original's source stands in the sentence of the repost's report: *…, citing the official*.

    Or says something else there: *Ana Bell praised the plan, saying “…”, the agency reported*.
    """
    if any(here.names & stems for stems in sources_in(side, there.sentence)):
        return True
    own = (here.names or here.who) - there.about - there.who
    found = own & side.sentence_stems[there.sentence]
    return bool(found) and (bool(here.names) or 2 * len(found) >= len(own))


def _are_one_name(context: Context, was: frozenset[str], now: frozenset[str]) -> bool:
    """Whether the names may be one: alike, one the acronym of the other, or two parts of a full name."""
    original, repost = context.original, context.repost
    return (
        is_alike(was, now)
        or is_short_for(was, original, now, repost)
        or is_short_for(now, repost, was, original)
        or any(
            _stand_together(*two, side)
            for two in ((was, now), (now, was))
            for side in (original, repost)
        )
    )


def _stand_together(first: frozenset[str], second: frozenset[str], side: Side) -> bool:
    """Whether a text has a word of one name right in front of one of the other: a given name and a surname."""
    return any(
        a.stem in first and b.stem in second and b.token == a.token + 1
        for terms in side.terms
        for a, b in pairwise(terms)
    )


def _may_be_meant(original: Side, source: Span, there: Vouched) -> bool:
    """Whether a pronoun may stand for the other's name, which its sentence or one of the two before has."""
    i = original.sentence_of(source)
    if i is None or not is_pronoun(original, source):
        return False
    near = range(max(0, i - 2), i + 1)
    return any(there.names & original.sentence_stems[k] for k in near)


def _speaks_for(here: Vouched, there: Vouched) -> bool:
    """Whether only one of the two is a spokesperson."""
    return any(stem.startswith("spokes") for stem in here.who ^ there.who)


def _is_known(context: Context, source: Span) -> bool:
    """Whether the original attributes something to this source of several words."""
    own = source_stems(context.repost, source)
    return len(own) > 1 and any(
        len(own & source_stems(context.original, a.source)) > 1
        for a in context.original.annotation.attributions
        if a.source is not None
    )
