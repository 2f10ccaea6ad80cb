"""Stage `scores`: weights of the evidence for a move, and thresholds for reporting it, from judged moves.

`python -m training.calibrate` writes training/build/moves/scores.tsv and scores_lexicon.tsv, for the
profiles `full` and `lexicon`, and thresholds.tsv, the score from which a kind of move is reported. It
learns from the moves that rules and network propose in pairs for which it is known what is right:

- real pairs in which a reader listed every change (`data/readings`, part `weighed`: the network was not
  trained on their events), and real pairs in which a reader judged some moves
  (`data/judgements/development.tsv`);
- pairs with one planted change (PolNeAR's train split), and texts written for the purpose (the
  development half of the sample, `data/development/marked`). These are easy; how much they weigh is a
  choice.

The model is a logistic regression with a ridge penalty; a slug and its opposite share an intercept.
Thresholds are based on the listed real pairs, each scored by a model that was fitted without its event.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from sklearn.linear_model import LogisticRegression

from reframing.coding.coded import Coded, is_same, read_coded
from reframing.coding.judging import Judged, read_judged
from reframing.documents import files
from reframing.documents.parallel import ordered_map
from reframing.documents.params import Params, read_params
from reframing.documents.records import Aligned, Article, Move
from reframing.documents.tables import read_records
from reframing.measures.annotate import PROFILES, Profile
from reframing.moves.catalogue import catalogue
from reframing.moves.compare import context_of
from reframing.moves.find import candidates
from reframing.moves.scoring import (
    ALL,
    COLUMNS,
    FILES,
    NEVER,
    THRESHOLD_COLUMNS,
    THRESHOLDS,
    Evidence,
    evidence,
    one_of,
    read_scores,
    score_by,
)
from reframing.reading.articles import read_articles
from reframing.stages.running import run_whole
from validation.exam import Gold
from validation.exams.polnear import read_polnear
from validation.planted.benchmark import plant_all
from validation.planted.plants import from_polnear
from validation.readings import read_pairs
from validation.splits import part_of, read_split

JUDGEMENTS = Path("data/judgements/development.tsv")
SAMPLE, MARKED = Path("data/sample"), Path("data/development/marked")
OUT = Path("training/build/moves")
_DIGITS = 4
_FOLDS = 5
_CONFIRMED = 0.6  # least share of right moves among those reported of a kind
_FEWEST = 10  # least number of moves from which a share is estimated
_UNKNOWN = 0.7  # least threshold of a kind with too few moves to estimate the share
_STEPS = tuple(step / 100 for step in range(40, 95, 5))

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Parameters of learning the scores.

    `per_form` pairs of each form are planted. A move weighs 1 in a real pair, `planted` in one with a
    planted change, `marked` in texts written for the purpose. `ridge` is the penalty on squared weights:
    of an intercept, of weights for all slugs, and of what a family adds to them.
    """

    per_form: int
    planted: float
    marked: float
    ridge: tuple[float, float, float]


class Known(NamedTuple):
    """A pair with moves known to be right or wrong.

    If `complete`, `right` lists all right moves, and any other move is wrong unless its slug is
    `allowed`. `event` is set for listed real pairs.
    """

    original: Article
    repost: Article
    right: tuple[Coded, ...]
    wrong: tuple[Coded, ...] = ()
    complete: bool = True
    allowed: frozenset[str] = frozenset()
    weight: float = 1.0
    event: str = ""


class Case(NamedTuple):
    """A proposed move with its evidence, and whether it is right; `event` is set for listed real pairs."""

    slug: str
    evidence: Evidence
    right: bool
    weight: float
    event: str = ""


def main() -> None:
    raw: dict[str, Any] = YAML(typ="safe").load(
        Path("training/params.yaml").read_text(encoding="utf8")
    )
    given = raw["scores"]
    choices = Calibration(
        given["per_form"], given["planted"], given["marked"], tuple(given["ridge"])
    )
    params = read_params()
    known = [
        *listed(),
        *judged(read_judged(JUDGEMENTS)),
        *planted(choices, raw["seed"]),
        *marked(choices, SAMPLE, every=2),
        *marked(choices, MARKED),
    ]
    OUT.mkdir(parents=True, exist_ok=True)
    least: list[tuple[object, ...]] = []
    for profile in PROFILES:
        find = partial(cases_of, params=params, profile=profile)
        cases = [case for cases in ordered_map(find, known, files.jobs(), 8) for case in cases]
        write(OUT / FILES[profile], COLUMNS, rows_of(learned(cases, choices)))
        least += ((profile, *row) for row in thresholds(unseen(cases, choices, raw["seed"])))
        print(f"{profile}: {len(cases)} moves, {sum(case.right for case in cases)} of them right")
    write(OUT / THRESHOLDS, THRESHOLD_COLUMNS, least)


def cases_of(known: Known, params: Params, profile: Profile) -> list[Case]:
    """The moves proposed for a pair, as far as it is known whether they are right."""
    context = context_of(known.original, known.repost, align_params=params.align, profile=profile)
    a, b = context.original.document, context.repost.document
    right, wrong = (
        [
            one._replace(original=a.in_plain(one.original), repost=b.in_plain(one.repost))
            for one in some
        ]
        for some in (known.right, known.wrong)
    )
    same = is_same if known.complete else is_this
    found = []
    for move in candidates(context):
        is_right = any(same(one, move) for one in right)
        is_wrong = any(same(one, move) for one in wrong)
        if is_right or is_wrong or (known.complete and move.move not in known.allowed):
            found.append(
                Case(move.move, evidence(context, move), is_right, known.weight, known.event)
            )
    return found


def is_this(judged: Coded, move: Move) -> bool:
    """Whether a move is the judged one: same slug, overlapping spans, and no span on the same side."""
    sides = (judged.original, move.original), (judged.repost, move.repost)
    return is_same(judged, move) and all((a is None) == (b is None) for a, b in sides)


def listed() -> Iterator[Known]:
    """Real pairs in which a reader listed every change."""
    for pair in read_pairs(["weighed"]):
        right = tuple(change.move for change in pair.changes)
        yield Known(pair.original, pair.repost, right, event=f"{pair.corpus}/{pair.event}")


def judged(verdicts: Sequence[Judged]) -> Iterator[Known]:
    """Real pairs in which a reader judged some moves, except pairs of other parts of `data/readings`."""
    taught = {
        (p.corpus, p.original.id, p.repost.id)
        for p in read_pairs(["learned", "development", "held-out"])
    }
    for corpus in sorted({one.corpus for one in verdicts}):
        of_pair: dict[str, list[Judged]] = {}
        for one in verdicts:
            if one.corpus == corpus:
                of_pair.setdefault(one.pair, []).append(one)
        articles = {a.id: a for a in read_records(files.articles(corpus), Article)}
        for aligned in read_records(files.alignments(corpus), Aligned):
            ids = aligned.pair.original, aligned.pair.repost
            if aligned.pair.id in of_pair and (corpus, *ids) not in taught:
                some = of_pair[aligned.pair.id]
                yield Known(
                    articles[ids[0]],
                    articles[ids[1]],
                    tuple(one.move for one in some if all(one.right)),
                    tuple(one.move for one in some if not all(one.right)),
                    complete=False,
                )


def planted(choices: Calibration, seed: int) -> Iterator[Known]:
    """Pairs with one planted change, from PolNeAR's train split."""
    assigned = read_split(files.split("polnear"))
    documents = read_polnear(Gold().folder("polnear") / "data/train", True)
    material = from_polnear(
        one for one in documents if part_of(assigned, one.id) in ("train", "dev")
    )
    for pair in plant_all(list(material), choices.per_form, seed):
        yield Known(
            pair.original,
            pair.repost,
            pair.expected,
            allowed=pair.allowed,
            weight=choices.planted,
        )


def marked(choices: Calibration, folder: Path, every: int = 1) -> Iterator[Known]:
    """Pairs with gold moves from a folder of texts; of its sorted events every `every`-th is taken."""
    articles = {article.id: article for article in read_articles(folder / "articles.jsonl")}
    gold = read_coded(folder / "gold-moves.jsonl")
    for event in sorted({repost.partition("/")[0] for repost in gold})[::every]:
        for repost in gold:
            if repost.partition("/")[0] == event:
                original = replace(articles[f"{event}/original"], targets=())
                yield Known(
                    original,
                    replace(articles[repost], targets=()),
                    gold[repost],
                    weight=choices.marked,
                )


def learned(cases: Sequence[Case], choices: Calibration) -> Iterator[tuple[str, str, float]]:
    """Rows of the table of scores: slug, family or `all`; evidence; weight in logits.

    The evidence is empty for the intercept of a slug.
    """
    families = sorted({kind.family for kind in catalogue().values()})
    slugs = sorted({one_of(case.slug) for case in cases})
    names = sorted({name for case in cases for name in case.evidence})
    values = np.array([[case.evidence.get(name, 0.0) for name in names] for case in cases])
    scale = values.std(axis=0) + 0.02  # evidence that hardly varies must not get a large weight
    values = (values - values.mean(axis=0)) / scale
    family = [families.index(catalogue()[case.slug].family) for case in cases]
    slug = [slugs.index(one_of(case.slug)) for case in cases]
    rows = np.arange(len(cases))
    intercepts = np.zeros((len(cases), len(slugs)))
    intercepts[rows, slug] = 1
    own = np.zeros((len(cases), len(families), len(names)))
    own[rows, family] = values
    blocks = [intercepts, values, own.reshape(len(cases), -1)]
    scaled = [block / np.sqrt(ridge) for block, ridge in zip(blocks, choices.ridge, strict=True)]
    model = LogisticRegression(max_iter=1000, tol=1e-6)
    model.fit(
        np.hstack(scaled),
        [case.right for case in cases],
        sample_weight=[case.weight for case in cases],
    )
    ends = np.cumsum([block.shape[1] for block in blocks])[:-1]
    by_slug, for_all, by_family = (
        part / np.sqrt(ridge)
        for part, ridge in zip(np.split(model.coef_[0], ends), choices.ridge, strict=True)
    )
    weights = {ALL: for_all / scale}
    weights |= dict(zip(families, by_family.reshape(len(families), -1) / scale, strict=True))
    return table(
        weights, dict(zip(slugs, by_slug + model.intercept_[0], strict=True)), names, cases
    )


def table(
    weights: dict[str, Floats],
    intercepts: dict[str, float],
    names: Sequence[str],
    cases: Sequence[Case],
) -> Iterator[tuple[str, str, float]]:
    """Weights for evidence that is not centred: the effect of its mean is moved into the intercepts."""
    means = np.array([np.mean([case.evidence.get(name, 0.0) for case in cases]) for name in names])
    family_of = {one_of(slug): kind.family for slug, kind in catalogue().items()}
    for slug, intercept in intercepts.items():
        shift = float((weights[ALL] + weights[family_of[slug]]) @ means)
        yield slug, "", intercept - shift
    for of, values in weights.items():
        for name, value in zip(names, values, strict=True):
            yield of, name, float(value)


def rows_of(weights: Iterable[tuple[str, str, float]]) -> Iterator[tuple[str, str, str]]:
    """The rows as stored: weights rounded, those of 0 omitted."""
    for of, name, weight in weights:
        if not name or round(weight, _DIGITS):
            yield of, name, f"{weight:.{_DIGITS}f}"


def unseen(
    cases: Sequence[Case], choices: Calibration, seed: int
) -> Iterator[tuple[str, float, bool]]:
    """(slug, score, right) of each case of a listed real pair, scored by a model fitted without its event."""
    events = sorted({case.event for case in cases if case.event})
    order = np.random.default_rng(seed).permutation(len(events))
    fold_of = {events[place]: number % _FOLDS for number, place in enumerate(order)}
    for fold in range(_FOLDS):
        kept = [case for case in cases if fold_of.get(case.event) != fold]
        lines = ["\t".join(map(str, row)) for row in (COLUMNS, *rows_of(learned(kept, choices)))]
        weights = read_scores(lines, "fold")
        for case in cases:
            if fold_of.get(case.event) == fold and case.slug in weights:
                yield case.slug, score_by(weights[case.slug], case.evidence), case.right


def thresholds(scored: Iterable[tuple[str, float, bool]]) -> Iterator[tuple[str, float, int, int]]:
    """For each slug with its opposite: threshold, number of moves that reach it, and how many are right.

    A slug of which no move is scored has no row, and so no threshold.

    The threshold is the lowest step at which a share `_CONFIRMED` of the moves that reach it is right. If
    fewer than `_FEWEST` moves reach a step before that, it is that step, and at least `_UNKNOWN`.
    """
    of_kind: dict[str, list[tuple[float, bool]]] = {one_of(slug): [] for slug in catalogue()}
    for slug, score, right in scored:
        of_kind[one_of(slug)].append((score, right))
    for kind, moves in of_kind.items():
        if not moves:
            continue
        least = NEVER
        for step in _STEPS:
            having = [right for score, right in moves if score >= step]
            if len(having) < _FEWEST:
                least = max(step, _UNKNOWN)
                break
            if sum(having) >= _CONFIRMED * len(having):
                least = step
                break
        having = [right for score, right in moves if score >= least]
        yield kind, least, len(having), sum(having)


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    run_whole(main)
