"""What holds for all tests."""

import sys

# nbformat imports jsonschema, which compiles forty grammars of RFC 3987 for a format that no notebook has: six
# seconds of each process. Without that package jsonschema goes on.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
