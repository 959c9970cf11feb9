"""The model of an exercise: one plain Python function beside its YAML file, or anybody's function in a notebook.

The file is named like the exercise, `three-years.py` beside `three-years.yml`, so the YAML stays pure data: it never
names code. What the function gives is not trusted; it is looked at in every run.
"""

import ast
import inspect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

Values = dict[str, float]
Lines = dict[str, list[float]]


class ModelError(ValueError):
    """A model cannot be used. `what` says why and `mend` what to do."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(f"{what}; {mend}")


@dataclass(frozen=True)
class Model:
    """A function of the controls, with the words of its source."""

    name: str
    function: Callable[..., Any]
    source: str

    def run(self, values: Values, wanted: Sequence[str], count: int) -> Lines:
        """Return each wanted line at these values of the controls: `count` numbers a line.

        Raises ModelError where the function fails, or gives something else.
        """
        at = said(values)
        try:
            given = self.function(**values)
        except Exception as error:
            what = f"`{self.name}` fails at {at}: {type(error).__name__}: {error}"
            raise ModelError(what, "make it answer at every setting of its controls") from error
        lines = given.to_dict("list") if hasattr(given, "to_dict") else given
        if not isinstance(lines, dict):
            what = f"`{self.name}` returns {type(given).__name__}"
            raise ModelError(what, "return a dictionary: the id of each line, and its list of numbers")
        return {line: _line(self.name, lines, line, count, at) for line in wanted}


def _line(name: str, lines: dict[str, Any], line: str, count: int, at: str) -> list[float]:
    if line not in lines:
        raise ModelError(f"`{name}` gives no line `{line}`", f"return it under that name, with {count} numbers")
    try:
        numbers = [float(value) for value in lines[line]]
    except (TypeError, ValueError):
        raise ModelError(f"`{line}` is no list of numbers at {at}", "return a list of plain numbers") from None
    if len(numbers) != count:
        what = f"`{line}` has {len(numbers)} numbers at {at}"
        raise ModelError(what, f"give {count}, one for each value of `x`")
    if not all(map(math.isfinite, numbers)):
        raise ModelError(f"`{line}` is not finite at {at}", "keep it from dividing by nothing, and from growing away")
    return numbers


def said(values: Values) -> str:
    """Write a setting as an author would: `pressure=8, support=2`."""
    return ", ".join(f"{name}={value:g}" for name, value in values.items())


def of_function(function: Callable[..., Any], controls: Sequence[str]) -> Model:
    """Return a function as a model of these controls. Raises ModelError when its parameters are others."""
    name = getattr(function, "__name__", "the model")
    taken = list(inspect.signature(function).parameters)
    if sorted(taken) != sorted(controls):
        what = f"`{name}` takes {_listed(taken)}, and the controls are {_listed(controls)}"
        raise ModelError(what, "give it one parameter a control, of the same name")
    try:
        source = inspect.getsource(function)
    except (OSError, TypeError):  # typed at a prompt, or made by another function
        source = ""
    return Model(name, function, inspect.cleandoc(source) if source else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"


def of_file(path: Path, controls: Sequence[str]) -> Model:
    """Return the model in a Python file: its only public function. Raises ModelError."""
    if not path.is_file():
        raise ModelError(
            f"there is no `{path.name}` beside it", f"put the model there, as a function of {_listed(controls)}"
        )
    try:
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path.name}:{line}" if line else path.name
        raise ModelError(f"`{where}` is not Python: {getattr(error, 'msg', error)}", "mend it there") from None
    _alone(tree, path.name)
    public = [each.name for each in tree.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")]
    if len(public) != 1:
        what = f"`{path.name}` has {len(public)} public functions"
        raise ModelError(what, "keep one, and begin the names of the others with `_`")
    module = ModuleType(path.stem)
    try:
        exec(compile(tree, str(path), "exec"), module.__dict__)  # noqa: S102  # the course's own code, beside its exercise
    except Exception as error:
        what = f"`{path.name}` does not load: {type(error).__name__}: {error}"
        raise ModelError(what, "mend it there") from error
    found = of_function(getattr(module, public[0]), controls)
    return Model(found.name, found.function, source.strip())


def _alone(tree: ast.Module, name: str) -> None:
    """Raise ModelError where a model leans on the project: a reader is to follow it from its own lines."""
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        modules = [each.name for each in node.names]
        if isinstance(node, ast.ImportFrom):
            modules = ["courseware"] if node.level else [str(node.module)]
        if any(each.split(".")[0] == "courseware" for each in modules):
            what = f"`{name}:{node.lineno}` imports code of the project"
            raise ModelError(what, "write what it needs into the model")
