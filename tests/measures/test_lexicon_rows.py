"""No row is dead: each marks a word in some plain sentence, in the profile that it is for."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reframing.documents.errors import InputError
from reframing.documents.lexicon import Entry, inflected, load_lexicon
from reframing.documents.records import Annotation, Article
from reframing.documents.tokens import tokenize
from reframing.measures.annotate import PROFILES, Profile, annotate_each
from reframing.measures.boosting import find_boosters
from reframing.measures.evaluation import find_evaluations
from reframing.measures.hedging import AS_NONE, TAUGHT, UNCERTAINTY, find_hedges
from reframing.reading.fetch import fetch
from reframing.reading.manifest import read_manifest
from validation.exam import Gold
from validation.exams.szeged import read_szeged

ROOT = Path(__file__).resolve().parents[2]
MIRROR = Path(os.environ.get("REFRAMING_MIRROR") or ROOT / "../shared/mirror")
FRAMES = """The bridge {} close next year.
It is {} that the bridge is old.
The results {} that the bridge is old.
It {} that the bridge is old.
{}, the bridge will close.
{} the bridge will close.
The bridge is {} old.
The bridge is {}.
The bridge is {} to be old.
The bridge is {} be old.
The bridge {} be old.
There is {} that the bridge is old.
There is some {} about the bridge.
Engineers {} that the bridge is old.
Engineers {} the bridge to be old.
The bridge was {} by engineers to be old.
The bridge, {}, will close.
The bridge closes {} it rains.
The {} cause is rust.
It is a {} plan.
A {} was held.
He {} the plan.
She was {} about it.
The cost was {} 40 crowns.
The cost was 40 crowns {}.
They {}, saying it was over.
The town {}.
If it rains, the bridge {} close.
If it rains, {} closed.
It is a bridge which many people {} a danger.
We {} it is old.
This {} the town.
The {} of the town was seen.""".splitlines()
Find = Callable[[Sequence[str]], list[set[str]]]
"""The words that are marked in each of some sentences."""


def hedges(profile: Profile) -> Find:
    def find(sentences: Sequence[str]) -> list[set[str]]:
        found = annotate_each([Article(str(i), s) for i, s in enumerate(sentences)], profile)
        return [
            {marker.entry for marker in (*a.hedges, *a.approximators)}
            for a in found
            if isinstance(a, Annotation)
        ]

    return find


def lexical_hedges(sentences: Sequence[str]) -> list[set[str]]:
    return [{hedge.entry for hedge in find_hedges(tokenize(s))} for s in sentences]


def boosters(sentences: Sequence[str]) -> list[set[str]]:
    return [{booster.entry for booster in find_boosters(tokenize(s))} for s in sentences]


def evaluations(sentences: Sequence[str]) -> list[set[str]]:
    return [{e.span.of(s).lower() for e in find_evaluations(tokenize(s))} for s in sentences]


def dead(entries: Sequence[Entry], find: Find) -> list[str]:
    """The entries of which no form is marked in any frame."""
    left = {entry.lemma: inflected(entry) for entry in entries}
    for frame in FRAMES:
        forms = [(lemma, form) for lemma, of in left.items() for form in of]
        said = [frame.format(form) for _, form in forms]
        marked = find([sentence[0].upper() + sentence[1:] for sentence in said])
        for (lemma, form), words in zip(forms, marked, strict=True):
            if lemma in words or form in words:
                left.pop(lemma, None)
    return sorted(left)


def taught(entry: Entry) -> str:
    return entry.note.partition(";")[0]


@pytest.mark.parametrize(
    ("name", "find"),
    [
        ("measures/hedges", lexical_hedges),
        ("measures/boosters", boosters),
        ("measures/evaluations", evaluations),
    ],
)
def test_every_row_marks_something_by_the_lexicon(name: str, find: Find) -> None:
    assert dead(load_lexicon(name).entries, find) == []


def test_every_row_that_is_not_for_the_lexicon_alone_marks_something_in_profile_full() -> None:
    assert set(PROFILES) == {"full", "lexicon"}
    rows = [entry for entry in load_lexicon("measures/hedges").entries if taught(entry) != AS_NONE]
    assert dead(rows, hedges("full")) == []


def test_rows_for_the_lexicon_alone_are_few_and_of_uncertainty() -> None:
    alone = [entry for entry in load_lexicon("measures/hedges").entries if taught(entry) == AS_NONE]
    assert len(alone) < 0.1 * len(load_lexicon("measures/hedges"))
    assert {entry.category for entry in alone} <= UNCERTAINTY


@pytest.mark.mirror
def test_the_notes_say_what_the_network_was_taught(tmp_path: Path) -> None:
    if not MIRROR.is_dir():
        pytest.skip("no mirror of the gold corpora")
    try:
        fetch(
            read_manifest(ROOT / "data/manifests/szeged.yaml"), tmp_path / "szeged", mirror=MIRROR
        )
    except InputError as error:
        pytest.skip(f"the mirror lacks szeged: {error}")
    gold = Gold(tmp_path, ROOT / "data/splits", ROOT / "data/sample", ROOT / "data/gold")
    met, marked = Counter[str](), Counter[str]()
    for sentence in gold.part("szeged", read_szeged, "train"):
        for hedge in find_hedges(tokenize(sentence.text)):
            met[hedge.entry] += 1
            marked[hedge.entry] += any(hedge.span.overlaps(cue) for cue in sentence.cues)
    for entry in load_lexicon("measures/hedges").entries:
        adverb = entry.category == "epistemic-adverb" or entry.entry.endswith("ly")
        none = met[entry.lemma] > 1 and not marked[entry.lemma] and not adverb
        expected = TAUGHT if marked[entry.lemma] > 2 else AS_NONE if none else ""
        if entry.category in UNCERTAINTY:
            assert (taught(entry) if taught(entry) in (TAUGHT, AS_NONE) else "") == expected
