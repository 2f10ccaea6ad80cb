"""The embedded sample: what its README says of it is so."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

import gold
from reframing.coding.coded import shared
from reframing.documents.records import Article, Span
from reframing.documents.sentences import split
from reframing.documents.tokens import words
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import read_articles

FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
KINDS = ("original", "trimmed", "edited", "partisan", "retelling", "independent")
REPOSTS = KINDS[1:5]
WORDS = {kind: range(130, 361) for kind in KINDS} | {"original": range(150, 361)}
FROM_ALIGNMENT = {"sentence-added", "sentence-omitted"}


def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf8").splitlines()]


RAW = records("articles.jsonl")
PAIRS = records("gold-pairs.jsonl")
MOVES = records("intended-moves.jsonl")
ARTICLES: dict[str, Article] = {a.id: a for a in read_articles(FOLDER / "articles.jsonl")}
TEXTS = {id: article.text for id, article in ARTICLES.items()}
SENTENCES = {
    record["id"]: [Span(*span) for span in record["sentences"]]
    for record in records("gold-sentences.jsonl")
}


def joined(text: str, spans: list[list[int]]) -> list[str]:
    return list(words(" ".join(Span(*span).of(text) for span in spans)))


def test_every_event_has_one_text_of_each_kind() -> None:
    kinds = defaultdict(list)
    for record in RAW:
        kinds[record["event"]].append(record["kind"])
        assert record["id"] == f"{record['event']}/{record['kind']}"
    assert len(kinds) >= 16
    assert all(sorted(found) == sorted(KINDS) for found in kinds.values())


def test_events_lie_in_different_domains() -> None:
    assert len({record["domain"] for record in RAW}) >= 8


def test_ids_and_texts_are_unique() -> None:
    assert len(TEXTS) == len(RAW)
    assert len(set(TEXTS.values())) >= len(TEXTS) - len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_length_is_that_of_a_short_report(kind: str) -> None:
    lengths = {r["id"]: len(TEXTS[r["id"]].split()) for r in RAW if r["kind"] == kind}
    assert {id: n for id, n in lengths.items() if n not in WORDS[kind]} == {}


def test_reposts_come_after_their_original() -> None:
    published = {record["id"]: record["published"] for record in RAW}
    assert all(
        re.fullmatch(r"\d{4}(-\d\d){2}T\d\d:\d\d:\d\dZ", date) for date in published.values()
    )
    for pair in PAIRS:
        if pair["kind"] in REPOSTS:
            assert published[pair["original"]] < published[pair["repost"]], pair["repost"]


def test_addresses_are_on_the_reserved_domain() -> None:
    urls = [record["url"] for record in RAW if "url" in record]
    assert all(re.match(r"https?://([\w-]+\.)+example(/|$)", url) for url in urls)


def test_gold_sentences_are_in_order_and_trimmed() -> None:
    assert SENTENCES.keys() == TEXTS.keys()
    for id, spans in SENTENCES.items():
        assert spans[0] == Span(0, ARTICLES[id].title_length)
        end = 0
        for span in spans:
            assert end <= span.start < span.end
            assert span.of(TEXTS[id]) == span.of(TEXTS[id]).strip()
            assert TEXTS[id][end : span.start].strip() == ""
            end = span.end
        assert end == len(TEXTS[id].rstrip())


def test_splitter_finds_the_gold_sentences() -> None:
    right = found = gold = 0
    for id, spans in SENTENCES.items():
        split_spans = {sentence.span for sentence in split(ARTICLES[id])}
        right += len(split_spans & set(spans))
        found += len(split_spans)
        gold += len(spans)
    assert 2 * right / (found + gold) >= 0.98


def test_each_original_is_paired_with_the_other_texts_of_its_event() -> None:
    events = {record["event"] for record in RAW}
    expected = {(f"{e}/original", f"{e}/{kind}") for e in events for kind in KINDS[1:]}
    assert {(pair["original"], pair["repost"]) for pair in PAIRS} == expected
    assert len(PAIRS) == len(expected)


def test_direction_is_known_for_reposts_alone() -> None:
    for pair in PAIRS:
        assert pair["direction"] == ("original→repost" if pair["kind"] in REPOSTS else None)


def test_aligned_spans_are_gold_sentences() -> None:
    for pair in PAIRS:
        for link in pair["alignment"]:
            for side in ("original", "repost"):
                assert link[side]
                assert {Span(*span) for span in link[side]} <= set(SENTENCES[pair[side]])


def test_copied_means_the_same_words_and_nothing_else_does() -> None:
    for pair in PAIRS:
        original, repost = TEXTS[pair["original"]], TEXTS[pair["repost"]]
        for link in pair["alignment"]:
            same = joined(original, link["original"]) == joined(repost, link["repost"])
            assert same == (link["relation"] == "copied"), (pair["repost"], link)


def test_syndicated_copies_hold_copied_sentences_alone() -> None:
    links = [link for pair in PAIRS if pair["kind"] == "trimmed" for link in pair["alignment"]]
    assert Counter(link["relation"] for link in links).keys() == {"copied"}


def test_every_repost_has_its_intended_moves() -> None:
    pairs = {(pair["original"], pair["repost"]) for pair in PAIRS if pair["kind"] in REPOSTS}
    assert {(record["original"], record["repost"]) for record in MOVES} == pairs


def test_syndicated_copies_have_no_moves() -> None:
    assert all(r["moves"] == [] for r in MOVES if r["repost"].endswith("/trimmed"))


@pytest.mark.parametrize("name", ["intended-moves", "gold-moves", "reading-a", "reading-b"])
def test_moves_lie_in_their_texts(name: str) -> None:
    for record in records(f"{name}.jsonl"):
        for move in record["moves"]:
            assert move["move"] in catalogue()
            assert move["original"] or move["repost"]
            for side in ("original", "repost"):
                if move[side]:
                    span, text = Span(*move[side]), TEXTS[record[side]]
                    assert 0 <= span.start < span.end <= len(text)
                    assert span.of(text) == span.of(text).strip()


def test_every_slug_that_is_intended_is_so_at_least_five_times() -> None:
    counts = Counter(move["move"] for record in MOVES for move in record["moves"])
    assert counts.keys() <= set(catalogue()) - FROM_ALIGNMENT
    assert min(counts.values()) >= 5


def test_gold_moves_are_the_readings_as_far_as_they_agree() -> None:
    readings = [gold.moves(name) for name in ("reading-a", "reading-b")]
    settled = gold.moves("gold-moves")
    n_settled = 0
    for record in records("gold-moves.jsonl"):
        a, b = (reading[record["repost"]] for reading in readings)
        n_settled += sum("settled" in move for move in record["moves"])
        common = shared(a, b)
        assert len(shared(common, settled[record["repost"]])) == len(common)
    assert n_settled == sum(map(len, settled.values())) - sum(
        len(shared(a, readings[1][repost])) for repost, a in readings[0].items()
    )


def test_agreement_in_the_readme_is_that_of_the_files() -> None:
    readme = " ".join((FOLDER / "README.md").read_text(encoding="utf8").split())
    readings = gold.agreement(gold.moves("reading-a"), gold.moves("reading-b"))
    assert f"agree at F1 {readings:.3f}".replace("0.", ".") in readme
    seen = {
        repost: [move for move in moves if move.move not in FROM_ALIGNMENT]
        for repost, moves in gold.moves("gold-moves").items()
    }
    planted = gold.agreement(seen, gold.moves("intended-moves"))
    assert f"planted agree at F1 {planted:.3f}".replace("0.", ".") in readme


@pytest.mark.parametrize(
    "count",
    [
        f"{len(RAW)} articles",
        f"{sum(map(len, SENTENCES.values())):,} sentences",
        f"{len({record['outlet'] for record in RAW})} invented outlets",
        f"a line ({len(PAIRS)})",
        f"a line ({len(MOVES)})",
        f"{sum(len(record['moves']) for record in MOVES)} moves",
        f"{sum(len(record['moves']) for record in records('gold-moves.jsonl')):,} moves",
        f"`byline` in {sum('byline' in record for record in RAW)} articles",
        f"`url` in {sum('url' in record for record in RAW)}",
    ],
)
def test_counts_in_the_readme_are_those_of_the_files(count: str) -> None:
    readme = " ".join((FOLDER / "README.md").read_text(encoding="utf8").split())
    assert count in readme
