"""From pairs to the pairs of the study: one original a repost, and the nulls."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gold
from reframing.align import align
from reframing.annotate import annotate
from reframing.pairing import find_pairs
from reframing.params import CompareParams, StudyParams
from reframing.profiles import DEFAULT
from reframing.records import Aligned, Article, Pair, Relation, StudyPair, Target
from reframing.segment.sentences import split
from reframing.segment.tokens import words
from reframing.stages.compare import studied
from reframing.study import (
    connected_stories,
    repost_of,
    study_pairs,
    swapped,
    typographic_copy,
)
from retold import EDITED, ELSEWHERE, FERRY, INDEPENDENT, ORIGINAL, RETOLD, TRIMMED


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


def test_pairs_without_direction_are_no_reposts() -> None:
    undetermined = pair("a", "b", direction="undetermined", confidence=0.0)
    assert study_pairs(articles("ab"), [undetermined]) == []


def test_siblings_are_no_reposts_of_each_other() -> None:
    sibling = pair("b", "c", direction="common-source", evidence=("sibling:a", "published"))
    found = study_pairs(articles("abc"), [pair("a", "b"), pair("a", "c"), sibling])
    assert of("repost", found) == [("a", "b"), ("a", "c")]


def test_fullest_copy_stands_for_an_agency_report_that_is_not_there() -> None:
    agency = {"direction": "common-source", "confidence": 0.8, "evidence": ("agency:ap",)}
    longest = [*articles("ac"), Article("b", "The longest text of all.")]
    pairs = [pair("a", "b", **agency), pair("a", "c", **agency), pair("b", "c", **agency)]
    found = study_pairs(longest, pairs)
    assert of("repost", found) == [("b", "a"), ("b", "c")]
    assert {p.direction for p in found if p.condition == "repost"} == {"common-source"}


def test_kind_is_what_the_corpus_declares_else_the_relation() -> None:
    declared = [*articles("a"), *articles("b", kind="tabloid"), *articles("c")]
    found = study_pairs(declared, [pair("a", "b"), pair("a", "c", "trimmed")])
    assert [p.kind for p in found if p.condition == "repost"] == ["tabloid", "trimmed"]


# Nulls


def test_every_original_is_set_against_its_copy_once() -> None:
    found = study_pairs(articles("abc"), [pair("a", "b"), pair("a", "c")])
    assert of("copy", found) == [("a", "a#copy")]


def test_every_repost_pair_is_swapped() -> None:
    found = study_pairs(articles("abc"), [pair("a", "b"), pair("a", "c", "trimmed")])
    assert of("swapped", found) == [("b", "a"), ("c", "a")]


def test_swapped_pair_has_both_ids_swapped_and_all_else_kept() -> None:
    (repost,) = (
        p for p in study_pairs(articles("ab"), [pair("a", "b")]) if p.condition == "repost"
    )
    turned = swapped(repost)
    assert (turned.id, turned.original, turned.repost) == ("b→a", "b", "a")
    assert replace(turned, id="a→b", original="a", repost="b", condition="repost") == repost


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


def test_cap_holds_for_each_original() -> None:
    reports = [same_event(original, id) for original in "ac" for id in "uvw"]
    params = StudyParams(independents_per_original=1)
    found = study_pairs(articles("abcduvw"), [pair("a", "b"), pair("c", "d"), *reports], params)
    assert of("independent", found) == [("a", "u"), ("c", "u")]


# Clusters and order


def test_connected_articles_are_one_story() -> None:
    chosen = [(pair("b", "c"), "b"), (pair("a", "c"), "a"), (pair("x", "y"), "x")]
    assert connected_stories(chosen) == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x"}


def test_story_is_the_cluster_of_all_its_pairs() -> None:
    pairs = [pair("a", "b"), pair("b", "c"), pair("x", "y"), same_event("a", "x")]
    found = study_pairs(articles("abcxy"), pairs)
    assert {p.event for p in found if p.original in "abc"} == {"a"}
    assert {p.event for p in found if p.original in "xy"} == {"x"}


def test_declared_event_is_the_cluster() -> None:
    found = study_pairs(articles("abx", event="flood"), [pair("a", "b"), same_event("a", "x")])
    assert {p.condition for p in found} == {"repost", "swapped", "copy", "independent"}
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
    assert conditions["repost"] == conditions["swapped"] == len(gold.REPOSTS) * n_events
    assert conditions["copy"] == len({p.event for p in found}) == n_events
    assert conditions["independent"] >= 0.9 * n_events


# Copies


@pytest.mark.parametrize("article", [*FERRY, ELSEWHERE, *list(gold.articles().values())[::10]])
def test_typographic_copy_has_the_words_and_sentences_of_the_article(article: Article) -> None:
    copy = typographic_copy(article)
    assert list(words(copy.text)) == list(words(article.text))
    assert [s.section for s in split(copy)] == [s.section for s in split(article)]


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("“We’ll sail,” she said", '"We\'ll sail," she said'),
        ("It's the ferry's hull", "It’s the ferry’s hull"),
        ("10 boats – or more…", "10 boats - or more..."),
        ("nothing to set", "nothing to set"),
    ],
)
def test_typographic_copy_changes_marks_alone(text: str, copy: str) -> None:
    assert typographic_copy(Article("a", text)).body == copy
    assert typographic_copy(Article("a", "x", title=text)).title == copy


@given(st.text(alphabet="ab 'é“”‘’…\u00a0", max_size=40))
@settings(max_examples=50, deadline=None)
def test_copy_of_a_copy_has_the_length_relations_of_its_marks(text: str) -> None:
    copy = typographic_copy(Article("a", text)).body
    assert len(copy) == len(text) + 2 * text.count("…")


def test_typographic_copy_keeps_all_but_id_text_and_targets() -> None:
    article = replace(ORIGINAL, targets=(Target((0, 5)),), event="ferry")
    copy = typographic_copy(article)
    assert copy.id == f"{ORIGINAL.id}#copy"
    assert copy.targets == ()
    kept = {"id": article.id, "title": article.title, "body": article.body}
    assert replace(copy, targets=article.targets, **kept) == article


def test_repost_of_a_copy_pair_is_made_and_of_every_other_looked_up() -> None:
    by_id = {
        "a": Article("a", "It's so."),
        "b": Article("b", "B."),
        "a#copy": Article("a#copy", "C."),
    }
    found = study_pairs(list(by_id.values()), [pair("a", "b")])
    bodies = {p.condition: repost_of(p, by_id).body for p in found}
    assert bodies == {"repost": "B.", "swapped": "It's so.", "copy": "It’s so."}


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
