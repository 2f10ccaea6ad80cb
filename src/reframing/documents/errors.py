"""The exceptions for input that cannot be used, with messages of one line."""

from dataclasses import dataclass


@dataclass(eq=False)
class InputError(Exception):
    """Input that cannot be used: the location, the problem, and often the remedy.

    `file` is a path or `-` (standard input); `record` a position from 1 or an id; `field` a field of a record
    or a column of a table. `str()` gives a single line: `file: record 3: field 'id': …`.
    """

    problem: str
    file: str | None = None
    record: str | int | None = None
    field: str | None = None

    def __str__(self) -> str:
        where = [
            self.file,
            None if self.record is None else f"record {self.record}",
            None if self.field is None else f"field '{self.field}'",
        ]
        line = ": ".join([part for part in where if part] + [self.problem])
        return " ".join(line.encode("utf8", "backslashreplace").decode("utf8").split())

    def within(self, file: str, record: str | int | None = None) -> "InputError":
        """A copy with the file set, and the record too if it was not known."""
        known = self.record if self.record is not None else record
        return InputError(self.problem, file, known, self.field)


class LeftOut(InputError):
    """A valid record that cannot be measured, such as one not in English: it is reported and skipped."""
