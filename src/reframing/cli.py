"""The command line: `reframing VERB …`, one line for every error, exit code 2 for bad input."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from reframing import __version__
from reframing.commands.agreement import agreement
from reframing.commands.annotate import annotate
from reframing.commands.compare import compare
from reframing.commands.export import export
from reframing.commands.fetch import fetch
from reframing.commands.import_coded import import_coded
from reframing.commands.pair import pair
from reframing.commands.study import study
from reframing.commands.usage import usage_problem
from reframing.commands.verify import verify_results
from reframing.errors import InputError

READER_GONE = 1
BAD_INPUT = 2
INTERRUPTED = 130

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


def main() -> None:
    """Run with the arguments of the process and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code and raises nothing for what a user can cause."""
    try:
        code = app(list(arguments) or ["--help"], prog_name="reframing", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _silence_standard_output()
        return READER_GONE
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else READER_GONE
    except InputError as error:
        return _failed(str(error))
    except TyperException as error:
        return _failed(usage_problem(error))
    except OSError as error:
        return _failed(f"{error.filename or 'output'}: {error.strerror or error}")
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    if code == INTERRUPTED:
        _failed("interrupted; what was complete stays")
    return code if isinstance(code, int) else 0


def _failed(problem: str) -> int:
    """Say what is wrong in one line on standard error."""
    line = " ".join(problem.split())
    sys.stderr.write(f"reframing: {line}\n".encode("utf8", "backslashreplace").decode())
    return BAD_INPUT


def _silence_standard_output() -> None:
    """Whoever read standard output has gone; keep Python from complaining about it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


if __name__ == "__main__":
    main()
