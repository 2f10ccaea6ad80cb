"""The training loop: batches of one task at a time, warm-up and linear decay, averaged weights."""

import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.model import Model, loss_of, soft_loss
from training.units import Batch, Unit, Vocabulary, batches, collate

Pairs = Sequence[tuple[Unit, Unit]]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: `epochs` over the tasks' units, each task counted `repeats` times.

    `pieces` is the padded size of a batch; `average` the decay of the averaged weights; `hard` the
    share of the gold's loss where a teacher's labels stand beside it; `layer_decay` the rate of each
    layer to the one above it; `masked` the share of word pieces that are hidden from the encoder.
    """

    epochs: int
    rate: float
    pieces: int = 2048
    head_rate: float = 1.0
    layer_decay: float = 1.0
    average: float = 0.999
    hard: float = 0.5
    warm_up: float = 0.06
    masked: float = 0.0
    margin: float = 1.0


def fit(
    model: Model,
    tasks: Mapping[str, Sequence[Unit]],
    repeats: Mapping[str, int],
    pairs: Pairs,
    vocabulary: Vocabulary,
    schedule: Schedule,
    seed: int,
    report: Callable[[Model, int], None] | None = None,
) -> Model:
    """Train in place and return the model with its averaged weights.

    `tasks` names for each corpus its units; a unit's own tags, values and soft labels say which heads
    learn from it. `pairs` (biased, neutral) rank the bias of the first above that of the second.
    """
    rng = random.Random(seed)
    optimiser = _optimiser(model, schedule)
    averaged = {k: v.detach().clone() for k, v in model.state_dict().items()}
    plan = [list(_plan(tasks, repeats, pairs, schedule, rng)) for _ in range(schedule.epochs)]
    total, step, began = sum(map(len, plan)), 0, time.monotonic()
    running: dict[str, float] = {}
    for epoch, steps in enumerate(plan):
        model.train()
        for corpus, indices in steps:
            _set_rates(optimiser, schedule, step, total)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                if corpus == "wnc":
                    loss = _ranking(model, [pairs[i] for i in indices], vocabulary, schedule)
                else:
                    loss = _losses(model, [tasks[corpus][i] for i in indices], vocabulary, schedule)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            _update(averaged, model, min(schedule.average, step / (step + 10)))
            running[corpus] = 0.98 * running.get(corpus, loss.item()) + 0.02 * loss.item()
            if step % 100 == 0:
                figures = " ".join(f"{k} {v:.3f}" for k, v in running.items())
                took = time.monotonic() - began
                print(
                    f"step {step} of {total}, {took:.0f} s: {figures}", file=sys.stderr, flush=True
                )
        if report:
            kept = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(averaged)
            report(model, epoch)
            model.load_state_dict(kept)
    model.load_state_dict(averaged)
    return model


def _plan(
    tasks: Mapping[str, Sequence[Unit]],
    repeats: Mapping[str, int],
    pairs: Pairs,
    schedule: Schedule,
    rng: random.Random,
) -> list[tuple[str, list[int]]]:
    steps = [
        (corpus, batch)
        for corpus, units in tasks.items()
        for _ in range(repeats.get(corpus, 1))
        for batch in batches(units, schedule.pieces, rng)
    ]
    biased = [biased for biased, _ in pairs]
    for _ in range(repeats.get("wnc", 1) if pairs else 0):
        steps += [("wnc", batch) for batch in batches(biased, schedule.pieces // 2, rng)]
    rng.shuffle(steps)
    return steps


def _losses(
    model: Model, units: Sequence[Unit], vocabulary: Vocabulary, schedule: Schedule
) -> Tensor:
    logits = model(_masked(collate(units, vocabulary), vocabulary, schedule.masked))
    total = torch.zeros(())
    for task, of_task in logits.items():
        labelled = [row for row, u in enumerate(units) if task in u.tags or task in u.value]
        softened = any(task in u.soft for u in units)
        hard = schedule.hard if softened else 1.0
        if labelled and hard:
            total = total + hard * loss_of(task, of_task[labelled], [units[i] for i in labelled])
        if softened:
            total = total + (1 - hard if labelled else 1.0) * soft_loss(task, of_task, units)
    return total


def _masked(batch: Batch, vocabulary: Vocabulary, share: float) -> Batch:
    """The batch with a random share of its pieces replaced by the mask."""
    if not share:
        return batch
    hidden = (torch.rand(batch.ids.shape) < share) & (batch.ids > vocabulary.special)
    return batch._replace(ids=torch.where(hidden, vocabulary.mask, batch.ids))


def _ranking(model: Model, pairs: Pairs, vocabulary: Vocabulary, schedule: Schedule) -> Tensor:
    """The biased sentence's bias should exceed the neutral one's (logistic ranking loss)."""
    both = [biased for biased, _ in pairs] + [neutral for _, neutral in pairs]
    bias = model(collate(both, vocabulary))["bias"][:, 0]
    gap = bias[: len(pairs)] - bias[len(pairs) :]
    return F.softplus(-gap / schedule.margin).mean()


def _optimiser(model: Model, schedule: Schedule) -> torch.optim.AdamW:
    layers = model.encoder.shape.layers
    groups = []
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        rate = schedule.rate
        if name.startswith("encoder.layers."):
            rate *= schedule.layer_decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder."):
            rate *= schedule.layer_decay**layers
        else:
            rate *= schedule.head_rate
        decay = 0.01 if weight.dim() > 1 else 0.0
        groups.append({"params": [weight], "lr": rate, "base": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, fused=True)


def _set_rates(optimiser: torch.optim.AdamW, schedule: Schedule, step: int, total: int) -> None:
    done = step / total
    factor = min(1.0, done / schedule.warm_up) * max(0.02, 1 - done)
    for group in optimiser.param_groups:
        group["lr"] = group["base"] * factor


@torch.no_grad()
def _update(averaged: dict[str, Tensor], model: Model, decay: float) -> None:
    for name, value in model.state_dict().items():
        if value.dtype.is_floating_point:
            averaged[name].lerp_(value, 1 - decay)
