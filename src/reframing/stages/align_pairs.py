"""Stage `align`: the pairs of the study, null pairs included, with their aligned sentences."""

from functools import partial

from reframing.documents import files
from reframing.documents.parallel import ordered_map
from reframing.documents.params import AlignParams, corpus_named, read_params
from reframing.documents.records import Aligned, Article, Pair, StudyPair
from reframing.documents.tables import read_records, write_records
from reframing.measures.annotate import EMBEDDERS, Profile
from reframing.pairing.align import align
from reframing.pairing.study_pairs import repost_of, study_pairs
from reframing.stages.annotate_articles import profile_of
from reframing.stages.running import run


def main(corpus: str) -> None:
    articles = list(read_records(files.articles(corpus), Article))
    params = read_params()
    found = read_records(files.pairs(corpus), Pair)
    pairs = study_pairs(
        articles, found, params.study, corpus_named(corpus, params.corpora).directed
    )
    by_id = {article.id: article for article in articles}
    tasks = ((pair, by_id[pair.original], repost_of(pair, by_id)) for pair in pairs)
    align_one = partial(_aligned, params.align, profile_of(params.annotate))
    aligned = ordered_map(align_one, tasks, files.jobs())
    write_records(files.alignments(corpus), Aligned, aligned)


def _aligned(
    params: AlignParams, profile: Profile, task: tuple[StudyPair, Article, Article]
) -> Aligned:
    pair, original, repost = task
    return Aligned(pair, align(original, repost, params, embed=EMBEDDERS[profile]))


if __name__ == "__main__":
    run(main)
