"""Scores on the `dev` parts after each epoch, on which choices are based."""

import sys

from training import gold
from training.corpora import SENTENCE_TASKS, TOKEN_TASKS, Corpora, development_documents
from training.model import Model
from training.predict import predict, scores_of_attributions, tag_scores, value_scores
from training.units import Vocabulary


class Report:
    """Called after each epoch, it prints the scores of a model on `dev`."""

    def __init__(self, corpora: Corpora, vocabulary: Vocabulary) -> None:
        self._corpora = corpora
        self._vocabulary = vocabulary
        self._documents = development_documents() if "polnear" in corpora.units else []

    def __call__(self, model: Model, epoch: int) -> None:
        scores = self.scores(model)
        print(
            f"epoch {epoch + 1}:",
            ", ".join(f"{name} {score:.4f}" for name, score in scores.items()),
            file=sys.stderr,
            flush=True,
        )

    def scores(self, model: Model) -> dict[str, float]:
        """Scores by measure, on the `dev` part of every corpus."""
        found: dict[str, float] = {}
        for corpus, units in self._corpora.part("dev").items():
            predicted = predict(model, units, self._vocabulary)
            if corpus == "polnear":
                found |= scores_of_attributions(units, predicted, self._documents, gold.ATTRIBUTION)
            for task in TOKEN_TASKS.get(corpus, ()):
                if task in ("hedge", "loaded") and task in predicted[0]:
                    found |= tag_scores(units, predicted, task)
            for task in SENTENCE_TASKS.get(corpus, ()):
                known = [i for i, u in enumerate(units) if task in u.value]
                found |= value_scores(
                    [units[i] for i in known], [predicted[i] for i in known], task
                )
        if self._corpora.pairs:
            found["WNC side"] = self._sides(model)
        return found

    def _sides(self, model: Model) -> float:
        pairs = self._corpora.pairs["dev"]
        biased = predict(model, [before for before, _ in pairs], self._vocabulary)
        neutral = predict(model, [after for _, after in pairs], self._vocabulary)
        right = [float(a["bias"] > b["bias"]) for a, b in zip(biased, neutral, strict=True)]
        return sum(right) / len(right)
