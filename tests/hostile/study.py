"""A small study with compared pairs: what a case of the stages begins with, and breaks."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reframing.commands.verb_init import CITATION, _params
from reframing.reading.manifest import declare_local, manifest_text
from retold import ELSEWHERE, FERRY

CORPUS = "coast"
STAGES = (
    "prepare_articles",
    "annotate_articles",
    "pair_articles",
    "align_pairs",
    "compare_pairs",
    "study_statistics",
)
ARTICLES = (*FERRY, ELSEWHERE)
FIELDS = ("id", "title", "body", "published", "outlet")


def record(article: Any) -> dict[str, Any]:
    return {name: getattr(article, name) for name in FIELDS}


def lines(*records: object) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in records).encode()


def params(**corpora: str) -> str:
    """The repository's params.yaml for other corpora, in the profile without networks."""
    text = _params().replace("profile: full", "profile: lexicon")
    named = corpora or {CORPUS: "{reader: articles, constructed: false, directed: true}"}
    block = "".join(f"  {name}: {value}\n" for name, value in named.items())
    return text.replace("corpora: {}\n", f"corpora:\n{block}")


def write_study(folder: Path, run: Callable[[Path, tuple[str, ...]], dict]) -> None:
    """A folder with a corpus of a few articles and all that the stages before the figures make of it."""
    (folder / "data/manifests").mkdir(parents=True)
    (folder / ".dvc/tmp").mkdir(parents=True)
    (folder / ".dvc/tmp/pipeline.lock").touch()
    (folder / "data/raw" / CORPUS).mkdir(parents=True)
    (folder / "params.yaml").write_text(params(), encoding="utf8")
    (folder / "CITATION.cff").write_text(CITATION.format(name="Ferries"), encoding="utf8")
    articles = folder / "articles.jsonl"
    articles.write_bytes(lines(*map(record, ARTICLES)))
    (folder / "data/raw" / CORPUS / "articles.jsonl").write_bytes(articles.read_bytes())
    here = Path.cwd()
    os.chdir(folder)
    try:
        texts = dict.fromkeys(("title", "citation", "licence", "purpose", "notes"), "Invented.")
        declared = declare_local([Path("articles.jsonl")], Path(), {}, name=CORPUS, **texts)
        Path(f"data/manifests/{CORPUS}.yaml").write_text(manifest_text(declared), encoding="utf8")
    finally:
        os.chdir(here)
    for stage in STAGES:
        done = run(folder, ("-m", f"reframing.stages.{stage}", CORPUS))
        assert done["code"] == 0, stage
