"""The parameters of the training pipeline (training/params.yaml)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Choices:
    """How one model is trained.

    It reads the units of its tasks for `epochs`, those of a corpus `repeats` times per epoch (default:
    once). Of a corpus in `thinned`, only that share of the units without a marked word is read, drawn
    anew each time. `pieces` is the size of a batch in padded word pieces. `rate` is the learning rate of
    the encoder's last layer, `layer_decay` the ratio of each layer's rate to that of the layer above,
    `head_rate` the ratio of the heads' rate to `rate`. `average` is the decay of the averaged weights.
    `hard` is the share of the gold in the loss where a teacher's labels exist as well; `warm_up` the
    share of steps over which the rate rises.
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
    """The parameters of one model: a section of the file, with the seed of all."""
    raw: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf8"))
    return Choices(seed=raw["seed"], **raw[section])
