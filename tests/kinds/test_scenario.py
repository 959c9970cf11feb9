"""One semantics: what `play` does step by step is what `explore` finds in bulk, and what `engine.js` does in the page."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware import library
from courseware.kinds.scenario import paper, play, words
from courseware.kinds.scenario.conditions import holds
from courseware.kinds.scenario.conditions import test as as_function
from courseware.kinds.scenario.explore import Explorer
from courseware.kinds.scenario.spec import Chance, Check, Decision, Ending, Scenario
from tests import agreement
from tests.test_paper import squeezed, text_of


@pytest.fixture
def late(a_course) -> Scenario:
    return library.load("example-scenario")


def test_mulberry32_is_the_published_generator():
    """The first three draws from seed 1, as the generator's reference code in JavaScript gives them."""
    drawn, state = [], 1
    for _ in range(3):
        value, state = play.mulberry32(state)
        drawn.append(value)
    assert drawn == [2693262067, 11749833, 2265367787]


def test_effects_clamp_one_by_one(late):
    state = play.start(late)
    moved = play._apply(late, state, [["add", "trust", 9], ["add", "trust", -1], ["set", "time", 99]])
    assert moved.indicators == {"trust": 9, "time": 10}


def test_a_locked_choice_is_not_taken(late):
    state = play.walk(late, ["wait", "holds"])
    assert [is_open for _, is_open in play.options(late, state)] == [False, True, True]
    with pytest.raises(play.IllegalMove, match="`share` is not open at `thursday`"):
        play.advance(late, state, "share")


def test_a_draw_is_the_same_for_the_same_seed(late):
    at_chance = [play.advance(late, play.start(late, seed=seed), "tell") for seed in range(200)]
    outcomes = [play.advance(late, state, None).path[-1] for state in at_chance]
    assert outcomes == [play.advance(late, state, None).path[-1] for state in at_chance]
    assert 0.6 < outcomes.count("holds") / 200 < 0.9  # three to one


def test_forcing_an_outcome_leaves_the_generator_alone(late):
    state = play.advance(late, play.start(late, seed=7), "tell")
    assert play.advance(late, state, "fails").rng == state.rng
    assert play.advance(late, state, None).rng != state.rng


def test_a_record_becomes_plain_python(late):
    record = {
        "seed": 1,
        "moves": [
            {"at": "news", "move": "tell", "rationale": "Kit is waiting", "confidence": "sure"},
            {"at": "weather", "move": "holds"},
            {"at": "thursday", "move": "share"},
        ],
        "runs": [{}],
    }
    found = late.result(record)
    assert found.path == ["tell", "holds", "share"]
    assert found.ending == "Late and known"
    assert found.indicators == {"trust": 8, "time": 3}
    assert found.reasons == {"news": {"rationale": "Kit is waiting", "confidence": "sure"}}
    assert [row["trust"] for row in late.frame_rows(record)] == [7, 7, 8]
    assert late.result(None).path == []


def test_conditions_in_words(late):
    thursday = late.nodes["thursday"]
    assert words.condition(late, thursday.choices[0].if_.tree) == "“told” is noted, and Staff trust at least 5"
    assert words.effects(late, late.nodes["news"].choices[0].instructions()) == (
        "Staff trust +2; Time in hand −2; note “told”"
    )


def test_quality_never_leaves_python(late):
    compiled = json.dumps(late.compiled())
    for secret in ('"quality"', '"strong"', '"weak"', '"mixed"', '"tests"', '"facilitator"'):
        assert secret not in compiled


def test_a_decision_that_is_none_for_somebody_is_told_with_its_line(example):
    path = example(
        "scenario",
        (
            "        text: Hold everything until it is complete\n",
            '        text: Hold everything until it is complete\n        if: "told"\n        else_text: Too late.\n',
        ),
    )
    problems = library.check([path])
    assert [each.level for each in problems] == ["warning"]
    (problem,) = problems
    assert problem.field == "nodes.thursday.choices"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[problem.line - 1].strip() == "choices:"
    assert lines[problem.line - 2].strip().startswith("text: It is Thursday")
    assert problem.what == "only `guess` is open here in 2 of 4 states"
    assert problem.mend == "loosen a condition, or add a choice without one; a way here: wait, holds"


@pytest.mark.parametrize("name", ["high-water", "february"])
def test_every_decision_of_the_course_leaves_a_choice(name):
    scenario = library.load(name)
    space = explored(scenario)
    fewest = min(
        len(out) for (node, _), out in space.edges.items() if scenario.nodes[space.names[node]].type == "decision"
    )
    assert fewest >= 2


names = ["trust", "time", "told"]
comparison = st.one_of(
    st.tuples(
        st.just("cmp"),
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        st.sampled_from(names[:2]),
        st.integers(0, 10),
    ),
    st.tuples(st.just("cmp"), st.sampled_from(["==", "!="]), st.just("told"), st.booleans()),
)
trees = st.recursive(
    comparison.map(list),
    lambda inner: st.one_of(
        inner.map(lambda tree: ["not", tree]),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner).map(list),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner, inner).map(list),
    ),
    max_leaves=8,
)


@given(tree=trees, values=st.tuples(st.integers(0, 10), st.integers(0, 10), st.booleans()))
def test_the_two_readings_of_a_condition_agree(tree, values):
    slots = {name: number for number, name in enumerate(names)}
    assert as_function(tree, slots)(values) == holds(tree, dict(zip(names, values, strict=True)))


def scenarios() -> list[Scenario]:
    """Return every scenario of the course that is at hand."""
    return [each for each in library.all_exercises() if isinstance(each, Scenario)]


@st.composite
def plays(draw):
    """Return a scenario and the moves of a random play of it."""
    scenario = draw(st.sampled_from(scenarios()))
    act = draw(st.sampled_from([None, *(act.id for act in scenario.acts)]))
    state, moves = play.start(scenario, act=act), []
    while not play.over(scenario, state, act) and len(moves) < 60:
        node, move = scenario.nodes[state.node], None
        if isinstance(node, Decision):
            move = draw(st.sampled_from([choice.id for choice, is_open in play.options(scenario, state) if is_open]))
        elif isinstance(node, Chance):
            move = draw(st.sampled_from([outcome.id for outcome in node.outcomes]))
        state = play.advance(scenario, state, move)
        moves.append(move)
    return scenario, act, moves


@settings(max_examples=150, deadline=None)
@given(played=plays())
def test_every_played_state_was_explored(played):
    scenario, act, moves = played
    explorer = Explorer(scenario)
    space = explored(scenario, act)
    state = play.start(scenario, act=act)
    for move in [*moves, None]:
        key = (explorer.index[state.node], tuple(state.values[name] for name in explorer.slots))
        assert key in space.edges
        if play.over(scenario, state, act):
            break
        offered = {choice.id for choice, is_open in play.options(scenario, state) if is_open}
        if offered:
            assert {name for name, _ in space.edges[key]} == offered
        state = play.advance(scenario, state, move)


@settings(max_examples=150, deadline=None)
@given(played=plays())
def test_every_played_passage_is_printed(played):
    scenario, act, moves = played
    passages = printed(scenario, act)["passages"]
    state = play.start(scenario, act=act)
    while not play.over(scenario, state, act):
        assert state.node in passages
        state = play.advance(scenario, state, moves.pop(0))
    assert (state.node in passages) == isinstance(scenario.nodes[state.node], Ending)


_printed = {}


def printed(scenario, act):
    key = (scenario.id, act)
    if key not in _printed:
        _printed[key] = paper.context(scenario, act)
    return _printed[key]


ACTED = [scenario for scenario in library.all_exercises() if isinstance(scenario, Scenario) and scenario.acts]


@pytest.mark.parametrize("scenario", ACTED, ids=lambda each: each.id)
def test_what_is_printed_of_an_act_is_its_own(scenario):
    everything = [name for act in scenario.acts for name in printed(scenario, act.id)["passages"]]
    assert len(everything) == len(set(everything)), "two acts have a passage in common"
    for act in scenario.acts:
        each = printed(scenario, act.id)
        checks = {name for name in each["passages"] if isinstance(scenario.nodes[name], Check)}
        assert set(each["passages"]) - checks == reached(scenario, act.id)
        there = {each["numbers"][name] for name in each["passages"]} | {each["stop"]}
        named = [
            *(
                each["numbers"][node.next]
                for name in each["passages"]
                if (node := scenario.nodes[name]).type == "story"
            ),
            *(leads["turn"] for node in each["follows"].values() for leads in node.values()),
            *(leads["turn"] for lots in each["lots"].values() for leads in lots["outcomes"]),
            *(route["turn"] for routes in each["routes"].values() for route in routes),
        ]
        assert set(named) <= there, "somebody is sent to a card that is not there"
        assert {each["numbers"][name] for name in checks} <= {*named, each["start"]}, "a card that nobody is sent to"


def test_the_printed_debrief_of_an_act_tells_nothing_of_the_next():
    scenario = library.load("high-water")
    words = ["the rest is not told here", "Luck decides two things", "You can’t order up judgement"]
    said = {act.id: [squeezed(each) in text_of(scenario, act=act.id) for each in words] for act in scenario.acts}
    assert said == {
        "dusk": [True, False, False],
        "long-dark": [True, False, False],
        "morning": [False, True, True],
    }


def reached(scenario: Scenario, act: str) -> set[str]:
    """Return the nodes of an act that are read, by playing it in every way, with `play` alone."""
    passed: set[str] = set()
    todo, seen = [play.start(scenario, act=act)], set()
    while todo:
        state = todo.pop()
        key = (state.node, *state.values.values())
        if key in seen:
            continue
        seen.add(key)
        node = scenario.nodes[state.node]
        if play.over(scenario, state, act) and not isinstance(node, Ending):
            continue
        passed.add(state.node)
        ways = [choice.id for choice, is_open in play.options(scenario, state) if is_open]
        ways += [outcome.id for outcome in node.outcomes] if isinstance(node, Chance) else []
        ways += [None] if node.type == "story" else []
        todo += [play.advance(scenario, state, way) for way in ways]
    return passed


_spaces = {}


def explored(scenario, act=None):
    key = (scenario.id, act)
    if key not in _spaces:
        _spaces[key] = Explorer(scenario).explore(act)
    return _spaces[key]


def vectors() -> list[dict]:
    """Return each scenario with every move from every state that it can reach, and draws of chance by seed."""
    found = []
    for scenario in scenarios():
        explorer, space = Explorer(scenario), explored(scenario)
        names, slots = space.names, space.slots
        moves = [
            [names[node], list(values), [[move, names[after], list(then)] for move, (after, then) in out]]
            for (node, values), out in space.edges.items()
        ]
        starts = {}
        for act in [None, *(act.id for act in scenario.acts)]:
            state = play.start(scenario, act=act)
            starts[act or ""] = [state.node, [state.values[name] for name in explorer.slots]]
        found.append(
            {
                "scenario": scenario.compiled(),
                "slots": slots,
                "starts": starts,
                "moves": moves,
                "draws": draws(scenario),
            }
        )
    return found


def draws(scenario: Scenario) -> list:
    """Return what chance gives at each chance node for fifty seeds: the outcome and the generator's next state."""
    found = []
    for name, node in scenario.nodes.items():
        if isinstance(node, Chance):
            for seed in range(50):
                state = play.State(name, play.start(scenario).indicators, dict(scenario.flags), seed * 85899345)
                after = play.advance(scenario, state, None)
                found.append([name, state.rng, after.path[-1], after.rng])
    return found


@pytest.mark.parametrize("whose", ["the example's", "the course's"])
def test_python_and_javascript_agree_state_for_state(whose, tmp_path, request):
    if whose == "the example's":
        request.getfixturevalue("a_course")
    agreement.run(tmp_path, "scenario", vectors())
