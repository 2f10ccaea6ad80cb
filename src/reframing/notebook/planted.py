"""Is what was changed found? The benchmark of planted changes as an answer, figures and tables."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reframing.errors import InputError
from reframing.notebook.figures import published
from reframing.notebook.opened import repository_root
from reframing.notebook.tables import Table, table
from reframing.notebook.wording import SCORE, Scale, bold, listed, number, said
from reframing.statistics.bootstrap import Estimate

if TYPE_CHECKING:
    from IPython.display import HTML, Markdown

RECORD = Path("results/perturbation.json")
JUDGED = Path("results/tables/judged.csv")
JUDGED_BY_SCORE = Path("results/tables/judged_by_score.csv")
JUDGED_CAUSES = Path("results/tables/judged_causes.csv")
FIGURES = Path("results/figures/perturbation")
ALL, VERBATIM = "all", "verbatim"

_COUNT = Scale(1, 0)
_SHARE = Scale(1, 2)


@dataclass(frozen=True, slots=True)
class Planted:
    """What results/perturbation.json holds, and the repository's root."""

    root: Path
    record: Mapping[str, Any]

    @property
    def whole(self) -> Mapping[str, Any]:
        """The scores of all moves together."""
        return next(score for score in self.record["moves"] if score["move"] == ALL)

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
    """Recall, precision and false alarms in one paragraph."""
    from IPython.display import Markdown

    whole, rewritten, copies = planted.whole, planted.faithful(ALL), planted.faithful(VERBATIM)
    recall, precision = (bold(_estimate(whole[of]), SCORE) for of in ("recall", "precision"))
    return Markdown(
        f"Of {whole['planted']:,} planted changes {recall} are found; of what is found {precision} was "
        f"planted. In {rewritten['words']:,} words of faithful rewrites there are "
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
    found = sorted(planted.record["forms"], key=lambda form: form["found"] / form["planted"])
    rows = {
        f"{form['form']} ({form['move']})": {
            "planted": number(form["planted"], _COUNT),
            "found": number(form["found"] / form["planted"], SCORE),
            "false moves": _by_count(form["false"]),
        }
        for form in found
    }
    return table("Planted changes by form, those found least first.", rows, corner="form")


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
    caption = "Moves of real pairs, as readers judged them; Wilson's intervals."
    return table(caption, _verdicts(planted.root / JUDGED), corner="move")


def judged_by_score(planted: Planted) -> Table:
    """What readers decided on moves of like scores, from the lowest scores to the highest."""
    caption = "The same moves in bins of equally many by score; a score says how many are right."
    return table(caption, _verdicts(planted.root / JUDGED_BY_SCORE), corner="scores")


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


def _verdicts(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf8", newline="") as lines:
        reader = csv.reader(lines)
        _, *columns = next(reader)
        return {
            name: _verdict(dict(zip(columns, map(float, row), strict=True)))
            for name, *row in reader
        }


def _verdict(row: Mapping[str, float]) -> dict[str, str]:
    return {
        "moves": number(row["n"], _COUNT),
        "mean score": number(row["score"], _SHARE),
        "right by one": number(row["right_by_one"], _SHARE),
        "right by all readers": said(
            _estimate([row[of] for of in ("right_by_all", "low", "high")]), _SHARE
        ),
        "readers agree": number(row["agree"], _SHARE),
    }


def _by_count(counts: Mapping[str, int]) -> str:
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed([f"{slug} {n}" for slug, n in order]) or "–"


def _estimate(scores: Sequence[float]) -> Estimate:
    value, low, high = scores
    return Estimate(value, low, high, 0)
