from reframing.documents.records import Link
from reframing.statistics.rates import DECILES, EVERYWHERE, places_of, survival_ratios
from studied import link, sentence, study


def article(body):
    return [sentence("headline"), sentence("lead"), *[sentence("body")] * body]


def test_ten_body_sentences_fill_ten_deciles():
    assert places_of(article(10)) == ["headline", "lead", *DECILES]


def test_a_single_body_sentence_stands_in_the_middle():
    assert places_of(article(1))[2] == "body 06"


def test_deciles_are_relative_to_the_length_of_the_body():
    places = places_of(article(40))[2:]
    assert [places.count(decile) for decile in DECILES] == [4] * 10


def test_the_lead_and_the_headline_stand_apart_from_the_body():
    ratios = survival_ratios(study(article(10), article(10), [link(1, 0)]))
    assert ratios["lead"] == (1, 1)
    assert ratios["headline"] == (0, 1)
    assert {ratios[decile] for decile in DECILES} == {(0, 1)}
    assert ratios[EVERYWHERE] == (1, 12)


def test_every_sentence_of_a_fused_link_survives():
    fused = Link((1, 2), (0,), "rewritten", 0.7)
    ratios = survival_ratios(study(article(10), article(3), [fused]))
    assert ratios["lead"] == ratios["body 01"] == (1, 1)


def test_an_article_without_headline_has_none_to_lose():
    body = article(3)[1:]
    assert survival_ratios(study(body, body, []))["headline"] == (0, 0)
