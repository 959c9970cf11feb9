"""The live widget on Python's side: what a front end is given, and what comes back."""

import json
import os
import subprocess
import sys

import pytest

from courseware import kinds, library, show
from courseware.widget import DIST

VIEW = "application/vnd.jupyter.widget-view+json"
MOVES = [
    {"at": "news", "move": "tell", "rationale": "She can plan", "confidence": "sure"},
    {"at": "weather", "move": "holds"},
]
ANSWER = {"given": "b", "confidence": "sure", "correct": True, "when": "2026-11-22T10:00:00.000Z", "sitting": 1}
RECORDS = {
    "scenario": {
        "seed": 1,
        "act": None,
        "moves": MOVES,
        "finished": False,
        "runs": [],
        "after_action": {},
        "if_then": "",
    },
    "quiz": {
        "count": 1,
        "sitting": ["one"],
        "at": 0,
        "finished": False,
        "answers": {"one": [{**ANSWER, "given": "a", "correct": False}, ANSWER]},
    },
    "sort": {"placed": {"a": "fact", "b": "fact"}, "checked": False, "tries": 0},
    "reflect": {"written": {"what": "A late figure"}, "revealed": False, "if_then": {"if": "I wait", "then": "ring"}},
    "order": {
        "seed": 1,
        "order": ["board", "night", "union", "desk"],
        "moved": True,
        "checked": True,
        "checks": [{"order": ["board", "night", "union", "desk"], "when": "2026-11-22T10:00:00.000Z"}],
    },
    "allocate": {
        "split": {"letters": 8, "training": 2, "visits": 0},
        "note": "The pile is loud",
        "expect": "trust",
        "seen": True,
        "plans": [
            {
                "split": {"letters": 8, "training": 2, "visits": 0},
                "note": "The pile is loud",
                "expect": "trust",
                "when": "2026-11-22T10:00:00.000Z",
            }
        ],
    },
    "inventory": {
        "takings": [{"when": "2026-11-22T10:00:00.000Z", "answers": {"hears": 3, "polished": None}}],
        "answers": {},
        "open": False,
        "note": "Ask Kit",
    },
    "explore": {
        "values": {"staff": 4, "extra": 0},
        "visited": ["steady"],
        "notes": {"seen": "It clears by itself"},
        "kept": [{"values": {"staff": 3, "extra": 2}, "when": "2026-11-22T10:00:00.000Z"}],
    },
}
# How many rows the frame of each has before anything is done.
ROWS = {
    "explore": 9,
    "allocate": 3,
    "scenario": 0,
    "quiz": 0,
    "sort": 4,
    "reflect": 1,
    "order": 4,
    "inventory": 0,
}


@pytest.fixture(params=kinds.KINDS)
def widget(request, a_course):
    return show(f"example-{request.param}")


def test_it_reads_the_same_every_time(widget):
    again = show(widget.exercise.id)
    assert repr(widget) == repr(again)
    assert (
        repr(widget)
        == f"{widget.exercise.kind_label}: {widget.exercise.title} ({widget.exercise.minutes.solo} minutes)"
    )
    assert "0x" not in repr(widget)
    assert widget.html == again.html


def test_a_front_end_has_the_live_view_and_others_the_text(widget):
    data, metadata = widget._repr_mimebundle_()
    assert data.keys() == {VIEW, "text/html", "text/plain"}
    assert data["text/html"] == widget.html
    assert data["text/html"].startswith(f'<course-{widget.exercise.kind} class="exercise" id="{widget.exercise.id}"')
    assert data["text/plain"] == repr(widget)
    assert isinstance(metadata, dict)


def test_nothing_done_is_no_result_but_no_error(widget):
    assert widget.record is None
    widget.result  # noqa: B018  # it must not raise
    frame = widget.frame()
    assert len(frame) == ROWS[widget.exercise.kind]


def test_what_was_done_is_plain_python(widget):
    heard = []
    widget.observe(lambda change: heard.append(change["new"]), "record")
    widget.record = RECORDS[widget.exercise.kind]
    assert heard == [RECORDS[widget.exercise.kind]]
    assert not widget.frame().empty


def test_a_scenario_gives_its_path(a_course):
    play = show("example-scenario")
    play.record = RECORDS["scenario"]
    result = play.result
    assert result.path == ["tell", "holds"]
    assert result.ending is None
    assert result.indicators == {"trust": 7, "time": 3}
    assert result.flags == {"told": True}
    assert result.reasons == {"news": {"rationale": "She can plan", "confidence": "sure"}}
    frame = play.frame()
    assert frame["move"].tolist() == ["tell", "holds"]
    assert frame["trust"].tolist() == [7, 7]


def test_a_scenario_gives_its_ending(a_course):
    play = show("example-scenario")
    play.record = {**RECORDS["scenario"], "moves": [*MOVES, {"at": "thursday", "move": "share"}], "finished": True}
    assert play.result.ending == "Late and known"


def test_a_quiz_gives_its_answers(a_course):
    quiz = show("example-quiz")
    quiz.record = RECORDS["quiz"]
    assert quiz.result == {"one": {**ANSWER, "tries": 2}}
    frame = quiz.frame()
    assert frame[["item", "try", "given", "correct"]].to_numpy().tolist() == [
        ["one", 1, "a", False],
        ["one", 2, "b", True],
    ]


def test_a_sort_gives_its_places(a_course):
    sort = show("example-sort")
    sort.record = RECORDS["sort"]
    assert sort.result == {"a": "fact", "b": "fact"}
    assert sort.frame().loc[1, ["placed", "belongs"]].tolist() == ["fact", "opinion"]


def test_a_ranking_gives_its_order_and_the_pairs(a_course):
    ranking = show("example-order")
    ranking.record = RECORDS["order"]
    assert ranking.result == {"order": ["board", "night", "union", "desk"], "agreed": 4, "pairs": 5, "checks": 1}
    assert ranking.frame().loc[0, ["place", "belongs_from"]].tolist() == [2, 3]


def test_an_allocation_gives_its_split_and_what_followed(a_course):
    days = show("example-allocate")
    days.record = RECORDS["allocate"]
    assert days.result["split"] == {"letters": 8, "training": 2, "visits": 0}
    assert days.result["stocks"]["pile"][:2] == [40.0, 32.0]
    assert [len(line) for line in days.result["stocks"].values()] == [7, 7, 7]
    assert days.frame()["amount"].tolist() == [8, 2, 0]


def test_an_inventory_gives_its_scores(a_course):
    inventory = show("example-inventory")
    inventory.record = RECORDS["inventory"]
    assert inventory.result["latest"]["scores"] == {"telling": None, "hearing": None}  # one of three rated is too few
    assert inventory.result["note"] == "Ask Kit"
    frame = inventory.frame()
    assert frame["statement"].tolist() == ["hears", "polished"]
    assert frame["rating"].isna().tolist() == [False, True]


def test_a_reflection_gives_its_words(a_course):
    reflect = show("example-reflect")
    reflect.record = RECORDS["reflect"]
    assert reflect.result == {"written": {"what": "A late figure"}, "if_then": {"if": "I wait", "then": "ring"}}
    assert reflect.frame()["written"].tolist() == ["A late figure"]


def test_a_model_gives_its_setting_and_what_follows(a_course):
    model = show("example-explore")
    model.record = RECORDS["explore"]
    assert model.result == {
        "values": {"staff": 4, "extra": 0},
        "figures": {"Waiting at the end": 0},
        "visited": ["steady"],
        "notes": {"seen": "It clears by itself"},
        "kept": [{"staff": 3, "extra": 2}],
    }
    assert model.frame()["waiting"].tolist() == [40, 34, 28, 22, 16, 10, 4, 0, 0]
    assert model.frame()["Week"].tolist() == list(range(9))


def test_a_model_answers_between_its_stored_settings(a_course, monkeypatch):
    model = show("example-explore")
    sent = []
    monkeypatch.setattr(model, "send", lambda content, *_: sent.append(content))
    # As it comes from a front end.
    model._handle_custom_msg({"number": 3, "values": {"staff": 3.5, "extra": 1, "else": "x"}}, [])
    assert sent == [{"asked": 3, "lines": {"waiting": [40, 36.5, 33, 29.5, 26, 22.5, 19, 15.5, 12]}}]
    for odd in (None, {}, {"values": 3}, {"values": [1]}, "text"):
        model._handle_custom_msg(odd, [])
    assert len(sent) == 1


def test_a_sort_is_asked_nothing(a_course, monkeypatch):
    sort = show("example-sort")
    monkeypatch.setattr(sort, "send", pytest.fail)
    sort._handle_custom_msg({"number": 1, "values": {}}, [])


def test_an_id_that_is_not_there_names_the_nearest(a_course):
    with pytest.raises(KeyError, match="did you mean `example-quiz`"):
        show("exampel-quiz")


def test_the_module_is_built(a_course):
    widget = show("example-sort")
    assert (DIST / "widget.js").read_text(encoding="utf-8") == str(widget._esm)
    assert (DIST / "style.css").read_text(encoding="utf-8") == str(widget._css)


HEAVY = [
    "pandas",
    "plotly",
    "numpy",
    "sphinx",
    "docutils",
    "anywidget",
    "ipywidgets",
    "IPython",
    "yaml",
    "pydantic",
    "jinja2",
]


def imported(code, *names):
    """Return which of these modules a fresh Python has after running code."""
    script = f"{code}\nimport sys, json; print(json.dumps([name for name in {list(names)!r} if name in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ}
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_importing_the_package_imports_almost_nothing():
    assert imported("import courseware", *HEAVY) == []


def test_showing_an_exercise_imports_neither_pandas_nor_plotly_nor_sphinx(a_course):
    code = 'from courseware import show; show("example-sort")'
    assert imported(code, "pandas", "plotly", "sphinx", "docutils") == []


def test_every_name_that_the_package_offers_is_there():
    import courseware

    for name in courseware.__all__:
        assert callable(getattr(courseware, name))
    with pytest.raises(AttributeError, match="no attribute 'shwo'"):
        courseware.shwo  # noqa: B018


def test_the_records_here_are_the_ones_that_the_page_writes(a_course):
    # Every kind that can be shown has a record in this file: a new kind adds its own.
    assert RECORDS.keys() == set(kinds.KINDS)
    assert {exercise.kind for exercise in library.all_exercises()} == set(kinds.KINDS)
