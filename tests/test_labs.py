"""The labs: every model answer passes, every starter fails, wrong answers are told apart, and starters are fresh."""

import copy
import json
import re
import shutil

import pytest
from ipywidgets import Dropdown
from plotly import graph_objects as go

from courseware import checks, dataset, figure, labs, notebooks
from courseware.checks.leaks import holds
from courseware.course import root
from tests.readability import grade

LABS = labs.files()
lab = pytest.mark.parametrize("path", LABS, ids=[path.stem for path in LABS])
QUESTIONS = [
    (path.name.removesuffix(checks.SUFFIX), each) for path in checks.files() for each in checks.read(path)[0].checks
]
question = pytest.mark.parametrize("asked", [each for _, each in QUESTIONS], ids=[each.id for _, each in QUESTIONS])
STORED = {"text/html", "text/plain", "application/vnd.plotly.v1+json"}
# What nbval cannot follow, and what would leave a widget in the stored notebook.
NOT_IN_LABS = re.compile(r"\b(interact|interactive|Output|clear_output|display)\(")
# A lab is about a series of numbers. What the chapter treats in text only has no place in it.
TEXT_ONLY = re.compile(r"\b(died|death|suicide|coroner|inquest|head ?teachers?|heads)\b", re.IGNORECASE)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def source(cell):
    return "".join(cell["source"])


def code_of(notebook):
    return [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def verdicts(notebook, monkeypatch):
    """Run a notebook's code from the top, and return each check's id with its verdict."""
    found, real = [], checks.check

    def noted(check_id, answer):
        found.append((check_id, real(check_id, answer)))
        return found[-1][1]

    monkeypatch.setattr(checks, "check", noted)
    names = {}
    for number, code in enumerate(code_of(notebook)):
        exec(compile(code, f"cell {number}", "exec"), names)
    return found


def test_there_are_labs_and_each_has_its_checks():
    assert LABS
    assert [path.stem for path in LABS] == [path.name.removesuffix(checks.SUFFIX) for path in checks.files()]
    assert checks.problems() == []


@lab
def test_every_model_answer_passes(path, monkeypatch):
    found = verdicts(read(path), monkeypatch)
    asked = [each.id for stem, each in QUESTIONS if stem == path.stem]
    assert [name for name, _ in found] == asked, "each check is asked once, in the order of the file"
    assert [name for name, verdict in found if not verdict] == []


@lab
def test_every_starter_fails_every_check(path, monkeypatch):
    found = verdicts(read(labs.starter_path(path)), monkeypatch)
    assert len(found) == sum(stem == path.stem for stem, _ in QUESTIONS)
    for name, verdict in found:
        assert not verdict, name
        assert "no answer here yet" in verdict.say


@question
def test_wrong_answers_are_told_apart(asked):
    assert len(asked.mistakes) >= 3
    told = []
    for mistake in asked.mistakes:
        verdict = checks.check(asked.id, mistake.value)
        assert not verdict
        assert (verdict.say, verdict.look) == (mistake.say, mistake.look), f"{mistake.id} is taken for another mistake"
        told.append(verdict.say)
    assert len({*told, asked.otherwise.say}) == len(told) + 1


@question
def test_no_message_holds_the_answer(asked):
    assert asked.secrets()
    for _, text in asked.messages():
        assert not any(holds(text, secret) for secret in asked.secrets()), text


@lab
def test_the_solution_is_stored_executed_with_nothing_live(path):
    assert notebooks.faults(path) == []
    for cell in read(path)["cells"]:
        for output in cell.get("outputs", []):
            assert output["output_type"] in {"display_data", "execute_result"}, "tables and charts, not prints"
            assert set(output["data"]) <= STORED
        if source(cell).startswith("check("):
            assert "".join(cell["outputs"][0]["data"]["text/plain"]).startswith("Right. ")
    assert not NOT_IN_LABS.search("\n".join(code_of(read(path))))


@lab
def test_the_starter_is_what_the_solution_makes(path):
    assert labs.starter_path(path) not in labs.stale(), "run `make notebooks` and commit what it changes"
    made = labs.starter_path(path).read_text(encoding="utf-8")
    for cell in read(path)["cells"]:
        if notebooks.SOLUTION in cell["metadata"].get("tags", []):
            worked = [line for line in source(cell).splitlines() if line and not line.startswith("#")]
            assert not any(json.dumps(line, ensure_ascii=False)[1:-1] in made for line in worked)
    assert all(not cell.get("outputs") for cell in json.loads(made)["cells"])


def test_a_change_of_the_solution_makes_the_starter_stale(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    for name in ("course.yml", "concepts.yml"):
        shutil.copy(root() / "data" / name, tmp_path / "data")
    shutil.copytree(LABS[0].parent, tmp_path / "exercises" / "a" / "labs")
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))

    def write():
        for file, text in labs.stale().items():
            file.write_text(text, encoding="utf-8")

    write()  # the list of labs, which is that of the whole course
    assert labs.stale() == {}
    path = labs.files()[0]
    path.write_text(path.read_text(encoding="utf-8").replace("Look first", "Look here"), encoding="utf-8")
    assert list(labs.stale()) == [labs.starter_path(path)]
    write()
    assert labs.stale() == {}


def cell(kind, text, *tags):
    made = {"cell_type": kind, "id": text[:4], "metadata": {"tags": list(tags)} if tags else {}, "source": text}
    return made | ({"outputs": [{"data": {}}], "execution_count": 3} if kind == "code" else {})


def test_a_starter_keeps_what_to_do_and_drops_how_it_was_done():
    notebook = {
        "cells": [
            cell("markdown", "Count them."),
            cell("markdown", "There are seven.", "solution"),
            cell(
                "code",
                "# Your turn: count.\nspare = 1\ncount, left = spare + 6, 0\ndata['n'] = count",
                "solution",
                "wide",
            ),
            cell("code", "check('count', count)\nprint(left, data)"),
            cell("code", "# Draw it.\ndraw(count)", "solution"),
        ]
    }
    before = copy.deepcopy(notebook)
    made = labs.starter(notebook)
    assert notebook == before, "the solution is not changed"
    assert [one["source"] for one in made["cells"]] == [
        "Count them.",
        "# Your turn: count.\ncount = ...\nleft = ...",
        "check('count', count)\nprint(left, data)",
        "# Draw it.",
    ]
    assert [one["metadata"] for one in made["cells"]] == [{}, {"tags": ["wide"]}, {}, {}]
    assert all(one["outputs"] == [] and one["execution_count"] is None for one in made["cells"][1:])


def test_controls_draw_again_and_leave_a_still_chart():
    data = dataset("ofsted_method_change_2018")

    def draw(method, bars):
        fig = go.Figure([go.Bar(x=["a", "b"], y=[1, 2], name=f"bar {n}") for n in range(bars)])
        return figure(
            fig, title=f"By the {method}", alt=f"By the {method} method there are {bars} kinds of bars.", source=data
        )

    shown = labs.live(
        draw,
        method=Dropdown(options=["old", "new"], description="Method"),
        bars=Dropdown(options=[1, 3], description="Bars"),
    )
    still = shown._repr_mimebundle_()
    assert notebooks.VIEW in still
    assert set(still) - {notebooks.VIEW} == {"application/vnd.plotly.v1+json", "text/plain"}
    assert still["text/plain"] == repr(shown)
    assert "By the old method" in shown.words.value
    shown.controls["method"].value = "new"
    shown.controls["bars"].value = 3
    assert "By the new method there are 3 kinds" in shown.words.value
    assert "By the new" in shown.title.value
    assert len(shown.chart.data) == 3
    assert shown.still.about["title"] == "By the old", "what is stored does not depend on what was clicked"


def test_a_live_chart_is_whole_when_the_browser_first_hears_of_it(monkeypatch):
    # Announced empty, it stays blank wherever the browser draws before the lines have come.
    announced, real = [], go.FigureWidget.open

    def noted(widget):
        announced.append(len(widget.get_state()["_widget_data"]))
        real(widget)

    monkeypatch.setattr(go.FigureWidget, "open", noted)
    data = dataset("ofsted_method_change_2018")
    fig = go.Figure([go.Bar(x=["a", "b"], y=[1, 2], name=name) for name in ("old", "new")])
    shown = labs.live(
        lambda: figure(fig, title="Bars", alt="Two kinds of bars, each one high and two high.", source=data)
    )
    assert announced == [2]
    assert shown.chart.comm is not None


def sections(path):
    text = "\n\n".join(source(one) for one in read(path)["cells"] if one["cell_type"] == "markdown")
    return [part for part in re.split(r"^#+ ", text, flags=re.MULTILINE) if part.strip()]


@lab
def test_its_pieces_add_up_to_its_minutes(path):
    described = checks.read(path.with_name(path.stem + checks.SUFFIX))[0]
    pieces = [
        int(found) for part in sections(path)[1:] for found in re.findall(r"^\*(\d+) minutes?\b", part, re.MULTILINE)
    ]
    assert sum(pieces) == described.minutes.solo
    assert 20 <= described.minutes.solo <= 40
    assert f"{described.minutes.solo} minutes" in sections(path)[0]


@lab
def test_it_reads_at_14_to_16(path):
    for part in sections(path):
        prose = re.sub(r"\[([^\]]*)\]\([^)]*\)|`[^`]*`", r"\1", part.partition("\n")[2])
        assert grade(prose) <= 11, part[:60]


@question
def test_what_is_said_reads_so_too(asked):
    for _, text in asked.messages():
        assert grade(text) <= 11, text


@lab
def test_it_leaves_out_what_is_text_only(path):
    beside = path.with_name(path.stem + checks.SUFFIX)
    for file in (path, labs.starter_path(path), beside):
        assert not TEXT_ONLY.search(file.read_text(encoding="utf-8")), file.name
