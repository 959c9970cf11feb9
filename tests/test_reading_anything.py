"""Whatever a file holds, its author is told what is wrong with it, in good time, and nothing else happens."""

import contextlib
import itertools
import os
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courseware import kinds, library, reading

SECONDS = 20  # of the processor, for one file, on any machine: what hangs takes for ever
READ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
_tick = itertools.count()


def told(course, content):
    """Return what is said of a file, having checked that each mistake has its line, its field and its mend."""
    path = course / "exercises" / "my-chapter" / "anything.yml"
    path.write_bytes(content)
    os.utime(path, ns=(next(_tick), next(_tick)))
    began = time.process_time()
    exercise, problems = library.read(path)
    assert time.process_time() - began < SECONDS
    assert exercise or problems
    last = content.count(b"\n") + content.count(b"\r") + 2
    for problem in problems:
        assert 1 <= problem.line <= last, problem
        assert problem.what
        assert problem.mend
        assert "example.yml" not in problem.mend, problem
        assert "\n" not in problem.what
    return problems


@READ
@given(content=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_anything_at_all(a_course, content):
    told(a_course, content)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["decision", "scenario", "quiz", "a-b", "n1", "1.0.0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.sampled_from(["type", "id", "next", "add", "set", "if"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def examples():
    return {kind: reading.read(kinds.folder(kind) / "example.yml")[0] for kind in kinds.KINDS}


def places(value, place=()):
    """Return every place in plain values, the outermost first."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([place] if place else []), *(each for name, item in inside for each in places(item, (*place, name)))]


def changed(value, place, new):
    """Return plain values with another one at a place; the ellipsis removes what is there."""
    first, *rest = place
    copy = value.copy()
    with contextlib.suppress(LookupError, TypeError, AttributeError):  # an earlier change took the place away
        copy[first] = changed(value[first], rest, new) if rest else new
        if new is ... and not rest:
            del copy[first]
    return copy


@READ
@given(data=st.data())
def test_an_exercise_with_anything_in_any_place(a_course, data):
    exercise = data.draw(st.sampled_from(list(examples().values())))
    for place in data.draw(st.lists(st.sampled_from(places(exercise)), min_size=1, max_size=4)):
        exercise = changed(exercise, place, data.draw(values | st.just(...)))
    told(a_course, yaml.safe_dump(exercise, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass"))


def scenario(swaps):
    text = (kinds.folder("scenario") / "example.yml").read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


LOOP = "  around: {type: story, text: Round., next: again}\n  again: {type: story, text: And round., next: around}\n"
CHECKS = "  around: {type: check, routes: [{if: told, next: close}, {next: again}]}\n  again: {type: check, routes: [{if: told, next: close}, {next: around}]}\n"  # fmt: skip


@pytest.mark.parametrize(
    ("swaps", "said"),
    [
        ([("        next: weather\n      - id: wait", "        next: around\n      - id: wait"), ("  close:\n", LOOP + "  close:\n")], "no ending can be reached"),
        ([("start: news\n", "start: around\n"), ("  close:\n", CHECKS + "  close:\n")], "in a circle"),
        (
            [
                ("  close:\n", CHECKS + "  away: {type: story, text: Away., next: around}\n  close:\n"),
                ("debrief:\n", "acts: [{id: one, title: One, start: away, minutes: 5}]\ndebrief:\n"),
                ("  - {path: [wait, fails, guess]", "  - {path: [x], act: one, expect: {ending: alone}}\n  - {path: [wait, fails, guess]"),
            ],
            "in a circle",
        ),
    ],
)  # fmt: skip
def test_a_story_that_goes_round_for_ever_is_told_and_not_walked(a_course, swaps, said):
    assert any(said in str(problem) for problem in told(a_course, scenario(swaps)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: {solo: 5, group: 15}", "minutes: 5", "minutes: 5 is not a block of fields; write `solo:`"),
        ("minutes: {solo: 5, group: 15}", "minutes: {solo: '5'}", "minutes.solo: `5` is not a whole number"),
        ("minutes: {solo: 5, group: 15}", "minutes: {solo: 0}", "minutes.solo: 0 is out of range; give a number greater than 0"),
        ("id: example-scenario ", "id: 7 ", "id: 7 is not text; put it in quotation marks"),
        ("id: example-scenario ", "", "id: this field is missing; add `id:`"),
        ("kind: scenario", "", "kind: this field is missing; add `kind:` and one of"),
        ("title: The late report", "title:", "title: there is nothing here; write something"),
        ("title: The late report", "title: [a]", "title: a list is not text"),
        ("teaches: [my-concept]", "teaches: my-concept", "teaches: `my-concept` is not a list; write a list"),
        ("teaches: [my-concept]", "teaches: []", "teaches: it holds 0; give it at least 1"),
        ("teaches: [my-concept]", "teaches: [[my-concept]]", "teaches[0]: a list is not text"),
        ("sources:  ", "sources: [study]\nxx:  ", "sources: a list is not a block of names"),
        ("chapter: my-chapter", "chapter: true", "chapter: true is not text; put it in quotation marks"),
        ("prompt: >-", "core: yes\nprompt: >-", "core: `yes` is not true or false; write true or false"),
        ("flags: {told: false}", "flags: {told: 1.5}", "flags.told: this is no value"),
        ("flags: {told: false}", "flags: {told: false, Told: 1}", "flags.Told: `Told` cannot be a name here; use lower-case letters, digits and `_`"),
        ("flags: {told: false}", "flags: {told: false, no-one: 1}", "flags.no-one: `no-one` cannot be a name here; use lower-case"),
        ("flags: {told: false}", "flags: {told: false, not: 1}", "flags.not: `not` cannot be a name here; the course uses this word itself"),
        ("flags: {told: false}", "flags: {told: false, ending: 1}", "flags.ending: `ending` cannot be a name here"),
        ("minutes: {solo: 5, group: 15}", "minutes: {solo: 5, crowd: 15}", "minutes.crowd: no field `crowd` here; remove it, or use `group`"),
        ("    type: chance  ", "    xtype: chance  ", "nodes.weather.type: this field is missing; add `type:`"),
        ("told and trust >= 5", "told and 3 <= trust <= 5", "and nothing else; write for instance"),
        ("told and trust >= 5", "told and trust >= 99999999999999999999", "cannot be compared"),
        ('      - {if: "trust >= 6", next: shared}', '      - {if_: "trust >= 6", next: shared}', "no field `if_` here; did you mean `if`?"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_what_to_write(a_course, old, new, said):
    problems = told(a_course, scenario([(old, new)]))
    assert [problem for problem in problems if said in str(problem)], "\n".join(map(str, problems))
