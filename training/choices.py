"""The parameters of the training pipeline."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Choices:
    """How one model is trained.

    It reads the units of its tasks for `epochs`, those of a corpus `repeats` times an epoch (once, unless
    named); of a corpus in `thinned` only that share of the units without a marked word, drawn anew each
    time. `pieces` is the padded size of a batch; `rate` that of the encoder's last layer, `layer_decay` the
    rate of each layer to the one above it, `head_rate` that of the heads to `rate`. `average` is the decay
    of the averaged weights, `hard` the share of the gold's loss where a teacher's labels stand beside it.
    """

    seed: int
    epochs: int
    rate: float
    pieces: int
    head_rate: float
    layer_decay: float
    average: float
    hard: float
    repeats: dict[str, int] = field(default_factory=dict)
    thinned: dict[str, float] = field(default_factory=dict)
    warm_up: float = 0.06


def read_choices(section: str, path: Path = Path("training/params.yaml")) -> Choices:
    """The choices of one model, a section of the parameters."""
    raw: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf8"))
    return Choices(seed=raw["seed"], **raw[section])
