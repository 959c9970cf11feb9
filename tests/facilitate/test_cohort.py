"""The cohort's picture: the frames add up, and the page's own reckoning comes to the same numbers."""

import json
from random import Random

import pandas as pd
import pytest

from courseware import library
from courseware.facilitate import codes, cohort, cohort_case, cohort_charts, simulate
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Decision, Scenario
from tests import agreement

SCENARIOS = [each for each in library.all_exercises() if isinstance(each, Scenario)]
HIGH_WATER, FEBRUARY, TWENTY = map(library.load, ("high-water", "february", "twenty-to-five"))


def some_sure(_node, open_choices, rng):
    return rng.choice(open_choices), rng.choice(codes.SURE)


def pasted(scenario, act, count, rng):
    played = [simulate.run(scenario, some_sure, rng, act) for _ in range(count)]
    return [codes.encode(scenario, run) for run in played]


@pytest.fixture(scope="module")
def room():
    """Eight groups with the first act of High water."""
    [found] = cohort.read("\n".join(pasted(HIGH_WATER, "dusk", 8, Random(3))), [HIGH_WATER]).cohorts
    return found


def test_lines_are_read_however_they_were_typed():
    found = cohort.lines("Table 1: AAAA-BBBB\n\n  cccc dddd ; EEEE-FFFF\r\nRed: table: GGGG\tHHHH,")
    assert [(line.number, line.label, line.text) for line in found] == [
        (1, "Table 1", "AAAA-BBBB"),
        (3, "", "cccc dddd"),
        (3, "", "EEEE-FFFF"),
        (4, "Red: table", "GGGG"),
        (4, "", "HHHH"),
    ]


def test_a_wrong_code_is_named_and_the_rest_counts():
    good = pasted(HIGH_WATER, "dusk", 3, Random(1))
    slip = good[1][:-2] + good[1][-1] + good[1][-2]
    read = cohort.read("\n".join([good[0], f"Table 2: {slip}", good[2]]), SCENARIOS)
    [(line, error)] = read.wrong
    assert (line.number, line.label) == (2, "Table 2")
    assert error.mend == good[1]
    assert list(read.cohorts[0].runs) == ["Group 1", "Group 3"]


def test_scenarios_and_acts_are_told_apart_and_the_most_come_first():
    mixed = [*pasted(HIGH_WATER, "dusk", 2, Random(1)), *pasted(FEBRUARY, None, 3, Random(2))]
    mixed += pasted(HIGH_WATER, None, 1, Random(4))
    found = cohort.read(", ".join(mixed), SCENARIOS).cohorts
    assert [(each.title, len(each.runs), each.lines) for each in found] == [
        (FEBRUARY.title, 3, [1, 1, 1]),
        ("High water: Dusk", 2, [1, 1]),
        ("High water", 1, [1]),
    ]


def mixed_up():
    """Return what may be pasted, and what is to be said of it at the top."""
    dusk, whole = pasted(HIGH_WATER, "dusk", 9, Random(1)), pasted(HIGH_WATER, None, 1, Random(4))
    other, first = pasted(FEBRUARY, None, 8, Random(2)), pasted(TWENTY, None, 1, Random(3))
    return {
        "": "No codes are read",
        "nothing": "No codes are read, 1 cannot be used",
        dusk[0]: "1 code is read",
        "\n".join([*dusk, "nothing", "no, nothing"]): "9 codes are read, 3 cannot be used",
        "\n".join([first[0], *dusk]): "10 codes are read. Of the 10, 1 is of another case: Twenty to five (line 1)",
        "\n".join([*dusk[:2], *other[:1], "x", *dusk[2:], *other[1:2]]): (
            "11 codes are read, 1 cannot be used. Of the 11, 2 are of another case: February (lines 3 and 12)"
        ),
        "\n".join([*dusk, *whole]): "10 codes are read. Of the 10, 1 is of another case or act: High water (line 10)",
        "\n".join([*dusk, *other[:3], *first]): (
            "13 codes are read. Of the 13, 4 are of other cases: February (lines 10, 11 and 12), Twenty to five (line 13)"
        ),
        "\n".join([*dusk, *other[:2], *whole]): (
            "12 codes are read. Of the 12, 3 are of other cases or acts: February (lines 10 and 11), High water (line 12)"
        ),
        "\n".join([*dusk, *other]): "17 codes are read. Of the 17, 8 are of another case: February (8 lines)",
    }


@pytest.mark.parametrize(("text", "said"), mixed_up().items(), ids=mixed_up().values())
def test_what_does_not_count_is_said_at_the_top(text, said):
    assert cohort.read(text, SCENARIOS).account == said


def test_every_line_that_is_not_of_the_room_is_listed_with_what_to_know_of_it():
    dusk = pasted(HIGH_WATER, "dusk", 3, Random(1))
    [whole], [february] = pasted(HIGH_WATER, None, 1, Random(4)), pasted(FEBRUARY, None, 1, Random(2))
    found = cohort.read("\n".join([f"Red: {february}", dusk[0], "Blue: ABC", *dusk[1:], whole]), SCENARIOS).aside()
    said = [
        (1, "Red", "It is of another case: February."),
        (3, "Blue", "It has 3 characters."),
        (6, "Group 6", "It is of another act: High water."),
    ]
    assert [
        (line, group, what[: len(wanted)])
        for (line, group, what), (*_, wanted) in zip(found.itertuples(), said, strict=True)
    ] == said
    assert cohort.read("\n".join(dusk), SCENARIOS).aside().empty


def test_the_same_label_again_loses_no_group():
    one, other, third = pasted(HIGH_WATER, "dusk", 3, Random(1))
    [found] = cohort.read(f"Red: {one}\nRed: {other}, Red: {third}, Red: {one}", [HIGH_WATER]).cohorts
    assert list(found.runs) == ["Red", "Red (2)", "Red (2, 2)", "Red (2, 3)"]
    assert found.lines == [1, 2, 2, 2]


def test_the_frames_add_up(room):
    met = room.choices().groupby(level="decision", sort=False)
    assert (met["groups"].sum() == met["met"].first()).all()
    assert met["share"].sum().round(9).eq(1).all()
    assert room.endings()["groups"].sum() == len(room.runs)
    assert room.endings()["share"].sum() == pytest.approx(1)
    assert room.endings()[cohort.AT_RANDOM].sum() == pytest.approx(1)
    asked = sum("confidence" in room.scenario.nodes[node].ask_first for node in room.frame["node"])
    assert room.sureness().to_numpy().sum() == asked > 0
    standing = room.standing()
    assert (standing["lowest"] <= standing["middle"]).all()
    assert (standing["middle"] <= standing["highest"]).all()
    assert (room.agreement()["chose alike"] <= room.agreement()["met"]).all()


def test_where_all_agree_nobody_parts_and_where_all_differ_everybody_does():
    [code] = pasted(HIGH_WATER, "dusk", 1, Random(1))
    [same] = cohort.read("\n".join([code] * 4), [HIGH_WATER]).cohorts
    assert len(same.runs) == 4
    assert (same.partings()["apart"] == 0).all()
    first = HIGH_WATER.nodes["forecast"]
    each_way = []
    for choice in first.choices:
        rng = Random(1)
        run = simulate.run(
            HIGH_WATER,
            lambda node, ways, _dice, one=choice: (one if node == "forecast" else ways[0], None),
            rng,
            "dusk",
        )
        each_way.append(codes.encode(HIGH_WATER, run))
    [apart] = cohort.read("\n".join(each_way), [HIGH_WATER]).cohorts
    assert apart.partings()["apart"].iloc[0] == 1
    assert apart.partings().index[0] == str(first.label)
    assert "opposite" in apart.partings()["ask"].iloc[0]


def test_a_group_on_a_defended_path_agrees_with_it_throughout():
    by, path = next((str(each.by), each.path) for each in HIGH_WATER.debrief.defended)
    moves, state, left = [], play.start(HIGH_WATER), list(path)
    while not play.over(HIGH_WATER, state):
        node = HIGH_WATER.nodes[state.node]
        move = left.pop(0) if node.type in {"decision", "chance"} else None
        moves.append({"at": state.node, "move": move})
        state = play.advance(HIGH_WATER, state, move)
    [found] = cohort.read(codes.encode(HIGH_WATER, {"moves": moves}), [HIGH_WATER]).cohorts
    assert found.agreement().loc[by, "share"] == 1
    assert by in found.endings().loc[found.ends["ending"].iloc[0], "defended by"]


def test_chance_alone_is_the_same_each_time_and_near_what_chance_is():
    scenario = library.load("red-for-a-reason")
    once, again = (simulate.baseline(scenario, plays=4000) for _ in range(2))
    assert once == again
    assert sum(once.endings.values()) == 4000
    first = next(node for node in scenario.nodes.values() if isinstance(node, Decision))
    met, alike = once.agreed[0]
    assert alike / met == pytest.approx(1 / len(first.choices), abs=0.08)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.id)
def test_a_case_holds_no_judgement_and_little_else(scenario):
    made = cohort_case.case(scenario)
    text = json.dumps(made, ensure_ascii=False)
    for word in ("quality", "misconception", "consequence", "feedback"):
        assert f'"{word}"' not in text
    assert len(text.encode()) < 30_000


def test_charts_say_what_they_show_and_when_it_is_made_up(room):
    [made_up] = cohort.read("\n".join(pasted(HIGH_WATER, None, 6, Random(2))), [HIGH_WATER], simulated=True).cohorts
    for chart in (cohort_charts.partings, cohort_charts.endings, cohort_charts.standing):
        assert chart(room).about["sources"][0]["publisher"] == "Room codes of 8 groups"
        assert not chart(room).about["alt"].startswith("Simulated")
        assert chart(made_up).about["alt"].startswith("Simulated figures.")
        assert chart(made_up).about["subtitle"].startswith("Simulated figures.")


def test_a_chart_of_one_group_and_one_of_groups_that_agree_say_so():
    [code] = pasted(HIGH_WATER, None, 1, Random(1))
    [alone] = cohort.read(code, [HIGH_WATER]).cohorts
    assert cohort_charts.endings(alone).about["title"] == "1 group came to 1 ending"
    assert cohort_charts.endings(alone).about["sources"][0]["publisher"] == "Room codes of 1 group"
    [alike] = cohort.read(f"{code}\n{code}", [HIGH_WATER]).cohorts
    assert cohort_charts.partings(alike).about["title"] == "The room parted nowhere"
    assert cohort_charts.standing(alike).about["title"] == "All groups ended alike"


def test_the_page_comes_to_the_same_numbers(tmp_path):
    rng = Random(11)
    vectors = []
    for scenario in SCENARIOS:
        for act in [None, *[one.id for one in scenario.acts]]:
            lines = pasted(scenario, act, 1 + len(vectors) % 9, rng)
            [found] = cohort.read("\n".join(lines), [scenario]).cohorts
            vectors.append({"id": scenario.id, "pasted": "\n".join(lines), "wanted": numbers(found)})
    cases = {each.id: {**cohort_case.case(each), "head": codes.head(each)} for each in SCENARIOS}
    said = agreement.run(tmp_path, "cohort", {"cases": cases, "rooms": vectors, "accounts": list(mixed_up().items())})
    assert f"{len(vectors)} rooms and {len(mixed_up())} accounts compared" in said


def numbers(found):
    """Return everything that the page reckons too, in its order, as plain numbers and words."""
    choices = found.choices().reset_index()
    plain = json.loads(
        pd.Series(
            {
                "title": found.title,
                "choices": choices[["decision", "choice", "groups", "met", "defended by"]].to_numpy().tolist(),
                "partings": [[name, apart] for name, apart in found.partings()["apart"].items()],
                "endings": [
                    [name, *row]
                    for name, *row in found.endings()[["groups", cohort.AT_RANDOM, "defended by"]].itertuples()
                ],
                "sure": [[name, *map(int, row)] for name, *row in found.sureness().itertuples()],
                "standing": [[name, *map(float, row)] for name, *row in found.standing().itertuples()],
                "agreement": [
                    [name, int(met), int(alike), random or 0]
                    for name, met, alike, _, random in found.agreement().itertuples()
                ],
            }
        ).to_json(double_precision=12)
    )
    assert isinstance(plain, dict)
    return plain
