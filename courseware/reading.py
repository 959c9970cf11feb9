"""Reads an exercise file: plain YAML in, plain values and the line of every field out.

A file is data. Anchors, aliases, tags and repeated keys are refused, and so are files too large or too deep to read
in good time, so that nothing in a file can run, hang or reach outside.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from courseware import slips
from courseware.problems import Finding, Place

MAX_BYTES = 200_000
MAX_DEPTH = 30
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# libyaml where PyYAML was built with it: ten times faster on a long scenario. Both give the same marks.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_Loader):  # type: ignore[misc]  # the base is chosen when the module loads
    """YAML with the surprises taken out: `true` and `false` are the only booleans, and a date is text."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # PyYAML's own name, read on the class


for _tag, _pattern, _first in [
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]{1,15}$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?[0-9]{1,15}\.[0-9]{1,15}$", "-+0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
]:
    _PlainLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


class Unreadable(ValueError):  # noqa: N818  # what the file is
    """The file is not the plain YAML that an exercise is written in. `line` and `finding` say where and what."""

    def __init__(self, line: int, what: str, mend: str) -> None:
        self.line = line
        self.finding = Finding((), what, mend)
        super().__init__(what)


def read(path: Path) -> tuple[Any, dict[Place, int]]:
    """Return the values of a YAML file and the line (from 1) of every place in it. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(1, f"it cannot be read: {error.strerror}", "check its name, and who may read it") from None
    if len(raw) > MAX_BYTES:
        raise Unreadable(1, f"the file holds more than {MAX_BYTES:,} bytes", "split the exercise")
    if slip := slips.not_plain_text(raw):
        raise Unreadable(*slip)
    text = raw.decode("utf-8-sig")
    try:
        _scan(text)
        node = _PlainLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise Unreadable(*slips.named(text, error)) from None
    except yaml.YAMLError as error:
        raise Unreadable(1, f"not YAML: {error}", "remove the character that it names") from None
    if node is None:
        raise Unreadable(1, "the file is empty", "start with `kind:` and `id:`")
    lines: dict[Place, int] = {}
    return _values(node, (), lines), lines


def _line_of_mark(mark: Any) -> int:
    return 1 if mark is None else int(mark.line) + 1


def _scan(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_PlainLoader):
        line = _line_of_mark(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(
                line, "an anchor or alias (& or *)", "write the value out, or put the text in quotation marks"
            )
        if tag := getattr(event, "tag", None):
            raise Unreadable(line, f"a tag ({tag})", "remove it, or put the text in quotation marks")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Unreadable(line, f"nested more than {MAX_DEPTH} deep", "flatten it: no exercise needs that")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _values(node: Any, place: Place, lines: dict[Place, int]) -> Any:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_values(item, (*place, index), lines) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise Unreadable(line, "a key that is not a word", "use a plain word as the key")
            key = str(key_node.value)
            if key in found:
                raise Unreadable(line, f"`{key}` stands twice in one block", "keep one of the two")
            lines[(*place, key)] = line
            found[key] = _values(value_node, (*place, key), lines)
        return found
    return _scalar(node)


def _scalar(node: Any) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "bool":
        return node.value == "true"
    if kind == "int":
        return int(node.value)
    if kind == "float":
        return float(node.value)
    if kind == "null":
        return None
    if _CONTROL.search(node.value):  # a terminal would obey it, and no page or drawing may hold it
        line = node.start_mark.line + 1
        raise Unreadable(line, "a control character in a text", "delete it, and type the text again")
    return node.value


def line_of(place: Place, lines: dict[Place, int]) -> int:
    """Return the line of a place, or of the nearest block around it that the file has."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)
