"""Scenarios made at random: what `explore` finds in bulk is what `play` does move by move, and `paths` says what is so."""

from collections import deque

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courseware.kinds.scenario import graph, names, paths, play
from courseware.kinds.scenario.conditions import holds
from courseware.kinds.scenario.explore import Explorer
from courseware.kinds.scenario.spec import Chance, Check, Decision, Ending, Scenario

FEEDBACK = {"consequence": "It follows.", "why": "Because.", "basis": "value"}
AFTER = ["expected", "happened", "why_different", "learned"]
LIMIT = 3_000

condition = st.one_of(
    st.builds("{} {} {}".format, st.sampled_from(["trust", "time"]), st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), st.integers(-1, 4)),
    st.sampled_from(["told", "not told", 'mood == "low"', 'mood != "low"', "told == false"]),
)  # fmt: skip
conditions = st.recursive(
    condition,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {} or {})".format, inner, inner, inner),
    ),
    max_leaves=4,
)
effect = st.one_of(
    st.builds(lambda name, by: {"add": {name: by}}, st.sampled_from(["trust", "time"]), st.integers(-5, 5)),
    st.builds(lambda name, to: {"set": {name: to}}, st.sampled_from(["trust", "time"]), st.integers(-2, 5)),
    st.builds(lambda to: {"set": {"told": to}}, st.booleans()),
    st.builds(lambda to: {"set": {"mood": to}}, st.sampled_from(["low", "high"])),
)
values = st.fixed_dictionaries(
    {}, optional={"trust": st.integers(0, 3), "told": st.booleans(), "mood": st.sampled_from(["low", "high"])}
)


@st.composite
def nodes(draw, names):
    """Return one node of any type, leading anywhere."""
    somewhere = st.sampled_from(names)
    acting = {"effects": draw(st.lists(effect, max_size=3)), "next": draw(somewhere)}
    sort = draw(st.sampled_from(["decision", "decision", "decision", "story", "chance", "check", "check", "ending"]))
    if sort == "story":
        return {"type": sort, "text": "Text.", "next": draw(somewhere)}
    if sort == "ending":
        return {"type": sort, "title": "End", "text": "Text."}
    if sort == "check":
        routes = draw(
            st.lists(
                st.builds(lambda test, to: {"if": test, "next": to}, conditions, somewhere), min_size=1, max_size=3
            )
        )
        return {"type": sort, "routes": [*routes, {"next": draw(somewhere)}]}
    count = draw(st.integers(2, 3))
    acts = [
        acting,
        *({"effects": draw(st.lists(effect, max_size=2)), "next": draw(somewhere)} for _ in range(count - 1)),
    ]
    if sort == "chance":
        return {
            "type": sort,
            "text": "Text.",
            "outcomes": [{"id": f"o{n}", "weight": 1, "text": "Text.", **each} for n, each in enumerate(acts)],
        }
    choices = []
    for number, each in enumerate(acts):
        guard = draw(st.none() | conditions)
        lock = {"if": guard, "else_text": "Locked."} if guard else {}
        quality = draw(st.sampled_from(["strong", "mixed", "weak"]))
        choices.append(
            {"id": f"c{number}", "text": "Do it.", "feedback": {**FEEDBACK, "quality": quality}, **lock, **each}
        )
    return {"type": sort, "text": "Text.", "choices": choices}


@st.composite
def scenarios(draw):
    """Return a scenario that reads, though it may make no sense: circles, dead ends, nodes that nobody reaches."""
    named = [f"n{number}" for number in range(draw(st.integers(3, 9)))]
    made = {name: draw(nodes(named)) for name in named}
    with_text = [name for name in named if made[name]["type"] != "check"]
    acts = [
        {
            "id": f"a{number}",
            "title": "Act",
            "minutes": 5,
            "start": draw(st.sampled_from(with_text)),
            "with": draw(values),
        }
        for number in range(draw(st.integers(0, 2)) if with_text else 0)
    ]
    path = draw(st.lists(st.sampled_from(["c0", "c1", "c2", "o0", "o1"]), min_size=1, max_size=4))
    walks = [
        {"path": path, "expect": {"ending": "n0"}},
        *({"path": path, "act": act["id"], "expect": {"ending": "n0"}} for act in acts),
    ]
    return Scenario.model_validate(
        {
            "kind": "scenario", "id": "random", "version": "1.0.0", "title": "Random", "chapter": "one", "teaches": ["one"],
            "minutes": {"solo": 5}, "prompt": "Play.",
            "indicators": {"trust": {"label": "Trust", "min": 0, "max": 3, "start": 2}, "time": {"label": "Time", "min": -1, "max": 2, "start": 0}},
            "flags": {"told": False, "mood": "low"},
            "start": draw(st.sampled_from(named)), "nodes": made, "acts": acts,
            "debrief": {"defended": [{"by": "One", "path": path, "argues": "Yes."}, {"by": "Two", "path": path, "argues": "No."}],
                        "after_action": AFTER, "own_case": "Yours?", "if_then": "If"},
            "tests": walks,
        }
    )  # fmt: skip


def moves_at(scenario, state):
    """Return every move that play allows here."""
    node = scenario.nodes[state.node]
    if isinstance(node, Decision):
        return [choice.id for choice, is_open in play.options(scenario, state) if is_open]
    return [outcome.id for outcome in node.outcomes] if isinstance(node, Chance) else [None]


def key(state):
    return state.node, tuple(state.values.items())


def played(scenario, act):
    """Return every state with its moves by playing them all, one at a time. Raises IllegalMove for circling checks."""
    first = play.start(scenario, act=act)
    found, todo = {}, deque([first])
    while todo and len(found) < LIMIT:
        state = todo.popleft()
        if key(state) in found:
            continue
        ways = {} if play.over(scenario, state, act) else {
            move: play.advance(scenario, state, move) for move in moves_at(scenario, state)
        }  # fmt: skip
        found[key(state)] = {move: key(after) for move, after in ways.items()}
        todo.extend(ways.values())
    return found


def explored(scenario, act):
    """Return what exploring found, in the same form."""
    space = Explorer(scenario).explore(act)

    def named(state):
        return space.names[state[0]], tuple(zip(space.slots, state[1], strict=True))

    return space, {named(state): {move: named(to) for move, to in out} for state, out in space.edges.items()}


MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(scenario=scenarios())
def test_exploring_finds_what_playing_does(scenario):
    for act in [None, *(act.id for act in scenario.acts)]:
        space, found = explored(scenario, act)
        if space.circling:
            continue
        assert found == played(scenario, act)
        first = next(iter(found))
        for state, named in zip(space.edges, found, strict=True):
            assert named in passed(found, first, space.path_to(state))


def passed(found, state, path):
    """Return the states that a path passes, and those that are only read on to after it."""
    states, moves = [state], list(path)
    while None in found[state] or moves:
        state = found[state][None if None in found[state] else moves.pop(0)]
        if state in states and not moves:
            break
        states.append(state)
    return states


@MANY
@given(scenario=scenarios())
def test_what_is_said_of_a_scenario_is_so(scenario):
    said = paths.findings(scenario)  # and it comes to an end, whatever goes round in circles
    space, _ = explored(scenario, None)
    if space.circling:
        assert {f"nodes.{space.names[node]}" for node in space.circling} == {".".join(each.place) for each in said}
        return
    found = played(scenario, None)
    unreached = {each.place[1] for each in said if "cannot be reached" in each.what and len(each.place) == 2}
    checks_passed, taken = through_checks(scenario, found)
    assert unreached == scenario.nodes.keys() - {name for name, _ in found} - checks_passed
    decisions = {name for name, _ in found if isinstance(scenario.nodes[name], Decision)}
    locked = {(name, choice.id) for name in decisions for choice in scenario.nodes[name].choices} - opened(found)
    never = {
        (each.place[1], scenario.nodes[each.place[1]].choices[each.place[3]].id)
        for each in said
        if "can never be chosen" in each.what
    }
    assert never == locked
    routes = {(each.place[1], each.place[3]) for each in said if "never taken" in each.what}
    every = {(name, n) for name in checks_passed for n in range(len(scenario.nodes[name].routes))}
    assert routes == every - taken
    alone = {name for (name, _), ways in found.items() if name in decisions and len(ways) == 1}
    warned = [each for each in said if "is open here in" in each.what and "played alone" not in each.what]
    assert {each.place[1] for each in warned} == alone
    assert all(each.level == "warning" for each in warned)
    stuck = {each.place[1] for each in said if "from here with" in each.what}
    assert stuck == {name for name, _ in found.keys() - can_end(scenario, found)}


def true(part, held):
    return holds(part.if_.tree if part.if_ else None, dict(held))


def opened(found):
    return {(name, move) for (name, _), ways in found.items() for move in ways}


def through_checks(scenario, found):
    """Return the checks that play passes, and the routes that it takes through them."""
    passed, taken = set(), set()
    entered = [play.State(scenario.start, *split(scenario, play.start(scenario).values), 1)]
    for (name, held), ways in found.items():
        before = play.State(name, *split(scenario, dict(held)), 1)
        for move in ways:
            node = scenario.nodes[name]
            acting = next(
                (each for each in [*getattr(node, "choices", []), *getattr(node, "outcomes", [])] if each.id == move),
                None,
            )
            moved = play._apply(scenario, before, acting.instructions()) if acting else before
            entered.append(play.replace(moved, node=acting.next if acting else node.next))
    for state in entered:
        name = state.node
        while isinstance(node := scenario.nodes[name], Check):
            number = next(n for n, route in enumerate(node.routes) if true(route, state.values.items()))
            passed.add(name)
            taken.add((name, number))
            name = node.routes[number].next
    return passed, taken


def split(scenario, held):
    return {name: held[name] for name in scenario.indicators}, {name: held[name] for name in scenario.flags}


def can_end(scenario, found):
    """Return the states that an ending can be reached from, by asking each again until nothing changes."""
    able = {state for state in found if isinstance(scenario.nodes[state[0]], Ending)}
    while more := {state for state, ways in found.items() if state not in able and able & set(ways.values())}:
        able |= more
    return able


@MANY
@given(scenario=scenarios())
def test_names_that_stand_for_something_are_not_complained_of(scenario):
    assert not [each for each in names.findings(scenario) if each.level == "error"]


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 8))
    ways = [draw(st.lists(st.integers(0, count - 1), max_size=3)) for _ in range(count)]
    return ways, [draw(st.booleans()) for _ in range(count)]


def walks(ways, counted, number=0, on=()):
    """Yield every walk from a number that passes none twice: where it is, and how many counted ones came before."""
    yield number, sum(counted[each] for each in on)
    for after in ways[number]:
        if after not in (*on, number):
            yield from walks(ways, counted, after, (*on, number))


def circles(ways):
    return any(number in ways[at] for number in range(len(ways)) for at, _ in walks(ways, [0] * len(ways), number))


@given(made=graphs())
def test_questions_about_a_graph_are_answered_as_by_walking_it(made):
    ways, counted = made
    every = list(walks(ways, counted))
    least = graph.fewest(ways, counted)
    assert least == [min((n for at, n in every if at == number), default=None) for number in range(len(ways))]
    goals = [number for number in range(len(ways)) if counted[number]]
    able = {number for number in range(len(ways)) if any(at in goals for at, _ in walks(ways, counted, number))}
    assert graph.reaching(ways, goals) == able
    longest = max(n for number in range(len(ways)) for _, n in walks(ways, counted, number))
    assert graph.most(ways, counted) == (None if circles(ways) else longest)
