"""A ranking: what an author is told of each slip, how two orders are compared, and what Python reads of a record."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware import library
from courseware.data import dataset
from courseware.kinds.order.compare import Pairs, above, agreement, range_of
from courseware.kinds.order.spec import Order
from tests.agreement import run as agree_in_the_page
from tests.test_paper import squeezed, text_of
from tests.test_render import assert_whole

WHEN = "2026-11-22T10:00:00.000Z"
KNOWN = """against: known                # or expert: one person's ranking
ends: {first: Hears first, last: Hears last}   # optional
known:                        # what the order goes by
  by: Days from the decision to hearing of it, in an office that we made up
  unit: days
  first: lowest               # which value stands at the top: highest (if you leave it out) or lowest
  margin: 1                   # optional: values no further apart may stand in either order
  caveat: One office and one change, both invented.
"""
EXPERT = """against: expert
expert: {who: Meera Shah, grounds: She tells first whoever has a choice., differ: A finance director would not.}
"""
PLACES = [("value: 9", "place: 3"), ("value: 2", "place: 1"), ("value: 12", "place: 4"), ("value: 3", "place: 2")]
RANKED = [(KNOWN, EXPERT), *PLACES]
SEQUENCE = [("  unit: days\n", ""), ("  margin: 1 ", "  #"), *PLACES]

# What an author slips in, the words that stand on the line that is named, the field, what is said, and the mend.
SLIPS = [
    ([("- {id: board", "- {id: night")], "The board", "items[1].id", "`night` is used twice", "its own id"),
    ([("text: The board", f"text: {'The board ' * 17}")], "id: board", "items[1].text", "169 characters, read out at each move", "keep to 160"),
    ([("text: The board", "text: The night shift")], "id: board", "items[1].text", "read the same", "tells them apart"),
    ([("  - {id: night, text: The night shift, value: 9, why: The notice goes up by day., basis: practice}\n", "")], "items:", "items", "it holds 3", "at least 4"),
    ([("against: known", "against: time")], "against: time", "against", "time", "use one of"),
    ([("known:  ", "knows:  ")], "knows:", "knows", "no field `knows`", "did you mean `known`"),
    ([(KNOWN, "against: known\n")], "against: known", "against", "there is no `known`", "add `known: {by: …}`"),
    ([(KNOWN, "against: expert\n"), *PLACES], "against: expert", "against", "there is no `expert`", "`who`, `grounds` and `differ`"),
    ([("against: known", "against: expert"), ("known:  ", f"{EXPERT.splitlines()[1]}\nknown:  "), *PLACES], "known:  ", "known", "not read", "remove it"),
    ([(KNOWN, "against: expert\nexpert: {who: Meera, grounds: None.}\n"), *PLACES], "expert: {who", "expert.differ", "missing", "add `differ:`"),
    ([(KNOWN, "against: expert\nexpert: {grounds: None., differ: Some.}\n"), *PLACES], "expert: {grounds", "expert.who", "missing", "add `who:`"),
    ([(" value: 9,", "")], "id: night", "items[0]", "`night` has no `value`, and others have", "give it its value"),
    ([("value: 9", 'value: "9"')], "id: night", "items[0].value", "is not a number", "without quotation marks"),
    ([("value: 9", "value: .inf")], "id: night", "items[0].value", "is not a number", "write a number"),
    ([("value: 9", "value: 9, place: 3")], "id: night", "items[0].place", "a place beside a value", "remove it"),
    ([(" value: 9,", ""), (" value: 2,", ""), (" value: 12,", ""), (" value: 3,", ""), ("  unit: days\n", ""), ("  margin: 1 ", "  #")], "id: night", "items[0]", "no `value` and no `place`", "one of 1 to 4"),
    ([*PLACES, ("  margin: 1 ", "  #")], "unit: days", "known.unit", "`unit` without values", "give every item its `value`"),
    ([*PLACES, ("  unit: days\n", "")], "margin: 1", "known.margin", "`margin` without values", "give every item its `value`"),
    ([("margin: 1 ", "margin: -1 ")], "margin: -1", "known.margin", "out of range", "at least 0"),
    ([("margin: 1 ", "margin: 10 ")], "margin: 10", "known.margin", "any order is right", "lower it"),
    ([*RANKED, ("place: 2", "place: 3")], "id: union", "items[3].place", "3 is the place of `night` as well", "give each its own"),
    ([*RANKED, ("place: 4", "place: 5")], "id: desk", "items[2].place", "5 is past the end of 4", "one of 1 to 4"),
    ([*RANKED, ("place: 4", "place: 0")], "id: desk", "items[2].place", "0 is out of range", "at least 1"),
    ([*RANKED, (" place: 4,", "")], "id: desk", "items[2]", "`desk` has no `place` in the ranking", "one of 1 to 4"),
    ([*RANKED, ("place: 4", "place: 4, value: 12")], "id: desk", "items[2].value", "a value in a ranking", "say the value in `why`"),
    ([("value: 9", "value: 1"), ("value: 12", "value: 5"), ("value: 3,", "value: 9,")], "items:", "items", "the order that they are compared with", "mix them"),
    ([("value: 9", "value: 99"), ("value: 2,", "value: 50,"), ("value: 12", "value: 20")], "items:", "items", "upside down", "mix them"),
    ([("first: lowest", "first: smallest")], "first: smallest", "known.first", "smallest", "use one of"),
    ([("basis: practice}\n  - {id: board", "basis: evidence}\n  - {id: board")], "id: night", "items[0]", "without `cite`", "cite a source"),
]  # fmt: skip


@pytest.mark.parametrize(("swaps", "words", "field", "said", "mend"), SLIPS, ids=[f"{s[2]}-{s[3][:24]}" for s in SLIPS])
def test_a_slip_is_told_with_its_line_and_mend(example, swaps, words, field, said, mend):
    path = example("order", *swaps)
    problems = [each for each in library.check([path]) if each.level == "error"]
    found = [each for each in problems if each.field == field and said in each.what and mend in each.mend]
    assert found, "\n".join(map(str, problems)) or "nothing was said"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert words in lines[found[0].line - 1]


def test_several_slips_are_told_at_once(example):
    path = example(
        "order",
        *RANKED,
        ("place: 2", "place: 3"),
        ("place: 4", "place: 9"),
        ("text: The board", "text: The night shift"),
    )
    assert {each.field for each in library.check([path])} == {"items[1].text", "items[2].place", "items[3].place"}  # fmt: skip


@pytest.mark.parametrize("swaps", [[], RANKED, SEQUENCE], ids=["values", "expert", "sequence"])
def test_each_way_of_saying_an_order_is_sound(example, swaps):
    exercise, problems = library.read(example("order", *swaps))
    assert problems == []
    ranks = sorted(exercise.compiled()["items"], key=lambda item: item["rank"])
    assert [item["id"] for item in ranks] == ["board", "union", "night", "desk"]
    assert (exercise.compiled()["known"] is None) == (swaps is RANKED)


@pytest.mark.parametrize("swaps", [RANKED, SEQUENCE], ids=["expert", "sequence"])
def test_page_and_paper_hold_the_other_ways_too(example, swaps):
    exercise, _ = library.read(example("order", *swaps))
    assert_whole(exercise)
    before, after = text_of(exercise, answers=False), text_of(exercise)
    compared, judged = (
        ("Meera Shah", "A finance director would not.") if swaps is RANKED else ("Days from the decision", "One office")
    )
    assert squeezed(compared) in before
    assert squeezed(judged) not in before
    assert squeezed(judged) in after
    assert squeezed("PlaceCardWhich 1 B The board 2 D The union branch 3 A The night shift 4 C The front desk") in after


def test_the_page_is_told_the_places_and_the_values_in_words(example):
    exercise, _ = library.read(example("order"))
    found = {item["id"]: (item["from"], item["to"], item["shown"]) for item in exercise.compiled()["items"]}
    assert [item["stands"] for item in exercise.compiled()["items"]] == ["3", "1 or 2", "4", "1 or 2"]
    assert found == {"board": (1, 2, "2 days"), "union": (1, 2, "3 days"), "night": (3, 3, "9 days"), "desk": (4, 4, "12 days")}  # fmt: skip
    assert not {"value", "place", "against"} & {key for item in exercise.compiled()["items"] for key in item}


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [('"%"', "45", "45%"), ("days", "1234.5", "1,234.5 days"), ("points", "-3", "−3 points")],
)
def test_a_value_reads_with_its_unit(example, unit, value, shown):
    path = example(
        "order", ("unit: days", f"unit: {unit}"), ("value: 9", f"value: {value}"), ("margin: 1 ", "margin: 0 ")
    )
    exercise, problems = library.read(path)
    assert problems == []
    assert exercise.shown(exercise.items[0]) == shown


def test_the_highest_stands_at_the_top_where_nothing_is_said(example):
    exercise, problems = library.read(example("order", ("  first: lowest ", "  # ")))
    assert problems == []
    assert min(exercise.items, key=exercise.rank).id == "desk"


RECORD = {
    "seed": 5,
    "order": ["union", "night", "board", "desk"],
    "moved": True,
    "checked": True,
    "checks": [
        {"order": ["desk", "night", "board", "union"], "when": WHEN},
        {"order": ["union", "night", "board", "desk"], "when": WHEN},
    ],
}


def test_python_reads_the_order_and_the_pairs_that_agreed(example):
    exercise, _ = library.read(example("order"))
    assert exercise.result(None) == {"order": [], "agreed": None, "pairs": 5, "checks": 0}
    assert exercise.result({**RECORD, "checks": []})["agreed"] is None
    assert exercise.result(RECORD) == {"order": RECORD["order"], "agreed": 4, "pairs": 5, "checks": 2}
    rows = exercise.frame_rows(RECORD)
    assert [row["place"] for row in rows] == [2, 3, 4, 1]
    assert rows[0] == {
        "item": "night", "text": "The night shift", "place": 2, "belongs_from": 3, "belongs_to": 3, "value": 9.0,
    }  # fmt: skip
    assert [row["place"] for row in exercise.frame_rows(None)] == [None] * 4


def test_a_check_of_other_items_is_not_counted(example):
    exercise, _ = library.read(example("order"))
    old = {"order": ["union", "gone"], "when": WHEN}
    assert exercise.result({**RECORD, "checks": [*RECORD["checks"], old]})["agreed"] == 4
    assert exercise.result({**RECORD, "checks": [old]})["agreed"] is None


ranks = st.lists(st.integers(-40, 40).map(lambda tenth: tenth / 10), min_size=4, max_size=9)


@given(ranks=ranks, margin=st.integers(0, 20).map(lambda tenth: tenth / 10), data=st.data())
def test_a_comparison_holds_together(ranks, margin, data):
    pairs = Pairs({f"i{number}": rank for number, rank in enumerate(ranks)}, margin)
    order = data.draw(st.permutations(list(pairs.rank)))
    agreed, counted = agreement(pairs, order)
    turned, same = agreement(pairs, order[::-1])
    assert same == counted
    assert agreed + turned == counted <= len(ranks) * (len(ranks) - 1) / 2
    belongs = sorted(pairs.rank, key=pairs.rank.__getitem__)
    assert agreement(pairs, belongs) == (counted, counted)
    for place, name in enumerate(belongs, 1):
        first, last = range_of(pairs, name)
        assert 1 <= first <= place <= last <= len(ranks)
        assert (first == last) == all(above(pairs, name, o) or above(pairs, o, name) for o in pairs.rank if o != name)


def test_python_and_javascript_compare_alike(tmp_path):
    lot = random.Random(4)  # the same vectors every time
    vectors = []
    while len(vectors) < 400:
        rank = {f"i{number}": lot.randint(-30, 30) / 10 for number in range(lot.randint(4, 9))}
        pairs = Pairs(rank, lot.choice([0, 0, 0.1, 0.3, 1.7]))
        order = lot.sample(list(rank), len(rank))
        if agreement(pairs, list(rank))[0] == agreement(pairs, list(rank))[1]:
            continue  # no exercise is written in the right order
        agreed, counted = agreement(pairs, order)
        items = [{"id": name, "rank": value} for name, value in rank.items()]
        spec = {"items": items, "known": {"margin": pairs.margin}, "pairs": counted}
        vectors.append({"spec": spec, "order": order, "agreed": agreed, "belongs": sorted(rank, key=rank.__getitem__)})
    agree_in_the_page(tmp_path, "order", vectors)


def test_the_figures_on_trust_are_those_of_the_dataset():
    exercise = library.load("who-is-trusted")
    assert isinstance(exercise, Order)
    table = dataset("trust_in_institutions")
    table = table[table["survey_year"] == 2023].set_index("institution")["trust_percent"]
    names = {name.casefold(): name for name in table.index}
    for item in exercise.items:
        name = names[str(item.text).casefold().removeprefix("the ").replace("courts and the legal", "courts and legal")]
        assert item.value == table[name], name
