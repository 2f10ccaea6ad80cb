"""Stage `annotate`: every construct of every article."""

from reframing.annotate import annotate_all
from reframing.records import Annotation, Article
from reframing.stages import files
from reframing.tables import read_records, write_records


def main(corpus: str) -> None:
    articles = read_records(files.articles(corpus), Article)
    write_records(files.annotations(corpus), Annotation, annotate_all(articles, files.jobs()))


if __name__ == "__main__":
    files.run(main)
