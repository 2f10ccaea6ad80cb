"""Is what was changed found? The benchmark of planted changes as an answer, figures and tables."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reframing.coding.precision import Precision, read_precisions
from reframing.documents.errors import InputError
from reframing.notebook.figures import published
from reframing.notebook.opened import repository_root
from reframing.notebook.tables import Table, table
from reframing.notebook.wording import SCORE, Scale, bold, listed, number, said
from reframing.statistics.estimates import Estimate
from validation.planted.benchmark import ALL, WORDS

if TYPE_CHECKING:
    from IPython.display import HTML, Markdown

RECORD = Path("results/perturbation.json")
JUDGED = Path("results/tables/judged.csv")
JUDGED_BY_SCORE = Path("results/tables/judged_by_score.csv")
JUDGED_CAUSES = Path("results/tables/judged_causes.csv")
FIGURES = Path("results/figures/perturbation")
VERBATIM = "verbatim"

_JUDGED = (
    "Weighted to all moves drawn from, with 95% intervals by pair; moves are those of the state of the "
    "package that was read."
)
_COUNT = Scale(1, 0)
_SHARE = Scale(1, 2)


@dataclass(frozen=True, slots=True)
class Planted:
    """What results/perturbation.json holds, and the repository's root."""

    root: Path
    record: Mapping[str, Any]

    def whole(self, words: str) -> Mapping[str, Any]:
        """The scores of all moves together, planted with such words (`WORDS`)."""
        moves = self.record["moves"]
        return next(s for s in moves if (s["move"], s["words"]) == (ALL, words))

    def faithful(self, rewrite: str) -> Mapping[str, Any]:
        return next(row for row in self.record["faithful"] if row["rewrite"] == rewrite)


def open_planted() -> Planted:
    """The benchmark as the stage `perturb` wrote it; `InputError` where it has not run."""
    root = repository_root(Path.cwd())
    try:
        return Planted(root, json.loads((root / RECORD).read_text(encoding="utf8")))
    except (OSError, ValueError) as error:
        problem = f"cannot be read: {error}; run the stage `perturb`"
        raise InputError(problem, str(RECORD)) from error


def answer(planted: Planted) -> "Markdown":
    """Recall, with words of no lexicon first, precision and false alarms in one paragraph."""
    from IPython.display import Markdown

    unknown, known, none = map(planted.whole, ("in no lexicon", "in lexicons", "none"))
    rewritten, copies = planted.faithful(ALL), planted.faithful(VERBATIM)
    recall, precision = (bold(_estimate(unknown[of]), SCORE) for of in ("recall", "precision"))
    return Markdown(
        f"Of {unknown['planted']:,} changes planted with words that stand in no lexicon of the measures "
        f"{recall} are found; of what is found {precision} was planted. With words of the lexicons, which "
        f"measures look up, it is {said(_estimate(known['recall']), SCORE)} of {known['planted']:,}, and "
        f"{said(_estimate(none['recall']), SCORE)} of {none['planted']:,} changes that need no listed words "
        f"(numbers, names, quotations, whole sentences). "
        f"In {rewritten['words']:,} words of faithful rewrites there are "
        f"**{rewritten['per_1000_words']:.2f}** false moves in 1,000 words, in {copies['texts']:,} verbatim "
        f"copies **{copies['moves']}**."
    )


def moves(planted: Planted) -> "HTML":
    """The figure of recall and precision by move."""
    return published(planted.root / FIGURES, "planted-moves", "perturbation/planted-moves")


def confusion(planted: Planted) -> "HTML":
    """The figure of what was found instead."""
    return published(planted.root / FIGURES, "planted-confusion", "perturbation/planted-confusion")


def forms(planted: Planted) -> Table:
    """Each way to plant a change: how often it was found, the rarest first, and what else was found."""
    found = sorted(
        planted.record["forms"],
        key=lambda form: sum(form["found"].values()) / sum(form["planted"].values()),
    )
    rows = {
        f"{form['form']} ({form['move']})": {
            **{words: _found_of(form, words) for words in list(WORDS)[1:]},
            "false moves": _by_count(form["false"]),
        }
        for form in found
    }
    caption = (
        "Planted changes by form, those found least first: found of planted, with words that are in lexicons "
        "of the measures, words that are in none, and no listed words."
    )
    return table(caption, rows, corner="form")


def _found_of(form: Mapping[str, Any], words: str) -> str:
    n = form["planted"].get(words, 0)
    return f"{form['found'][words]:,} of {n:,}" if n else "–"


def faithful(planted: Planted) -> Table:
    """Each faithful rewrite: how much was rewritten, and the moves seen in it, all of them false."""
    rows = {
        row["rewrite"]: {
            "words": number(row["words"], _COUNT),
            "changes": number(row["changes"], _COUNT),
            "false moves": number(row["moves"], _COUNT),
            "in 1,000 words": number(row["per_1000_words"], SCORE),
            "which": _by_count(row["by_move"]),
        }
        for row in planted.record["faithful"]
    }
    return table("Moves seen in faithful rewrites and verbatim copies.", rows, corner="rewrite")


def judged(planted: Planted) -> Table:
    """What readers decided on moves of real pairs, in the order of the catalogue."""
    rows = {
        f"{of.corpus}: {of.move}": _verdict(of)
        for of in read_precisions(planted.root / JUDGED).values()
    }
    return table(
        f"Moves of real pairs, as two language models judged them. {_JUDGED}", rows, corner="move"
    )


def judged_by_score(planted: Planted) -> Table:
    """What readers decided on moves of like scores, from the lowest scores to the highest."""
    caption = f"The same moves by score, which says how many are right. {_JUDGED}"
    bins = read_precisions(planted.root / JUDGED_BY_SCORE).values()
    return table(caption, {of.move: _verdict(of) for of in bins}, corner="scores")


def judged_causes(planted: Planted) -> Table:
    """Why readers call moves wrong: verdicts that name each cause."""
    counts: dict[str, dict[str, int]] = {}
    with (planted.root / JUDGED_CAUSES).open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines):
            counts.setdefault(row["move"], {})[row["cause"]] = int(row["verdicts"])
    rows = {
        move: {"wrong": number(sum(causes.values()), _COUNT), "because": _by_count(causes)}
        for move, causes in counts.items()
    }
    return table(
        "Verdicts that a move is wrong, of all readers, and their causes.", rows, corner="move"
    )


def _verdict(of: Precision) -> dict[str, str]:
    return {
        "read": f"{of.n_read:,} of {of.n_moves:,}",
        "pairs": number(of.n_pairs, _COUNT),
        "mean score": number(of.score, _SHARE),
        "right by one": number(of.right_by_one, _SHARE),
        "right by both": said(Estimate(of.precision, of.low, of.high, of.n_pairs), _SHARE),
        "readers agree": number(of.agree, _SHARE),
        "state": of.judged_state,
    }


def _by_count(counts: Mapping[str, int]) -> str:
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed([f"{slug} {n}" for slug, n in order]) or "–"


def _estimate(scores: Sequence[float]) -> Estimate:
    value, low, high = scores
    return Estimate(value, low, high, 0)
