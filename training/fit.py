"""The training loop: batches of one task at a time, warm-up and linear decay, averaged weights."""

import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.choices import Choices
from training.model import Model, loss_of, soft_loss
from training.units import Unit, Vocabulary, batches, collate

Pairs = Sequence[tuple[Unit, Unit]]


def fit(
    model: Model,
    tasks: Mapping[str, Sequence[Unit]],
    pairs: Pairs,
    vocabulary: Vocabulary,
    choices: Choices,
    report: Callable[[Model, int], None] | None = None,
) -> Model:
    """Train a model in place; returns it with its averaged weights.

    `tasks` has the units of each corpus; tags, values and soft labels of a unit determine which heads
    learn from it. `pairs` (biased, neutral) teach the model to give the first a higher bias than the
    second. `report` is called after each epoch with the averaged weights and the number of the epoch,
    from 0.
    """
    rng = random.Random(choices.seed)
    optimiser = _optimiser(model, choices)
    averaged = {k: v.detach().clone() for k, v in model.state_dict().items()}
    plan = [list(_plan(tasks, pairs, choices, rng)) for _ in range(choices.epochs)]
    total, step, began = sum(map(len, plan)), 0, time.monotonic()
    running: dict[str, float] = {}
    for epoch, steps in enumerate(plan):
        model.train()
        for corpus, indices in steps:
            _set_rates(optimiser, choices, step, total)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                if corpus == "wnc":
                    loss = _ranking(model, [pairs[i] for i in indices], vocabulary)
                else:
                    loss = _losses(model, [tasks[corpus][i] for i in indices], vocabulary, choices)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            step += 1
            _update(averaged, model, min(choices.average, step / (step + 10)))
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
    pairs: Pairs,
    choices: Choices,
    rng: random.Random,
) -> list[tuple[str, list[int]]]:
    """The batches of one epoch, as indices of the units of a corpus, or of the pairs (`wnc`)."""
    steps: list[tuple[str, list[int]]] = []
    for corpus, units in tasks.items():
        for _ in range(choices.repeats.get(corpus, 1)):
            kept = thinned(units, choices.thinned.get(corpus, 1.0), rng)
            made = batches([units[i] for i in kept], choices.pieces, rng)
            steps += [(corpus, [kept[i] for i in batch]) for batch in made]
    biased = [biased for biased, _ in pairs]
    for _ in range(choices.repeats.get("wnc", 1) if pairs else 0):
        steps += [("wnc", batch) for batch in batches(biased, choices.pieces // 2, rng)]
    rng.shuffle(steps)
    return steps


def thinned(units: Sequence[Unit], share: float, rng: random.Random) -> list[int]:
    """Indices of the units with a marked word, and of a random share of the others."""
    return [
        i
        for i, u in enumerate(units)
        if share == 1
        or any(tag > 0 for tags in u.tags.values() for tag in tags)
        or rng.random() < share
    ]


def _losses(
    model: Model, units: Sequence[Unit], vocabulary: Vocabulary, choices: Choices
) -> Tensor:
    logits = model(collate(units, vocabulary))
    total = torch.zeros(())
    for task, of_task in logits.items():
        labelled = [row for row, u in enumerate(units) if task in u.tags or task in u.value]
        softened = any(task in u.soft for u in units)
        hard = choices.hard if softened else 1.0
        if labelled and hard:
            total = total + hard * loss_of(task, of_task[labelled], [units[i] for i in labelled])
        if softened:
            total = total + (1 - hard if labelled else 1.0) * soft_loss(task, of_task, units)
    return total


def _ranking(model: Model, pairs: Pairs, vocabulary: Vocabulary) -> Tensor:
    """Logistic ranking loss: the bias of the biased sentence should exceed that of the neutral one."""
    both = [biased for biased, _ in pairs] + [neutral for _, neutral in pairs]
    bias = model(collate(both, vocabulary))["bias"][:, 0]
    gap = bias[: len(pairs)] - bias[len(pairs) :]
    return F.softplus(-gap).mean()


def _optimiser(model: Model, choices: Choices) -> torch.optim.AdamW:
    layers = model.encoder.shape.layers
    groups = []
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        rate = choices.rate
        if name.startswith("encoder.layers."):
            rate *= choices.layer_decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder."):
            rate *= choices.layer_decay**layers
        else:
            rate *= choices.head_rate
        decay = 0.01 if weight.dim() > 1 else 0.0
        groups.append({"params": [weight], "lr": rate, "base": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, fused=True)


def _set_rates(optimiser: torch.optim.AdamW, choices: Choices, step: int, total: int) -> None:
    done = step / total
    factor = min(1.0, done / choices.warm_up) * max(0.02, 1 - done)
    for group in optimiser.param_groups:
        group["lr"] = group["base"] * factor


@torch.no_grad()
def _update(averaged: dict[str, Tensor], model: Model, decay: float) -> None:
    for name, value in model.state_dict().items():
        if value.dtype.is_floating_point:
            averaged[name].lerp_(value, 1 - decay)
