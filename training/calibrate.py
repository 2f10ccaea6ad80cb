"""Stage `scores`: how much each piece of evidence for a move weighs, learned from moves that were judged.

`python -m training.calibrate` writes training/build/moves/scores.tsv. It learns from three kinds of moves
that the rules find: those of real pairs that a reader judged (`data/judgements/development.tsv`), those in
pairs with one planted change (PolNeAR's train part), and those in texts written for the purpose: the developed
half of the sample's events, and `data/development/marked`. The latter two are easy, so they weigh less. A ridge
keeps weights small; of a slug and its opposite there is one intercept.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from sklearn.linear_model import LogisticRegression

from reframing.align import align
from reframing.annotate import annotate_each
from reframing.coding.coded import Coded, is_same, read_coded, shared
from reframing.coding.judging import Judged, read_judged
from reframing.moves import candidates
from reframing.moves.catalogue import catalogue
from reframing.moves.context import Context, Side
from reframing.moves.evidence import Evidence, evidence
from reframing.moves.score import ALL, COLUMNS, FILE, one_of
from reframing.params import Params, read_params
from reframing.perturbation.benchmark import plant_all
from reframing.perturbation.material import from_polnear
from reframing.perturbation.plants import PlantedPair
from reframing.profiles import EMBEDDERS
from reframing.readers import read_articles
from reframing.readers.polnear import read_polnear
from reframing.records import Aligned, Annotation, Article, Move
from reframing.stages import files
from reframing.stages.annotate import profile_of
from reframing.tables import read_records
from reframing.validation.gold import Gold
from reframing.validation.splits import part_of, read_split

JUDGEMENTS = Path("data/judgements/development.tsv")
SAMPLE, MARKED = Path("data/sample"), Path("data/development/marked")
OUT = Path("training/build/moves")
_DIGITS = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the scores are learned with.

    `per_form` pairs of each form are planted; moves that no reader judged weigh `unread` of one that a
    reader did. `ridge` is the penalty on squared weights: of an intercept, of weights for all slugs, and
    of what a family adds to them.
    """

    per_form: int
    unread: float
    ridge: tuple[float, float, float]


class Case(NamedTuple):
    """A move that the rules found, what speaks for it, and whether it is right."""

    slug: str
    evidence: Evidence
    right: bool
    weight: float


def main() -> None:
    raw: dict[str, Any] = YAML(typ="safe").load(
        Path("training/params.yaml").read_text(encoding="utf8")
    )
    given = raw["scores"]
    choices = Calibration(given["per_form"], given["unread"], tuple(given["ridge"]))
    params = read_params()
    cases = [
        *judged(read_judged(JUDGEMENTS)),
        *planted(params, choices, raw["seed"]),
        *marked(params, choices, SAMPLE, every=2),
        *marked(params, choices, MARKED),
    ]
    OUT.mkdir(parents=True, exist_ok=True)
    write(OUT / FILE, learned(cases, choices))
    print(f"{len(cases)} moves, {sum(case.right for case in cases)} of them right")


def judged(verdicts: Sequence[Judged]) -> Iterator[Case]:
    """What the rules find of the moves that readers judged; each counts once."""
    for corpus in sorted({one.corpus for one in verdicts}):
        of_pair: dict[str, list[Judged]] = {}
        for one in verdicts:
            if one.corpus == corpus:
                of_pair.setdefault(one.pair, []).append(one)
        for pair, context in contexts(corpus, set(of_pair)):
            found = candidates(context)
            for one in of_pair[pair]:
                move = next((m for m in found if is_this(one.move, m)), None)
                if move is not None:
                    found.remove(move)
                    yield Case(move.move, evidence(context, move), all(one.right), 1.0)


def is_this(judged: Coded, move: Move) -> bool:
    """Whether a move is the judged one: the same slug, spans that overlap, and none where it had none."""
    sides = (judged.original, move.original), (judged.repost, move.repost)
    return is_same(judged, move) and all((a is None) == (b is None) for a, b in sides)


def contexts(corpus: str, pairs: set[str]) -> Iterator[tuple[str, Context]]:
    """The pairs of a corpus, as the stages `annotate` and `align` left them."""
    aligned = [
        one for one in read_records(files.alignments(corpus), Aligned) if one.pair.id in pairs
    ]
    ids = {id for one in aligned for id in (one.pair.original, one.pair.repost)}
    articles = {a.id: a for a in read_records(files.articles(corpus), Article) if a.id in ids}
    annotations = {
        a.id: a for a in read_records(files.annotations(corpus), Annotation) if a.id in ids
    }
    for one in aligned:
        sides = [Side(articles[id], annotations[id]) for id in (one.pair.original, one.pair.repost)]
        yield one.pair.id, Context(*sides, one.links)


def planted(params: Params, choices: Calibration, seed: int) -> Iterator[Case]:
    """What the rules find in pairs with one planted change, of PolNeAR's train part."""
    assigned = read_split(files.split("polnear"))
    documents = read_polnear(Gold().folder("polnear") / "data/train", True)
    learned = (one for one in documents if part_of(assigned, one.id) in ("train", "dev"))
    material = list(from_polnear(learned))
    of_document: dict[str, list[PlantedPair]] = {}
    for pair in plant_all(material, choices.per_form, seed):
        of_document.setdefault(pair.document, []).append(pair)
    for pairs in of_document.values():
        texts = [(pair.original, pair.repost) for pair in pairs]
        for pair, context in zip(pairs, compared(texts, params), strict=True):
            for move in candidates(context):
                right = any(is_same(expected, move) for expected in pair.expected)
                if right or move.move not in pair.allowed:
                    yield Case(move.move, evidence(context, move), right, choices.unread)


def marked(params: Params, choices: Calibration, folder: Path, every: int = 1) -> Iterator[Case]:
    """What the rules find in the events of some texts, of `every` so many one, beside the marked moves."""
    articles = {article.id: article for article in read_articles(folder / "articles.jsonl")}
    gold = read_coded(folder / "gold-moves.jsonl")
    for event in sorted({repost.partition("/")[0] for repost in gold})[::every]:
        reposts = [repost for repost in gold if repost.partition("/")[0] == event]
        pairs = [(articles[f"{event}/original"], articles[repost]) for repost in reposts]
        for repost, context in zip(reposts, compared(pairs, params), strict=True):
            found = candidates(context)
            right = {id(move) for move in shared(found, gold[repost])}
            for move in found:
                yield Case(move.move, evidence(context, move), id(move) in right, choices.unread)


def compared(pairs: Sequence[tuple[Article, Article]], params: Params) -> Iterator[Context]:
    """What moves are found in, for each pair; each text is read once."""
    profile = profile_of(params.annotate)
    articles = {article.text: article for pair in pairs for article in pair}
    sides = {}
    for article, done in zip(
        articles.values(), annotate_each(list(articles.values()), profile), strict=True
    ):
        assert isinstance(done, Annotation)  # there are no targets, which alone can be wrong
        sides[article.text] = Side(article, done)
    for original, repost in pairs:
        a, b = sides[original.text], sides[repost.text]
        sentences = a.sentences, b.sentences
        links = align(original, repost, params.align, sentences, EMBEDDERS[profile])
        yield Context(a, b, links)


def learned(cases: Sequence[Case], choices: Calibration) -> Iterator[tuple[str, str, float]]:
    """Rows of the table: of what, evidence, and weight in logits."""
    families = sorted({kind.family for kind in catalogue().values()})
    slugs = sorted({one_of(case.slug) for case in cases})
    names = sorted({name for case in cases for name in case.evidence})
    values = np.array([[case.evidence.get(name, 0.0) for name in names] for case in cases])
    scale = values.std(axis=0) + 0.02  # what hardly ever varies gets no great weight
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
    """Weights as they apply to evidence as it is: what its mean amounts to is in the intercepts."""
    means = np.array([np.mean([case.evidence.get(name, 0.0) for case in cases]) for name in names])
    family_of = {one_of(slug): kind.family for slug, kind in catalogue().items()}
    for slug, intercept in intercepts.items():
        shift = float((weights[ALL] + weights[family_of[slug]]) @ means)
        yield slug, "", intercept - shift
    for of, values in weights.items():
        for name, value in zip(names, values, strict=True):
            yield of, name, float(value)


def write(path: Path, rows: Iterator[tuple[str, str, float]]) -> None:
    with path.open("w", encoding="utf8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for of, name, weight in rows:
            if not name or round(weight, _DIGITS):
                writer.writerow((of, name, f"{weight:.{_DIGITS}f}"))


if __name__ == "__main__":
    files.run_whole(main)
