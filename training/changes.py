"""Stage `changes`: the network that reads how words were changed.

It learns from passages labelled by readers and from planted changes (passages.py), and starts from the
encoder of the annotator that ships.
"""

from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from reframing.moves.change_reader import CHANGE, FLAGS, LINKED, MARKS, OCCURS, parts_of
from reframing.networks.network import models_folder
from training.choices import read_choices
from training.encoder import Encoder
from training.encoders import minilm
from training.export import numbers_in, weights_of, write_card, write_network
from training.fit import fit
from training.model import Model
from training.passages import LABELS, read_units
from training.quantise import calibrate, numbers_of
from training.units import Unit, Vocabulary

NAME = "changes"
BUILT = Path("training/build/models") / NAME
CALIBRATED_ON = 800  # passages of each of two kinds


class Known(nn.Module):
    """The embedding of a flag: the sum of embeddings of its parts, and of its first two parts together."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        sizes = (2, len(OCCURS), 2, len(MARKS), 2 * len(OCCURS))
        self.parts = nn.ModuleList(nn.Embedding(size, hidden) for size in sizes)
        for part in self.parts:
            nn.init.normal_(part.weight, std=0.02)
        rows = [(*parts_of(flag), 0) for flag in range(FLAGS)]
        table = torch.tensor(rows)
        table[:, 4] = table[:, 0] * len(OCCURS) + table[:, 1]
        self.register_buffer("table", table)

    def forward(self, flags: Tensor) -> Tensor:
        rows = self.table[flags]
        return sum(part(rows[..., k]) for k, part in enumerate(self.parts))

    @property
    def weight(self) -> Tensor:
        """The embeddings of all flags (flags, hidden)."""
        return self(torch.arange(FLAGS))


def model_of(encoder: Encoder) -> Model:
    """An encoder with the heads and the flag embedding of this network."""
    model = Model(encoder, {CHANGE: len(LABELS)}, {LINKED: 1})
    model.flags = Known(encoder.shape.hidden)
    return model


def network() -> tuple[Model, Vocabulary]:
    """The untrained network with its vocabulary: the annotator's encoder, with new heads and flag embedding."""
    encoder, vocabulary = minilm()
    annotator = weights_of(numbers_in(onnx.load(models_folder() / "annotator" / "network.onnx")))
    known = {name: torch.tensor(weight) for name, weight in annotator.items()}
    encoder.load_state_dict(encoder.state_dict() | known)
    return model_of(encoder), vocabulary


def main() -> None:
    choices = read_choices(NAME)
    torch.manual_seed(choices.seed)
    units = read_units()
    model, vocabulary = network()
    fit(model, units, (), vocabulary, choices)
    ship(model, [*units["read"][:CALIBRATED_ON], *units["planted"][:CALIBRATED_ON]], BUILT)


def ship(model: Model, units: Sequence[Unit], folder: Path) -> None:
    """Write the network, quantised to 8 bits, and its card."""
    digest = write_network(folder, numbers_of(model, calibrate(model, units)))
    card = {
        "name": NAME,
        "version": "",
        "sha256": "",
        "tokens": {CHANGE: LABELS},
        "sentences": {LINKED: ("linked",)},
        "targets": {},
        "offsets": {},
    }
    write_card(folder, card, digest)


if __name__ == "__main__":
    main()
