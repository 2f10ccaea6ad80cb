"""Pairs among articles: candidates, evidence, relation, direction, siblings."""

import math
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gold
from reframing.documents.errors import InputError
from reframing.documents.params import PairParams
from reframing.documents.records import RELATIONS, Article, Pair
from reframing.pairing.evidence import (
    Profile,
    compare_profiles,
    cosine,
    days_between,
    parse_time,
    profile,
    run_hashes,
)
from reframing.pairing.pair import (
    candidate_pairs,
    find_pairs,
    judge,
    near_duplicates,
    rare_term_pairs,
)
from retold import (
    EDITED,
    ELSEWHERE,
    FERRY,
    INDEPENDENT,
    ORIGINAL,
    REPOSTS,
    RETOLD,
    TRIMMED,
    report,
)

PARAMS = PairParams()


def profiled(article: Article) -> Profile:
    return profile(article, PARAMS.shingle_words)


def judged(a: Article, b: Article) -> Pair:
    return judge(profiled(a), profiled(b), PARAMS)


def undated(article: Article, **fields: str | None) -> Article:
    return replace(article, **({"published": None, "outlet": None} | fields))


COPY = undated(ORIGINAL, id="ferry/9-copy")


# Relation


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        (COPY, "verbatim"),
        (TRIMMED, "trimmed"),
        (EDITED, "edited"),
        (RETOLD, "rewritten"),
        (INDEPENDENT, "same-event"),
        (ELSEWHERE, "unrelated"),
    ],
)
def test_relation_is_told_from_the_text(other: Article, relation: str) -> None:
    assert judged(ORIGINAL, other).relation == relation
    assert judged(other, ORIGINAL).relation == relation


@pytest.mark.parametrize("other", [*FERRY, ELSEWHERE])
def test_score_is_a_share(other: Article) -> None:
    assert 0 <= judged(ORIGINAL, other).score <= 1


@pytest.mark.parametrize("other", [TRIMMED, EDITED, RETOLD, INDEPENDENT])
@pytest.mark.parametrize("field", ["published", "retrieved"])
def test_related_articles_lie_within_days_of_each_other(other: Article, field: str) -> None:
    first = replace(ORIGINAL, published=None, retrieved=None)
    dates = {"published": None, field: "2024-05-04T07:10:00Z"}
    late = judged(replace(first, **{field: ORIGINAL.published}), replace(other, **dates))
    near = judged(
        replace(first, **{field: ORIGINAL.published}),
        replace(other, **{"published": None, field: "2024-03-09"}),
    )
    assert (late.relation, late.direction) == ("unrelated", "undetermined")
    assert near.relation != "unrelated"


def test_declared_repost_is_one_however_late() -> None:
    late = replace(EDITED, published="2024-09-04", original=ORIGINAL.id)
    assert judged(ORIGINAL, late).relation == "edited"


BUTTONS = (
    "Post this on your wall\nSend it to a friend of yours\nType in your town or its postcode\n"
    "Win two seats for the match on Sunday\nMany more stories like this one for you"
)


def test_lines_that_are_no_running_text_tie_no_articles_together() -> None:
    plain = judged(undated(ORIGINAL), undated(ELSEWHERE))
    a, b = (undated(a, body=f"{BUTTONS}\n{a.body}{BUTTONS}") for a in (ORIGINAL, ELSEWHERE))
    assert judged(a, b) == plain


def test_shared_quotation_alone_is_no_edit() -> None:
    said = '"We will not sail with a damaged hull, not tomorrow, not next week and not in April."'
    a = report("a", f"The head of the ferry line spoke on Monday. {said}")
    b = report("b", f"Nobody on the quay was glad of what came next. {said}")
    evidence = compare_profiles(profiled(a), profiled(b))
    assert evidence.containment >= PARAMS.edited
    assert evidence.prose == 0
    assert judged(a, b).relation not in ("edited", "trimmed", "verbatim")


def test_declared_repost_is_one_whatever_its_words() -> None:
    declared = replace(ELSEWHERE, original=ORIGINAL.id)
    pair = judged(ORIGINAL, declared)
    assert pair.relation == "rewritten"
    assert pair.direction == "a→b"
    assert pair.evidence[0] == "declared"


# Evidence


def test_shares_run_both_ways() -> None:
    evidence = compare_profiles(profiled(ORIGINAL), profiled(TRIMMED))
    assert evidence.b_in_a == 1
    assert 0.3 < evidence.a_in_b < 0.9
    assert evidence.containment == 1


def test_article_has_everything_that_it_has_itself() -> None:
    evidence = compare_profiles(profiled(ORIGINAL), profiled(ORIGINAL))
    assert (evidence.a_in_b, evidence.details_a_in_b, evidence.prose_a_in_b) == (1, 1, 1)
    assert evidence.cosine == pytest.approx(1)


def test_quoted_words_are_in_no_run_of_prose() -> None:
    one = profiled(
        report("a", 'She said "we will not sail at all" on a wet Monday in the old port.')
    )
    two = profiled(report("b", 'She said "they may go home now" on a wet Monday in the old port.'))
    assert np.array_equal(one.prose, two.prose)
    assert (
        len(one.prose) == len("on a wet Monday in the old port".split()) - PARAMS.shingle_words + 1
    )


def test_hash_of_a_run_depends_on_its_words_and_their_order() -> None:
    runs = run_hashes("a b c a b c c b a".split(), 3)
    assert len(runs) == 7
    assert runs[0] == runs[3]
    assert len(set(runs.tolist())) == 6


def test_hashes_are_the_same_in_every_process() -> None:
    assert run_hashes(["ferry"], 5).tolist() == [7949881795909877008]


def test_text_shorter_than_a_run_is_one_run() -> None:
    short = profiled(report("a", "Ferry back."))
    assert len(short.shingles) == 1
    assert len(short.prose) == 0


@pytest.mark.parametrize("text", ["", "…", "—\n—"])
def test_text_without_words_shares_nothing(text: str) -> None:
    empty = profiled(Article("a", text))
    evidence = compare_profiles(empty, profiled(ORIGINAL))
    assert math.isnan(evidence.a_in_b)
    assert evidence.b_in_a == evidence.containment == evidence.prose == evidence.cosine == 0
    assert judged(Article("a", text), Article("b", text)).relation == "unrelated"


@given(st.lists(st.sampled_from("ferry hull port crack boat storm".split()), max_size=8))
@settings(max_examples=50, deadline=None)
def test_cosine_is_symmetric_and_a_share(words: list[str]) -> None:
    a, b = profiled(report("a", " ".join(words))), profiled(report("b", "the ferry in the port"))
    assert cosine(a, b) == cosine(b, a)
    assert 0 <= cosine(a, b) <= 1 + 1e-12


@pytest.mark.parametrize("published", [None, "", "yesterday", "4 March 2024"])
def test_time_that_is_no_iso_time_is_unknown(published: str | None) -> None:
    assert parse_time(published) is None


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2024-03-04T00:00:00Z", "2024-03-05T12:00:00Z", 1.5),
        ("2024-03-04T23:00:00-02:00", "2024-03-05T01:00:00Z", 0),
        ("2024-03-04", "2024-03-04T18:00:00Z", 0),
        ("2024-03-04", "2024-03-05T00:30:00Z", 1),
        ("2024-03-04T10:00:00", "2024-03-04T11:00:00Z", 1 / 24),
        (None, "2024-03-04", None),
    ],
)
def test_days_are_counted_as_exactly_as_both_are_dated(
    a: str | None, b: str | None, days: float | None
) -> None:
    first, second = (profiled(replace(ORIGINAL, published=date)) for date in (a, b))
    assert days_between(first, second) == (days if days is None else pytest.approx(days))


# Direction


def test_earlier_publication_comes_first() -> None:
    pair = judged(ORIGINAL, EDITED)
    assert pair.direction == "a→b"
    assert "published" in pair.evidence
    assert judged(EDITED, ORIGINAL).direction == "b→a"


@pytest.mark.parametrize("other", [TRIMMED, EDITED, RETOLD])
def test_length_says_nothing_of_who_came_first(other: Article) -> None:
    pair = judged(undated(other), undated(ORIGINAL))
    assert (pair.direction, pair.confidence, pair.evidence) == ("undetermined", 0.0, ())


def test_when_a_page_was_saved_says_nothing_of_who_came_first() -> None:
    first = undated(ORIGINAL, retrieved="2024-03-04T07:40:00Z")
    assert judged(first, undated(EDITED, retrieved="2024-03-05")).direction == "undetermined"


def test_byline_of_another_outlet_comes_second() -> None:
    first = undated(ORIGINAL, outlet="ternpost.org")
    pair = judged(undated(TRIMMED, outlet="Coast Wire", byline="By Ida Holm, The Tern Post"), first)
    assert (pair.direction, pair.evidence) == ("b→a", ("credit",))


def test_byline_of_an_outlet_whose_text_is_not_shared_directs_no_pair() -> None:
    first = undated(ORIGINAL, outlet="ternpost.org")
    assert judged(first, undated(RETOLD, byline="The Tern Post")).direction == "undetermined"


def test_outlet_that_is_merely_mentioned_is_no_credit() -> None:
    told = EDITED.body + "Reit told the Tern Post that he would resign."
    first = undated(ORIGINAL, outlet="The Tern Post")
    assert judged(first, undated(EDITED, body=told)).direction == "undetermined"


def test_article_that_names_the_other_outlet_comes_second() -> None:
    credited = undated(EDITED, body=EDITED.body + "The Tern Post first reported the crack.")
    pair = judged(credited, undated(ORIGINAL, outlet="The Tern Post"))
    assert pair.direction == "b→a"
    assert pair.evidence[0] == "credit"


def test_site_of_the_agency_comes_first() -> None:
    own = undated(ORIGINAL, outlet="www.reuters.com")
    pair = judged(undated(EDITED, outlet="Harbour Day", byline="Reuters"), own)
    assert pair.direction == "b→a"
    assert pair.evidence[0] == "agency"


def test_two_copies_of_an_agency_report_have_a_common_source() -> None:
    a = replace(ORIGINAL, body="TERN (AP) — " + ORIGINAL.body)
    b = replace(EDITED, byline="Associated Press")
    pair = judged(a, b)
    assert pair.direction == "common-source"
    assert pair.evidence == ("agency:ap",)


def test_declaration_outweighs_every_other_sign() -> None:
    late = replace(ORIGINAL, published="2024-03-09T00:00:00Z")
    pair = judged(late, replace(TRIMMED, original=ORIGINAL.id))
    assert pair.direction == "a→b"


def test_copies_of_which_nothing_is_known_have_no_direction() -> None:
    pair = judged(undated(ORIGINAL), COPY)
    assert (pair.direction, pair.confidence) == ("undetermined", 0.0)


def test_independent_reports_have_no_direction() -> None:
    assert judged(ORIGINAL, INDEPENDENT).direction == "undetermined"


@pytest.mark.parametrize("other", [*REPOSTS, INDEPENDENT, ELSEWHERE])
def test_swapped_articles_swap_the_direction(other: Article) -> None:
    turned = {"a→b": "b→a", "b→a": "a→b"}
    one, two = judged(ORIGINAL, other), judged(other, ORIGINAL)
    assert two.direction == turned.get(one.direction, one.direction)
    assert (two.score, two.confidence) == (one.score, one.confidence)


# Candidates


def test_copies_are_near_duplicates_and_other_events_are_not() -> None:
    profiles = [profiled(article) for article in (ELSEWHERE, ORIGINAL, TRIMMED)]
    assert near_duplicates(profiles, PARAMS) == {(1, 2)}


def copies(n: int, **fields: str | None) -> list[Article]:
    """Copies of one text without dates, with ids in order."""
    return [undated(ORIGINAL, id=f"copy/{i:03}", **fields) for i in range(n)]


def test_few_copies_are_paired_with_each_other() -> None:
    profiles = [profiled(article) for article in copies(4)]
    assert len(near_duplicates(profiles, PARAMS)) == 6


def test_each_of_very_many_copies_is_paired_with_the_first() -> None:
    profiles = [profiled(article) for article in copies(40)]
    pairs = near_duplicates(profiles, replace(PARAMS, max_bucket=10))
    assert pairs == {(0, i) for i in range(1, 40)}


def test_pairs_of_very_many_copies_grow_linearly() -> None:
    few, many = (
        len(near_duplicates([profiled(article) for article in copies(n)], PARAMS))
        for n in (PARAMS.max_bucket + 40, 2 * (PARAMS.max_bucket + 40))
    )
    assert 0 < few <= many < 2.5 * few


def test_each_near_copy_of_very_many_is_paired_with_one() -> None:
    crowd = [
        replace(
            article, body=f"{article.body}\nReaders of edition {i} were told of it on page {i}."
        )
        for i, article in enumerate(copies(40))
    ]
    pairs = near_duplicates([profiled(article) for article in crowd], replace(PARAMS, max_bucket=3))
    partners = Counter(later for _, later in pairs)
    assert partners.keys() == set(range(1, 40))
    assert max(partners.values()) <= 3


def test_very_many_copies_are_paired_with_the_earliest() -> None:
    days = [*range(2, 14), 1]
    dated = [
        replace(article, published=f"2024-05-{day:02}T08:00:00Z")
        for day, article in zip(days, copies(13), strict=True)
    ]
    pairs = find_pairs(dated, replace(PARAMS, max_bucket=5))
    assert {(pair.b, pair.direction) for pair in pairs} == {("copy/012", "b→a")}
    assert [pair.a for pair in pairs] == [article.id for article in dated[:-1]]


def test_very_many_copies_over_months_are_paired_within_the_days_allowed() -> None:
    dated = [
        replace(article, published=f"2024-{month:02}-{day:02}T08:00:00Z")
        for article, (month, day) in zip(
            copies(12), [(m, d) for m in (3, 5) for d in range(1, 7)], strict=True
        )
    ]
    pairs = find_pairs(dated, replace(PARAMS, max_bucket=5))
    firsts = Counter(pair.a for pair in pairs)
    assert firsts == {"copy/000": 5, "copy/006": 5}


def test_an_agency_s_own_copy_is_the_first_of_very_many_without_dates() -> None:
    crowd = [*copies(9, outlet="Orby Post"), undated(ORIGINAL, id="wire", outlet="Reuters")]
    pairs = find_pairs(crowd, replace(PARAMS, max_bucket=5))
    assert {pair.b for pair in pairs} == {"wire"}


def test_it_is_said_how_many_copies_are_not_all_paired() -> None:
    told: list[int] = []
    find_pairs([*copies(12), ELSEWHERE], replace(PARAMS, max_bucket=5), on_crowd=told.append)
    find_pairs(copies(4), replace(PARAMS, max_bucket=5), on_crowd=told.append)
    assert told == [12]


def test_texts_without_words_are_no_near_duplicates() -> None:
    profiles = [profiled(Article(id, "")) for id in "ab"]
    assert near_duplicates(profiles, PARAMS) == set()


def test_retelling_is_found_by_its_rare_terms() -> None:
    profiles = [profiled(article) for article in (ORIGINAL, ELSEWHERE, RETOLD)]
    assert rare_term_pairs(profiles, PARAMS) == {(0, 2)}


def test_terms_of_too_many_articles_are_not_rare() -> None:
    profiles = [profiled(article) for article in FERRY]
    assert rare_term_pairs(profiles, replace(PARAMS, max_bucket=1)) == set()


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_articles_have_no_candidates(n: int) -> None:
    assert candidate_pairs([profiled(ORIGINAL)][:n], {}, PARAMS) == set()


def test_articles_that_declare_their_original_are_searched_for_no_other() -> None:
    declared = replace(TRIMMED, original=ORIGINAL.id)
    orphan = replace(EDITED, original="not/here")
    found = find_pairs([ORIGINAL, declared, orphan, RETOLD])
    assert {(pair.a, pair.b) for pair in found} == {
        (ORIGINAL.id, declared.id),
        (ORIGINAL.id, RETOLD.id),
    }


# All together


def test_every_pair_of_one_event_is_found_and_none_of_another() -> None:
    found = find_pairs([*FERRY, ELSEWHERE])
    assert all(ELSEWHERE.id not in (pair.a, pair.b) for pair in found)
    assert {pair.b for pair in found if pair.a == ORIGINAL.id} >= {a.id for a in REPOSTS}


def test_pairs_are_sorted_and_named_in_order() -> None:
    found = [(pair.a, pair.b) for pair in find_pairs(FERRY)]
    assert found == sorted(found)
    assert all(a < b for a, b in found)


def test_two_reposts_of_one_original_are_siblings() -> None:
    found = {(pair.a, pair.b): pair for pair in find_pairs([ORIGINAL, TRIMMED, EDITED])}
    sibling = found[TRIMMED.id, EDITED.id]
    assert sibling.direction == "common-source"
    assert sibling.evidence[0] == f"sibling:{ORIGINAL.id}"


def test_repost_of_a_repost_is_no_sibling_of_it() -> None:
    again = replace(EDITED, id="ferry/8-again", published="2024-03-06T00:00:00Z")
    found = {(pair.a, pair.b): pair for pair in find_pairs([ORIGINAL, EDITED, again])}
    assert found[EDITED.id, again.id].direction == "a→b"


def test_order_of_records_does_not_matter() -> None:
    articles = [*FERRY, ELSEWHERE, COPY]
    shuffled = random.Random(3).sample(articles, len(articles))
    assert find_pairs(articles) == find_pairs(shuffled)


def test_two_articles_of_one_id_are_an_input_error() -> None:
    with pytest.raises(InputError, match="record ferry/1-original: field 'id': occurs twice"):
        find_pairs([ORIGINAL, ORIGINAL])


@pytest.mark.parametrize("articles", [[], [ORIGINAL]])
def test_fewer_than_two_articles_have_no_pair(articles: list[Article]) -> None:
    assert find_pairs(articles) == []


def test_articles_without_a_body_or_words_are_paired_by_what_they_have() -> None:
    title = Article("a", "", title="Ferry to Skarholm stays in port until May")
    found = find_pairs([title, replace(title, id="b"), Article("c", ""), Article("d", "…")])
    assert [(pair.a, pair.b, pair.relation) for pair in found] == [("a", "b", "verbatim")]


@pytest.fixture(scope="module")
def sample_pairs() -> dict[tuple[str, str], Pair]:
    return {(pair.a, pair.b): pair for pair in find_pairs(list(gold.articles().values()))}


def test_sample_pairing_reaches_its_floor(sample_pairs: dict[tuple[str, str], Pair]) -> None:
    """F1 over pairs with an original, a pair of two events being wrong."""
    expected = {tuple(sorted((pair["original"], pair["repost"]))) for pair in gold.pairs()}
    found = {
        ids
        for ids in sample_pairs
        if any(id.endswith("/original") for id in ids) or len({id.split("/")[0] for id in ids}) > 1
    }
    assert gold.f1(len(found & expected), len(found), len(expected)) >= gold.FLOORS["pairs"]


def test_sample_directions_reach_their_floor(sample_pairs: dict[tuple[str, str], Pair]) -> None:
    """Accuracy over the reposts, a pair that is not found being wrong."""
    right = total = 0
    for pair in gold.pairs():
        if pair["direction"]:
            a, b = sorted((pair["original"], pair["repost"]))
            expected = "a→b" if a == pair["original"] else "b→a"
            total += 1
            right += (a, b) in sample_pairs and sample_pairs[a, b].direction == expected
    assert right / total >= gold.FLOORS["directions"]


def test_sample_kinds_have_their_relations(sample_pairs: dict[tuple[str, str], Pair]) -> None:
    expected = {
        "trimmed": {"verbatim", "trimmed"},
        "edited": {"edited"},
        "partisan": {"edited", "rewritten"},
        "retelling": {"rewritten"},
        "independent": {"same-event"},
    }
    for pair in gold.pairs():
        ids = tuple(sorted((pair["original"], pair["repost"])))
        if ids in sample_pairs:
            relation = sample_pairs[ids].relation
            assert relation in RELATIONS
            assert relation in expected[pair["kind"]], ids
