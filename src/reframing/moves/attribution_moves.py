"""Proposes `attribution-dropped`, `attribution-added`, `attribution-vague` and `attribution-swapped`.

An attribution consists of a source, a cue and a content (Pareti 2015). The content of each is searched for
in the linked sentences of the other text, and the sources of the same proposition are compared. Two
attributions are counterparts if one covers at least half of the content that the sentence of the other
carries over. Moves of stance (`attribution-distanced`, `attribution-endorsed`; see
`reframing.moves.vouching`) are proposed here too, as they compare the same attributions.

The first section decides whether a sentence asserts attributed content in the text's own voice, the second
proposes the moves. In both, `here` and `there` are the two sides of a `View`: the text whose attribution is
examined, and the text that is compared with it; in functions with a `Context` instead they are original and
repost.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from reframing.documents.records import Attribution, Move, Quote, Span, covering
from reframing.documents.terms import stem
from reframing.documents.word_classes import (
    CARDINALS,
    DEMONSTRATIVES,
    FIRST_PERSON,
    PERSONAL,
    POSSESSIVES,
    QUANTIFIERS,
)
from reframing.moves.context import Context, Side
from reframing.moves.matching import counterparts, question
from reframing.moves.names import are_apart, is_alike, is_human, is_short_for, kind_of
from reframing.moves.vouching import (
    View,
    Vouched,
    between,
    both_views,
    distanced,
    entry_of,
    expression,
    identities_of,
    is_pronoun,
    same_claim,
    source_stems,
    stance_changed,
    stances_of,
    stems_in,
    vouched,
    wording,
)

# Assertion in the text's own voice.

LEAST_COVERED = 0.5
LEAST_CARRIED_OVER = 2  # content terms that the preceding report shares with the attributed content
_SPEAKER = re.compile(r"(?m)^[A-Z][A-Z .'’-]{2,40}:")
_FEWEST_TURNS = 3


def is_not_asserted(view: View, here: Vouched, j: int) -> bool:
    """Whether sentence `j` of the other text does not assert the content in the text's own voice.

    It does not if it asks, if it quotes or attributes the content, if it is unmarked direct speech, or if
    it opens with the source though no cue was recognised (*Moss linked the delay to …*). An opening with
    the source does not count where the content is about the source itself (*said it would*).
    """
    if question(view.there, j):
        return True
    for quote in _quotes_by_sentence(view.there).get(j, ()):
        if quote.speech and here.about & set(stems_in(view.there, j, quote.span)):
            return True
    if any(here.who & stems for stems in sources_in(view.there, j)) or _attributes(view, here, j):
        return True
    if here.attribution.kind == "direct" and _is_in_first_person(view.there, j):
        return True
    return not _about_itself(view.here, here) and _opens_with(view, j, here)


def _attributes(view: View, here: Vouched, j: int) -> bool:
    """Whether sentence `j` attributes more than half of its share of the content, even if to deny it."""
    side, carried = view.there, here.about & view.there.sentence_stems[j]
    return any(
        a.source is not None
        and 2 * len(carried & {s for span in a.content for s in stems_in(side, j, span)})
        > len(carried)
        for a in _attributions_by_sentence(side).get(j, ())
    )


@lru_cache(maxsize=16)
def _attributions_by_sentence(side: Side) -> dict[int, list[Attribution]]:
    """The attributions of which content is in each sentence."""
    found: dict[int, list[Attribution]] = {}
    for attribution in side.annotation.attributions:
        for i in sorted({i for span in attribution.content for i in side.sentences_at(span)}):
            found.setdefault(i, []).append(attribution)
    return found


@lru_cache(maxsize=16)
def _quotes_by_sentence(side: Side) -> dict[int, list[Quote]]:
    """The quotations of which words are in each sentence."""
    found: dict[int, list[Quote]] = {}
    for quote in side.annotation.quotes:
        for i in side.sentences_at(quote.span):
            found.setdefault(i, []).append(quote)
    return found


def _is_in_first_person(side: Side, j: int) -> bool:
    """Whether a sentence has *I*, *we*, *my* or *our* outside quotation marks: it is unmarked speech."""
    tokens = side.tokens
    return any(
        tokens.forms[k] in FIRST_PERSON
        and not any(
            q.span.overlaps(tokens.span(k, k + 1)) for q in _quotes_by_sentence(side).get(j, ())
        )
        for k in side.within(j)
    )


def sources_in(side: Side, j: int) -> Iterator[frozenset[str]]:
    """The content stems of the source of each attribution whose cue is in sentence `j`."""
    return (source_stems(side, source) for source in _sources_by_sentence(side).get(j, ()))


@lru_cache(maxsize=16)
def _sources_by_sentence(side: Side) -> dict[int | None, list[Span]]:
    """The sources of an article's attributions, by the sentence of their cue."""
    found: dict[int | None, list[Span]] = {}
    for attribution in side.annotation.attributions:
        cue, source = attribution.cue, attribution.source
        if source is not None and cue is not None:
            found.setdefault(side.sentence_of(cue), []).append(source)
    return found


def source_occurs(view: View, here: Vouched, source: Span, to: Sequence[int]) -> bool:
    """Whether all content terms of `source`, at least two, occur in the linked sentences `to`.

    False where the content is about the source itself, as these terms may then belong to the content.
    """
    own = source_stems(view.here, source)
    there = frozenset().union(*(view.there.sentence_stems[j] for j in to))
    return len(own) > 1 and own <= there and not _about_itself(view.here, here)


def only_announced(view: View, here: Vouched, to: Sequence[int], theres: Sequence[Vouched]) -> bool:
    """Whether the other text asserts the content in headline or lead only, and attributes it elsewhere.

    The report elsewhere must cover at least half of the content terms; if `to` has a sentence outside the
    headline, it must also have the same source.
    """
    if any(view.there.sentences[j].section == "body" for j in to):
        return False
    least = LEAST_COVERED * len(here.about)
    announced = all(view.there.sentences[j].section == "headline" for j in to)
    return any(
        (announced or there.who & here.who) and len(there.about & here.about) >= least
        for there in theres
    )


def is_carried_over(here: Vouched, to: Sequence[int], theres: Sequence[Vouched]) -> bool:
    """Whether the sentence before one of `to` reports on the same matter from a source.

    Readers then understand that source to go on. The report must share at least two terms with the content.
    """
    return any(
        there.attribution.source is not None
        and there.sentence + 1 in to
        and len(there.about & here.about) >= LEAST_CARRIED_OVER
        for there in theres
    )


def _about_itself(side: Side, here: Vouched) -> bool:
    """Whether the content begins with a pronoun that may refer to its source."""
    own = FIRST_PERSON if here.attribution.kind == "direct" else PERSONAL | POSSESSIVES
    for span in here.attribution.content[:1]:
        words = span.of(side.text).lower().strip("“”\"'‘ ").removeprefix("that ").split()
        return bool(words) and words[0] in own
    return False


def _opens_with(view: View, j: int, here: Vouched) -> bool:
    """Whether a word of the source is among the first four tokens, or its name follows a comma."""
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
    """Whether the source is *I* or *we* outside quotation marks: the text's own voice."""
    quotes = view.here.annotation.quotes
    return source.of(view.here.text).lower() in FIRST_PERSON and not any(
        quote.span.overlaps(source) for quote in quotes
    )


@lru_cache(maxsize=16)
def is_transcript(side: Side) -> bool:
    """Whether a text is a transcript: at least three lines open with a name in capitals and a colon."""
    return len(_SPEAKER.findall(side.text)) >= _FEWEST_TURNS


# Moves on attribution.

_NO_VERDICTS = frozenset(("", "discuss", "consider"))  # their subject is an actor, not a source
SPECIFIC = ("named", "role")
LEAST_CARRIED = 0.3
LEAST_VOUCHED = LEAST_ASSERTED = 0.5
_DEFINITE = POSSESSIVES | DEMONSTRATIVES | {"the", "both", "all"}
_IMPERSONAL = frozenset(
    map(stem, "report source video footage photo picture rumour rumor media".split())
)
_COMPLEMENT = frozenset("of in at from with close familiar who that on for near inside".split())
_INDEFINITE = QUANTIFIERS | CARDINALS.keys() | {"a", "an", "another"}


def find(context: Context) -> Iterator[Move]:
    """Yields moves on attribution and stance between linked sentences that are not copies."""
    identities = identities_of(context.original, context.repost)
    originals = vouched(context.original, identities)
    reposts = vouched(context.repost, identities)
    of_original = _by_source(originals)
    definite = _by_source(each for each in reposts if not _is_vague(context.repost, each))
    lost, gained = both_views(context)
    matched_before = set()
    for here, there, to in matched(lost, originals, reposts):
        if there is None:
            yield from _alone(lost, here, to, reposts)
        elif (there.attribution, here.who) not in matched_before:
            matched_before.add((there.attribution, here.who))
            same = here.about == there.about or lost.is_comparable(here.sentence, there.sentence)
            same = same or (here.whole and there.whole)
            if same and not _vouches_elsewhere(context, here, there, of_original, definite):
                yield from _source_changed(context, here, there)
            yield from stance_changed(context, here, there)
    yield from _other_sources(context, identities)
    yield from distanced(gained)
    for here, there, to in matched(gained, reposts, originals):
        if there is None:
            yield from _alone(gained, here, to, originals)


def _vouches_elsewhere(
    context: Context,
    here: Vouched,
    there: Vouched,
    originals: Mapping[str, Sequence[Vouched]],
    definite: Mapping[str, Sequence[Vouched]],
) -> bool:
    """Whether the source of one text vouches for the claim elsewhere in the other text as well.

    An indefinite source of the repost (*one economist*) is not taken for a source of the original: `definite`
    are the others.
    """
    if _vouches_too(here, definite):
        return True
    return not _is_vague(context.repost, there) and _vouches_too(there, originals)


def _by_source(each: Iterable[Vouched]) -> dict[str, list[Vouched]]:
    """Attributions by each word of their sources."""
    found: dict[str, list[Vouched]] = {}
    for one in each:
        for word in one.who:
            found.setdefault(word, []).append(one)
    return found


def _vouches_too(here: Vouched, theres: Mapping[str, Sequence[Vouched]]) -> bool:
    """Whether the same source vouches for most of the claim somewhere in the other text (`_by_source`).

    The report must share at least half of the content terms, and at least two.
    """
    least = max(2.0, LEAST_VOUCHED * len(here.about))
    return any(
        _may_be_one(here, there) and len(here.about & there.about) >= least
        for word in here.who
        for there in theres.get(word, ())
    )


def _may_be_one(here: Vouched, there: Vouched) -> bool:
    """Whether two sources share a word and may be the same.

    If neither has a name, one must contain all words of the other.
    """
    shared = here.who & there.who
    return bool(shared) and bool(here.names or there.names or shared in (here.who, there.who))


def _other_sources(context: Context, identities: Sequence[frozenset[str]]) -> Iterator[Move]:
    """Moves where the source of the same cue changed and the cue reports no claim.

    Examples of such cues are *praised* and *explained how*.
    """
    originals, reposts = (
        stances_of(side, identities) for side in (context.original, context.repost)
    )
    linked = counterparts(context, of_original=True)
    matched_before = set()
    for here in originals:
        entry, _ = entry_of(context.original, here.attribution)
        if entry in _NO_VERDICTS:
            continue
        there = next(
            (
                each
                for each in reposts
                if each.sentence in linked.get(here.sentence, ())
                and entry_of(context.repost, each.attribution)[0] == entry
                and each.about & here.about
            ),
            None,
        )
        if there is not None and there.attribution not in matched_before:
            matched_before.add(there.attribution)
            yield from _source_changed(context, here, there)


def matched(
    view: View, heres: Sequence[Vouched], theres: Sequence[Vouched]
) -> Iterator[tuple[Vouched, Vouched | None, list[int]]]:
    """Yields attributions whose content is carried over, as (attribution, counterpart, sentence indices).

    The indices are those of the sentences in `theres` that carry the content. The counterpart is None if
    none of these attributes it. An attribution with a counterpart is yielded again with None if other
    sentences carry a further part of its content, held in `part`, without attributing it.
    """
    for here in heres:
        to = carriers(view, here)
        there = counterpart(view, here, [each for each in theres if each.sentence in to])
        if to:
            yield here, there, to
        if there is not None:
            part = here.about - view.there.sentence_stems[there.sentence]
            apart = _asserted_apart(view, replace(here, part=part), to, theres)
            if apart:
                yield replace(here, part=part), None, apart


def _asserted_apart(
    view: View, here: Vouched, to: Sequence[int], theres: Sequence[Vouched]
) -> list[int]:
    """Indices of sentences that carry at least two terms of `here.part` without attributing them."""
    return [
        j
        for j in to
        if len(here.part & view.there.sentence_stems[j]) > 1
        and counterpart(view, here, [each for each in theres if each.sentence == j]) is None
        and not is_not_asserted(view, here, j)
    ]


def carriers(view: View, here: Vouched) -> list[int]:
    """Indices of the linked sentences that carry over the attributed content.

    They share at least 30% of its terms, and at least one. All linked sentences count if the sentence of
    the attribution says little else.
    """
    least = max(1.0, LEAST_CARRIED * len(here.about))
    linked = view.linked.get(here.sentence, ())
    stems = view.there.sentence_stems
    return [j for j in linked if here.whole or len(here.about & stems[j]) >= least]


def counterpart(view: View, here: Vouched, near: Sequence[Vouched]) -> Vouched | None:
    """The attribution in `near` that covers most of the content that its sentence carries over, or None.

    It covers at least half of these terms, any of them if the source is the same, or both attributions take
    up their sentences. Ties are decided by the number of shared source terms.
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
    """`attribution-dropped` or `-added` where the other text asserts the content in its own voice.

    The score is 0.8 for a part of the content and 0.7 for all of it.
    """
    source = here.attribution.source
    if source is None or is_the_author(view, source) or is_transcript(view.there):
        return
    if any(is_not_asserted(view, here, j) for j in to) or not _is_asserted(view, here, to):
        return
    if source_occurs(view, here, source, to) or only_announced(view, here, to, theres):
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


def _is_asserted(view: View, here: Vouched, to: Sequence[int]) -> bool:
    """Whether one of the sentences `to` has at least half of the content terms, or of those in `part`.

    Always true if the sentence of the attribution says little else.
    """
    there, about = view.there.sentence_stems, here.part or here.about
    return here.whole or any(len(about & there[j]) >= LEAST_ASSERTED * len(about) for j in to)


def _in_the_same_words(view: View, attribution: Attribution, j: int) -> bool:
    """Whether sentence `j` has all words of source and cue, in any order.

    The attribution was then kept, although the annotation misses it.
    """
    parts = [part for part in (attribution.source, attribution.cue) if part is not None]
    own, there = view.here.tokens, view.there.tokens
    words = {own.forms[k] for part in parts for k in own.within(part)}
    return words <= {there.forms[k] for k in view.there.within(j)}


def _expression(view: View, here: Vouched, to: Sequence[int]) -> Span:
    """Span of source and cue, extended to the terms of `part` that are carried over."""
    there = frozenset().union(*(view.there.sentence_stems[j] for j in to))
    own = [t.token for t in view.here.terms[here.sentence] if t.stem in here.part & there]
    vouching = expression(here.attribution)
    if not own:
        return vouching
    return covering((view.here.tokens.span(own[0], own[-1] + 1), vouching))


def _source_changed(context: Context, here: Vouched, there: Vouched) -> Iterator[Move]:
    """`attribution-vague` or `attribution-swapped` where both attributions cover the same claim."""
    was, now = here.attribution, there.attribution
    if was.source_kind not in SPECIFIC or _is_impersonal(context.original, here):
        return
    before, after = wording(context.original, was.source), wording(context.repost, now.source)
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
    """Whether the original is as unspecific as the repost: *one of the officials*, *officials*.

    Both sources must share a word. An indefinite source with *by* (*a study by the ministry*) is specific.
    """
    source, other = here.attribution.source, there.attribution.source
    if source is None or other is None or is_pronoun(context.original, source):
        return False
    words = source.of(context.original.text).lower().split()
    if source_stems(context.original, source).isdisjoint(source_stems(context.repost, other)):
        return False
    indefinite = words[0] in _INDEFINITE and "by" not in words
    return indefinite or (not here.names and _is_bare(words))


def _is_spelt_alike(before: str, after: str) -> bool:
    """Whether two sources differ only in full stops and capitals: *U.S. officials*, *US officials*."""
    return before != "" and before.replace(".", "").lower() == after.replace(".", "").lower()


def _is_impersonal(side: Side, here: Vouched) -> bool:
    """Whether the source is a rumour, a report or a recording rather than a person or body.

    If the source has a name, only its head noun is considered.
    """
    if here.names and (source := here.attribution.source) is not None:
        return stem(_head(side, source)) in _IMPERSONAL
    return not here.who.isdisjoint(_IMPERSONAL)


def _head(side: Side, source: Span) -> str:
    """The word of a source before a comma or a complement: *office* in *the office of the mayor*."""
    return _without_complement(side, source)[-1]


def _without_complement(side: Side, source: Span) -> list[str]:
    words = source.of(side.text).lower().replace(",", " ,").split()
    end = next((i for i, word in enumerate(words) if word == "," or word in _COMPLEMENT), None)
    return words[: end or None]


def _mentioned(side: Side, sentence: int, here: Vouched) -> bool:
    """Whether a sentence has at least half of the stems of the source's name that the content lacks."""
    names = here.names - here.about
    return bool(names) and 2 * len(names & side.sentence_stems[sentence]) >= len(names)


def _is_vague(side: Side, there: Vouched) -> bool:
    """Whether an attribution has no source, or one without name or role, or an indefinite one without name.

    Pronouns, and sources that the two preceding sentences introduce, are not vague.
    """
    source = there.attribution.source
    if source is None:
        return there.attribution.source_kind == "none"
    if there.names or is_pronoun(side, source) or _is_introduced(side, there):
        return False
    words = source.of(side.text).lower().split()
    return there.attribution.source_kind == "vague" or words[0] in _INDEFINITE or _is_bare(words)


def _is_introduced(side: Side, there: Vouched) -> bool:
    """Whether one of the two preceding sentences has all content terms of the source."""
    near = side.sentence_stems[max(0, there.sentence - 2) : there.sentence]
    return bool(there.who) and any(there.who <= stems for stems in near)


def _is_bare(words: Sequence[str]) -> bool:
    """Whether a source is a plural without a determiner: *commentators*, *people close to the talks*."""
    head = next((i for i, word in enumerate(words) if word in _COMPLEMENT), len(words))
    noun = words[head - 1] if head else ""
    return words[0] not in _DEFINITE and (noun == "people" or noun.endswith("s"))


def _is_another(context: Context, here: Vouched, there: Vouched) -> bool:
    """Whether the repost credits a different source: another name, another role, or a name for a role.

    Two roles differ if their nouns name different things of one kind, or if they are branches of one
    institution that the other text does not mention (*the health ministry*). A name and a role differ if
    the original attributes something to the repost's source, or if the texts distinguish them. Sources are
    not different if one may denote the other: as the antecedent of a pronoun, as an acronym (*WFO*), or as
    its spokesperson.
    """
    source, own = there.attribution.source, here.attribution.source
    if source is None or own is None:
        return False
    if is_pronoun(context.repost, source) or _is_unresolved(context.original, own, here):
        return False
    if _is_still_named(context.repost, here, there):
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
        return _is_known(context, source) or _are_distinguished(context, here, there)
    heads = _head(context.original, own), _head(context.repost, source)
    return are_apart(*heads) or (
        heads[0] == heads[1]
        and kind_of(heads[0]) == "institution"
        and (here.who - there.who).isdisjoint(context.repost.stems)
        and (there.who - here.who).isdisjoint(context.original.stems)
    )


def _are_distinguished(context: Context, here: Vouched, there: Vouched) -> bool:
    """Whether a name and a role, each the source in one text, denote different sources.

    Exactly one of the two has a name. It comes with another role (*the airport*, *the airline Nordair*). Or
    it comes with none, the role is a person's, the original has the name, and no sentence of either text
    has both (*the clerk*, *Halden Estates*).
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
    """The nouns of a source, before a comma or complement, that `kinds.tsv` lists."""
    source = one.attribution.source
    words = () if source is None else _without_complement(side, source)
    return [word for word in words if kind_of(word)]


def _is_unresolved(side: Side, source: Span, here: Vouched) -> bool:
    """Whether a source is a pronoun, except *he* or *she* with a name as antecedent."""
    return is_pronoun(side, source) and not (
        here.names and source.of(side.text).lower() in ("he", "she")
    )


def _is_still_named(side: Side, here: Vouched, there: Vouched) -> bool:
    """Whether the sentence of the repost still has the original's source, outside content and source.

    Examples: *…, citing the official*, and *Ana Bell praised the plan, saying “…”, the agency reported*.
    """
    if any(here.names & stems for stems in sources_in(side, there.sentence)):
        return True
    own = (here.names or here.who) - there.about - there.who
    found = own & side.sentence_stems[there.sentence]
    return bool(found) and (bool(here.names) or 2 * len(found) >= len(own))


def _are_one_name(context: Context, was: frozenset[str], now: frozenset[str]) -> bool:
    """Whether two names may denote one source.

    They are similar, one is the acronym of the other, or a text has them next to each other as parts of a
    full name.
    """
    original, repost = context.original, context.repost
    return (
        is_alike(was, now)
        or is_short_for(was, original, now, repost)
        or is_short_for(now, repost, was, original)
        or any(
            _are_adjacent(*two, side)
            for two in ((was, now), (now, was))
            for side in (original, repost)
        )
    )


def _are_adjacent(first: frozenset[str], second: frozenset[str], side: Side) -> bool:
    """Whether a text has a word of `first` directly before one of `second`: given name and surname."""
    return any(
        a.stem in first and b.stem in second and b.token == a.token + 1
        for terms in side.terms
        for a, b in pairwise(terms)
    )


def _may_be_meant(original: Side, source: Span, there: Vouched) -> bool:
    """Whether the original's source is a pronoun that may refer to the name of the repost's source.

    The name must occur in the sentence of the pronoun or in one of the two before it.
    """
    i = original.sentence_of(source)
    if i is None or not is_pronoun(original, source):
        return False
    near = range(max(0, i - 2), i + 1)
    return any(there.names & original.sentence_stems[k] for k in near)


def _speaks_for(here: Vouched, there: Vouched) -> bool:
    """Whether a word such as *spokesman* occurs in only one of the two sources."""
    return any(stem.startswith("spokes") for stem in here.who ^ there.who)


def _is_known(context: Context, source: Span) -> bool:
    """Whether the original has a source that shares at least two content terms with this one."""
    own = source_stems(context.repost, source)
    return len(own) > 1 and any(
        len(own & source_stems(context.original, a.source)) > 1
        for a in context.original.annotation.attributions
        if a.source is not None
    )
