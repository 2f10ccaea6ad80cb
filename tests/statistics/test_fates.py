import pytest

from reframing.statistics.fates import ATTRIBUTIONS, FATES, QUOTES, fate_ratios
from studied import corpus, link, move, sentence, study

ORIGINAL = [
    sentence("lead", attributions=1, quotes=1),
    sentence("body", attributions=2),
    sentence("body", attributions=1, quotes=1),
]
REPOST = [sentence("lead", quotes=1), sentence("body", quotes=1)]
LINKS = [link(0, 0), link(1, 1)]


def fates(*moves):
    return fate_ratios(study(ORIGINAL, REPOST, LINKS, moves))


def test_what_no_move_changes_is_kept():
    assert fates()["attribution", "kept"] == (3, 3)
    assert fates()["quote", "kept"] == (1, 1)


@pytest.mark.parametrize(("slug", "fate"), ATTRIBUTIONS.fates)
def test_a_changed_attribution_has_the_fate_of_its_move(slug, fate):
    ratios = fates(move(slug, 1, 1))
    assert ratios["attribution", fate] == (1, 3)
    assert ratios["attribution", "kept"] == (2, 3)


@pytest.mark.parametrize(("slug", "fate"), QUOTES.fates)
def test_a_changed_quotation_has_the_fate_of_its_move(slug, fate):
    ratios = fates(move(slug, 0, 0))
    assert ratios["quote", fate] == (1, 1)
    assert ratios["quote", "kept"] == (0, 1)


def test_omitted_ones_are_a_share_of_all_in_the_original():
    assert fates()["attribution", "omitted"] == (1, 4)
    assert fates()["quote", "omitted"] == (1, 2)


def test_a_move_in_a_sentence_that_is_not_carried_over_is_no_fate():
    assert fates(move("attribution-dropped", 2))["attribution", "dropped"] == (0, 3)


def test_one_attribution_under_two_moves_has_the_graver_fate():
    ratios = fates(move("attribution-distanced", 0, 0), move("attribution-vague", 0, 0))
    assert ratios["attribution", "vague"] == (1, 3)
    assert ratios["attribution", "distanced"] == (0, 3)


def test_more_changes_than_were_counted_widen_the_base():
    moves = [move("attribution-dropped", 0, 0, start=10 * n) for n in range(4)]
    ratios = fates(*moves)
    assert ratios["attribution", "dropped"] == (4, 4)
    assert ratios["attribution", "kept"] == (0, 4)


def test_unsupported_quotations_are_a_share_of_the_reposts():
    assert fates(move("quote-unsupported", None, 1))["quote", "unsupported"] == (1, 2)


def test_fates_of_what_is_carried_over_sum_to_all_of_it():
    for pair in corpus(events=3):
        ratios = fate_ratios(pair)
        for subject in (ATTRIBUTIONS, QUOTES):
            changed = [ratios[subject.name, fate] for _, fate in subject.fates]
            kept, base = ratios[subject.name, "kept"]
            assert kept + sum(count for count, _ in changed) == base


def test_every_fate_has_a_ratio():
    assert set(fates()) == set(FATES)
