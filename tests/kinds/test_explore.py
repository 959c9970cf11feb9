"""A model: what an author is told, what the page stores of it, and that the page looks up what Python works out."""

import os
import re
from pathlib import Path

import pandas as pd
import pytest

from courseware import explore, library
from courseware.kinds.explore import figures, grid
from courseware.kinds.explore.grid import points
from tests import agreement

PROJECT = Path(__file__).parents[2]
THREE_YEARS = PROJECT / "exercises" / "4-leading-under-pressure" / "three-years.yml"


@pytest.fixture
def slip(example):
    """Return a way to what an author is told after these slips in the file, and after these in the model beside it."""

    def told(*swaps, model=()):
        path = example("explore", *swaps)
        beside = path.with_suffix(".py")
        text = beside.read_text(encoding="utf-8")
        for old, new in model:
            assert old in text, f"the model has no `{old}` to replace"
            text = text.replace(old, new, 1)
        beside.write_text(text, encoding="utf-8")
        return {problem.field: (problem.line, problem.what, problem.mend) for problem in library.read(path)[1]}

    return told


def test_the_example_is_sound(slip):
    assert slip() == {}


@pytest.mark.parametrize(
    ("old", "new", "field", "line", "what", "mend"),
    [
        ("max: 5, step: 1", "max: 1, step: 1", "controls[0].max", 13, "1 is not above 1", "give a larger number"),
        ("max: 10, step: 2", "max: 10, step: 3", "controls[1].step", 14, "steps of 3 from 0 do not reach 10", "choose a step"),
        ("step: 1, start: 3", "step: 1, start: 7", "controls[0].start", 13, "7 is none of the control's values", "give 1 to 5"),
        ("step: 2, start: 0", "step: 0, start: 0", "controls[1].step", 14, "0 is out of range", "greater than 0"),
        ("{id: staff, label", "{id: Staff, label", "controls[0].id", 13, "`Staff` has the wrong form", "lower-case letters"),
        ("{id: staff, label", "{id: lambda, label", "controls[0].id", 13, "`lambda` means something", "choose another"),
        ("end: 8, step: 1", "end: 0, step: 1", "x.end", 15, "1 values from 0 to 0", "give 2 to 400 values"),
        ("min: 0, max: 200}", "min: 200, max: 200}", "lines[0].max", 17, "200 is not above 200", "give a larger number"),
        ("    line: waiting", "    line: waitin", "figures[0].line", 20, "no line `waitin`", "did you mean `waiting`?"),
        ("{below: 40, say: fewer than at the start}, {say", "{below: 40, say: fewer}, {below: 50, say", "figures[0].bands[1]", 22, "no word for 50 and above", "add a band"),
        ("{below: 40, say: fewer than at the start}", "{say: fewer}", "figures[0].bands[0]", 22, "a band without `below`", "put it last"),
        ("values: {staff: 4, extra: 0}", "values: {staff: 4, extre: 0}", "tries[0].values.extre", 26, "no control `extre`", "did you mean `extra`?"),
        ("values: {staff: 4, extra: 0}", "values: {staff: 4}", "tries[0].values", 26, "`extra` is not set", "set every control"),
        ("values: {staff: 4, extra: 0}", "values: {staff: 9, extra: 0}", "tries[0].values.staff", 26, "9 is none of", "give 1 to 5 in steps of 1"),
        ("values: {staff: 3, extra: 2}", "values: {staff: 4, extra: 0}", "tries[1].values", 31, "the same setting as `steady`", "try another"),
        ("id: stretched", "id: steady", "tries[1].id", 29, "the id `steady` is used twice", "give each its own id"),
        ("limits: Nobody tires, nobody leaves, and every letter takes the same time.\n", "", "limits", 3, "this field is missing", "add `limits:`"),
        ("min: 0, max: 200}", "min: 0, max: 100}", "lines[0].max", 17, "the model gives 200 at staff=1, extra=0", "raise `max`"),
        ("min: 0, max: 200}", "min: 10, max: 200}", "lines[0].min", 17, "the model gives 0 at", "lower `min`"),
        ("- {id: waiting, label", "- {id: waits, label", "model", 3, "`queue` gives no line `waits`", "return it under that name, with 9 numbers"),
        ("max: 10, step: 2", "max: 10, step: 0.0001", "model", 3, "500,005 settings make 4,500,045 numbers", "give `extra` a step of 0.0002 (it has 100001 values)"),
    ],
)  # fmt: skip
def test_a_slip_in_the_file(slip, old, new, field, line, what, mend):
    found = slip((old, new))
    assert found[field][0] == line
    assert what in found[field][1]
    assert mend in found[field][2]


WALK = "    waiting = [40.0]\n"


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        ("def queue(", "def _queue(", "`example-explore.py` has 0 public functions", "keep one"),
        ('"""The model', 'def other():\n    """Do more."""\n\n\n"""The model', "has 2 public functions", "begin the names of the others with `_`"),
        ("def queue(", "def queue(:", "`example-explore.py:4` is not Python", "mend it there"),
        (WALK, "    from courseware import show\n" + WALK, "`example-explore.py:6` imports code of the project", "write what it needs"),
        (WALK, "    from . import show\n" + WALK, "`example-explore.py:6` imports code of the project", "write what it needs"),
        ("def queue(", "TABLE = {}['x']\n\n\ndef queue(", "does not load: KeyError: 'x'", "mend it there"),
        (WALK, WALK + "    if staff > 2:\n        raise ValueError('no room')\n", "`queue` fails at staff=3, extra=0: ValueError: no room", "at every setting"),
        (WALK, WALK + "    if extra == 4:\n        return {'waiting': [1.0]}\n", "`waiting` has 1 numbers at staff=1, extra=4", "give 9"),
        (WALK, WALK + "    if staff == 2:\n        waiting = [float('nan')]\n", "`waiting` is not finite at staff=2, extra=0", "growing away"),
        ("extra: float", "more: float", "`queue` takes `staff`, `more`, and the controls are `staff`, `extra`", "one parameter a control"),
        ("return {", "return waiting or {", "`queue` returns list", "return a dictionary"),
        ('return {"waiting": waiting}', 'return {"waiting": ["a"] * 9}', "`waiting` is no list of numbers", "plain numbers"),
        (WALK, "    import random\n    waiting = [random.uniform(1, 40)]\n", "`queue` gives other numbers the second time, at staff=1, extra=0", "leave chance"),
    ],
)  # fmt: skip
def test_a_slip_in_the_model(slip, old, new, what, mend):
    found = slip(model=[(old, new)])
    assert found.keys() == {"model"}
    line, said, way = found["model"]
    assert line == 3  # where the exercise begins
    assert what in said
    assert mend in way


def test_a_control_that_changes_nothing(slip):
    assert slip(model=[(" + 2 * extra", "")])["controls[1].id"] == (
        14, "`extra` changes nothing", "let the model use it, or remove it",
    )  # fmt: skip


def test_no_model_beside_the_file(example):
    path = example("explore")
    path.with_suffix(".py").unlink()
    problems = library.read(path)[1]
    assert [(each.field, each.what) for each in problems] == [("model", "there is no `example-explore.py` beside it")]
    assert problems[0].mend == "put the model there, as a function of `staff`, `extra`"


def test_a_model_that_changes_is_read_again(example):
    path = example("explore")
    assert library.read(path)[1] == []
    before = library.load("example-explore").grid.text
    beside = path.with_suffix(".py")
    beside.write_text(beside.read_text().replace("9 * staff", "8 * staff"))
    os.utime(beside, ns=(1, 1))
    assert library.load("example-explore").grid.text != before


def test_a_heavy_grid_is_refused_and_names_what_to_coarsen(slip):
    noise = "        waiting.append((staff * 7919 + extra * 104729 + waiting[-1] * 31.7 + 13) % 200)\n"
    old = "        waiting.append(min(200.0, max(0.0, waiting[-1] + 30 - done)))\n"
    found = slip(
        ("max: 10, step: 2", "max: 10, step: 0.005"),
        model=[(old, noise), ("        done = 9 * staff + 2 * extra\n", "")],
    )
    assert found.keys() == {"model"}
    assert "10,005 settings weigh" in found["model"][1]
    assert "bytes gzipped, and 60,000 is the most" in found["model"][1]
    assert found["model"][2] == "give `extra` a step of 0.01 (it has 2001 values)"


def settings_of(spec):
    """Return every setting of a model's controls, in the order of its grid."""
    return list(points([(each.id, each.values) for each in spec.controls]))  # noqa: PD011  # no frame


def models():
    """Return every model of the course that is at hand."""
    return [each for each in library.all_exercises() if each.kind == "explore"]


@pytest.mark.parametrize("whose", ["the example's", "the course's"])
def test_the_stored_numbers_are_within_what_is_promised(whose, request):
    if whose == "the example's":
        request.getfixturevalue("a_course")
    for spec in models():
        settings = settings_of(spec)
        assert len(spec.grid.text) == len(settings) * len(spec.lines) * len(spec.x.values)
        for place, values in enumerate(settings):
            assert spec.place(values) == place
            stored, exact = spec.grid.at(place), spec.at(values)
            for line in spec.lines:
                worst = spec.grid.ranges[line.id].worst
                # Finer than a pixel of the chart, and than half of the last digit that is shown.
                assert worst * 2 <= min((line.max - line.min) / 255, 10**-line.digits)
                far = max(abs(one - other) for one, other in zip(stored[line.id], exact[line.id], strict=True))
                assert far <= worst + 1e-9
        assert spec.page_bytes() <= grid.MAX_BYTES


def test_the_models_of_a_page_are_light_together():
    for chapter in {each.chapter for each in library.all_exercises()}:
        assert sum(each.page_bytes() for each in models() if each.chapter == chapter) <= grid.MAX_BYTES


@pytest.mark.parametrize("whose", ["the example's", "the course's"])
def test_the_page_looks_up_what_python_stored(whose, tmp_path, request):
    if whose == "the example's":
        request.getfixturevalue("a_course")
    vectors = []
    for spec in models():
        settings = settings_of(spec)
        results = [spec.grid.at(place) for place in range(len(settings))]
        told = [[figures.told(spec, each, lines) for each in spec.figures] for lines in results]
        worst = {name: each.worst for name, each in spec.grid.ranges.items()}
        exact = [spec.at(values) for values in settings]
        vectors.append(
            {
                "spec": spec.compiled(),
                "settings": settings,
                "stored": results,
                "exact": exact,
                "worst": worst,
                "told": told,
            }
        )
    agreement.run(tmp_path, "explore", vectors)


@pytest.mark.parametrize(
    ("number", "digits", "written"),
    [(0.5, 0, "1"), (2.5, 0, "3"), (-0.5, 0, "−1"), (-0.2, 0, "0"), (1234.5678, 2, "1,234.57"), (-0.004, 2, "0.00")],
)
def test_numbers_are_written_as_the_page_writes_them(number, digits, written):
    assert figures.written(number, digits) == written


def test_three_years_says_what_its_notices_say():
    """What a learner is told to notice is what the model gives."""
    spec, problems = library.read(THREE_YEARS)
    assert problems == []

    def lines(name):
        return spec.at(next(each for each in spec.tries if each.id == name).values)

    push, wait, both, kind, between = map(lines, ["push", "help", "both", "nobody-asks", "between"])
    assert [round(max(push[line])) for line in ("reported", "fact")] == [65, 58]
    assert push["reported"].index(max(push["reported"])) == 4
    assert push["fact"][12] < push["fact"][0]
    assert push["fact"][36] < 20
    assert abs(push["reported"][36] - push["reported"][0]) < 1
    assert wait["fact"][0] - 6 < min(wait["fact"]) < wait["fact"][0] - 4
    assert 10 <= next(month for month in range(3, 37) if wait["fact"][month] >= wait["fact"][0]) <= 12
    assert max(one - other for one, other in zip(wait["reported"], wait["fact"], strict=True)) < 4
    assert both["trust"][36] > both["trust"][0]
    assert both["tired"][36] > 60
    assert both["fact"][36] < both["fact"][0] < max(both["fact"])
    assert max(kind["fact"][1:]) < kind["fact"][0]
    assert kind["tired"][36] < 2
    ends = {tuple(values.values()): spec.at(values)["fact"][36] for values in settings_of(spec)}
    assert len(ends) == 605
    assert max(ends, key=ends.get) == (6, 9, 2)
    near = [setting for setting, end in ends.items() if end > ends[6, 9, 2] - 3]
    assert len(near) > 60
    assert any(setting[2] == 0 for setting in near)
    tired = {
        setting: spec.at(dict(zip(("pressure", "support", "time"), setting, strict=True)))["tired"][36]
        for setting in near
    }
    assert min(tired.values()) <= between["tired"][36] / 2 + 1


def queue(staff, extra):
    """Show how a queue grows.

    Nine letters a person.
    """
    waiting = [40.0]
    for _ in range(8):
        waiting.append(max(0.0, waiting[-1] + 30 - 9 * staff - 2 * extra))
    return pd.DataFrame({"Letters waiting": waiting, "share": [each / 300 for each in waiting]})


def test_any_function_can_be_explored():
    model = explore(queue, controls={"staff": (1, 5), "extra": (0, 10, 2, 4)}, x="Week")
    assert repr(model) == "Model: Show how a queue grows (5 minutes)"
    assert model.html == explore(queue, controls={"staff": (1, 5), "extra": (0, 10, 2, 4)}, x="Week").html
    assert model.result["values"] == {"staff": 1, "extra": 4}
    assert model.frame().columns.tolist() == ["Week", "letters-waiting", "share"]
    assert [line.label for line in model.exercise.lines] == ["Letters waiting", "Share"]
    assert model.exercise.lines[1].digits > 0
    data, _ = model._repr_mimebundle_()
    assert {"text/html", "text/plain"} <= data.keys()
    assert "Nine letters a person." in data["text/html"]
    assert "waiting.append" in data["text/html"]


def test_it_needs_no_course_around_it(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert "course-explore" in explore(queue, controls={"staff": (1, 5), "extra": (0, 10, 2)}).html


@pytest.mark.parametrize(
    ("controls", "told"),
    [
        (
            {"staff": (1, 5)},
            "`queue` takes `staff`, `extra`, and the controls are `staff`; give it one parameter a control",
        ),
        ({"staff": (1, 5), "extra": (2, 2)}, "`extra` ends at 2, which is not above 2"),
        ({"staff": (1, 5), "extra": (2,)}, "`extra` has 1 numbers; give (least, greatest, step, start)"),
        ({"staff": (1, 5), "extra": (0, 5, 2)}, "steps of 2 from 0 do not reach 5; choose a step that does"),
        ({"staff": (1, 5), "extra": (0, 10, 0.0001)}, "give `extra` a step of 0.0002"),
        ({"staff": (1, 5), "extra": (0, 5, -1)}, "use a lower-case name and a step above 0"),
        ({}, "0 controls; give one to 3"),
    ],
)
def test_what_cannot_be_explored_says_why(controls, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        explore(queue, controls=controls)
