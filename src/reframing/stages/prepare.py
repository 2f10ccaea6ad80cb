"""Stage `prepare`: raw files to clean articles and their sentences, with what was dropped."""

from dataclasses import dataclass

from reframing.params import read_params
from reframing.prepare import Dropped, prepare
from reframing.readers.corpora import read_corpus
from reframing.records import Article, Section
from reframing.segment.sentences import split
from reframing.stages import files
from reframing.tables import write_records


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A row of sentences.parquet: one sentence of one article."""

    id: str
    index: int
    start: int
    end: int
    section: Section
    paragraph: int


def main(corpus: str) -> None:
    params = read_params()
    unread: list[Dropped] = []

    def left_out(id: str, reason: str) -> None:
        unread.append(Dropped(id, reason, 0))

    raw = read_corpus(params.corpora[corpus].reader, files.raw(corpus), left_out)
    kept, dropped = prepare(raw, params.prepare)
    write_records(files.articles(corpus), Article, kept)
    write_records(files.dropped(corpus), Dropped, [*unread, *dropped])
    rows = (
        SentenceRow(article.id, i, s.start, s.end, s.section, s.paragraph)
        for article in kept
        for i, s in enumerate(split(article))
    )
    write_records(files.sentences(corpus), SentenceRow, rows)


if __name__ == "__main__":
    files.run(main)
