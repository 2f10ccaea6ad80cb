"""Stage `perturb`: the moves found in texts with planted changes, in faithful rewrites, and in verbatim copies.

`python -m validation.stages.plant_changes` writes results/perturbation.json, perturbation.csv,
confusion.csv and faithful.csv in results/tables, and prints the scores. Changes are planted in texts on
which no choice was made: PolNeAR's dev split, the test documents of Szeged, the originals of the sample.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from reframing.documents import files
from reframing.documents.parallel import ordered_map
from reframing.documents.params import Params, read_params
from reframing.documents.records import Annotation
from reframing.documents.tables import csv_text
from reframing.measures.annotate import Profile, annotate_each
from reframing.moves.compare import Found, found_between
from reframing.reading.articles import read_articles
from reframing.stages.annotate_articles import profile_of
from reframing.stages.running import run_whole
from reframing.statistics.estimates import Resampling
from validation.exam import Gold
from validation.exams.polnear import read_polnear
from validation.exams.szeged import read_szeged
from validation.planted.benchmark import (
    CONFUSION_COLUMNS,
    FAITHFUL_COLUMNS,
    Texts,
    by_form,
    confusion,
    faithful_table,
    judge_faithful,
    judge_plants,
    lines,
    plant_all,
    score_record,
    slug_scores,
    table,
)
from validation.planted.plants import Material, from_articles, from_polnear, from_szeged


def main() -> None:
    params = read_params()
    gold, profile = Gold(), profile_of(params.annotate)
    materials = list(texts(gold))
    find = partial(found_in, params=params, profile=profile, jobs=files.jobs())
    pairs = list(plant_all(materials, params.perturb.per_form, params.seed))
    rows, false = judge_plants(pairs, find)
    faithful = judge_faithful(materials, find)
    copies = judge_faithful([*further_copies(gold)], find, rewrites=())
    resampling = Resampling(params.validate.resamples, params.validate.interval, params.seed)
    scores = slug_scores(rows, false, params.validate.interval)
    rewritten = faithful_table([*faithful, *copies], resampling)
    record = {
        "profile": profile,
        "moves": [score_record(score) for score in scores],
        "forms": by_form(rows, false),
        "faithful": rewritten,
    }
    text = json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False)
    files.perturbation().write_text(text + "\n", encoding="utf8")
    files.perturbation_table().write_text(table(scores), encoding="utf8")
    cells = csv_text((CONFUSION_COLUMNS, *confusion(rows)))
    files.confusion_table().write_text(cells, encoding="utf8")
    values = [[row[column] for column in FAITHFUL_COLUMNS] for row in rewritten]
    files.faithful_table().write_text(csv_text((FAITHFUL_COLUMNS, *values)), encoding="utf8")
    print("\n".join(lines(scores, rewritten)))


def texts(gold: Gold) -> Iterator[Material]:
    """The texts in which changes are planted, on which no choice was made."""
    yield from from_polnear(read_polnear(gold.folder("polnear") / "data/dev", True))
    yield from from_szeged(gold.part("szeged", read_szeged))
    originals = read_articles(gold.sample / "articles.jsonl")
    yield from from_articles(article for article in originals if article.kind == "original")


def further_copies(gold: Gold) -> Iterator[Material]:
    """Texts that are only compared with verbatim copies, because the networks learned from some of them."""
    yield from from_polnear(read_polnear(gold.folder("polnear") / "data/train", True))


def found_in(pairs: Sequence[Texts], params: Params, profile: Profile, jobs: int) -> list[Found]:
    """The moves of each pair; pairs of one document are annotated together, each text once."""
    places: dict[str, list[int]] = {}
    for place, pair in enumerate(pairs):
        places.setdefault(pair.document, []).append(place)
    tasks = ([pairs[place] for place in of] for of in places.values())
    results = ordered_map(partial(_found, params=params, profile=profile), tasks, jobs, 1)
    found = {
        place: one
        for of, result in zip(places.values(), results, strict=True)
        for place, one in zip(of, result, strict=True)
    }
    return [found[place] for place in range(len(pairs))]


def _found(pairs: Sequence[Texts], params: Params, profile: Profile) -> list[Found]:
    articles = {a.text: a for pair in pairs for a in (pair.original, pair.repost)}
    answers = annotate_each(list(articles.values()), profile)
    annotations = dict(zip(articles, answers, strict=True))
    found = []
    for pair in pairs:
        of_original, of_repost = annotations[pair.original.text], annotations[pair.repost.text]
        # Annotation fails on targets only, and there are none.
        assert isinstance(of_original, Annotation)
        assert isinstance(of_repost, Annotation)
        found.append(
            found_between(
                pair.original,
                pair.repost,
                original_annotation=of_original,
                repost_annotation=of_repost,
                align_params=params.align,
                compare_params=params.compare,
                profile=profile,
            )
        )
    return found


if __name__ == "__main__":
    run_whole(main)
