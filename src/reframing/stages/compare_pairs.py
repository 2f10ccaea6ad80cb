"""Stage `compare`: the moves of each pair of the study, and the measures of its sentences."""

from functools import partial

from reframing.documents import files
from reframing.documents.document import Document
from reframing.documents.parallel import ordered_map
from reframing.documents.params import CompareParams, read_params
from reframing.documents.records import Aligned, Annotation, Article, Studied
from reframing.documents.tables import read_records, write_records
from reframing.measures.annotate import Profile, annotate
from reframing.measures.features import sentence_measures
from reframing.moves.compare import found_between
from reframing.pairing.study_pairs import repost_of
from reframing.stages.annotate_articles import profile_of
from reframing.stages.running import run

Task = tuple[Aligned, Article, Article, Annotation, Annotation | None]


def main(corpus: str) -> None:
    articles = {article.id: article for article in read_records(files.articles(corpus), Article)}
    annotations = {a.id: a for a in read_records(files.annotations(corpus), Annotation)}
    tasks = (
        (
            aligned,
            articles[aligned.pair.original],
            repost_of(aligned.pair, articles),
            annotations[aligned.pair.original],
            None if aligned.pair.condition == "copy" else annotations[aligned.pair.repost],
        )
        for aligned in read_records(files.alignments(corpus), Aligned)
    )
    params = read_params()
    study_one = partial(studied, params.compare, profile_of(params.annotate))
    write_records(files.comparisons(corpus), Studied, ordered_map(study_one, tasks, files.jobs()))


def studied(params: CompareParams, profile: Profile, task: Task) -> Studied:
    """A pair with what is found in it; a null copy has no annotation yet and is annotated here."""
    aligned, *articles, original_annotation, repost_annotation = task
    original, repost = map(Document, articles)
    repost_annotation = repost_annotation or annotate(repost, profile)
    found = found_between(
        original,
        repost,
        id=aligned.pair.id,
        original_annotation=original_annotation,
        repost_annotation=repost_annotation,
        links=aligned.links,
        relation=aligned.pair.relation,
        compare_params=params,
    )
    return Studied(
        aligned.pair,
        found.comparison,
        found.proposed,
        sentence_measures(original_annotation, original),
        sentence_measures(repost_annotation, repost),
    )


if __name__ == "__main__":
    run(main)
