"""Anybody's function as a model to explore, with no file: what an author would write is worked out from it."""

import inspect
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, ValidationError

from courseware.base import Part
from courseware.kinds.explore import fields
from courseware.kinds.explore.grid import points
from courseware.kinds.explore.model import Model, ModelError, of_function
from courseware.kinds.explore.spec import Control, Explore, Try
from courseware.markup import Markdown, Text

MOST_LINES = 4
MOST_CONTROLS = 3
SAMPLE = 6  # values of a control that are tried to see how far the lines reach


class Own(Explore):
    """A model made in a notebook. It belongs to no chapter, and what it owes a learner is its maker's to say."""

    controls: Annotated[list[Control], Field(min_length=1, max_length=3)]
    tries: list[Try] = []
    says: Markdown | None = None  # type: ignore[assignment]  # a notebook says it around the widget
    limits: Markdown | None = None  # type: ignore[assignment]
    about: Markdown | None = None  # type: ignore[assignment]

    def model_post_init(self, context: Any) -> None:
        """Keep the function."""
        super().model_post_init(None)
        self._model = (context or {}).get("model")

    def compiled(self, exercise: Any = None) -> dict[str, Any]:
        """Return the exercise as plain JSON; there may be no course around."""
        own = {"course": "notebook", "major": self.major, "kind_label": self.kind_label}
        return own | self.with_model(Part.compiled(self, exercise or self))


def make(
    function: Callable[..., Any], controls: Mapping[str, Sequence[float]], *, x: str | Sequence[float], minutes: int
) -> Own:
    """Return an exercise made of a function. Raises ValueError, or ModelError, with every mistake and its mend.

    `controls` gives each parameter its least and greatest value, its step (1) and, if wanted, where it starts (at the
    least). `x` names what the lines run along, or gives its values.
    """
    if not 1 <= len(controls) <= MOST_CONTROLS:
        raise ValueError(f"{len(controls)} controls; give one to {MOST_CONTROLS}")
    model = of_function(function, list(controls))
    moves = [_control(name, given) for name, given in controls.items()]
    try:
        parts = [Control.model_validate(each) for each in moves]
    except ValidationError as error:
        wrong = ", ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors(include_url=False))
        raise ValueError(f"a control cannot be so ({wrong}); use a lower-case name and a step above 0") from None
    for each in parts:
        if each.max <= each.min:
            raise ValueError(f"`{each.id}` ends at {each.max:g}, which is not above {each.min:g}; give the least first")
    # From end to end of each control, so that the ranges of the lines hold what is between.
    sample = list(points([(each.id, [*each.values[:: max(1, each.count // SAMPLE)], each.max]) for each in parts]))
    given = function(**sample[0])
    names = list(given.to_dict("list") if hasattr(given, "to_dict") else given)[:MOST_LINES]
    if not names:
        raise ModelError(f"`{model.name}` gives no line", "return a dictionary: a name for each line, and its numbers")
    count = len((given.to_dict("list") if hasattr(given, "to_dict") else given)[names[0]])
    results = [model.run(values, names, count) for values in sample]
    words = inspect.getdoc(function) or model.name.replace("_", " ").capitalize()
    title, _, prompt = words.partition("\n")
    data = {
        "kind": "explore",
        "id": _id(model.name),
        "version": "1.0.0",
        "title": Text(title.strip().rstrip(".") or model.name),
        "chapter": "notebook",
        "teaches": ["own-model"],
        "minutes": {"solo": minutes},
        "prompt": prompt.strip() or "Move the controls, and see what follows.",
        "controls": moves,
        "x": _axis(x, count),
        "lines": [_line(name, [each[name] for each in results]) for name in names],
        "figures": [{"label": f"{_words(name)} at the end", "line": _id(name)} for name in names],
    }
    renamed = Model(model.name, lambda **values: _renamed(function(**values), names), model.source)
    own = Own.model_validate(data, context={"model": renamed})
    faults = [*fields.findings(own)] or own.studied.findings
    if faults:
        raise ValueError("\n".join(f"{each.what}; {each.mend}" for each in faults))
    return own


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", str(name).lower()).strip("-")[:60] or "line"


def _words(name: str) -> str:
    text = str(name).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _renamed(given: Any, names: Sequence[str]) -> dict[str, Any]:
    lines = given.to_dict("list") if hasattr(given, "to_dict") else given
    return {_id(name): lines[name] for name in names}


def _control(name: str, given: Sequence[float]) -> dict[str, Any]:
    if not 2 <= len(given) <= 4:
        raise ValueError(
            f"`{name}` has {len(given)} numbers; give (least, greatest, step, start), the last two if wanted"
        )
    low, high, step, start = [*map(float, given), *[1.0, float(given[0])][len(given) - 2 :]]
    return {"id": name, "label": _words(name), "min": low, "max": high, "step": step, "start": start}


def _axis(x: str | Sequence[float], count: int) -> dict[str, Any]:
    if isinstance(x, str):
        return {"label": x, "start": 0, "end": count - 1}
    values = [float(value) for value in x]
    if len(values) != count or len(values) < 2:
        raise ValueError(f"`x` has {len(values)} values and a line {count}; give one for each")
    step = values[1] - values[0]
    if any(abs(values[0] + number * step - value) > abs(step) * 1e-6 for number, value in enumerate(values)):
        raise ValueError("the values of `x` are not evenly spaced; give a range of equal steps")
    return {"label": "x", "start": values[0], "end": values[-1], "step": step}


def _line(name: str, results: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Return a line with a round range that holds all it was seen to give, and some room."""
    low, high = min(map(min, results)), max(map(max, results))
    span = (high - low) or abs(high) or 1.0
    unit = 10 ** math.floor(math.log10(span))
    low, high = low if low >= 0 else low - span / 20, high + span / 20
    bottom = 0.0 if 0 <= low <= span else math.floor(low / unit) * unit
    digits = min(3, max(0, 1 - math.floor(math.log10(span))))
    return {
        "id": _id(name), "label": _words(name), "means": _words(name), "min": bottom,
        "max": math.ceil(high / unit) * unit, "digits": digits,
    }  # fmt: skip
