"""Stage `prepare`: clean articles from raw files, with a record of what was dropped."""

from collections import Counter
from collections.abc import Iterable

from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.params import corpus_named, read_params
from reframing.documents.records import Article
from reframing.documents.tables import write_records
from reframing.reading.corpora import read_corpus
from reframing.reading.prepare import Dropped, prepare
from reframing.stages.running import run


def main(corpus: str) -> None:
    params = read_params()
    unread: list[Dropped] = []

    def left_out(id: str, reason: str) -> None:
        unread.append(Dropped(id, reason, 0))

    raw = read_corpus(corpus_named(corpus, params.corpora).reader, files.raw(corpus), left_out)
    kept, dropped = prepare(raw, params.prepare)
    dropped = [*unread, *dropped]
    if not kept:
        raise InputError(nothing_left(corpus, dropped), str(files.raw(corpus)))
    write_records(files.articles(corpus), Article, kept)
    write_records(files.dropped(corpus), Dropped, dropped)


def nothing_left(corpus: str, dropped: Iterable[Dropped]) -> str:
    """The error message for a corpus without any usable article: reasons for dropping, with counts."""
    reasons = Counter(drop.reason for drop in dropped if not drop.paragraphs)
    counted = "; ".join(f"{n} × {reason}" for reason, n in sorted(reasons.items()))
    return f"no article of corpus '{corpus}' is left ({counted or 'it has none'}); see prepare in params.yaml"


if __name__ == "__main__":
    run(main)
