"""Can the measures be trusted? The gold suite's record as an answer, tables and its figure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from reframing.documents.errors import InputError
from reframing.notebook.figures import published
from reframing.notebook.opened import repository_root
from reframing.notebook.tables import Table, table
from reframing.notebook.wording import SCORE, Scale, bold, counted, listed, number, said
from reframing.statistics.estimates import Estimate, Resampling, ratio_estimate

if TYPE_CHECKING:
    from IPython.display import HTML, Markdown

RECORD = Path("results/validation.json")
TRANSFER = Path("models/transfer")
FIGURES = Path("results/figures/validation")

_COUNT = Scale(1, 0)
_FEWEST_KINDS = 5


@dataclass(frozen=True, slots=True)
class Validation:
    """What results/validation.json and models/transfer hold, and the repository's root."""

    root: Path
    record: Mapping[str, Any]
    transfer: Sequence[Mapping[str, Any]] = ()

    @property
    def measures(self) -> Sequence[Mapping[str, Any]]:
        return self.record["measures"]

    @property
    def profiles(self) -> list[str]:
        """The profiles that were scored, in the order of their names."""
        scores = (score for measure in self.measures for score in measure["scores"])
        return sorted({score["system"] for score in scores if score["kind"] == "profile"})


def open_validation() -> Validation:
    """The scores as the stage `validate` and the training wrote them; `InputError` where they did not."""
    root = repository_root(Path.cwd())
    return Validation(
        root,
        _read(root, RECORD, "run the stage `validate`"),
        [_read(root, file, "run `make transfer promote`") for file in _trials(root)],
    )


def _trials(root: Path) -> list[Path]:
    return sorted(file.relative_to(root) for file in (root / TRANSFER).glob("*.json"))


def _read(root: Path, file: Path, remedy: str) -> Any:
    try:
        return json.loads((root / file).read_text(encoding="utf8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {error}; {remedy}", str(file)) from error


def answer(validation: Validation) -> "Markdown":
    """For each profile how many scores it reaches, and what falls short the most."""
    from IPython.display import Markdown

    return Markdown(" ".join(_answer(validation, profile) for profile in validation.profiles))


def _answer(validation: Validation, profile: str) -> str:
    due = [(m, s) for m, s in _profile_scores(validation, profile) if m["target"] is not None]
    short = [(m, s) for m, s in due if not s["reached"]]
    reached = f"**{len(due) - len(short)}** of {counted(len(due), 'target score')}"
    if not short:
        return f"Profile `{profile}` reaches {reached}, which is all."
    measure, score = max(short, key=lambda pair: pair[0]["target"] - (pair[1]["score"] or 0))
    return (
        f"Profile `{profile}` reaches {reached}; furthest below is the one for {measure['title']} "
        f"({measure['metric']} {bold(_estimate(score), SCORE)}, to reach {measure['target']:.2f})."
    )


def scores(validation: Validation) -> Table:
    """Every measure: the best baseline, people, what is published, the profiles, what to reach."""
    rows = {
        f"{measure['title']}, {measure['metric']}": {
            "trivial": _best(measure, ("trivial",)),
            "word list or other method": _best(measure, ("word list", "other method")),
            "another annotator": _best(measure, ("people",)),
            "published": _target(measure["published"] and measure["published"]["score"]),
            **{profile: _of(measure, profile) for profile in validation.profiles},
            "to reach": _target(measure["target"]),
        }
        for measure in validation.measures
    }
    return table(f"Scores on gold; intervals: {validation.record['intervals']}.", rows)


def data(validation: Validation) -> Table:
    """What each measure was scored on, and where a published score comes from."""
    rows = {
        f"{measure['title']}, {measure['metric']}": {
            "data": measure["data"],
            "n": _size(measure),
            "of": measure["unit"],
            "published": measure["published"]["source"] if measure["published"] else "–",
        }
        for measure in validation.measures
    }
    return table("Data, and sources of published scores.", rows)


def groups(validation: Validation, grouping: str, slugs: Sequence[str]) -> Table:
    """Scores within the groups of one grouping, for some measures and every profile."""
    found = [g for g in validation.record["groups"] if g["grouping"] == grouping]
    rows: dict[str, dict[str, str]] = {}
    for group in found:
        if group["measure"] in slugs:
            heading = f"{_title(validation, group['measure'])}, {group['system']}"
            value = f"{said(_estimate(group), SCORE)} (n = {group['n']:,})"
            rows.setdefault(group["group"], {})[heading] = value
    titles = listed(list(dict.fromkeys(_title(validation, slug) for slug in slugs)))
    return table(f"Scores by {grouping}: {titles}.", rows, corner=grouping)


def transfer(validation: Validation) -> Table:
    """Scores with and without a kind of text in training, and the fall from one to the other.

    The fall is the mean over kinds, each as heavy as it has sentences, and its interval resamples kinds:
    they, not sentences, are what another outlet would be one more of. Of a few kinds it is not given.
    """
    rows: dict[str, dict[str, Any]] = {}
    for trial in validation.transfer:
        kinds = trial["kinds"]
        units = np.array([kind["units"] for kind in kinds], np.float64)
        for metric in trial["seen"]:
            falls = np.array([kind["seen"][metric] - kind["unseen"][metric] for kind in kinds])
            fall = ratio_estimate(falls * units, units, Resampling())
            rows[f"{trial['data']}: {metric}"] = {
                "left out": counted(len(kinds), trial["left_out"]),
                "learned from all": number(trial["seen"][metric], SCORE),
                "never seen": number(trial["unseen"][metric], SCORE),
                "fall": (
                    number(fall.value, SCORE, signed=True)
                    if len(kinds) < _FEWEST_KINDS
                    else said(fall, SCORE, signed=True)
                ),
                "furthest fall": (
                    f"{kinds[falls.argmax()]['kind']}, {number(falls.max(), SCORE, signed=True)}"
                ),
            }
    return table("Scores on kinds of text that training had none of.", rows)


def calibration(validation: Validation, slug: str) -> Table:
    """Mean score and mean outcome in bins of equally many items."""
    curves = [c for c in validation.record["calibration"] if c["measure"] == slug]
    rows: dict[str, dict[str, str]] = {}
    for curve in curves:
        for part in curve["bins"]:
            row = rows.setdefault(f"bin {part['bin']}", {})
            row[f"{curve['system']}: said"] = number(part["mean_score"], SCORE)
            row[f"{curve['system']}: was"] = number(part["mean_gold"], SCORE)
    off = listed(
        [f"{c['system']} {number(c['expected_calibration_error'], SCORE)}" for c in curves]
    )
    title = _title(validation, slug)
    return table(f"Calibration of {title}; expected calibration error: {off}.", rows)


def errors(validation: Validation, slug: str) -> Table:
    """Kinds of error on one measure with their counts, the most frequent of the first profile first."""
    rows: dict[str, dict[str, str]] = {}
    for row in validation.record["errors"]:
        if row["measure"] == slug:
            rows.setdefault(row["error"], {})[row["system"]] = number(row["n"], _COUNT)
    return table(f"Kinds of error: {_title(validation, slug)}.", rows, corner="kind")


def figure(validation: Validation) -> "HTML":
    """The figure of the scores with its caption."""
    return published(validation.root / FIGURES, "scores", "validation/scores")


def _profile_scores(
    validation: Validation, profile: str
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for measure in validation.measures:
        for score in measure["scores"]:
            if score["system"] == profile:
                yield measure, score


def _estimate(score: Mapping[str, Any]) -> Estimate:
    value, low, high = (
        float("nan") if score[key] is None else score[key] for key in ("score", "low", "high")
    )
    return Estimate(value, low, high, score["n_documents"])


def _best(measure: Mapping[str, Any], kinds: Sequence[str]) -> str:
    found = [s for s in measure["scores"] if s["kind"] in kinds and s["score"] is not None]
    return number(max((s["score"] for s in found), default=float("nan")), SCORE)


def _of(measure: Mapping[str, Any], profile: str) -> str:
    found = [score for score in measure["scores"] if score["system"] == profile]
    return said(_estimate(found[0]), SCORE) if found else "–"


def _size(measure: Mapping[str, Any]) -> int:
    return measure["scores"][-1]["n"]


def _target(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"


def _title(validation: Validation, slug: str) -> str:
    return next(m["title"] for m in validation.measures if m["slug"] == slug)
