"""Tables of a study as CSV files: UTF-8, `\\n`, floats with six significant digits, nan as nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from reframing.errors import InputError
from reframing.statistics.tables import COLUMNS, tables_of

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 6


def write_table(table: "pd.DataFrame", path: Path) -> None:
    """Write one table; the same table gives the same bytes."""
    table.to_csv(path, index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")


def read_table(path: Path, name: str) -> "pd.DataFrame":
    """Read the table `name` of `COLUMNS`; raises `InputError` where a column is missing or unknown."""
    import pandas as pd

    try:
        table = pd.read_csv(path, keep_default_na=False, na_values=[""], dtype={"kind": str})
    except (OSError, ValueError) as error:
        problem = f"is not a readable table ({error}); run the stage `statistics`"
        raise InputError(problem, str(path)) from error
    found = [str(column) for column in table]
    for column in COLUMNS[name]:
        if column not in found:
            problem = "column is missing; run the stage `statistics`"
            raise InputError(problem, str(path), field=column)
    for column in found:
        if column not in COLUMNS[name]:
            raise InputError(f"is not a column of `{name}`", str(path), field=column)
    return table


def read_tables(folder: Path, directed: bool) -> "dict[str, pd.DataFrame]":
    """Every table of a study from its folder."""
    return {name: read_table(folder / f"{name}.csv", name) for name in tables_of(directed)}
