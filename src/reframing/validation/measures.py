"""The measures of the gold suite: data, metric, what is published, and what is to be reached."""

from typing import NamedTuple


class Published(NamedTuple):
    """A score that others report, and where; splits may differ, which `source` then says."""

    score: float
    source: str


class Measure(NamedTuple):
    """One row of the table of measures; `target` is the score to reach, None where none is set."""

    slug: str
    title: str
    data: str
    metric: str
    unit: str
    target: float | None = None
    published: Published | None = None


_POLNEAR = "PolNeAR dev (Newell, Margolin & Ruths 2018)"
_DOCUMENTS = "documents"

MEASURES: tuple[Measure, ...] = (
    Measure("attribution-cue", "attribution cue", _POLNEAR, "overlap F1", _DOCUMENTS, 0.85),
    Measure("attribution-source", "attribution source", _POLNEAR, "overlap F1", _DOCUMENTS, 0.87),
    Measure("content-token", "attributed content", _POLNEAR, "token F1", _DOCUMENTS, 0.92),
    Measure("content-exact", "attributed content", _POLNEAR, "exact F1", _DOCUMENTS, 0.67),
    Measure("attribution-linked", "linked attribution", _POLNEAR, "F1", _DOCUMENTS, 0.80),
    Measure("source-link", "source of a found cue", _POLNEAR, "share right", _DOCUMENTS),
    Measure("content-link", "content of a found cue", _POLNEAR, "share right", _DOCUMENTS),
    Measure("quote-speaker", "speaker of a quotation", "embedded sample", "F1", "articles", 0.90),
    Measure(
        "hedge-cues",
        "hedge cues",
        "Szeged Wikipedia, held-out documents (Szarvas et al. 2012)",
        "token F1",
        "sentences",
        0.86,
        Published(0.88, "approximate, of fine-tuned BERT taggers on other splits of the corpus"),
    ),
    Measure(
        "certainty",
        "sentence certainty",
        "Pei & Jurgens (2021), test",
        "Pearson r",
        "findings",
        0.77,
    ),
    Measure(
        "certainty-ext",
        "sentence certainty, other sources",
        "Pei & Jurgens (2021), ext",
        "Pearson r",
        "findings",
        0.68,
    ),
    Measure(
        "target-sentiment",
        "sentiment toward a target",
        "NewsMTSC devtest_rw",
        "macro-F1, 3 classes",
        "targets",
        0.80,
        Published(0.83, "Hamborg & Donnay (2021), GRU-TSC"),
    ),
    Measure(
        "bias",
        "biased sentence",
        "BABE, held-out articles",
        "macro-F1",
        "sentences",
        0.81,
        Published(
            0.804, "Spinde et al. (2021), BERT with distant supervision, 5 folds by sentence"
        ),
    ),
    Measure("bias-auc", "biased sentence", "BABE, held-out articles", "AUC", "sentences"),
    Measure(
        "biased-side",
        "biased side of an edit",
        "Wikipedia neutrality corpus, held-out pairs (Pryzant et al. 2020)",
        "share right, ties half",
        "pairs",
        0.80,
    ),
    Measure(
        "evaluation-auc",
        "evaluations per word",
        "SheepDog retellings: sensational and emotional against objective and neutral",
        "AUC",
        "retellings",
        0.95,
    ),
    Measure(
        "claim-strength",
        "causal strength, abstracts",
        "PubMed conclusions, held out (Yu, Li & Wang 2019)",
        "macro-F1, 4 classes",
        "sentences",
        0.85,
        Published(0.88, "Yu, Li & Wang (2019), BioBERT, 5 folds"),
    ),
    Measure(
        "claim-strength-releases",
        "causal strength, press releases",
        "EurekAlert, held out (Yu et al. 2020)",
        "macro-F1, 4 classes",
        "sentences",
        0.85,
    ),
    Measure(
        "exaggeration",
        "exaggeration of a claim",
        "InSciOut pairs (Wright & Augenstein 2021)",
        "macro-F1, 3 classes",
        "pairs",
        0.50,
        Published(0.48, "approximate: Wright & Augenstein (2021), MT-PET, on their test pairs"),
    ),
    Measure(
        "support-ectsum",
        "support of a summary, earnings calls",
        "SummEdits ectsum (Laban et al. 2023)",
        "balanced accuracy",
        "summaries",
        0.70,
        Published(0.83, "Laban et al. (2023), GPT-4; SummaC .62"),
    ),
    Measure(
        "support-cnndm",
        "support of a sentence, news",
        "QAGS CNN/DailyMail (Wang et al. 2020)",
        "balanced accuracy",
        "sentences",
        0.70,
    ),
    Measure(
        "support-xsum",
        "support of a sentence, abstractive news",
        "QAGS XSum (Wang et al. 2020)",
        "balanced accuracy",
        "sentences",
        0.70,
    ),
    Measure("sentences-sample", "sentence boundaries", "embedded sample", "F1", "articles", 0.98),
    Measure(
        "sentences-polnear",
        "sentence boundaries, news",
        "PolNeAR dev, hand-checked texts",
        "F1",
        _DOCUMENTS,
        0.98,
    ),
)

BY_SLUG = {measure.slug: measure for measure in MEASURES}
CALIBRATED = ("certainty", "certainty-ext", "bias-auc")
"""Measures whose evidence has rows (score, what the score should be on average), both in [0, 1]."""
