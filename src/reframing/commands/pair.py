"""`reframing pair`: which articles share text or an event, and which came first."""

import sys

from reframing.commands.batch import (
    check_files,
    error_log,
    foreign,
    located_articles,
    misdeclared,
    no_pair,
    write_batch,
)
from reframing.commands.options import Articles, Errors, JobsUnused, Out
from reframing.json_records import pair_record


def pair(articles: Articles, out: Out = None, jobs: JobsUnused = 1, errors: Errors = None) -> None:
    """Find reposts among articles. One record a pair: relation, direction, and why.

    Example: reframing pair originals.jsonl reposts.csv --out pairs.jsonl
    """
    from reframing.pairing import find_pairs

    check_files(articles, out, errors)
    with error_log(errors) as log:
        located = list(located_articles(articles, log))
        originals = {article.id: article.original for _, article in located}
        found = []
        for file, article in located:
            problem = foreign(article, file, article.id) or misdeclared(article, file, originals)
            if problem is None:
                found.append(article)
            else:
                log.report(problem)
        if len(found) < 2:
            raise no_pair(len(found), articles[0])
        pairs = find_pairs(found)
        write_batch(map(pair_record, pairs), out, "pair", log)
        if not pairs:
            print(f"reframing: no pair among {len(found)} articles", file=sys.stderr)
