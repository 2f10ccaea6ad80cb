"""Stage `compare`: the moves of each pair of the study, and the measures of its sentences."""

from functools import partial

from reframing.parallel import ordered_map
from reframing.params import CompareParams, read_params
from reframing.profiles import Profile
from reframing.records import Aligned, Annotation, Article, Studied
from reframing.stages import files
from reframing.stages.annotate import profile_of
from reframing.study import repost_of, studied
from reframing.tables import read_records, write_records

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
    compare = partial(_compared, params.compare, profile_of(params.annotate))
    compared = ordered_map(compare, tasks, files.jobs())
    write_records(files.comparisons(corpus), Studied, compared)


def _compared(params: CompareParams, profile: Profile, task: Task) -> Studied:
    return studied(*task, params, profile)


if __name__ == "__main__":
    files.run(main)
