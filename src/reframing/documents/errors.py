"""The one exception that a user's input can raise, worded as one line."""

from dataclasses import dataclass


@dataclass(eq=False)
class InputError(Exception):
    """Input that cannot be used: where it is, what is wrong, what to do.

    `file` is a path or `-`; `record` a 1-based position or an id; `field` a record's field or a
    table's column. `str()` gives one line without line breaks: `file: record 3: field 'id': …`.
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
        """The same problem with the file, and where still unknown the record, filled in."""
        known = self.record if self.record is not None else record
        return InputError(self.problem, file, known, self.field)


class LeftOut(InputError):
    """A sound record that the measures are not for: it is reported and left out, and the rest goes on."""
