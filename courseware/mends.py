"""Says to an author what pydantic says to a programmer: where in the file, what is wrong, and the mend."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from courseware.problems import Finding, Place, shown

_NUMBER = {
    "greater_than": ("gt", "greater than"),
    "greater_than_equal": ("ge", "of at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "of at most"),
}
_FORMS = {
    "list_type": ("a list", "write a list: `[one, two]`, or a line with `- ` for each"),
    "bool_type": ("true or false", "write true or false, without quotation marks"),
    "int_type": ("a whole number", "write a whole number, without quotation marks or a unit"),
    "float_type": ("a number", "write a number, without quotation marks or a unit"),
    "dict_type": ("a block of names", "write `name: …` in a line for each, indented"),
}

MISSING, NO_FIELD = "this field is missing", "no field"


def findings(error: ValidationError, data: Any, model: type[BaseModel]) -> Iterator[Finding]:
    """Yield what pydantic found wrong with an author's plain values, read against a model."""
    found = [_finding(each, data, model) for each in error.errors(include_url=False)]
    missing = {finding.place for finding in found if finding.what == MISSING}
    # A field that the block around misses was meant for it: one slip, not two.
    strayed = {(*each.place[:-2], each.place[-1]) for each in found if each.what.startswith(NO_FIELD)} & missing
    for each in found:
        if each.what.startswith(NO_FIELD) and (*each.place[:-2], each.place[-1]) in strayed:
            around = each.place[-2]
            mend = f"begin this line with fewer spaces, as `{around}:` does: it belongs to the block around `{around}`"
            yield Finding(each.place, each.what, mend)
        elif each.place not in strayed:
            yield each


def _finding(error: Any, data: Any, model: type[BaseModel]) -> Finding:  # noqa: PLR0911  # one a sort of mistake
    place, kind, given = _authors_place(error["loc"], data), error["type"], error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    if error["loc"][-1:] == ("[key]",):
        name, colon, rest = str(given).partition(":")
        mend = f"put a space after the colon: `{name}: {rest}`" if colon and rest else _name_mend(kind, context)
        return Finding(place, f"`{given}` cannot be a name here", mend)
    if kind in {"missing", "union_tag_not_found"}:
        place = place if kind == "missing" else (*place, "type")
        return Finding(place, MISSING, f"add `{place[-1]}:`")
    if kind == "extra_forbidden":
        return Finding(place, f"{NO_FIELD} `{place[-1]}` here", _unknown_field_mend(place, data, model))
    if kind == "union_tag_invalid":
        return _not_one_of((*place, "type"), given["type"], context["expected_tags"])
    if kind == "literal_error":
        return _not_one_of(place, given, context["expected"])
    if kind == "value_error":
        what, _, mend = str(context["error"]).partition("; ")
        return Finding(place, what, mend)
    if given is None:
        return Finding(place, "there is nothing here", "write something, or remove the field")
    return _of_form(place, error, given, model)


def _of_form(place: Place, error: Any, given: Any, model: type[BaseModel]) -> Finding:  # noqa: PLR0911
    """Return what is wrong with a value that is there, and is of the wrong sort, size or length."""
    kind, context = error["type"], error.get("ctx", {})
    if isinstance(given, str) and kind in {"string_too_long", "too_long"}:
        return Finding(place, f"{len(given)} characters long", f"keep to {context['max_length']}")
    if kind.startswith("string_"):
        return _text_finding(place, kind, given, context)
    if kind in {"too_short", "too_long"}:
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        return Finding(place, f"it holds {context['actual_length']}", f"give it {bound}")
    if kind in _NUMBER:
        bound, words = _NUMBER[kind]
        return Finding(place, f"{given} is out of range", f"give a number {words} {context[bound]}")
    if kind in _FORMS:
        what, mend = _FORMS[kind]
        return Finding(place, f"{shown(given)} is not {what}", mend)
    if kind in {"model_type", "model_attributes_type"}:
        fields = _required(model, context.get("class_name", "")) or ["type"]
        wanted = ", ".join(f"`{name}:`" for name in fields)
        return Finding(place, f"{shown(given)} is not a block of fields", f"write {wanted} and what goes with it")
    return Finding(place, f"{error['msg'].lower()} (found {shown(given)})", "see the kind's example.yml for its form")


def _not_one_of(place: Place, given: Any, expected: str) -> Finding:
    if given is None:
        return Finding(place, "there is nothing here", f"use one of {expected}")
    return Finding(place, f"{shown(given)} is not allowed", f"use one of {expected}")


def _text_finding(place: Place, kind: str, given: Any, context: Mapping[str, Any]) -> Finding:
    if kind == "string_too_short":
        return Finding(place, "there is no text here", "write some, or remove the field")
    if kind == "string_pattern_mismatch":
        return Finding(place, f"{shown(given)} has the wrong form", _name_mend(kind, context))
    if isinstance(given, (dict, list)):
        return Finding(place, f"{shown(given)} is not text", "write plain text, in quotation marks if it holds `: `")
    mend = "write a version as `1.0.0`" if place[-1] == "version" else "put it in quotation marks"
    return Finding(place, f"{shown(given)} is not text", mend)


def _name_mend(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "string_too_long":
        return f"keep to {context['max_length']} characters"
    if kind == "value_error":
        return str(context["error"]).partition("; ")[2]
    pattern = context.get("pattern", "")
    if r"\d+\.\d+" in pattern:
        return "write a version as `1.0.0`"
    if "-" not in pattern.replace("a-z", "").replace("0-9", ""):
        return "use lower-case letters, digits and `_`, for instance `told_chief`"
    return "use lower-case letters, digits and hyphens, for instance `share-load-early`"


def _unknown_field_mend(place: Place, data: Any, model: type[BaseModel]) -> str:
    block = data
    for part in place[:-1]:
        block = block[part]
    # The shape that the rest of the block fits best, for pydantic does not say which it tried.
    names = max(_shapes(model), key=lambda shape: (len(shape & block.keys()), -len(shape)))
    fits = bool(names & block.keys())
    if " " in str(place[-1]):
        return "if it goes on with a text that holds a comma, put that whole text in straight quotation marks"
    every = set.union(*_shapes(model))
    small = str(place[-1]).lower()
    close = (
        [small]
        if small in every and small != place[-1]
        else get_close_matches(str(place[-1]), names if fits else every, 1)
    )
    if close:
        return f"did you mean `{close[0]}`?"
    unused = ", ".join(f"`{name}`" for name in sorted(names - block.keys()))
    return f"remove it, or use {unused}" if fits and unused else "remove it"


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _shapes(model: type[BaseModel]) -> list[set[str]]:
    schema = _schema(model)
    return [set(each["properties"]) for each in (schema, *schema["$defs"].values()) if "properties" in each]


def _required(model: type[BaseModel], class_name: str) -> list[str]:
    found: list[str] = _schema(model)["$defs"].get(class_name, {}).get("required", [])
    return found


def _authors_place(loc: Place, data: Any) -> Place:
    """Return pydantic's place without the union tags, which the author never wrote."""
    place: list[str | int] = []
    for number, part in enumerate(loc):
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if inside:
            data = data[part]
            place.append(part)
        elif number == len(loc) - 1 and isinstance(data, dict) and _is_field(str(part), data):
            place.append(part)
    return tuple(place)


def _is_field(part: str, block: dict[str, Any]) -> bool:
    return not part.startswith(("<", "[", "function-")) and part != block.get("type")
