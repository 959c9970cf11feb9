"""Where a learner's own words are in a record, as the portfolio is told."""

import json
from pathlib import Path

import pytest

from courseware import kinds, library
from courseware.base import Writing

RECORDS = Path(__file__).parents[1] / "records"


def read(kind):
    exercise, problems = library.read(kinds.folder(kind) / "example.yml")
    assert exercise, problems
    return exercise


def test_a_reflection_has_its_prompts_and_both_halves_of_the_plan(a_course):
    assert read("reflect").writings() == [
        Writing(("written", "what"), "What did you hold back", rows=3),
        Writing(("if_then", "if"), "If", plan=True, rows=2),
        Writing(("if_then", "then"), "I will", plan=True, rows=2),
    ]


def test_a_scenario_has_four_questions_and_a_plan(a_course):
    found = read("scenario").writings()
    assert [each.path for each in found] == [
        ("after_action", "expected"),
        ("after_action", "happened"),
        ("after_action", "why_different"),
        ("after_action", "learned"),
        ("if_then",),
    ]
    assert [each.plan for each in found] == [False] * 4 + [True]
    assert found[0].label == "What did you expect to happen?"


def test_a_kind_in_which_nobody_writes_has_none(a_course):
    assert read("sort").writings() == []


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_path_leads_to_text_in_what_was_saved(a_course, kind):
    exercise = read(kind)
    record = json.loads((RECORDS / f"{kind}-{exercise.version}.json").read_text(encoding="utf-8"))["record"]
    for writing in exercise.writings():
        assert writing.label
        at = record
        for key in writing.path:
            at = at.get(key, "") if isinstance(at, dict) else pytest.fail(f"{writing.path} leads nowhere")
        assert isinstance(at, str), f"{writing.path} does not lead to text"
