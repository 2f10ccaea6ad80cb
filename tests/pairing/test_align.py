"""Alignment of the sentences of an original and a repost."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import gold
from reframing.documents.document import Document
from reframing.documents.params import AlignParams
from reframing.documents.records import Article, Link
from reframing.documents.sentences import split
from reframing.measures.annotate import EMBEDDERS, PROFILES, Profile
from reframing.pairing.align import Embedder, align
from reframing.pairing.similarity import profile_sentences, similarity, weigh
from retold import EDITED, FERRY, ORIGINAL, RETOLD, TRIMMED, report

CRACK = "Divers found a crack of 40 centimetres in the hull of the ferry last week."
BOAT = "A smaller boat will carry 48 passengers to the island three times a day."
COST = "The repair of the engine is expected to cost the operator 1.3 million crowns."
MAYOR = "Mayor Jonas Reit warned that the school may close on stormy days."


def links(original: Article, repost: Article, **params: float) -> dict[int, tuple[int, ...]]:
    """Original sentences by repost sentence."""
    found = align(original, repost, replace(AlignParams(), **params))
    return {j: link.original for link in found for j in link.repost}


def test_copy_links_every_sentence_to_its_own() -> None:
    found = align(ORIGINAL, ORIGINAL)
    assert found == tuple(Link((i,), (i,), "copied", 1.0) for i in range(len(split(ORIGINAL))))


def test_copied_sentences_stay_linked_where_others_are_cut() -> None:
    found = links(ORIGINAL, TRIMMED)
    assert found == {j: (j,) for j in range(len(split(TRIMMED)))}


def test_sentences_are_linked_whatever_their_order() -> None:
    found = links(report("a", CRACK, BOAT, COST, MAYOR), report("b", MAYOR, COST, CRACK, BOAT))
    assert found == {0: (3,), 1: (2,), 2: (0,), 3: (1,)}


def test_sentence_that_fuses_two_is_linked_to_both() -> None:
    fused = (
        "The school may close on stormy days, mayor Jonas Reit warned, and the repair of the engine "
        "is expected to cost 1.3 million crowns."
    )
    found = links(report("a", CRACK, COST, BOAT, MAYOR), report("b", BOAT, fused))
    assert found == {0: (2,), 1: (1, 3)}


def test_sentence_that_is_split_is_linked_twice() -> None:
    whole = f"{CRACK[:-1]}, and a smaller boat will carry 48 passengers to the island."
    found = links(
        report("a", whole, COST), report("b", CRACK, "A boat will carry 48 passengers.", COST)
    )
    assert found == {0: (0,), 1: (0,), 2: (1,)}


def test_sentence_without_counterpart_is_not_linked() -> None:
    found = links(report("a", CRACK, COST), report("b", CRACK, "Nobody had asked the fishermen."))
    assert found == {0: (0,)}


def test_equal_sentences_are_linked_in_their_order() -> None:
    found = links(report("a", CRACK, BOAT, CRACK), report("b", CRACK, BOAT, CRACK))
    assert found == {0: (0,), 1: (1,), 2: (2,)}


def test_headline_takes_part_as_a_sentence() -> None:
    found = links(
        replace(report("a", CRACK, BOAT), title="Ferry to Skarholm stays in port"),
        replace(report("b", BOAT), title="Skarholm: ferry stays in port"),
    )
    assert found == {0: (0,), 1: (2,)}


def test_body_sentence_is_linked_with_the_body_before_the_headline() -> None:
    original = replace(report("a", BOAT, CRACK), title="Divers find crack in hull of ferry")
    repost = report("b", CRACK.replace("last week", "on Friday"))
    assert links(original, repost, max_merge=1) == {0: (2,)}


def test_body_sentence_is_linked_with_the_headline_where_the_body_has_nothing() -> None:
    original = replace(report("a", BOAT), title="Norrlinje may sell its ferry to Skarholm")
    assert links(original, report("b", "Norrlinje may sell the ferry to Skarholm.")) == {0: (0,)}


@pytest.mark.parametrize("other", [Article("x", ""), Article("x", "", title=""), report("x", "…")])
def test_text_without_words_is_linked_with_nothing(other: Article) -> None:
    assert align(ORIGINAL, other) == ()
    assert align(other, ORIGINAL) == ()
    assert align(other, other) == ()


def test_title_alone_is_linked() -> None:
    title = Article("a", "", title="Ferry to Skarholm stays in port")
    assert [link.relation for link in align(title, title)] == ["copied"]


def test_single_sentences_are_linked() -> None:
    assert links(report("a", CRACK), report("b", CRACK.replace("Divers", "Inspectors"))) == {
        0: (0,)
    }


def test_sentence_without_content_terms_is_linked_with_its_copy() -> None:
    original = report("a", CRACK, "Is that so?", BOAT)
    assert links(original, report("b", "Is that so?", CRACK)) == {0: (1,), 1: (0,)}


def test_relation_of_a_link_follows_word_order() -> None:
    relations = {link.repost[0]: link.relation for link in align(ORIGINAL, EDITED)}
    assert relations[2] in ("copied", "edited")
    assert "rewritten" in {link.relation for link in align(ORIGINAL, RETOLD)}


def test_links_below_the_least_score_are_left_out() -> None:
    least = links(ORIGINAL, RETOLD, min_score=0.99)
    assert 0 < len(least) < len(links(ORIGINAL, RETOLD))
    assert all(link.score >= 0.99 for link in align(ORIGINAL, RETOLD, AlignParams(min_score=0.99)))


@pytest.mark.parametrize("repost", FERRY)
def test_links_are_in_order_with_scores_that_are_shares(repost: Article) -> None:
    found = align(ORIGINAL, repost)
    assert [link.repost for link in found] == sorted(link.repost for link in found)
    for link in found:
        assert list(link.original) == sorted(set(link.original))
        assert len(link.original) <= AlignParams().max_merge
        assert 0 <= link.score <= 1


def test_a_document_gives_the_links_of_its_article() -> None:
    assert align(Document(ORIGINAL), Document(RETOLD)) == align(ORIGINAL, RETOLD)


@given(st.lists(st.sampled_from([CRACK, BOAT, COST, MAYOR, "…", "Is that so?"]), max_size=6))
@settings(max_examples=50, deadline=None)
def test_similarity_is_a_share_and_one_for_equal_words(sentences: list[str]) -> None:
    article = report("a", *sentences)
    sides = profile_sentences(Document(article))
    pair = weigh(sides, sides)
    for j, words in enumerate(sides.words):
        score = similarity(pair, j)
        assert ((score >= 0) & (score <= 1)).all()
        assert score[j] == (1 if words else 0)


def vectors(*alike: tuple[str, str]) -> Embedder:
    """An embedder to which the texts of a pair have a cosine of .6, and all others 0."""

    def embedded(texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 2 * len(alike) or 1), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for n, pair in enumerate(alike):
                if text in pair:
                    row[2 * n : 2 * n + 2] = (1, 0) if text == pair[0] else (0.6, 0.8)
        return rows

    return embedded


UNLIKE, SAME = "Nobody wants to swim there.", "It draws no bathers at all."


def test_sentences_without_common_words_are_linked_by_their_vectors() -> None:
    original, repost = report("a", CRACK, UNLIKE, BOAT), report("b", CRACK, SAME, BOAT)
    copies = {0: (0,), 2: (2,)}
    by_words, apart, near = (
        {j: link.original for link in align(original, repost, embed=embed) for j in link.repost}
        for embed in (None, vectors(), vectors((UNLIKE, SAME), (CRACK, CRACK), (BOAT, BOAT)))
    )
    assert by_words == apart == copies
    assert near == {**copies, 1: (1,)}


def test_unrelated_texts_are_linked_by_nothing() -> None:
    """The original of each event of the sample beside a report of the next; 2 % of the sentences may be."""
    originals = [gold.articles()[f"{event}/original"] for event in gold.events()]
    reports = [gold.articles()[f"{event}/independent"] for event in gold.events()]
    for profile in PROFILES:
        found = [
            link
            for original, other in zip(originals, reports[1:] + reports[:1], strict=True)
            for link in align(original, other, embed=EMBEDDERS[profile])
        ]
        assert len(found) <= 0.02 * sum(len(split(article)) for article in reports)


@pytest.mark.parametrize("profile", PROFILES)
def test_an_excerpt_is_linked_like_the_whole(profile: Profile) -> None:
    """Two sentences stand alone, the one of them edited."""
    for changed in (
        CRACK.replace("40", "60"),
        CRACK.replace("Divers found", "They saw"),
        CRACK[17:],
    ):
        found = align(report("a", CRACK), report("b", changed), embed=EMBEDDERS[profile])
        assert [(link.original, link.repost) for link in found] == [((0,), (0,))]
    assert align(report("a", CRACK), report("b", MAYOR), embed=EMBEDDERS[profile]) == ()


def found_links(original: Article, repost: Article, embed: Embedder | None) -> gold.Linked:
    a, b = split(original), split(repost)
    return {
        (a[i].span, b[j].span)
        for link in align(original, repost, embed=embed)
        for i in link.original
        for j in link.repost
    }


FLOORS = {
    "full": (
        (gold.REPOSTS, gold.FLOORS["links"]),
        (("retelling",), gold.FLOORS["retold links"]),
        (("independent",), 0.67),
    ),
    "lexicon": ((gold.REPOSTS, 0.960), (("retelling",), 0.936), (("independent",), 0.62)),
}


@pytest.mark.parametrize("profile", PROFILES)
def test_sample_alignment_keeps_its_floors(profile: Profile) -> None:
    """F1 over linked pairs of sentences."""
    for kinds, floor in FLOORS[profile]:
        right = found = expected = 0
        for pair in gold.pairs():
            if pair["kind"] in kinds:
                a, b = (gold.articles()[pair[side]] for side in ("original", "repost"))
                ours, theirs = found_links(a, b, EMBEDDERS[profile]), gold.linked(pair)
                right, found = right + len(ours & theirs), found + len(ours)
                expected += len(theirs)
        assert gold.f1(right, found, expected) >= floor
