"""The line of a corpus in `params.yaml`, put in without touching the rest of the file."""

from typing import Any

from reframing.errors import InputError
from reframing.params import CorpusParams


def with_corpus(params: str, name: str, corpus: CorpusParams) -> str:
    """The text of a params.yaml with one corpus more, on a line after those that are there.

    Every other byte stays. Raises `InputError` where `corpora` is no block of lines to add one to.
    """
    constructed, directed = (str(told).lower() for told in (corpus.constructed, corpus.directed))
    fields = f"reader: {corpus.reader}, constructed: {constructed}, directed: {directed}"
    line = f"{name}: {{{fields}}}"
    corpora = _corpora(params)
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
    """The node of `corpora`, None where there is no mapping of that name."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode

    try:
        document = YAML(typ="safe", pure=True).compose(params)
    except YAMLError as error:
        raise InputError(f"is not YAML: {error}") from error
    for key, value in document.value if isinstance(document, MappingNode) else ():
        if key.value == "corpora" and isinstance(value, MappingNode):
            return value
    return None


def _last_leaf(node: Any) -> Any:
    """What a block ends with: the end of a block itself lies beyond the comments that follow it."""
    while not isinstance(node.value, str) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _line_end(text: str, index: int) -> int:
    """Where the line of `index` ends, its line break included."""
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1
