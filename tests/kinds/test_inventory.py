"""An inventory: what its author is told, what ratings come to, and that the page and Python come to the same."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware import library
from courseware.base import Writing
from courseware.kinds.inventory.score import score
from courseware.kinds.inventory.spec import MOST_TAKINGS, Inventory
from tests import agreement

FIRST, LATER = "2026-05-03T08:00:00.000Z", "2026-06-14T08:00:00.000Z"
ANSWERS = {"hears": 1, "polished": 4, "doubt": 2, "thanked": 3, "blamed": None, "acted": 4}
BETTER = {"hears": 3, "polished": 2, "doubt": None, "thanked": None, "blamed": None, "acted": 4}


@pytest.fixture
def late(a_course) -> Inventory:
    exercise = library.load("example-inventory")
    assert isinstance(exercise, Inventory)
    return exercise


def told(path, level="error"):
    return [problem for problem in library.check([path]) if problem.level == level]


LOW = "  - {id: low, label: Low, from: 1, to: 2.4}"
HIGH = "  - {id: high, label: High, from: 2.5, to: 4}"
ONE, TWO = (
    "      - {id: hears, text: Whoever needs to know heard on the same day.}\n",
    "{id: doubt, text: People said what they did not know yet.}",
)
POLISHED = "      - {id: polished, text: Bad news waited until somebody had a plan., reversed: true}  # agreeing lowers the score\n"

# The slip, words on the line that is told, the field, and a word of what is said or of the mend.
SLIPS = {
    "band-gap": ((HIGH, HIGH.replace("2.5", "2.7")), "from: 2.7", "bands[1].from", "leaves out what lies after 2.4, where `low` ends; begin at 2.5"),
    "band-overlap": ((HIGH, HIGH.replace("2.5", "2.4")), "from: 2.4", "bands[1].from", "overlaps with what lies after 2.4, where `low` ends; begin at 2.5"),
    "band-begins-late": ((LOW, LOW.replace("from: 1", "from: 1.1")), "from: 1.1", "bands[0].from", "begin at 1"),
    "band-ends-early": ((HIGH, HIGH.replace("to: 4", "to: 3.9")), "to: 3.9", "bands[1].to", "the scale ends at 4 and the last band at 3.9; end at 4"),
    "band-beyond": ((HIGH, HIGH.replace("to: 4", "to: 5")), "to: 5", "bands[1].to", "end at 4"),
    "band-off-the-scale": ((HIGH, HIGH.replace("to: 4", "to: 8")), "to: 8", "bands[1].to", "at most 7"),
    "band-no-number": ((HIGH, HIGH.replace("to: 4", "to: .nan")), "to: .nan", "bands[1].to", "`.nan` is not a number"),
    "band-hundredths": ((LOW, LOW.replace("2.4", "2.45")), "to: 2.45", "bands[0].to", "no score is ever 2.45; scores have one decimal"),
    "band-backwards": ((LOW, LOW.replace("from: 1, to: 2.4", "from: 2.4, to: 1")), "from: 2.4", "bands[0]", "ends before it begins; put the lower number in `from`"),
    "band-twice": ((HIGH, HIGH.replace("id: high", "id: low")), "label: High", "bands[1].id", "twice"),
    "band-unknown": (("      high: {suggests: News", "      hihg: {suggests: News"), "hihg:", "dimensions[0].readings.hihg", "no band `hihg`; did you mean `high`?"),
    "band-unread": (("      high: {suggests: News", "      hihg: {suggests: News"), "readings:", "dimensions[0].readings", "nothing is said of the band `high`; add `high:`"),
    "reading-no-question": ((', ask: "Who heard last?"', ""), "Look at who is not told", "dimensions[0].readings.high.ask", "add `ask:`"),
    "no-statements": (("    statements:\n" + ONE + POLISHED + "      - " + TWO + "\n", "    statements: []\n"), "statements: []", "dimensions[0].statements", "at least 1"),
    "too-few-in-all": ((ONE, ""), "dimensions:", "dimensions", "5 statements in all; give it from 6 to 40"),
    "statement-twice": (("id: doubt", "id: hears"), "People said", "dimensions[0].statements[2].id", "the id `hears` is used twice"),
    "statement-in-two-parts": (("id: thanked", "id: doubt"), "was thanked", "dimensions[1].statements[0].id", "the id `doubt` is used twice"),
    "same-words": (("People said what they did not know yet", "whoever needs to know heard on the SAME day"), "SAME day", "dimensions[0].statements[2].text", "stands twice"),
    "reversed-no-truth": (("reversed: true}  #", "reversed: 1}  #"), "polished", "dimensions[0].statements[1].reversed", "true or false"),
    "dimension-twice": (("- id: hearing", "- id: telling"), "- id: telling", "dimensions[1].id", "twice"),
    "point-twice": (("[Never, Seldom, Often", "[Never, Never, Often"), "points:", "scale.points[1]", "two points of the scale are called “Never”"),
    "too-few-points": (("[Never, Seldom, Often, Always]", "[Never, Always]"), "points:", "scale.points", "at least 3"),
    "point-cannot-say": (("cannot_say: Cannot say", "cannot_say: Never"), "cannot_say:", "scale.cannot_say", "also a point of the scale"),
    "no-about": (("about: Written", "aboot: Written"), "kind: inventory", "about", "add `about:`"),
    "no-not-measured": (("not_measured: It", "not_mesured: It"), "not_mesured:", "not_mesured", "did you mean `not_measured`?"),
    "little-too-large": (("little_change: 0.5", "little_change: 3"), "little_change:", "little_change", "no change on this scale can be larger than 3"),
    "little-nothing": (("little_change: 0.5", "little_change: 0"), "little_change:", "little_change", "greater than 0"),
    "gap-of-weeks": (("again_after_weeks: 4", "again_after_weeks: 0"), "again_after", "again_after_weeks", "at least 1"),
}  # fmt: skip
WARNINGS = {
    "all-reversed": ((ONE, ONE.replace("}", ", reversed: true}")), (TWO, TWO.replace("}", ", reversed: true}")), "dimensions[0].statements", "every statement of `telling` is reversed"),
    "one-answer-moves-it": (("little_change: 0.5", "little_change: 0.2"), ("", ""), "dimensions[0].statements", "one answer moved by one point changes `telling` by 0.33"),
    "who-they-are": (("News seems to move.", "You're a born leader."), ("", ""), "dimensions[0].readings.high.suggests", "it may tell the learner who they are"),
}  # fmt: skip


@pytest.mark.parametrize(("slip", "words", "field", "said"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_line_and_mend(example, slip, words, field, said):
    path = example("inventory", slip)
    found = [problem for problem in told(path) if problem.field == field and said in str(problem)]
    assert found, "\n".join(map(str, told(path))) or "nothing was said"
    line = path.read_text(encoding="utf-8").splitlines()[found[0].line - 1]
    assert words in line


@pytest.mark.parametrize(("slip", "other", "field", "said"), WARNINGS.values(), ids=WARNINGS)
def test_a_doubt_is_a_warning(example, slip, other, field, said):
    path = example("inventory", slip, other)
    assert told(path) == []
    assert [problem for problem in told(path, "warning") if problem.field == field and said in problem.what]


def test_a_part_of_one_statement_is_doubted(example):
    path = example("inventory", (ONE, ""), (POLISHED, ""))
    text = path.read_text(encoding="utf-8")
    more = "".join(f"      - {{id: more-{n}, text: Something else {n}.}}\n" for n in range(2))
    path.write_text(text.replace("      - {id: thanked", f"{more}      - {{id: thanked", 1), encoding="utf-8")
    assert told(path) == []
    assert "rests on one statement" in told(path, "warning")[0].what


def test_every_slip_is_told_at_once(example):
    path = example(
        "inventory", (HIGH, HIGH.replace("2.5", "2.7")), ("id: doubt", "id: hears"), ("id: hearing", "id: telling")
    )
    assert {problem.field for problem in told(path)} == {
        "bands[1].from",
        "dimensions[0].statements[2].id",
        "dimensions[1].id",
    }


def test_a_reversed_statement_counts_from_the_other_end(late):
    assert late.scores(ANSWERS) == {"telling": (1.3, 3, 3), "hearing": (3.5, 2, 3)}
    assert late.band(1.3).id == "low"
    assert [late.band(value).id for value in (1, 2.4, 2.5, 4)] == ["low", "low", "high", "high"]


def test_fewer_than_half_rated_is_no_score(late):
    assert late.scores(BETTER)["hearing"] == (None, 1, 3)
    assert late.scores({})["telling"] == (None, 0, 3)


def test_halves_are_rounded_upwards():
    four = dict.fromkeys("abcd", False)
    assert score(four, {"a": 1, "b": 2, "c": 1, "d": 1}, 5).value == 1.3  # 1.25, which Python would round to 1.2
    assert score(four, {"a": 2, "b": 2, "c": 2, "d": 3}, 5).value == 2.3


@given(
    answers=st.lists(st.none() | st.integers(-2, 9) | st.booleans() | st.text(max_size=2), min_size=1, max_size=9),
    points=st.integers(3, 7),
)
def test_a_score_lies_on_the_scale_and_turns_with_the_statement(answers, points):
    taken = {str(number): answer for number, answer in enumerate(answers)}
    plain = score(dict.fromkeys(taken, False), taken, points)
    turned = score(dict.fromkeys(taken, True), taken, points)
    assert plain.rated == turned.rated <= plain.of == len(answers)
    if plain.value is None:
        assert plain.rated * 2 < plain.of
    else:
        assert 1 <= plain.value <= points
        assert plain.value + turned.value == pytest.approx(points + 1, abs=0.11)


def test_the_result_is_the_latest_and_the_earlier(late):
    record = {
        "takings": [{"when": FIRST, "answers": ANSWERS}, {"when": LATER, "answers": BETTER}],
        "answers": {},
        "open": False,
        "note": "Ask Kit",
    }
    assert late.result(record) == {
        "latest": {"when": LATER, "scores": {"telling": 3.0, "hearing": None}},
        "earlier": [{"when": FIRST, "scores": {"telling": 1.3, "hearing": 3.5}}],
        "note": "Ask Kit",
    }
    assert late.result(None) == {"latest": None, "earlier": [], "note": ""}


def test_the_frame_has_a_row_a_statement_and_taking(late):
    old = {"hears": 2, "gone": 3}
    record = {
        "takings": [{"when": FIRST, "answers": old}, {"when": LATER, "answers": ANSWERS}],
        "answers": {},
        "open": False,
        "note": "",
    }
    rows = late.frame_rows(record)
    assert [(row["taking"], row["statement"], row["rating"], row["counts"]) for row in rows] == [
        (1, "hears", 2, 2),
        (2, "hears", 1, 1),
        (2, "polished", 4, 1),
        (2, "doubt", 2, 2),
        (2, "thanked", 3, 3),
        (2, "blamed", None, None),
        (2, "acted", 4, 4),
    ]
    assert rows[1] == {
        "taking": 2, "when": LATER, "dimension": "telling", "statement": "hears",
        "text": "Whoever needs to know heard on the same day.", "reversed": False, "rating": 1, "counts": 1,
    }  # fmt: skip
    assert late.frame_rows(None) == []


def test_the_note_goes_to_the_portfolio(late, example):
    assert late.writings() == [Writing(("note",), "What you take from this", rows=2)]
    note = next(
        line for line in example("inventory").read_text(encoding="utf-8").splitlines() if line.startswith("note:")
    )
    without, _ = library.read(example("inventory", (note, "")))
    assert without.writings() == []


def test_what_every_face_says_follows_the_file(late, example):
    says = late.compiled()["says"]
    assert says["score"] == (
        "1 is “Never” and 4 “Always”. A statement that is bad news when it is so counts the other way round. "
        "The bands: Low 1 to 2.4, High 2.5 to 4. There is no total."
    )
    assert says["again"] == "Leave about 4 weeks before you take it again."
    assert late.compiled()["most"] == MOST_TAKINGS
    assert str(MOST_TAKINGS) in says["room"]
    weekly, _ = library.read(example("inventory", ("again_after_weeks: 4", "again_after_weeks: 1")))
    assert "about a week before" in weekly.compiled()["says"]["again"]


def vectors(exercise: Inventory) -> list[dict]:
    """Return takings by chance, some of another version or with little rated, each with what Python makes of it."""
    lot = random.Random(11)  # the same ones every time
    points, ids = len(exercise.scale.points), [statement.id for _, statement in exercise.statements]
    found = []
    for _ in range(300):
        asked = lot.sample([*ids, "gone"], lot.randint(1, len(ids) + 1))
        answers = {name: lot.choice([*range(1, points + 1), *range(1, points + 1), None, 7]) for name in asked}
        scores = exercise.scores(answers)
        found.append({
            "answers": answers,
            "scores": {name: {"value": each.value, "rated": each.rated} for name, each in scores.items()},
            "bands": {name: exercise.band(each.value).id for name, each in scores.items() if each.value is not None},
        })  # fmt: skip
    return found


@pytest.mark.parametrize("whose", ["the example's", "the course's"])
def test_python_and_javascript_score_alike(whose, tmp_path, request):
    if whose == "the example's":
        request.getfixturevalue("a_course")
    made = [
        {"spec": exercise.compiled(), "takings": vectors(exercise)}
        for exercise in library.all_exercises()
        if isinstance(exercise, Inventory)
    ]
    assert made
    assert f"{300 * len(made)} takings compared" in agreement.run(tmp_path, "inventory", made)
