"""`reframing study add`: a user's own articles as a corpus of the pipeline, in one step."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reframing.commands.batch import ErrorLog, located_articles, misdeclared, no_pair
from reframing.commands.corpus_line import with_corpus
from reframing.errors import InputError
from reframing.writers import replacing

if TYPE_CHECKING:
    from reframing.params import CorpusParams
    from reframing.records import Article

PARAMS = Path("params.yaml")
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
    _check_name(name, replace)
    articles = _checked_articles(files)
    said = {"title": title, "citation": citation, "licence": licence}
    texts = {
        "name": name,
        **(_texts_of(name) if replace else {"title": name, **UNSAID}),
        **{key: text for key, text in said.items() if text is not None},
        "notes": f"{len(articles):,} articles, counted when the corpus was added.",
    }
    directed = any(article.published or article.original for article in articles)
    manifest = _manifest(files, texts, _limits_of(name) if replace else ())
    _write(name, manifest, None if replace else _with_line(name, directed))
    if not directed and not replace:
        typer.echo(UNDIRECTED)
    typer.echo(f"{name}: {len(articles):,} articles added. Next: reframing study reproduce {name}")


def _texts_of(name: str) -> dict[str, str]:
    """What the manifest of a corpus says of it."""
    from reframing.fetch.manifest import read_manifest

    manifest = read_manifest(_manifest_path(name))
    return {key: getattr(manifest, key) for key in ("title", *UNSAID)}


def _limits_of(name: str) -> tuple[str, ...]:
    """The limits of a corpus that were written into its manifest."""
    from reframing.fetch.manifest import read_manifest

    return read_manifest(_manifest_path(name)).limits


def known_corpora() -> "dict[str, CorpusParams]":
    """The corpora of params.yaml; an `InputError` where this is not the repository's folder."""
    from reframing.params import read_params

    for place in (PARAMS, MANIFESTS):
        if not place.exists():
            problem = "is not here; call `reframing study` in the repository's folder"
            raise InputError(problem, str(place))
    return read_params().corpora


def _check_name(name: str, replace: bool) -> None:
    known = known_corpora()
    if replace:
        if name not in known or known[name].reader != READER or known[name].constructed:
            raise InputError(
                f"has no corpus '{name}' that was added; do without --replace", str(PARAMS)
            )
        return
    if name in known:
        problem = f"corpus '{name}' is there already; choose another name, or --replace its files"
        raise InputError(problem, str(PARAMS))
    if _manifest_path(name).exists():
        raise InputError("is there already; choose another name", str(_manifest_path(name)))


def _checked_articles(files: list[Path]) -> list["Article"]:
    """The articles that the files hold; `InputError` at the first that cannot be used."""
    from reframing.commands.progress import watched

    if Path("-") in files:
        raise InputError("a corpus is made of files that stay; write standard input to one", "-")
    given = list(watched(located_articles(files, ErrorLog(None)), "articles"))
    if len(given) < 2:
        raise no_pair(len(given), files[0])
    originals = {article.id: article.original for _, article in given}
    for file, article in given:
        if (problem := misdeclared(article, file, originals)) is not None:
            raise problem
    return [article for _, article in given]


def _manifest(files: list[Path], texts: dict[str, str], limits: tuple[str, ...]) -> str:
    from reframing.fetch.declare import declare_local, manifest_text

    try:
        return manifest_text(declare_local(files, Path(), limits, **texts))
    except InputError as error:
        raise error.within(str(_manifest_path(texts["name"]))) from None


def _with_line(name: str, directed: bool) -> str:
    """The text of params.yaml with the new corpus, read back as a check."""
    from ruamel.yaml import YAML

    from reframing.params import CorpusParams, parse_params

    corpus = CorpusParams(READER, constructed=False, directed=directed)
    try:
        text = with_corpus(PARAMS.read_bytes().decode("utf8"), name, corpus)
        known = parse_params(YAML(typ="safe", pure=True).load(text)).corpora
    except InputError as error:
        raise error.within(str(PARAMS)) from None
    if name not in known:
        raise InputError(f"'{name}' is no word in YAML; begin the name with another letter")
    return text


def _write(name: str, manifest: str, params: str | None) -> None:
    with replacing(_manifest_path(name)) as manifest_file:
        manifest_file.write(manifest.encode())
        if params is not None:
            with replacing(PARAMS) as params_file:
                params_file.write(params.encode())


def _manifest_path(name: str) -> Path:
    return MANIFESTS / f"{name}.yaml"
