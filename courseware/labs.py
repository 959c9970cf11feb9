"""What a data lab needs besides its checks: a starter derived from the solution, and controls that redraw a chart.

A lab is one notebook, its solution, under `exercises/<chapter>/labs/`. What a learner opens stands in `starters/`
beside it and is made from it, so that the two cannot drift: `courseware starters`.
"""

import ast
import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from courseware import notebooks
from courseware.course import root

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import Widget

    from courseware.figures import Figure

SOLUTION = "solution"
FOLDER = "starters"
# Pixels. plotly's widget takes its measure before it has a place on the page, and would change its width on the way.
WIDTH = 700


def files() -> list[Path]:
    """Return every lab's solution, chapter by chapter."""
    return sorted((root() / "exercises").glob("*/labs/*.ipynb"))


def starter_path(solution: Path) -> Path:
    """Return where a lab's starter stands."""
    return solution.parent / FOLDER / solution.name


def starter(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook that a learner starts from; the one given is not changed.

    A code cell tagged `solution` keeps the comment at its top, which says what to do, and has three dots for each name
    that a later cell needs. A text cell with that tag goes. No output stays.
    """
    made = copy.deepcopy(notebook)
    cells = []
    for index, cell in enumerate(made["cells"]):
        tags = cell["metadata"].get("tags", [])
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
        if SOLUTION in tags:
            if cell["cell_type"] != "code":
                continue
            cell["source"] = _stub(_source(cell), _needed(made["cells"][index + 1 :]))
            kept = {key: value for key, value in cell["metadata"].items() if key != "tags"}
            others = [tag for tag in tags if tag != SOLUTION]
            cell["metadata"] = kept | ({"tags": others} if others else {})
        cells.append(cell)
    made["cells"] = cells
    return made


def derived(solution: Path) -> str:
    """Return the text of the starter that a solution makes."""
    return notebooks.text(starter(json.loads(solution.read_text(encoding="utf-8"))))


def stale() -> list[Path]:
    """Return the solutions whose starter is not there, or is not what they make."""
    return [
        path
        for path in files()
        if not starter_path(path).is_file() or starter_path(path).read_text(encoding="utf-8") != derived(path)
    ]


def write(solution: Path) -> None:
    """Write a solution's starter."""
    starter_path(solution).parent.mkdir(exist_ok=True)
    starter_path(solution).write_text(derived(solution), encoding="utf-8")


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _stub(source: str, needed: set[str]) -> str:
    lines = source.splitlines()
    code = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    names = [name for name in _assigned(source) if name in needed]
    return "\n".join([*lines[:code], *(f"{name} = ..." for name in names)])


def _assigned(source: str) -> list[str]:
    """Return the names that a cell's own statements give a value, in order, each once."""
    targets = [
        target
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
    ]
    named = [node for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    # In `table["new"] = …` the table is only read.
    return list(dict.fromkeys(node.id for node in named if isinstance(node.ctx, ast.Store)))


def _needed(later: list[dict[str, Any]]) -> set[str]:
    """Return the names that later code reads, but for later solutions, which will be gone."""
    return {
        node.id
        for cell in later
        if cell["cell_type"] == "code" and SOLUTION not in cell["metadata"].get("tags", [])
        for node in ast.walk(ast.parse(_source(cell)))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


class Live:
    """Controls above a chart that is drawn again as they change. Where no kernel runs, the chart as it first stood.

    The words under the chart are its text alternative, so that whoever does not see it learns what a change changed.
    """

    def __init__(self, draw: "Callable[..., Figure]", controls: "dict[str, Widget]") -> None:
        from ipywidgets import HTML, HBox, Layout, VBox
        from plotly.graph_objects import FigureWidget

        self.draw = draw
        self.controls = controls
        self.still = self._drawn()
        # Whole from the start: what is added to an empty chart before it is on the page may never be drawn.
        self.chart = FigureWidget(data=self.still.spec["data"], layout=_live_layout(self.still))
        self.title, self.words = HTML(), HTML()
        self._say(self.still)
        for control in controls.values():
            control.observe(self._redraw, names="value")
        lists = HBox(list(controls.values()), layout=Layout(flex_flow="row wrap"))
        self.box = VBox([lists, self.title, self.chart, self.words])

    def _drawn(self) -> "Figure":
        return self.draw(**{name: control.value for name, control in self.controls.items()})

    def _say(self, drawn: "Figure") -> None:
        from markupsafe import escape

        about = drawn.about
        self.title.value = f"<p><strong>{escape(about['title'])}</strong><br>{escape(about['subtitle'] or '')}</p>"
        self.words.value = f'<p role="status">{escape(about["alt"])}</p>'

    def _redraw(self, _change: Any) -> None:
        drawn = self._drawn()
        # The number of lines may differ, which an update in place does not allow.
        self.chart.data = ()
        self.chart.add_traces(drawn.spec["data"])
        self.chart.layout = _live_layout(drawn)
        self._say(drawn)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.box._repr_mimebundle_(**kwargs), **self.still._repr_mimebundle_()}

    def __repr__(self) -> str:
        """Give the words of the chart."""
        return repr(self.still)


def _live_layout(drawn: "Figure") -> dict[str, Any]:
    """Return a chart's layout without its title, which is text above it here, and so wraps."""
    return {**drawn.spec["layout"], "title": None, "width": WIDTH}


def live(draw: "Callable[..., Figure]", **controls: "Widget") -> Live:
    """Return controls above a chart.

    Parameters
    ----------
    draw
        Takes each control's value by its name and returns a chart made by `figure`.
    controls
        ipywidgets that have a value. Give each a `description`: it is the control's label.
    """
    return Live(draw, controls)
