"""What is wrong with a command line, in one line."""

from typing import Any

import typer
from typer.exceptions import TyperException

CLOSE = 0.75
"""From this similarity of spelling on (1 − edits / length), another option is held to be meant."""


def usage_problem(error: TyperException) -> str:
    """The line for what Typer refuses: which option or argument, what was given, what is expected."""
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
    """The values of an option: its choices, or the range of its numbers."""
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
    """The option that differs from an unknown one by a slip, if there is one."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    known = error.possibilities or ()
    close = extractOne(
        error.option_name, known, scorer=OSA.normalized_similarity, score_cutoff=CLOSE
    )
    return f" (did you mean {close[0]}?)" if close else ""


def _place(error: TyperException) -> str:
    """The verb in which a command line went wrong."""
    context = getattr(error, "ctx", None)
    return "reframing VERB" if context is None else str(context.command_path)
