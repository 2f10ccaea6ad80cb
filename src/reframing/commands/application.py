"""The application `reframing`: its commands, and one-line messages for wrong command lines."""

from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from reframing import __version__
from reframing.commands.verb_annotate import annotate, fetch, pair
from reframing.commands.verb_coding import agreement, export, import_coded
from reframing.commands.verb_compare import compare
from reframing.commands.verb_init import init, remove
from reframing.commands.verb_judge import draw, judged
from reframing.commands.verb_study import add, list_corpora, reproduce, study
from reframing.commands.verb_verify import verify_results

# One-line messages for wrong command lines.

CLOSE = 0.75
"""From this similarity of spelling (1 − edits / length), another option is suggested."""


def usage_problem(error: TyperException) -> str:
    """One line for an error of Typer: which option or argument, what was given, what is expected."""
    see = f"see {_place(error)} --help"
    if type(error) is typer.BadParameter:
        parameter: Any = error.param
        return f"field {parameter.get_error_hint()}: {_wrong_value(error)}"
    if hasattr(error, "possibilities"):
        return f"{error.message}{_suggestion(error)}; {see}"
    return f"{error.format_message().rstrip('.')}; {see}"


def _wrong_value(error: typer.BadParameter) -> str:
    refused: Any = error.__cause__
    if refused is None:
        return error.message.rstrip(".")
    value = refused.errors()[0]["input"]
    return f"{value!r} does not fit; expected {_expected(error.param)}"


def _expected(parameter: Any) -> str:
    """The permitted values of an option: its choices, or the range of its numbers."""
    kind = parameter.type_descriptor
    if kind.is_choice:
        *others, last = kind.choices
        return f"{', '.join(others)} or {last}"
    number = "a whole number" if kind.annotation is int else "a number"
    low, high = kind.parameter_info.min, kind.parameter_info.max
    if high is not None:
        return f"{number} from {low:g} to {high:g}"
    return number if low is None else f"{number} of {low:g} or more"


def _suggestion(error: Any) -> str:
    """A suggestion of the known option that resembles an unknown one; empty if none does."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    known = error.possibilities or ()
    close = extractOne(
        error.option_name, known, scorer=OSA.normalized_similarity, score_cutoff=CLOSE
    )
    return f" (did you mean {close[0]}?)" if close else ""


def _place(error: TyperException) -> str:
    """The command in which the command line is wrong."""
    context = getattr(error, "ctx", None)
    return "reframing VERB" if context is None else str(context.command_path)


# The application.

app = typer.Typer(
    name="reframing",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Tab completion: reframing --install-completion, then open a new shell.",
)
app.command()(annotate)
app.command()(pair)
app.command()(compare)
app.command()(export)
app.command("import")(import_coded)
app.command()(agreement)
app.command()(fetch)
app.command("verify")(verify_results)
study.command()(init)
study.command("list")(list_corpora)
for verb in (add, reproduce, draw, judged, remove):
    study.command()(verb)
app.add_typer(study, name="study")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"reframing {__version__}")
        raise typer.Exit


@app.callback()
def reframing(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """How original reporting is reframed when it is reposted.

    Articles and pairs in (.txt, .jsonl, .csv, .parquet, or - for standard input), records out as
    JSON lines or Parquet.

    Example: reframing compare original.txt repost.txt
    """
