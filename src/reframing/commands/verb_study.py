"""The commands `reframing study …`: the pipeline of this repository, corpus by corpus."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reframing.commands.batch import (
    ErrorLog,
    check_standard_output,
    circular,
    located_articles,
    misdeclared,
    no_pair,
)
from reframing.documents.errors import InputError
from reframing.documents.messages import visible
from reframing.documents.params import CorpusParams
from reframing.documents.writers import replacing
from reframing.stages.pipeline import alone, answer_of_dvc, pipeline_held, run_dvc

# The line of a corpus in `params.yaml`, inserted without changing the rest of the file.


def with_corpus(params: str, name: str, corpus: CorpusParams) -> str:
    """The text of a params.yaml with a line for one more corpus after the existing ones.

    All other bytes are kept. Raises `InputError` if `corpora` is not a block with one line per corpus.
    """
    constructed, directed = (str(known).lower() for known in (corpus.constructed, corpus.directed))
    fields = f"reader: {corpus.reader}, constructed: {constructed}, directed: {directed}"
    line = f"{name}: {{{fields}}}"
    corpora = _corpora(params)
    if corpora is not None and not corpora.value and "corpora: {}\n" in params:
        return params.replace("corpora: {}\n", f"corpora:\n  {line}\n", 1)
    if corpora is None or corpora.flow_style or not corpora.value:
        problem = f"is no block with one line a corpus; write '{line}' there by hand"
        raise InputError(problem, field="corpora")
    indent = " " * corpora.value[0][0].start_mark.column
    end = _line_end(params, _last_leaf(corpora).end_mark.index)
    newline = "\r\n" if "\r\n" in params else "\n"
    before, after = params[:end], params[end:]
    if not before.endswith("\n"):
        return f"{before}{newline}{indent}{line}{newline}{after}"
    return f"{before}{indent}{line}{newline}{after}"


def _corpora(params: str) -> Any:
    """The YAML node of `corpora`; None if there is no mapping of that name."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode

    try:
        document = YAML(typ="safe", pure=True).compose(params)
    except (YAMLError, RecursionError) as error:
        raise InputError(f"is not YAML: {yaml_problem(error)}") from error
    for key, value in document.value if isinstance(document, MappingNode) else ():
        if key.value == "corpora" and isinstance(value, MappingNode):
            return value
    return None


def yaml_problem(error: Exception) -> str:
    """What is wrong in a YAML text, and on which line."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "context", None) or str(error)
    where = "" if mark is None else f", line {mark.line + 1}, column {mark.column + 1}"
    return f"{problem.partition(chr(10))[0]}{where}"


def check_yaml(file: Path) -> None:
    """Raise `InputError` with the line where a file is no YAML, before anybody else says so at length."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    from reframing.documents.files import read_bytes
    from reframing.reading.fields import decode

    try:
        text = decode(read_bytes(file))
        for _ in YAML(typ="safe", pure=True).parse(text):
            pass
    except (YAMLError, RecursionError) as error:
        raise InputError(f"is not YAML: {yaml_problem(error)}", str(file)) from None
    except InputError as error:
        raise error.within(str(file)) from None


def _last_leaf(node: Any) -> Any:
    """The last node within a block: the end mark of the block itself lies beyond the comments after it."""
    while not isinstance(node.value, str) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _line_end(text: str, index: int) -> int:
    """The index at which the line containing `index` ends, line break included."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


# `reframing study add`: a user's own articles as a corpus of the pipeline.

if TYPE_CHECKING:
    from reframing.documents.records import Article

PARAMS = Path("params.yaml")
PIPELINE = Path("dvc.yaml")
MANIFESTS = Path("data/manifests")
READER = "articles"

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="Its name: lower-case words and hyphens.", show_default=False
    ),
]
Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILES...", help="Articles: .txt, .jsonl, .csv or .parquet.", show_default=False
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT", help="What figures call it; NAME unless given.", show_default=False
    ),
]
Citation = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Whom to cite for the articles.", show_default=False),
]
Licence = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="What may be done with them.", show_default=False),
]
Replace = Annotated[
    bool,
    typer.Option("--replace", help="Declare anew a corpus that is there: its files have changed."),
]
UNSAID = {
    "citation": "none given",
    "licence": "none stated; not to be redistributed",
    "purpose": "To study.",
}
UNDIRECTED = (
    "No article has a date (published) or names its original: who came first cannot be known, so only "
    "what has no direction is studied (directed: false in params.yaml)."
)


def add(
    name: Name,
    files: Files,
    title: Title = None,
    citation: Citation = None,
    licence: Licence = None,
    replace: Replace = False,
) -> None:
    """Add your own articles as a corpus. Writes its manifest and its line in params.yaml.

    Example: reframing study add ferries articles.csv --title "Reports on ferries"
    """
    check_standard_output()
    _check_name(name, replace)
    articles = _checked_articles(files)
    said = {"title": title, "citation": citation, "licence": licence}
    directed = any(article.published or article.original for article in articles)
    with alone(MANIFESTS):
        _check_name(name, replace)
        texts = {
            "name": name,
            **(_texts_of(name) if replace else {"title": name, **UNSAID}),
            **{key: text for key, text in said.items() if text is not None},
            "notes": f"{len(articles):,} articles, counted when the corpus was added.",
        }
        manifest = _manifest(files, texts, _sentences_of(name) if replace else {})
        known = name in known_corpora()
        _write(name, manifest, None if known else _with_line(name, directed))
    if not directed and not replace:
        typer.echo(UNDIRECTED)
    typer.echo(f"{name}: {len(articles):,} articles added. Next: reframing study reproduce {name}")


RESERVED = frozenset(
    ("all", "benchmarks", "by-lexicon", "effects", "judged", "manifest", "manifests", "perturbation",
     "print", "readings", "replications", "retold", "settled", "validation", "versions")
)  # fmt: skip
"""Names of what is no corpus beside corpora: folders and tables of results, and what stands for all corpora."""


def _texts_of(name: str) -> dict[str, str]:
    """Title, citation, licence and purpose in the manifest of a corpus."""
    from reframing.reading.manifest import read_manifest

    manifest = read_manifest(_manifest_path(name))
    return {key: getattr(manifest, key) for key in ("title", *UNSAID)}


def _sentences_of(name: str) -> dict[str, tuple[str, ...]]:
    """What the manifest of a corpus says that it can and cannot answer."""
    from reframing.reading.manifest import SENTENCE_KEYS, read_manifest

    manifest = read_manifest(_manifest_path(name))
    return {key: getattr(manifest, key) for key in SENTENCE_KEYS}


def known_corpora() -> "dict[str, CorpusParams]":
    """The corpora of params.yaml; raises `InputError` outside the repository's folder."""
    from reframing.documents.params import read_params

    for place in (PARAMS, MANIFESTS):
        if not place.exists():
            problem = (
                "is not here; call this in the folder of a study (`reframing study init` makes one)"
            )
            raise InputError(problem, str(place))
    return read_params().corpora


def no_corpus(name: str, known: Iterable[str]) -> InputError:
    """The error for a name that is no corpus of params.yaml."""
    there = ", ".join(known) or "none yet; add one with `reframing study add`"
    return InputError(f"no corpus '{name}'; there are {there}", str(PARAMS))


def _check_name(name: str, replace: bool) -> None:
    known = known_corpora()
    if name.split() != [name]:
        raise InputError("must be lower-case words joined by hyphens", field="name")
    if name in RESERVED:
        raise InputError(f"'{name}' is taken for results; choose another name", field="name")
    if replace:
        if name not in known:
            raise InputError(
                f"has no corpus '{name}' that was added; do without --replace", str(PARAMS)
            )
        _check_added(name, known[name])
        return
    if name in known:
        _check_added(name, known[name])
        if not _manifest_path(name).exists():
            return  # it was ended before its second file
        problem = f"corpus '{name}' is there already; choose another name, or --replace its files"
        raise InputError(problem, str(PARAMS))
    if _manifest_path(name).exists():
        raise InputError("is there already; choose another name", str(_manifest_path(name)))


def _check_added(name: str, corpus: CorpusParams) -> None:
    if corpus.reader != READER or corpus.constructed:
        problem = f"corpus '{name}' is there already, and was not added; choose another name"
        raise InputError(problem, str(PARAMS))


def _checked_articles(files: list[Path]) -> list["Article"]:
    """The articles of the files; raises `InputError` at the first one that cannot be used."""
    from reframing.commands.batch import watched

    if Path("-") in files:
        raise InputError("a corpus is made of files that stay; write standard input to one", "-")
    given = list(watched(located_articles(files, ErrorLog(None)), "articles"))
    if len(given) < 2:
        raise no_pair(len(given), files[0])
    originals = {article.id: article.original for _, article in given}
    in_circles = circular(originals)
    for file, article in given:
        if (problem := misdeclared(article, file, originals, in_circles)) is not None:
            raise problem
    return [article for _, article in given]


def _manifest(
    files: list[Path], texts: dict[str, str], sentences: dict[str, tuple[str, ...]]
) -> str:
    from reframing.reading.manifest import declare_local, manifest_text

    try:
        return manifest_text(declare_local(files, Path(), sentences, **texts))
    except InputError as error:
        raise error.within(str(_manifest_path(texts["name"]))) from None


def _with_line(name: str, directed: bool) -> str:
    """The text of params.yaml with the new corpus, parsed again as a check."""
    from ruamel.yaml import YAML

    from reframing.documents.params import parse_params
    from reframing.documents.plain_yaml import plain_yaml

    corpus = CorpusParams(READER, constructed=False, directed=directed)
    try:
        text = with_corpus(PARAMS.read_bytes().decode("utf8"), name, corpus)
        parse_params(plain_yaml(text))
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", str(PARAMS)) from None
    except InputError as error:
        raise error.within(str(PARAMS)) from None
    if name not in YAML(typ="safe", pure=True).load(text)["corpora"]:
        raise InputError(f"'{name}' is no word in YAML; begin the name with another letter")
    return text


def _write(name: str, manifest: str, params: str | None) -> None:
    with replacing(_manifest_path(name)) as manifest_file:
        manifest_file.write(manifest.encode())
        manifest_file.flush()
        if params is not None:
            with replacing(PARAMS) as params_file:
                params_file.write(params.encode())


def _manifest_path(name: str) -> Path:
    return MANIFESTS / f"{name}.yaml"


# `reframing study list` and `reproduce`: the pipeline, corpus by corpus.

JOIN = "manifest"
"""The stage that joins the manifests written for single corpora."""

FAILED = 2
"""Exit code if a stage failed, which has reported the reason."""

study = typer.Typer(
    rich_markup_mode=None,
    help="Run the pipeline of a study. Call it in the folder of a study, or in the repository's.",
)

Corpus = Annotated[
    str, typer.Argument(metavar="CORPUS", help="A corpus of params.yaml.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry", help="Run nothing; say what is out of date.")]


def list_corpora() -> None:
    """List the corpora and which are fetched.

    Each with its reader, as params.yaml has them.

    Example: reframing study list
    """
    for name, corpus in known_corpora().items():
        fetched = (Path("data/raw") / name).is_dir()
        state = "fetched" if fetched else "not fetched"
        typer.echo("\t".join((visible(name), visible(corpus.reader), state)))


def reproduce(corpus: Corpus, dry: DryRun = False) -> None:
    """Run the stages of one corpus. Then the figures' manifests are joined; what is up to date is kept.

    Example: reframing study reproduce sample
    """
    known = known_corpora()
    if corpus not in known:
        raise no_corpus(corpus, known)
    if PIPELINE.exists():
        check_yaml(PIPELINE)
    with pipeline_held() as held:
        there = answer_of_dvc("stage", "list", "--name-only").splitlines()
        stages = stages_of(corpus, there)
        if not stages:
            raise InputError(f"no stage runs for corpus '{corpus}'", str(PIPELINE))
        _check_unchanged(MANIFESTS / f"{corpus}.yaml")
        if dry:
            raise typer.Exit(FAILED if run_dvc(held, "status", "--with-deps", *stages) else 0)
        code = run_dvc(held, "repro", *stages)
        if JOIN in there and not code:
            code = run_dvc(held, "repro", "--single-item", JOIN)
    raise typer.Exit(FAILED if code else 0)


def _check_unchanged(manifest: Path) -> None:
    """Raise if a local file differs from its manifest, because its old copy would be studied."""
    from reframing.reading.manifest import read_manifest, sha256

    for source in read_manifest(manifest).sources if manifest.exists() else ():
        file = Path(source.local)
        if source.local and file.is_file() and sha256(file) != source.sha256:
            problem = (
                f"has changed; say so with `reframing study add {manifest.stem} FILES... --replace`"
            )
            raise InputError(problem, source.local)


def stages_of(corpus: str, stages: list[str]) -> list[str]:
    """The names of the stages that run for one corpus, such as `annotate@sample`."""
    return [stage for stage in stages if stage.partition("@")[2] == corpus]
