"""What a data lab needs besides its checks: a starter derived from the solution, and controls that redraw a chart.

A lab is one notebook, its solution, under `exercises/<chapter>/labs/`. What a learner opens stands in `starters/`
beside it and is made from it, so that the two cannot drift: `courseware starters`.
"""

import ast
import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from courseware import checks, launch, notebooks
from courseware.checks.spec import LEVELS, Lab
from courseware.course import course, root
from courseware.notebooks import SOLUTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipywidgets import Widget

    from courseware.figures import Figure

START = Path("exercises", "START-HERE.md")
# Pixels. plotly's widget takes its measure before it has a place on the page, and would change its width on the way.
WIDTH = 700


def files() -> list[Path]:
    """Return every lab's solution, chapter by chapter."""
    return sorted((root() / "exercises").glob("*/labs/*.ipynb"))


def starter_path(solution: Path) -> Path:
    """Return where a lab's starter stands."""
    return launch.opened(solution)


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
    """Return the text of the starter that a solution makes; first comes what fetches the course, where that is set."""
    made = starter(json.loads(solution.read_text(encoding="utf-8")))
    if code := launch.fetch():
        # Two hosts' ways of saying that nobody need read it: JupyterLab folds the code, Colab shows its title alone.
        folded = {"cellView": "form", "jupyter": {"source_hidden": True}}
        cell = {"cell_type": "code", "id": "fetch", "metadata": folded, "source": code}
        made["cells"].insert(0, {**cell, "outputs": [], "execution_count": None})
    return notebooks.text(made)


def stale() -> dict[Path, str]:
    """Return the files made of the labs that are not there or not as they should be, each with what it should hold."""
    made = {starter_path(path): derived(path) for path in files()} | {root() / START: start()}
    return {path: text for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text}


_START = """\
# Labs: start here

In a lab you meet a true number that misleads, and work out with a few lines of code what it does say. Click a name to
open a lab.
{first}
- A grey box is a *cell*. Click in it, hold down Shift and press Enter: its code runs, and what it makes appears below.
- Run the cells in order, from the top. Where you see three dots, the answer is yours to write.
- What you write is kept in the notebook when you save it (Ctrl+S, or Command+S on a Mac). To be able to begin again,
  right-click the file in the list on the left first, and choose *Duplicate*.
{labs}"""


def start() -> str:
    """Return the page that `make lab` opens: every lab, the easiest first, each a click away."""
    themes = {chapter["id"]: f"{chapter['number']}, {chapter['theme']}" for chapter in course()["chapters"]}
    found = checks.rising()
    if not found:
        return _START.format(first="", labs="")
    (path, lab), parts = found[0], []
    first = f"\n**New to this?** Begin with {_link(path, lab)}: {LEVELS[lab.level][1]}.\n"
    for level, (word, means) in LEVELS.items():
        lines = [
            f"- {_link(path, lab)} – {lab.minutes.solo} minutes · chapter {themes[lab.chapter]}"
            for path, lab in found
            if lab.level == level
        ]
        if lines:
            parts.append("\n".join([f"\n## {word}\n\n{means[0].upper()}{means[1:]}.\n", *lines, ""]))
    return _START.format(first=first, labs="".join(parts))


def _link(solution: Path, lab: Lab) -> str:
    path = starter_path(solution).relative_to(root() / START.parent)
    return f"[{lab.title}]({quote(path.as_posix())})"


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

        self.draw = draw
        self.controls = controls
        self.still = self._drawn()
        self.chart = _live_chart(self.still)
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


def _live_chart(drawn: "Figure") -> Any:
    """Return a chart as plotly's widget, which the browser first hears of when it is whole.

    plotly would announce it empty and send its lines after that. Where the browser is slow it draws in between, and
    then the chart stays blank for good.
    """
    with notebooks.quick_import():
        from plotly.graph_objects import FigureWidget

    class Whole(FigureWidget):  # type: ignore[misc]  # plotly has no types
        whole = False

        def open(self) -> None:
            if self.whole:
                super().open()

    chart = Whole(data=drawn.spec["data"], layout=_live_layout(drawn))
    chart.whole = True
    chart.open()
    return chart


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
