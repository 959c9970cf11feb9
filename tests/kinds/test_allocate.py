"""An allocation: what an author is told of each slip, one model in Python and in the page, and what a record says."""

import json
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware import library
from courseware.kinds.allocate import words
from courseware.kinds.allocate.expressions import Condition, Expression, bounds, lowered, reader
from courseware.kinds.allocate.model import Model, ends, figure, grid
from courseware.kinds.allocate.spec import Allocate
from tests import agreement

COURSE = [path.stem for path in library.files() if "\nkind: allocate\n" in f"\n{path.read_text(encoding='utf-8')}"]
PILE = "change: come - day * letters - skill * 0.2"
SKILL = "change: 2.5 * training - 0.1 * skill"
TRUST = "change: min(3 * visits, 12) - max(0, pile - 30) / 10 - 3"
HELD = 'when: "pile < 60 and training > 0"'

# What an author slips in, the words that stand on the line that is named, the field, what is said, and the mend.
SLIPS = [
    ([("amount: 10, ", "amount: 1, ")], "budget:", "budget.amount", "1 is out of range", "at least 2"),
    ([("step: 1}", "step: 3}")], "budget:", "budget", "10 cannot be given out in steps of 3", "let `step` divide it"),
    ([("amount: 10, ", "amount: 100, ")], "budget:", "budget", "a list of 101 amounts", "choose a `step`"),
    ([("step: 1}", "step: 10}")], "budget:", "budget", "a list of 2 amounts", "choose a `step`"),
    ([("id: training", "id: letters")], "id: letters, label: Training", "items[1].id", "`letters` is used twice", "its own id"),
    ([("id: visits", "id: home-visits")], "home-visits", "items[2].id", "wrong form", "lower-case letters, digits and `_`"),
    ([("id: visits", "id: min")], "id: min", "items[2].id", "`min` means something in a sum", "choose another"),
    ([("id: visits", "id: in")], "id: in", "items[2].id", "`in` means something in a sum", "choose another"),
    ([("    pile:\n", "    letters:\n")], "    letters:", "model.stocks.letters", "`letters` is an item too", "another name"),
    ([("    day: {", "    skill: {")], "    skill: {", "model.constants.skill", "`skill` is a stock too", "another name"),
    ([(PILE, "change: come - day * letter")], "letter\n", "model.stocks.pile.change", "no item, stock or constant `letter`", "did you mean `letters`"),
    ([(HELD, 'when: "pyle < 60"')], "pyle", "consequences[1].when", "no item, stock or constant `pyle`", "did you mean `pile`"),
    ([(PILE, "change: come ** 2")], "**", "model.stocks.pile.change", "+ - * /", "write for instance `12 - 0.5 * visits`"),
    ([(PILE, "change: come - abs(letters)")], "abs", "model.stocks.pile.change", "+ - * /", "write for instance"),
    ([(PILE, "change: come.real")], "come.real", "model.stocks.pile.change", "+ - * /", "write for instance"),
    ([(PILE, "change: min(come)")], "min(come)", "model.stocks.pile.change", "+ - * /", "write for instance"),
    ([(PILE, "change: min(*come, day)")], "*come", "model.stocks.pile.change", "+ - * /", "write for instance"),
    ([(PILE, "change: come -")], "come -", "model.stocks.pile.change", "cannot read `come -`", "write for instance"),
    ([(PILE, "change: true + come")], "true + come", "model.stocks.pile.change", "no item, stock or constant `true`", "did you mean `trust`"),
    ([(PILE, "change: come * 1e400")], "1e400", "model.stocks.pile.change", "too large a number", "keep below"),
    ([(PILE, f"change: {'(-' * 30}come{')' * 30}")], "(-(-", "model.stocks.pile.change", "nested more than 24 deep", "flatter"),
    ([(PILE, f"change: {'+'.join(['come'] * 70)}")], "come+come", "model.stocks.pile.change", "349 characters long", "keep to 300"),
    ([(PILE, "change: 5")], "change: 5", "model.stocks.pile.change", "5 is not text", "in quotation marks"),
    ([(PILE, "change: come / letters - 3")], "/ letters", "model.stocks.pile.change", "may divide by 0", "write `max(1, …)`"),
    ([(PILE, "change: come / (skill - 50) - letters")], "skill - 50", "model.stocks.pile.change", "may divide by 0", "max(1"),
    ([(HELD, 'when: "pile / training < 60"')], "pile / training", "consequences[1].when", "may divide by 0", "max(1"),
    ([(HELD, 'when: "pile + training"')], "pile + training", "consequences[1].when", "a condition compares sums", "backlog >= 60"),
    ([(HELD, 'when: "1 < pile < 60"')], "1 < pile", "consequences[1].when", "a condition compares sums", "and"),
    ([("value: 20, unit", "value: 1.0e+999, unit")], "come:", "model.constants.come.value", "not a number", "without quotation marks"),
    ([("value: 20, unit: letters a month, from: assumed for teaching", "value: 20, unit: letters a month")], "come:", "model.constants.come.from", "missing", "add `from:`"),
    ([("      start: 40\n", "      start: 400\n")], "    pile:", "model.stocks.pile", "`start` 400 must lie between `min` 0 and `max` 120", "move one"),
    ([("better: low ", "better: less ")], "better: less", "model.stocks.pile.better", "not allowed", "use one of"),
    ([("  limits: It leaves", "  limit: It leaves")], "  limit:", "model.limit", "no field `limit`", "did you mean `limits`"),
    ([("training: 2}", "training: 3}")], "training: 3}", "others[0].split", "it comes to 11 days, not 10", "take 1 away"),
    ([("training: 2}", "training: 1}")], "training: 1}", "others[0].split", "it comes to 9 days, not 10", "give out 1 more"),
    ([("training: 2}", "trainning: 2}")], "trainning", "others[0].split.trainning", "no item `trainning`", "did you mean `training`"),
    ([("step: 1}", "step: 2}"), ("letters: 8, training: 2}", "letters: 7, training: 3}")], "letters: 7", "others[0].split.letters", "7 is no amount that can be chosen", "use 6 or 8"),
    ([("{letters: 2, training: 3, visits: 5}", "{letters: 8, training: 2}")], "Somebody who wrote", "others[1].split", "same split", "let them differ"),
    ([(SKILL, "change: 60 + training")], "60 + training", "model.stocks.skill.change", "it ends at 100, its bound, for each of 66 splits", "more slowly"),
    ([(SKILL, "change: 0.1 * skill")], "0.1 * skill", "model.stocks.skill.change", "for each of 66 splits", "let an item move it"),
    ([(", basis: evidence, cite: {source: study, at: page 11}}", ", basis: evidence}"), ("sources:\n  study: {cite: my-study}  # a key of references.bib\n", "")], HELD, "consequences[1]", "without `cite`", "cite a source"),
]  # fmt: skip

WARNINGS = [
    ([(TRUST, "change: letters - 5"), (SKILL, "change: letters - 5")], "model.stocks", "one split is best on every stock at once: letters 10", "cost something"),
    ([(TRUST, "change: 2 - max(0, pile - 30) / 10")], "items[2]", "`visits` never changes how anything ends", "let a stock depend on it"),
    ([(HELD, 'when: "pile > 119 and letters > 9"')], "consequences[1].when", "holds for none of 66 splits", "move its threshold"),
    ([(HELD, 'when: "pile >= 0"')], "consequences[1].when", "holds for every one of 66 splits", "model.says"),
    ([(HELD, 'when: "pile < 20 and training > 0"')], "consequences", "nothing is said of", "add a consequence"),
    ([("{letters: 2, training: 3, visits: 5}", "{letters: 8, training: 1, visits: 1}"), ("{letters: 8, training: 2}", "{letters: 9, visits: 1}"), (TRUST, "change: 2 * training + visits - max(0, pile - 30) / 10 - 3")], "others[0].split", "no better on any stock than that of Somebody who wrote", "win something"),
    ([("    day: {", "    spare: {label: s, value: 1, unit: u, from: assumed for teaching}\n    day: {")], "model.constants.spare", "no sum uses `spare`", "remove it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("swaps", "line", "field", "said", "mend"), SLIPS, ids=[f"{n}-{s[2]}" for n, s in enumerate(SLIPS)]
)
def test_a_slip_is_told_with_its_place_and_mend(example, swaps, line, field, said, mend):
    path = example("allocate", *swaps)
    found = [each for each in library.check([path]) if each.level == "error"]
    told = [each for each in found if each.field == field and said in each.what and mend in each.mend]
    assert told, "\n".join(map(str, found)) or "nothing was said"
    text = path.read_text(encoding="utf-8")
    assert line.strip("\n") in text.splitlines()[told[0].line - 1]


@pytest.mark.parametrize(("swaps", "field", "said", "mend"), WARNINGS, ids=[each[1] for each in WARNINGS])
def test_a_model_that_teaches_nothing_is_warned_of(example, swaps, field, said, mend):
    found = library.check([example("allocate", *swaps)])
    assert [each for each in found if each.level == "error"] == []
    assert [each for each in found if each.field == field and said in each.what and mend in each.mend], found


def test_many_slips_are_told_at_once(example):
    path = example(
        "allocate", (PILE, "change: come / letters"), (SKILL, "change: skil"), ("training: 2}", "training: 5}")
    )
    fields = {each.field for each in library.check([path])}
    assert {"model.stocks.pile.change", "model.stocks.skill.change", "others[0].split"} <= fields


def test_all_stocks_change_at_once_and_stay_in_their_range(a_course):
    days = library.load("example-allocate")
    lines = Model(days).run({"letters": 0, "training": 0, "visits": 10})
    assert lines["pile"][:3] == [40.0, 56.0, 72.0 + 0.4]  # the second change is by the skill after the first
    assert lines["skill"][1] == 18.0
    assert lines["trust"][1] == 50 + 12 - 1 - 3
    assert lines["pile"][-1] == 120.0
    assert set(map(len, lines.values())) == {7}


@pytest.mark.parametrize(("amount", "step", "count"), [(10, 1, 8), (50, 5, 5), (60, 1, 8), (2, 1, 3), (60, 1, 3)])
def test_a_grid_holds_splits_that_can_be_made_and_each_item_alone(a_course, amount, step, count):
    days = library.load("example-allocate")
    items = [days.items[0].model_copy(update={"id": f"i{n}"}) for n in range(count)]
    some = days.model_copy(
        update={"items": items, "budget": days.budget.model_copy(update={"amount": amount, "step": step})}
    )
    splits = grid(some)
    assert 1 < len(splits) <= 1_100
    assert all(sum(split.values()) == amount for split in splits)
    assert all(value >= 0 and value % step == 0 for split in splits for value in split.values())
    assert len({tuple(split.values()) for split in splits}) == len(splits)
    for item in items:
        assert {each.id: amount * (each is item) for each in items} in splits


def test_a_figure_is_rounded_as_the_page_does():
    assert [figure(value, 0) for value in (0.5, 1.5, 2.5, 2.4999, 99.5)] == ["1", "2", "3", "2", "100"]
    assert [figure(value, 1) for value in (0.25, 1.05, 0.05)] == ["0.3", "1.1", "0.1"]  # 1.05 is a little more


def test_the_model_reads_as_words(a_course):
    days = library.load("example-allocate")
    made = words.context(days)
    assert made["equations"]["trust"] == (
        "the smaller of (3 × days on Visits and 12) − the larger of (0 and Letters waiting − 30) ÷ 10 − 3"
    )
    assert made["conditions"] == [
        "Letters waiting is at least 60",
        "Letters waiting is below 60, and Training gets more than 0 days",
        "Letters waiting is below 60, and Training gets at most 0 days",
    ]
    assert made["results"][1] == {"amounts": ["2", "3", "5"], "ends": ["86", "46", "85"], "follows": [1]}


@pytest.mark.parametrize(
    ("sum_", "said"),
    [
        ("1 - (pile - 2)", "1 − (Letters waiting − 2)"),
        ("(1 - pile) - 2", "1 − Letters waiting − 2"),
        ("2 / (pile + 1) / 3", "2 ÷ (Letters waiting + 1) ÷ 3"),
        ("-(pile + 1) * 2", "(−(Letters waiting + 1)) × 2"),
        ("min(1, pile, skill)", "the smallest of (1, Letters waiting and Skill in the team)"),
        ("come * visits", "letters that come in × days on Visits"),
    ],
)
def test_a_sum_keeps_the_parentheses_that_it_needs(a_course, sum_, said):
    assert words.sum_in_words(library.load("example-allocate"), Expression._read(sum_).tree) == said


def test_what_a_record_says(a_course):
    days = library.load("example-allocate")
    assert days.result(None) == {"plans": [], "split": None, "stocks": None}
    assert [row["amount"] for row in days.frame_rows(None)] == [None, None, None]
    assert [row["amount"] for row in days.frame_rows({"split": {"letters": 4}})] == [4, None, None]
    plan = {
        "split": {"letters": 2, "training": 3, "visits": 5},
        "note": "",
        "expect": "",
        "when": "2026-11-22T10:00:00.000Z",
    }
    old = {**plan, "split": {"letters": 12, "training": 0, "visits": 0}}
    found = days.result({"plans": [plan, old], "split": {"letters": 1}})
    assert found["split"] == plan["split"]  # the later one spends what there no longer is
    assert [figure(value, 0) for value in ends(found["stocks"]).values()] == ["86", "46", "85"]
    assert days.frame_rows({"plans": [plan]})[1] == {
        "item": "training",
        "label": "Training",
        "amount": 3,
        "unit": "days",
    }
    assert [(each.path, each.label) for each in days.writings()] == [(("note",), "Why this split?")]


NAMES = {"a": (0.0, 50.0), "b": (-3.0, 4.0), "c": (0.5, 0.5), "d": (7.0, 1e9)}
sums = st.recursive(
    st.sampled_from(list(NAMES)) | st.floats(0, 1e6, allow_subnormal=False).map(lambda value: value + 0.0),
    lambda inner: (
        st.tuples(st.sampled_from(["+", "-", "*", "/", "min", "max"]), inner, inner).map(list)
        | st.tuples(st.sampled_from(["min", "max"]), inner, inner, inner).map(list)
    ),
    max_leaves=12,
)


@given(tree=sums, places=st.tuples(*[st.floats(0, 1)] * 4))
def test_a_sum_stays_within_its_bounds_and_never_divides_by_nothing(tree, places):
    try:
        low, high = bounds(tree, NAMES)
    except ZeroDivisionError:
        return
    values = {name: low + (high - low) * at for (name, (low, high)), at in zip(NAMES.items(), places, strict=True)}
    found = reader(tree)(values)  # no division by 0 is left
    if math.isfinite(low) and math.isfinite(high):
        room = 1e-9 * max(1.0, abs(low), abs(high))
        assert low - room <= found <= high + room


conditions = st.recursive(
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.sampled_from(["a", "b", 1.0]), st.sampled_from(["a", 2.0])).map(list),
    lambda inner: inner.map(lambda each: ["not", each]) | st.tuples(st.sampled_from(["and", "or"]), inner, inner, inner).map(list),
    max_leaves=6,
)  # fmt: skip


@given(tree=conditions, a=st.integers(0, 3), b=st.integers(0, 3))
def test_a_condition_lowered_says_the_same(tree, a, b):
    values = {"a": float(a), "b": float(b)}
    assert bool(reader(lowered(tree))(values)) == bool(reader(tree)(values))


def test_a_condition_is_read_as_python_reads_it():
    tree = Condition._read("a < 1 or not b >= 2 and a != b").tree
    for a in range(4):
        for b in range(4):
            assert reader(tree)({"a": a, "b": b}) == (a < 1 or (not b >= 2 and a != b))


def vectors(exercises: list[Allocate]) -> list[dict]:
    """Return each exercise with what Python makes of its splits: the lines, to the last bit, and what is said of them."""
    draw = random.Random(2026)  # the same splits each time
    found = []
    for exercise in exercises:
        model, splits = Model(exercise), grid(exercise)
        runs = []
        for split in draw.sample(splits, min(300, len(splits))):
            lines = model.run(split)
            runs.append([split, lines, model.follows(split, ends(lines))])
        found.append({"exercise": json.loads(json.dumps(exercise.compiled())), "runs": runs})
    return found


def trees() -> list[list]:
    """Return random sums with values for their names, and what Python makes of them."""
    draw = random.Random(26)

    def made(depth: int):
        if depth == 0 or draw.random() < 0.2:
            return draw.choice(["a", "b", "c", draw.uniform(-9, 9), 0.1, 3.0])
        word = draw.choice(["+", "-", "*", "/", "min", "max", "<", "<="])
        return [word, *(made(depth - 1) for _ in range(draw.choice([2, 2, 3]) if word in {"min", "max"} else 2))]

    found = []
    while len(found) < 2_000:
        tree, values = made(5), {name: draw.choice([0.0, -0.0, 1e-9, draw.uniform(-1e3, 1e3)]) for name in "abc"}
        try:
            value = reader(tree)(values)
        except ZeroDivisionError:
            continue
        if math.isfinite(value):
            found.append([tree, values, value])
    return found


@pytest.mark.parametrize("whose", ["the example's", *COURSE])
def test_python_and_javascript_agree_to_the_last_bit(whose, tmp_path, request):
    if whose == "the example's":
        request.getfixturevalue("a_course")
    exercise = library.load("example-allocate" if whose == "the example's" else whose)
    agreement.run(tmp_path, "allocate", {"vectors": vectors([exercise]), "trees": trees()})


@pytest.mark.parametrize("name", COURSE)
def test_no_lazy_policy_is_best_in_the_course(name):
    exercise = library.load(name)
    model, splits = Model(exercise), grid(exercise)
    stocks = exercise.model.stocks.items()
    good = {
        tuple(split.values()): [stock.goodness(ends(model.run(split))[key]) for key, stock in stocks]
        for split in splits
    }
    most = [max(column) for column in zip(*good.values(), strict=True)]
    assert not [split for split, each in good.items() if sum(a == b for a, b in zip(each, most, strict=True)) > 1]
    start = [stock.goodness(stock.start) for _, stock in stocks]
    amount, count = exercise.budget.amount, len(exercise.items)
    evenly = min(good, key=lambda split: max(split) - min(split))  # the steps may not go into it
    for lazy in [evenly, *(tuple(amount * (n == i) for n in range(count)) for i in range(count))]:
        assert any(now < before for now, before in zip(good[lazy], start, strict=True)), f"{lazy} costs nothing"
