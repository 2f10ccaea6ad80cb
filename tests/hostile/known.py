"""Cases that fail, by the reason why; to shrink to nothing.

A case that passes although it is listed here is an error, so whoever mends one takes it out:
`PYTHONPATH=tests python -m hostile.failures --trim` does so. Cases of `UNENDING` reasons are not run.
"""

from itertools import chain

ROOTS: dict[str, str] = {
    "reading/credits.py: label takes any outlet for an address": """
names/terminal/link
markup/outlet/style
""",
    "documents/params.py: read_params knows neither ranges nor depth, nor which names can be folders": """
paths/study/params-of-stage/endless
params/range/split.near_duplicate/-0.1
params/range/split.near_duplicate/1.5
params/range/split.near_duplicate/.nan
params/range/split.near_duplicate/.inf
params/range/prepare.min_words/-1
params/range/prepare.max_words/-1
params/range/prepare.max_words/0
params/range/prepare.furniture_min_stories/-1
params/range/prepare.furniture_min_stories/0
params/range/prepare.furniture_share/-0.1
params/range/prepare.furniture_share/1.5
params/range/prepare.furniture_share/.nan
params/range/prepare.furniture_share/.inf
params/range/prepare.furniture_max_words/-1
params/range/pair.shingle_words/-1
params/range/pair.shingle_words/0
params/range/pair.shingle_words/99999999999999999999999
params/range/pair.permutations/-1
params/range/pair.permutations/0
params/range/pair.permutations/99999999999999999999999
params/range/pair.permutations/127
params/range/pair.bands/-1
params/range/pair.bands/0
params/range/pair.bands/99999999999999999999999
params/range/pair.bands/7
params/range/pair.bands/129
params/range/pair.max_bucket/-1
params/range/pair.max_bucket/0
params/range/pair.rare_terms/-1
params/range/pair.retelling_cosine/-0.1
params/range/pair.retelling_cosine/1.5
params/range/pair.retelling_cosine/.nan
params/range/pair.retelling_cosine/.inf
params/range/pair.verbatim/-0.1
params/range/pair.verbatim/1.5
params/range/pair.verbatim/.nan
params/range/pair.verbatim/.inf
params/range/pair.trimmed/-0.1
params/range/pair.trimmed/1.5
params/range/pair.trimmed/.nan
params/range/pair.edited/-0.1
params/range/pair.edited/1.5
params/range/pair.edited/.nan
params/range/pair.rewritten/-0.1
params/range/pair.rewritten/1.5
params/range/pair.rewritten/.nan
params/range/pair.same_event/-0.1
params/range/pair.same_event/1.5
params/range/pair.same_event/.nan
params/range/pair.max_days/-1
params/range/pair.max_days/99999999999
params/range/pair.sibling_margin/-0.1
params/range/pair.sibling_margin/.nan
params/range/pair.sibling_margin/.inf
params/range/study.independents_per_original/-1
params/range/align.min_score/-0.1
params/range/align.min_score/1.5
params/range/align.min_score/.nan
params/range/align.min_score/.inf
params/range/align.further_score/-0.1
params/range/align.further_score/1.5
params/range/align.further_score/.nan
params/range/align.edited/-0.1
params/range/align.edited/1.5
params/range/align.edited/.nan
params/range/align.max_merge/-1
params/range/align.max_merge/0
params/range/compare.min_score/-0.1
params/range/compare.min_score/1.5
params/range/compare.min_score/.nan
params/range/compare.min_score/.inf
params/range/statistics.interval/-0.1
params/range/statistics.interval/1.5
params/range/statistics.interval/.nan
params/range/statistics.interval/.inf
params/range/statistics.interval/0
params/range/statistics.interval/1
params/range/statistics.interval/7.5
params/range/statistics.flips/-1
params/range/statistics.flips/0
params/range/statistics.flips/99999999999999999999999
params/range/statistics.min_confidence/-0.1
params/range/statistics.min_confidence/1.5
params/range/statistics.min_confidence/.nan
params/range/statistics.min_confidence/.inf
params/range/statistics.max_pairs_per_event/-1
params/range/statistics.max_pairs_per_event/0
params/range/statistics.fdr/-0.1
params/range/statistics.fdr/1.5
params/range/statistics.fdr/.nan
params/range/statistics.fdr/.inf
params/range/statistics.fdr/0
params/range/statistics.fdr/1
params/range/effects.least/-1
params/range/effects.least/0
params/range/effects.interval/0
params/range/effects.interval/1
params/range/effects.interval/7.5
params/range/effects.interval/.nan
params/range/effects.fdr/0
params/range/effects.fdr/1
params/range/effects.fdr/-1
params/range/effects.fdr/.nan
params/range/effects.power/0
params/range/effects.power/1
params/range/effects.power/2
params/range/effects.power/.nan
params/range/validate.resamples/-1
params/range/validate.resamples/0
params/range/validate.resamples/99999999999999999999999
params/range/validate.interval/0
params/range/validate.interval/1
params/range/validate.interval/7.5
params/range/validate.interval/.nan
params/range/validate.bins/-1
params/range/validate.bins/0
params/range/validate.min_group/-1
params/range/perturb.per_form/-1
params/range/figures.width_mm/-1
params/range/figures.width_mm/0
params/range/figures.dpi/-1
params/range/figures.dpi/0
params/range/figures.dpi/99999999999999999999999
params/range/figures.font_size/0
params/range/figures.font_size/-7
params/range/figures.font_size/.nan
params/range/figures.font_size/.inf
params/range/seed/-1
params/yaml/number-key
params/yaml/list-key
params/yaml/null-key
params/yaml/mixed-keys
params/yaml/deep-corpora
params/yaml/number-corpus
params/yaml/corpus-up
params/yaml/corpus-slash
params/yaml/corpus-empty
params/yaml/date
params/yaml/date-value
params/yaml/long-number
params/corpus-name/ansi
params/corpus-name/c1
params/corpus-name/bell
params/corpus-name/newline
params/corpus-name/carriage
params/corpus-name/bidi
params/corpus-name/isolate
params/corpus-name/markup
params/corpus-name/image
params/corpus-name/rich
params/corpus-name/link
params/corpus-name/template
params/corpus-name/format
params/corpus-name/zero-width
params/corpus-name/delete
params/add/number-key
params/remove/number-key
params/reproduce/number-key
params/stage/deep
params/stage/number-key
""",
    "stages/running.py: prints control characters, and lets errors of the system through": """
stages/annotate_articles/corpus/3
stages/pair_articles/corpus/3
stages/align_pairs/corpus/3
stages/compare_pairs/corpus/3
stages/study_statistics/corpus/3
stages/count_by_lexicon/corpus/3
stages/draw_figures/corpus/3
stages/prepare_articles/corpus/3
stages/fetch_corpus/corpus/3
stages/compare_pairs/flipped/1
""",
}

UNENDING_ROOTS: dict[str, str] = {
    "documents/params.py: read_params knows neither ranges nor depth, nor which names can be folders": """
paths/study/params-of-stage/fifo
params/yaml/deep
params/add/deep
params/remove/deep
params/reproduce/deep
""",
    "documents/tables.py, documents/tidy.py and statistics/study_tables.py open pipes": """
paths/study/comparisons/fifo
stages/annotate_articles/articles.parquet/fifo
stages/pair_articles/articles.parquet/fifo
stages/align_pairs/articles.parquet/fifo
stages/align_pairs/pairs.parquet/fifo
stages/compare_pairs/articles.parquet/fifo
stages/compare_pairs/annotations.parquet/fifo
stages/compare_pairs/alignments.parquet/fifo
stages/study_statistics/articles.parquet/fifo
stages/study_statistics/dropped.parquet/fifo
stages/study_statistics/annotations.parquet/fifo
stages/study_statistics/pairs.parquet/fifo
stages/study_statistics/comparisons.parquet/fifo
stages/count_by_lexicon/articles.parquet/fifo
stages/count_by_lexicon/comparisons.parquet/fifo
stages/draw_figures/survival.csv/fifo
stages/draw_figures/n.csv/fifo
stages/draw_figures/coast.yaml/fifo
""",
}

KNOWN = {
    id: why
    for why, ids in chain(ROOTS.items(), UNENDING_ROOTS.items())
    for id in ids.split("\n")
    if id
}
UNENDING = {id for ids in UNENDING_ROOTS.values() for id in ids.split("\n") if id}
