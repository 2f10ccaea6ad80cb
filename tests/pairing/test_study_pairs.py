"""From pairs to the pairs of the study: one original a repost, and the nulls."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gold
from reframing.documents.params import CompareParams, StudyParams
from reframing.documents.records import Aligned, Article, Pair, Relation, StudyPair
from reframing.measures.annotate import DEFAULT, annotate
from reframing.pairing.align import align
from reframing.pairing.pair import find_pairs
from reframing.pairing.study_pairs import (
    connected_stories,
    repost_of,
    study_pairs,
    turned,
    typographic_copy,
)
from reframing.stages.compare_pairs import studied
from retold import EDITED, FERRY, INDEPENDENT, ORIGINAL, RETOLD, TRIMMED


def articles(ids: str, **fields: str) -> list[Article]:
    return [Article(id, f"Text {id}.", **fields) for id in ids]


def pair(
    a: str,
    b: str,
    relation: Relation = "edited",
    direction: str = "a→b",
    confidence: float = 0.6,
    evidence: tuple[str, ...] = ("published",),
    score: float = 0.5,
) -> Pair:
    return Pair(a, b, relation, direction, confidence, evidence, score)


def same_event(a: str, b: str, score: float = 0.5) -> Pair:
    return pair(a, b, "same-event", "undetermined", 0.0, (), score)


def of(condition: str, found: list[StudyPair]) -> list[tuple[str, str]]:
    return [(pair.original, pair.repost) for pair in found if pair.condition == condition]


# Reposts


def test_original_is_the_side_that_came_first() -> None:
    found = study_pairs(articles("abcd"), [pair("a", "b"), pair("c", "d", direction="b→a")])
    assert of("repost", found) == [("a", "b"), ("d", "c")]


@pytest.mark.parametrize(
    ("closer", "farther"),
    [
        ({"relation": "rewritten", "evidence": ("declared",)}, {"relation": "verbatim"}),
        ({"relation": "edited", "score": 0.3}, {"relation": "rewritten", "score": 0.99}),
        ({"score": 0.6}, {"score": 0.5}),
        ({"confidence": 0.7}, {"confidence": 0.6}),
    ],
    ids=["declared", "relation", "score", "confidence"],
)
def test_repost_is_paired_with_its_closest_original_alone(closer: dict, farther: dict) -> None:
    for near, far in (("a", "b"), ("b", "a")):
        found = study_pairs(articles("abc"), [pair(near, "c", **closer), pair(far, "c", **farther)])
        assert of("repost", found) == [(near, "c")]


@pytest.mark.parametrize(
    ("direction", "evidence"), [("undetermined", ()), ("common-source", ("agency:upi",))]
)
def test_pair_without_direction_is_there_to_be_counted(direction: str, evidence: tuple) -> None:
    untold = pair("a", "b", direction=direction, confidence=0.8, evidence=evidence)
    (found,) = study_pairs(articles("ab"), [untold])
    assert (found.condition, found.direction, found.confidence) == ("repost", direction, 0.0)


def test_article_without_a_directed_pair_is_counted_once_with_its_closest_relative() -> None:
    untold = {"direction": "undetermined", "confidence": 0.0, "evidence": ()}
    pairs = [
        pair("a", "b"),
        pair("a", "c", score=0.4, **untold),
        pair("c", "d", score=0.9, **untold),
        pair("b", "d", score=0.5, **untold),
    ]
    found = study_pairs(articles("abcd"), pairs)
    assert of("repost", found) == [("a", "b"), ("c", "d")]


def test_siblings_are_no_reposts_of_each_other() -> None:
    sibling = pair("b", "c", direction="common-source", evidence=("sibling:a", "published"))
    found = study_pairs(articles("abc"), [pair("a", "b"), pair("a", "c"), sibling])
    assert of("repost", found) == [("a", "b"), ("a", "c")]


def test_longest_copy_of_an_agency_report_does_not_stand_for_it() -> None:
    agency = {"direction": "common-source", "confidence": 0.8, "evidence": ("agency:upi",)}
    longest = [*articles("ac"), Article("b", "The longest text of all.")]
    pairs = [pair("a", "b", **agency), pair("a", "c", **agency), pair("b", "c", **agency)]
    found = study_pairs(longest, pairs)
    assert {p.direction for p in found} == {"common-source"}
    assert {p.condition for p in found} == {"repost"}


def test_versions_of_one_outlet_are_revisions_beside_reposts() -> None:
    texts = [*articles("abd", outlet="The Gull"), *articles("c", outlet="The Tern")]
    pairs = [pair("a", "b", "verbatim"), pair("a", "c"), pair("c", "b"), pair("d", "a", "trimmed")]
    found = study_pairs(texts, pairs)
    assert of("revision", found) == [("a", "b"), ("d", "a")]
    assert of("repost", found) == [("a", "c"), ("c", "b")]


def test_outlet_that_reports_again_in_other_words_makes_no_revision() -> None:
    texts = articles("ab", outlet="The Gull")
    assert study_pairs(texts, [pair("a", "b", "rewritten")]) == []
    declared = pair("a", "b", "rewritten", evidence=("declared",))
    assert of("revision", study_pairs(texts, [declared])) == [("a", "b")]


def test_versions_of_no_named_outlet_are_reposts() -> None:
    assert of("revision", study_pairs(articles("ab"), [pair("a", "b")])) == []


def test_kind_is_what_the_corpus_declares_else_the_relation() -> None:
    declared = [*articles("a"), *articles("b", kind="tabloid"), *articles("c")]
    found = study_pairs(declared, [pair("a", "b"), pair("a", "c", "trimmed")])
    assert [p.kind for p in found if p.condition == "repost"] == ["tabloid", "trimmed"]


# Nulls


def test_every_original_is_set_against_its_copy_once() -> None:
    found = study_pairs(articles("abc"), [pair("a", "b"), pair("a", "c")])
    assert of("copy", found) == [("a", "a#copy")]


def test_turning_a_pair_twice_gives_the_pair() -> None:
    (repost,) = [
        p for p in study_pairs(articles("ab"), [pair("a", "b")]) if p.condition == "repost"
    ]
    assert (turned(repost).original, turned(repost).repost) == (repost.repost, repost.original)
    assert turned(turned(repost)) == repost


def test_reports_of_the_event_are_independent_of_its_original() -> None:
    found = study_pairs(
        articles("abx"), [pair("a", "b"), same_event("a", "x"), same_event("b", "x")]
    )
    assert of("independent", found) == [("a", "x")]


def test_article_of_the_same_story_is_no_independent_report() -> None:
    found = study_pairs(articles("abc"), [pair("a", "b"), pair("b", "c"), same_event("a", "c")])
    assert of("independent", found) == []


def test_reports_without_a_repost_between_them_are_not_studied() -> None:
    assert study_pairs(articles("ab"), [same_event("a", "b")]) == []


def test_independent_reports_are_capped_at_the_closest() -> None:
    scores = {"u": 0.4, "v": 0.8, "w": 0.6, "x": 0.8}
    reports = [same_event("a", id, score) for id, score in scores.items()]
    params = StudyParams(independents_per_original=3)
    found = study_pairs(articles("abuvwx"), [pair("a", "b"), *reports], params)
    assert of("independent", found) == [("a", "v"), ("a", "w"), ("a", "x")]


def test_report_is_independent_of_its_closest_original_alone() -> None:
    scores = {("a", "u"): 0.7, ("a", "v"): 0.8, ("c", "u"): 0.9, ("c", "v"): 0.6, ("c", "w"): 0.5}
    reports = [same_event(a, b, score) for (a, b), score in scores.items()]
    found = study_pairs(articles("abcduvw"), [pair("a", "b"), pair("c", "d"), *reports])
    assert of("independent", found) == [("a", "v"), ("c", "u"), ("c", "w")]


def test_report_that_its_closest_original_has_no_room_for_goes_to_the_next() -> None:
    reports = [same_event("a", "u", 0.9), same_event("a", "v", 0.8), same_event("c", "v", 0.7)]
    params = StudyParams(independents_per_original=1)
    found = study_pairs(articles("abcduv"), [pair("a", "b"), pair("c", "d"), *reports], params)
    assert of("independent", found) == [("a", "u"), ("c", "v")]


def test_article_that_shares_text_with_the_story_is_no_independent_report() -> None:
    shared = pair("b", "x", direction="common-source", evidence=("sibling:a",))
    texts = [*articles("abx")]
    found = study_pairs(texts, [pair("a", "b"), pair("a", "x"), shared, same_event("a", "x")])
    assert of("independent", found) == []


def test_report_of_another_declared_event_is_not_independent_of_this_one() -> None:
    texts = [*articles("ab", event="flood"), *articles("x", event="fire"), *articles("y")]
    pairs = [pair("a", "b"), same_event("a", "x"), same_event("a", "y")]
    assert of("independent", study_pairs(texts, pairs)) == [("a", "y")]


# Corpora without direction


def test_versions_are_studied_in_both_orders_without_direction() -> None:
    pairs = [pair("a", "b"), pair("b", "c", "trimmed", "b→a"), same_event("a", "x")]
    found = study_pairs(articles("abcx"), pairs, directed=False)
    assert of("version", found) == [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]
    assert of("independent", found) == [("a", "x"), ("x", "a")]
    assert of("copy", found) == [(id, f"{id}#copy") for id in "abc"]
    assert {p.condition for p in found} == {"version", "independent", "copy"}
    versions = [p for p in found if p.condition == "version"]
    assert {(p.direction, p.confidence) for p in versions} == {("undetermined", 1.0)}
    assert Counter(p.kind for p in versions) == {"edited": 2, "trimmed": 2}


def test_direction_of_a_pair_changes_nothing_in_a_corpus_without_direction() -> None:
    def versions(direction: str) -> list[StudyPair]:
        pairs = [
            pair("a", "b", direction=direction),
            pair("b", "c", direction=direction, score=0.4),
        ]
        return study_pairs(articles("abc"), pairs, directed=False)

    assert versions("a→b") == versions("b→a") == versions("undetermined")


# Clusters and order


def test_connected_articles_are_one_story() -> None:
    links = [("b", "c"), ("a", "c"), ("x", "y")]
    assert connected_stories(links) == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x"}


RELATED = st.lists(
    st.builds(
        lambda ids, relation, direction, score: pair(
            *sorted(ids), relation, direction, 0.6, ("published",), score
        ),
        st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=2, unique=True),
        st.sampled_from(["verbatim", "edited", "rewritten", "same-event"]),
        st.sampled_from(["a→b", "b→a", "common-source", "undetermined"]),
        st.sampled_from([0.4, 0.6, 0.8]),
    ),
    max_size=20,
    unique_by=lambda pair: (pair.a, pair.b),
)
FACTS = st.fixed_dictionaries(
    {"event": st.sampled_from([None, "flood", "fire"]), "outlet": st.sampled_from([None, "Gull"])}
)


@given(RELATED, st.lists(FACTS, min_size=8, max_size=8), st.booleans(), st.randoms())
@settings(max_examples=200, deadline=None)
def test_no_article_is_in_two_events_and_order_does_not_matter(
    pairs: list[Pair], facts: list[dict], directed: bool, random: Random
) -> None:
    texts = [Article(id, id, **fact) for id, fact in zip("abcdefgh", facts, strict=True)]
    found = study_pairs(texts, pairs, directed=directed)
    events: dict[str, set[str]] = {}
    for one in found:
        for id in (one.original, one.repost.removesuffix("#copy")):
            events.setdefault(id, set()).add(one.event)
    assert all(len(names) == 1 for names in events.values())
    declared = {article.id: article.event for article in texts}
    for one in found:
        sides = {declared[one.original], declared[one.repost.removesuffix("#copy")]} - {None}
        assert len(sides) < 2
    reports = Counter(one.repost for one in found if one.condition == "independent")
    assert max(reports.values(), default=0) <= (1 if directed else 5)
    random.shuffle(texts)
    random.shuffle(pairs)
    assert study_pairs(texts, pairs, directed=directed) == found


def test_story_is_the_cluster_of_all_its_pairs() -> None:
    pairs = [pair("a", "b"), pair("b", "c"), pair("x", "y"), same_event("a", "x")]
    found = study_pairs(articles("abcxy"), pairs)
    assert {p.event for p in found if p.original in "abc"} == {"a"}
    assert {p.event for p in found if p.original in "xy"} == {"x"}


def test_declared_event_is_the_cluster() -> None:
    found = study_pairs(articles("abx", event="flood"), [pair("a", "b"), same_event("a", "x")])
    assert {p.condition for p in found} == {"repost", "copy", "independent"}
    assert {p.event for p in found} == {"flood"}


def test_pairs_are_sorted_with_ids_of_their_own() -> None:
    found = study_pairs(FERRY, find_pairs(FERRY))
    assert [(p.condition, p.id) for p in found] == sorted((p.condition, p.id) for p in found)
    assert max(Counter((p.condition, p.id) for p in found).values()) == 1


def test_order_of_articles_and_pairs_does_not_matter() -> None:
    pairs = find_pairs(FERRY)
    assert study_pairs(FERRY, pairs) == study_pairs(FERRY[::-1], pairs[::-1])


def test_each_repost_of_the_story_is_paired_with_the_original() -> None:
    found = study_pairs(FERRY, find_pairs(FERRY))
    assert set(of("repost", found)) == {(ORIGINAL.id, r.id) for r in (TRIMMED, EDITED, RETOLD)}
    assert of("independent", found) == [(ORIGINAL.id, INDEPENDENT.id)]


def test_sample_has_the_nulls_of_every_original() -> None:
    sample = list(gold.articles().values())
    n_events = len(gold.events())
    found = study_pairs(sample, find_pairs(sample))
    conditions = Counter(p.condition for p in found)
    assert conditions["repost"] == len(gold.REPOSTS) * n_events
    assert conditions["copy"] == len({p.event for p in found}) == n_events
    assert conditions["independent"] >= 0.9 * n_events


# Copies


def test_repost_of_a_copy_pair_is_made_and_of_every_other_looked_up() -> None:
    by_id = {
        "a": Article("a", "It's so."),
        "b": Article("b", "B."),
        "a#copy": Article("a#copy", "C."),
    }
    found = study_pairs(list(by_id.values()), [pair("a", "b")])
    bodies = {p.condition: repost_of(p, by_id).body for p in found}
    assert bodies == {"repost": "B.", "copy": "It’s so."}


# Studied pairs


def study(condition: str, original: Article, repost: Article) -> StudyPair:
    return StudyPair(
        id=f"{original.id}→{repost.id}",
        event="ferry",
        kind="edited",
        condition=condition,
        relation="edited",
        direction="original→repost",
        confidence=0.6,
        original=original.id,
        repost=repost.id,
    )


def test_studied_pair_has_its_comparison_and_measures_side_by_side() -> None:
    aligned = Aligned(study("repost", ORIGINAL, EDITED), align(ORIGINAL, EDITED))
    task = (aligned, ORIGINAL, EDITED, annotate(ORIGINAL), annotate(EDITED))
    result = studied(CompareParams(), DEFAULT, task)
    assert result.comparison.id == aligned.pair.id
    assert result.comparison.relation == "edited"
    assert result.comparison.alignment == aligned.links
    assert len(result.original_measures) == len(result.comparison.original_sentences)
    assert len(result.repost_measures) == len(result.comparison.repost_sentences)


def test_copy_without_annotation_is_annotated() -> None:
    copy = typographic_copy(ORIGINAL)
    aligned = Aligned(study("copy", ORIGINAL, copy), align(ORIGINAL, copy))
    result = studied(CompareParams(), DEFAULT, (aligned, ORIGINAL, copy, annotate(ORIGINAL), None))
    assert result.comparison.moves == ()
    assert result.original_measures == result.repost_measures
