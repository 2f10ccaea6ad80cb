"""The parameters of the training pipeline."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from training.fit import Schedule


@dataclass(frozen=True, slots=True)
class Choices:
    """How one model is trained: its schedule, and how often each corpus is read in an epoch.

    `untaught` names the heads that learn from gold alone, because their teacher knows no better.
    """

    seed: int
    schedule: Schedule
    repeats: dict[str, int]
    untaught: tuple[str, ...]


def read_choices(name: str, path: Path = Path("training/params.yaml")) -> Choices:
    """The choices of one model."""
    raw: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf8"))
    section = dict(raw[name])
    repeats, untaught = section.pop("repeats"), tuple(section.pop("untaught", ()))
    return Choices(raw["seed"], Schedule(**section), repeats, untaught)
