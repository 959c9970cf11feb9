"""What a learner is told of an answer, and what an author is told of a file of checks."""

import datetime as dt
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courseware import checks
from courseware.checks.leaks import holds
from courseware.problems import ExerciseError

LAB = """\
kind: lab
id: my-lab
version: 1.0.0
title: A lab
chapter: my-chapter
teaches: [my-concept]
minutes: {solo: 20}
level: 1
prompt: Numbers about nothing in particular.
checks:
  - id: mean-wait
    type: number
    asks: What is the mean wait, in hours?
    value: 7.5
    tolerance: 0.05
    right: A mean hides the longest wait.
    mistakes:
      - {id: median, value: 6, say: That is the median., look: Use `.mean()`.}
      - {id: total, value: 30, say: That is the sum of all waits., look: How many waits are there?}
      - {id: minutes, value: 450, say: That is in minutes., look: The question asks for hours.}
    otherwise: {say: That is not the mean., look: Take the whole column.}
  - id: worst-ward
    type: text
    asks: Which ward waits longest, North, East, South or West Side?
    options: [North, East, South, West Side]
    value: West Side
    right: It also has the fewest beds.
    mistakes:
      - {id: shortest, value: North, say: That one waits least., look: Sort the other way.}
      - {id: largest, value: East, say: That one has the most people., look: Look at the wait.}
      - {id: first, value: South, say: That one is first in the table., look: Sort the table.}
    otherwise: {say: That is none of the wards., look: 'Don''t type it: `ward == "East"` finds the name.'}
  - id: twice
    type: list
    asks: Which dates come up more than once?
    value: ["2020-01-31", "2021-01-31"]
    right: Both are the last day of a month.
    mistakes:
      - {id: early, value: ["2020-01-31"], say: Another date does too., look: Scan the whole column.}
      - {id: late, value: ["2021-01-31"], say: An earlier date does too., look: Scan from the top.}
      - {id: years, value: [2020, 2021], say: These are years., look: Keep the dates whole.}
    otherwise: {say: These are not the dates., look: Use `.duplicated()`.}
  - id: best-first
    type: list
    ordered: true
    asks: How many beds has each ward, most first?
    value: [30, 20, 11]
    right: The order is the point.
    mistakes:
      - {id: worst-first, value: [11, 20, 30], say: The order is the wrong way round., look: Sort the other way.}
      - {id: as-it-comes, value: [20, 11, 30], say: This is the order of the table., look: Sort first.}
      - {id: first-only, value: [30], say: That is the first of them., look: Give all of them.}
    otherwise: {say: These are not the beds., look: Look at the column `beds`.}
  - id: change
    type: series
    asks: By how many points did each ward change?
    value: {North: -3, East: 5, West Side: 0.5}
    tolerance: 0.01
    right: Points, not per cent.
    mistakes:
      - {id: turned-round, value: {North: 3, East: -5}, say: The signs are turned round., look: Which year is taken away?}
      - {id: per-cent, value: {North: -6}, say: That is in per cent., look: Subtract; do not divide.}
      - {id: last-year, value: {North: 50, East: 40}, say: These are last year's., look: Subtract them.}
    otherwise: {say: These are not the changes., look: Subtract last year from this.}
  - id: tidy
    type: table
    asks: Make a table with a row for each ward and year.
    value: {rows: 6, columns: [ward, year, beds], dtypes: {ward: text, beds: number}}
    right: Now it can be grouped.
    mistakes:
      - {id: wide, value: {rows: 3}, say: There is a row for each ward only., look: Use `.melt()`.}
      - {id: names, value: {columns: [ward, variable, value]}, say: The new columns have no names yet., look: "`var_name`"}
      - {id: words, value: {dtypes: {beds: text}}, say: The beds are text., look: Use `.astype(int)`.}
    otherwise: {say: The table is made otherwise., look: Compare its columns with the question.}
"""
IDS = ["mean-wait", "worst-ward", "twice", "best-first", "change", "tidy"]
DATES = ["2021-01-31", "2020-01-31"]
CHANGE = {"East": 5, "West Side": 0.5, "North": -3}
TIDY = pd.DataFrame({"ward": list("NEWNEW"), "year": [1, 1, 1, 2, 2, 2], "beds": [1, 2, 3, 4, 5, 6]})


@pytest.fixture
def a_lab(a_course):
    """Return a way to write the lab's file of checks, with words in it replaced: an author's slip."""
    folder = a_course / "exercises" / "my-chapter" / "labs"
    folder.mkdir()
    (folder / "my-lab.ipynb").write_text("{}")

    def altered(*swaps, name="my-lab"):
        text = LAB
        for old, new in swaps:
            assert old in text, f"the lab has no `{old}` to replace"
            text = text.replace(old, new, 1)
        path = folder / f"{name}.checks.yml"
        path.write_text(text, encoding="utf-8")
        return path

    altered()
    return altered


# check, an answer that means the right one
RIGHT = [
    ("mean-wait", 7.5),
    ("mean-wait", 7.54),
    ("mean-wait", np.float64(7.5)),
    ("mean-wait", np.array([[7.5]])),
    ("mean-wait", pd.Series([7.5], index=["mean"])),
    ("mean-wait", pd.DataFrame({"wait": [7.5]})),
    ("mean-wait", [7.5]),
    ("mean-wait", {"wait": 7.5}),
    ("worst-ward", "West Side"),
    ("worst-ward", "  ‘west  side’. "),
    ("worst-ward", np.str_("WEST SIDE")),
    ("worst-ward", pd.Index(["West Side"])),
    ("twice", DATES),
    ("twice", set(DATES)),
    ("twice", tuple(pd.to_datetime(DATES))),
    ("twice", pd.Series(pd.to_datetime(DATES))),
    ("twice", pd.Series(pd.to_datetime(DATES)).unique()),
    ("twice", pd.DatetimeIndex(DATES)),
    ("twice", np.array(DATES, dtype="datetime64[D]")),
    ("twice", pd.DataFrame({"on": pd.to_datetime(DATES)})),
    ("twice", [dt.date(2020, 1, 31), dt.datetime(2021, 1, 31)]),  # noqa: DTZ001  # what a learner writes
    ("twice", ["31 January 2020", "31/01/2021"]),
    ("twice", dict.fromkeys(DATES)),
    ("best-first", [30, 20, 11]),
    ("best-first", np.array([30, 20, 11])),
    ("best-first", pd.Series([30.0, 20.0, 11.0], index=list("abc"))),
    ("change", CHANGE),
    ("change", {"north": -3, "EAST": 5, "west  side": 0.5}),
    ("change", pd.Series(CHANGE)),
    ("change", pd.Series(CHANGE).to_frame("points")),
    ("change", pd.Series(CHANGE).rename_axis("ward").reset_index(name="points")),
    ("change", [-3, 5, 0.504]),
    ("change", pd.Series([-3, 5, 0.5])),
    ("tidy", TIDY),
    ("tidy", TIDY[["beds", "ward", "year"]].sort_values("beds", ascending=False)),
    ("tidy", TIDY.set_index(["ward", "year"])),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answer"), RIGHT, ids=[f"{name}-{n}" for n, (name, _) in enumerate(RIGHT)])
def test_an_answer_is_right_in_every_form_that_means_the_same(a_lab, name, answer):
    verdict = checks.check(name, answer)
    assert verdict
    assert repr(verdict).startswith("Right. ")


# check, a wrong answer, words of what is said of it
WRONG = [
    ("mean-wait", 6, "the median"),
    ("mean-wait", 30, "the sum"),
    ("mean-wait", pd.Series([450.0]), "in minutes"),
    ("mean-wait", 7.6, "not the mean"),
    ("mean-wait", ..., "no answer here yet"),
    ("mean-wait", None, "nothing came back"),
    ("mean-wait", pd.Series([1, 2]).mean, "action that has not been done"),
    ("mean-wait", True, "True or False"),
    ("mean-wait", np.True_, "True or False"),
    ("mean-wait", "7.5", "quotation marks"),
    ("mean-wait", float("nan"), "missing"),
    ("mean-wait", pd.NA, "missing"),
    ("mean-wait", pd.Series([7.5, 7.5]), "several values"),
    ("mean-wait", pd.Series([], dtype=float), "no row fits"),
    ("mean-wait", pd.Timestamp("2020-01-31"), "no number"),
    ("worst-ward", "north", "waits least"),
    ("worst-ward", "East", "most people"),
    ("worst-ward", "Westside", "none of the wards"),
    ("worst-ward", 3, "a number, and a word"),
    ("twice", "2020-01-31", "Another date"),
    ("twice", pd.to_datetime(["2021-01-31"]), "An earlier date"),
    ("twice", [2021, 2020], "years"),
    ("twice", [*DATES, *DATES], "not the dates"),
    ("twice", [], "not the dates"),
    ("twice", pd.Series([True, False]), "says which rows to keep"),
    ("twice", TIDY, "several columns"),
    ("best-first", [11, 20, 30], "wrong way round"),
    ("best-first", {30, 20, 11, 1}, "keeps no order"),
    ("best-first", [30, 20, 12], "not the beds"),
    ("change", {label: -number for label, number in CHANGE.items()}, "turned round"),
    ("change", {"North": -6, "East": 1, "West Side": 1}, "in per cent"),
    ("change", {**CHANGE, "East": 5.1}, "not the changes"),
    ("change", {**CHANGE, "South": 1}, "labels are not"),
    ("change", pd.Series([-3, 5, 0.5], index=["a", "b", "c"]), "labels are not"),
    ("change", {"North": -3}, "labels are not"),
    ("change", [-3, 5], "number of values"),
    ("change", -3, "a single value"),
    ("change", pd.Series([1, 2, 3], index=["North", "North", "East"]), "more than once"),
    ("change", {**CHANGE, "East": float("nan")}, "missing"),
    ("tidy", TIDY.head(3), "row for each ward only"),
    ("tidy", TIDY.rename(columns={"year": "variable", "beds": "value"}), "no names yet"),
    ("tidy", TIDY.astype({"beds": str}), "beds are text"),
    ("tidy", TIDY.head(5), "made otherwise"),
    ("tidy", TIDY["beds"], "not a table"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answer", "said"), WRONG, ids=[f"{w[0]}-{n}" for n, w in enumerate(WRONG)])
def test_wrong_answers_are_told_apart_and_never_put_right(a_lab, name, answer, said):
    verdict = checks.check(name, answer)
    assert not verdict
    text = repr(verdict)
    assert text.startswith("Not yet. ")
    assert said in text
    assert "Where to look: " in text
    assert checks.check(name, answer) == verdict, "the same each time"


def test_no_message_holds_an_answer(a_lab):
    asked = {each.id: each for each in checks.read(a_lab())[0].checks}
    said = [(name, repr(checks.check(name, answer)).partition("\n")[2]) for name, answer, _ in WRONG if name in asked]
    assert len(said) > 30
    for name, text in said:
        assert not any(holds(text, secret) for secret in asked[name].secrets()), text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.dates(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=8,
    )
)
def test_any_answer_at_all_gets_a_verdict(a_lab, answer):
    for name in IDS:
        assert repr(checks.check(name, answer)).startswith(("Right. ", "Not yet. "))


def test_the_verdict_is_html_and_words_that_say_the_same(a_lab):
    verdict = checks.check("mean-wait", 6)
    assert repr(verdict) == (
        "Not yet. What is the mean wait, in hours?\nThat is the median.\nWhere to look: Use .mean()."
    )
    html = verdict._repr_html_()
    assert "<strong>Not yet.</strong> What is the mean wait" in html
    assert "<code>.mean()</code>" in html
    assert "dashed" in html
    assert "solid" in checks.check("mean-wait", 7.5)._repr_html_()
    a_lab(("What is the mean wait", "What is <b>the mean</b> wait"))
    assert "<b>" not in checks.check("mean-wait", 6)._repr_html_()


def test_code_in_a_message_can_be_copied(a_lab):
    verdict = checks.check("worst-ward", "South Side")
    assert 'Don’t type it: ward == "East" finds' in repr(verdict)
    assert "<code>ward == &quot;East&quot;</code>" in verdict._repr_html_()


def test_an_unknown_check_names_the_nearest(a_lab):
    with pytest.raises(KeyError, match="did you mean `mean-wait`"):
        checks.check("mean-weight", 1)


def test_a_file_with_mistakes_is_not_used(a_lab):
    a_lab(("title: A lab", "titel: A lab"))
    with pytest.raises(ExerciseError, match="did you mean `title`"):
        checks.check("mean-wait", 1)


# the slip (old, new), words on the line it stands on, the field, and a word of what is said
SLIPS = [
    (("kind: lab", "kind: quiz"), "kind: quiz", "kind", "use one of 'lab'"),
    (("title: A lab", "titel: A lab"), "titel:", "titel", "did you mean `title`"),
    (("[my-concept]", "[my-conzept]"), "teaches", "teaches[0]", "did you mean `my-concept`"),
    (("[my-concept]", "[a-grave-matter]"), "teaches", "teaches[0]", "text only"),
    (("chapter: my-chapter", "chapter: a-chapter"), "chapter:", "chapter", "did you mean `my-chapter`"),
    (("type: number", "type: numbers"), "type: numbers", "checks[0].type", "'number'"),
    (("    type: number\n", ""), "id: mean-wait", "checks[0].type", "missing"),
    (("value: 7.5\n", 'value: "7.5"\n'), 'value: "7.5"', "checks[0].value", "number"),
    (("tolerance: 0.05", "tolerance: -1"), "tolerance: -1", "checks[0].tolerance", "at least 0"),
    (("    right: A mean hides the longest wait.\n", ""), "id: mean-wait", "checks[0].right", "add `right:`"),
    (("      - {id: minutes, value: 450, say: That is in minutes., look: The question asks for hours.}\n", ""), "mistakes:", "checks[0].mistakes", "at least 3"),
    (("id: total, value: 30", "id: total, value: thirty"), "id: total", "checks[0].mistakes[1].value", "`thirty` is not a number"),
    (("id: total, value: 30", "id: total, value: 7.52"), "id: total", "checks[0].mistakes[1].value", "the right answer fits"),
    (("id: total, value: 30", "id: total, value: 6.01"), "id: total", "checks[0].mistakes[1].value", "`median` has the same value"),
    (("id: total, value: 30", "id: median, value: 30"), "id: median, value: 30", "checks[0].mistakes[1].id", "twice"),
    (("say: That is the sum of all waits.", "say: That is the median."), "id: total", "checks[0].mistakes[1].say", "says the same"),
    (("look: How many waits", "lock: How many waits"), "id: total", "checks[0].mistakes[1].lock", "did you mean `look`"),
    (("look: How many waits are there?", "look: It is 7.5 hours."), "id: total", "checks[0].mistakes[1].look", "holds the answer"),
    (("say: That is not the mean.", "say: The mean is 7.5."), "otherwise: {say: The mean", "checks[0].otherwise.say", "holds the answer"),
    (("asks: What is the mean wait, in hours?", "asks: Is the mean 7.50 hours?"), "asks: Is", "checks[0].asks", "holds the answer"),
    (("value: East, say", "value: Eastern, say"), "Eastern", "checks[1].mistakes[1].value", "did you mean `East`"),
    (("look: Look at the wait.", "look: Is it west side?"), "west side?", "checks[1].mistakes[1].look", "holds the answer"),
    (("value: South,", "value: North,"), "id: first", "checks[1].mistakes[2].value", "`shortest` has the same value"),
    (("look: Scan from the top.", "look: Try 31 January 2020."), "id: late", "checks[2].mistakes[1].look", "holds the answer"),
    (("say: These are not the dates.", "say: January 2021 is in it."), "January 2021", "checks[2].otherwise.say", "holds the answer"),
    (("look: Sort first.", "look: Twenty comes second."), "Twenty", "checks[3].mistakes[1].look", "holds the answer"),
    (("value: {North: -6}", "value: {North: -3}"), "North: -3}", "checks[4].mistakes[1].value", "the right answer fits"),
    (("value: {North: -6}", "value: {}"), "id: per-cent", "checks[4].mistakes[1].value", "at least 1"),
    (("look: Subtract them.", "look: East rose by five."), "five", "checks[4].mistakes[2].look", "holds the answer"),
    (("ward: text, beds: number}", "ward: text, beds: digit}"), "beds: digit", "checks[5].value.dtypes.beds", "use one of"),
    (("value: {rows: 3}", "value: {}"), "id: wide", "checks[5].mistakes[0].value", "fits every table"),
    (("id: twice", "id: mean-wait"), "  - id: mean-wait", "checks[2].id", "twice"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("slip", "words", "field", "said"), SLIPS, ids=[f"{slip[2]}-{n}" for n, slip in enumerate(SLIPS)]
)
def test_a_slip_is_told_with_its_place_and_mend(a_lab, slip, words, field, said):
    path = a_lab(slip)
    problems = checks.problems([path])
    found = [problem for problem in problems if problem.field == field and said in str(problem)]
    assert found, "\n".join(map(str, problems)) or "nothing was said"
    assert found[0].file == "exercises/my-chapter/labs/my-lab.checks.yml"
    assert words in path.read_text(encoding="utf-8").splitlines()[found[0].line - 1]
    assert found[0].mend
    assert "example.yml" not in found[0].mend, "a lab has none"


def test_the_lab_is_right(a_lab):
    assert checks.problems() == []


def test_what_does_not_fit_between_files_is_told(a_lab):
    a_lab(name="other")
    (checks.files()[0].with_name("my-lab.ipynb")).unlink()
    told = "\n".join(map(str, checks.problems()))
    assert "other.checks.yml:2: id: the file is called `other.checks.yml`; call it `my-lab.checks.yml`" in told
    assert "there is no `my-lab.ipynb` beside it" in told
    assert "`mean-wait` is also the id of a check in my-lab.checks.yml" in told


def test_checks_are_read_without_pandas():
    code = (
        "import sys; from courseware import checks; assert checks.problems() == []; assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
