"""The face that an author writes: controls, lines over time, settings to try, and what the model leaves out.

What the model gives is in no YAML: it is a Python function in a file of the same name beside it (`model.py`), worked
out over every setting (`study.py`) and stored small (`grid.py`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, PrivateAttr, StringConstraints

from courseware.base import Exercise, Id, Part, Writing, nearest, repeated
from courseware.kinds.explore import charts, fields, figures, study
from courseware.kinds.explore.grid import Grid
from courseware.kinds.explore.model import Lines, Model, ModelError, Values, of_file
from courseware.markup import Markdown, Text
from courseware.problems import Finding


def _parameter(name: str) -> str:
    from keyword import iskeyword

    if iskeyword(name) or name == "constructor":
        raise ValueError(f"`{name}` means something of its own to a computer; choose another")
    return name


# The name of a control is the name of a parameter.
ControlId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40), AfterValidator(_parameter)]
Digits = Annotated[int, Field(ge=0, le=3)]


class Control(Part):
    """Something to move: from `min` to `max` in steps."""

    id: ControlId
    label: Text
    unit: Text | None = None
    help: Text | None = None
    min: float
    max: float
    step: Annotated[float, Field(gt=0)] = 1
    start: float

    @property
    def values(self) -> list[float]:
        """Every value that it can be moved to."""
        return [round(self.min + number * self.step, 9) for number in range(self.count)]

    @property
    def count(self) -> int:
        """How many values that is."""
        return max(1, round((self.max - self.min) / self.step) + 1)

    def place(self, value: float) -> int:
        """Return the place of the value that is nearest to this one."""
        return min(max(int((value - self.min) / self.step + 0.5), 0), self.count - 1)


class Axis(Part):
    """What the lines run along: from `start` to `end`, a mark at every `tick`."""

    label: Text
    unit: Text | None = None
    start: float = 0
    end: float
    step: Annotated[float, Field(gt=0)] = 1
    tick: Annotated[float, Field(gt=0)] | None = None

    @property
    def values(self) -> list[float]:
        """Return every value of the axis."""
        return [round(self.start + n * self.step, 9) for n in range(round((self.end - self.start) / self.step) + 1)]


class Line(Part):
    """One line of the result. Lines of the same unit and range share a chart."""

    id: Id
    label: Text
    means: Text
    unit: Text | None = None
    min: float
    max: float
    digits: Digits = 0


class Band(Part):
    """A word for the values below a bound; the last band has none."""

    below: float | None = None
    say: Text


class Figure(Part):
    """A number that sums a line up, with words for it where `bands` give them; `minus` another line, for a gap."""

    label: Text
    line: Id
    minus: Id | None = None
    take: Literal["end", "lowest", "highest", "average"] = "end"
    bands: list[Band] = []


class Try(Part):
    """A setting worth trying, what to ask oneself first, and what to notice then."""

    id: Id
    title: Text
    values: dict[ControlId, float]
    ask: Text
    notice: Markdown


class Prompt(Part):
    """Something to write about what was seen."""

    id: Id
    label: Text
    help: Text | None = None
    rows: Annotated[int, Field(ge=2, le=12)] = 3


class Explore(Exercise):
    """A model with two or three controls, which answers every move from what is stored."""

    kind_label: ClassVar[str] = "Model"

    kind: Literal["explore"]
    controls: Annotated[list[Control], Field(min_length=2, max_length=3)]
    x: Axis
    lines: Annotated[list[Line], Field(min_length=1, max_length=4)]
    figures: Annotated[list[Figure], Field(min_length=1, max_length=4)]
    tries: Annotated[list[Try], Field(min_length=2, max_length=5)]
    notes: Annotated[list[Prompt], Field(max_length=3)] = []
    about: Markdown
    says: Markdown
    limits: Markdown

    _path: Path | None = PrivateAttr(default=None)
    _model: Model | None = PrivateAttr(default=None)
    _studied: study.Studied | None = PrivateAttr(default=None)

    def model_post_init(self, context: Any) -> None:
        """Keep the path of the file that this was read from: the model stands beside it."""
        self._path = (context or {}).get("path")

    def model(self) -> Model:
        """Return the model. Raises ModelError where there is none that can be used."""
        if self._model is None:
            if self._path is None:
                raise ModelError("it was read from no file, so no model stands beside it", "read it from its file")
            self._model = of_file(self._path.with_suffix(".py"), [control.id for control in self.controls])
        return self._model

    @property
    def studied(self) -> study.Studied:
        """What the model gives at every setting, worked out once, with whatever is wrong with it."""
        if self._studied is None:
            self._studied = study.study(self)
        return self._studied

    @property
    def grid(self) -> Grid:
        """What the page stores of the model. Raises ModelError where it cannot be stored."""
        if self.studied.grid is None:
            finding = self.studied.findings[0]
            raise ModelError(finding.what, finding.mend)
        return self.studied.grid

    def page_bytes(self) -> int:
        """Return what the stored model adds to a page, in bytes gzipped."""
        return self.studied.grid.bytes if self.studied.grid else 0

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the numbers and names, and then with the model."""
        yield from super().findings()
        wrong = list(fields.findings(self))
        # A model is not held to controls that are wrong themselves.
        yield from wrong or self.studied.findings
        yield from repeated([each.id for each in self.tries], ("tries",))
        yield from repeated([each.id for each in self.notes], ("notes",))
        lines = {line.id for line in self.lines}
        for index, figure in enumerate(self.figures):
            for field in ("line", "minus"):
                name = getattr(figure, field)
                if name is not None and name not in lines:
                    yield Finding(("figures", index, field), f"no line `{name}`", nearest(name, lines))
            yield from figures.of_bands(figure, ("figures", index, "bands"))

    def compiled(self, exercise: Exercise | None = None) -> dict[str, Any]:
        """Return the exercise with the model's numbers and its source."""
        return self.with_model(super().compiled(exercise))

    def with_model(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Return compiled fields with the charts, the stored numbers and the source."""
        found = self.model()
        fields["x"]["values"] = self.x.values
        lines = len([line for line in found.source.splitlines() if line.strip()])
        code = {"source": found.source, "lines": lines}
        return fields | {"charts": list(charts.compiled(self)), "grid": self.grid.compiled(), "code": code}

    def place(self, values: Values) -> int:
        """Return the place in the grid of the stored setting that is nearest to these values."""
        found = 0
        for control in self.controls:
            found = found * control.count + control.place(values.get(control.id, control.start))
        return found

    def at(self, values: Values) -> Lines:
        """Return what the model itself gives at any values within the controls' ranges. Raises ModelError."""
        given = {each.id: min(max(values.get(each.id, each.start), each.min), each.max) for each in self.controls}
        return self.model().run(given, [line.id for line in self.lines], len(self.x.values))

    def page_context(self) -> dict[str, Any]:
        """Return the result of each try, as a small table, for the page without scripts."""
        return {"results": [figures.table(self, self.grid.at(self.place(each.values))) for each in self.tries]}

    def writings(self) -> list[Writing]:
        """Return where the notes are."""
        return [Writing(("notes", each.id), str(each.label), rows=each.rows) for each in self.notes]

    def result(self, record: dict[str, Any] | None) -> dict[str, Any]:
        """Return the present setting with its figures, the tries that were looked at, the notes and what was kept."""
        record = record or {}
        values = {each.id: record.get("values", {}).get(each.id, each.start) for each in self.controls}
        return {
            "values": values,
            "figures": {str(each.label): figures.value(each, self.at(values)) for each in self.figures},
            "visited": list(record.get("visited", [])),
            "notes": dict(record.get("notes", {})),
            "kept": [dict(each["values"]) for each in record.get("kept", [])],
        }

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return the lines at the present setting: one row a value of x."""
        values = {each.id: (record or {}).get("values", {}).get(each.id, each.start) for each in self.controls}
        lines = self.at(values)
        return [
            {str(self.x.label): x, **{name: numbers[row] for name, numbers in lines.items()}}
            for row, x in enumerate(self.x.values)
        ]
