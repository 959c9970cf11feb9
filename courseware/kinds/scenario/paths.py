"""What must hold of every way through a scenario: what the explored states say about the file."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

from courseware.kinds.scenario import graph, play
from courseware.kinds.scenario.explore import MAX_STATES, Explorer, Space, StateKey, uncollected
from courseware.kinds.scenario.graph import Ways
from courseware.kinds.scenario.spec import Chance, Check, Decision, Ending, Scenario
from courseware.problems import Finding, Place, shown

MIN_DECISIONS = 2
WIDE_SPREAD = 6
REACH = "loosen the condition, or let earlier choices bring the values that it asks for"


def findings(scenario: Scenario) -> list[Finding]:
    """Return what is wrong with the graph, the acts, the defended paths and the tested ones."""
    with uncollected():
        return list(_findings(Explorer(scenario)))


def _findings(explorer: Explorer) -> Iterator[Finding]:
    scenario = explorer.scenario
    space = explorer.explore()
    unsound = list(_unsound(space))
    if unsound:
        yield from unsound
        return
    ways = space.ways()
    yield from _reached(scenario, space)
    yield from _conditions(scenario, space)
    yield from _can_end(scenario, space, ways)
    alone = {finding.place: finding for finding in _one_open(scenario, space)}
    yield from alone.values()
    if any(isinstance(scenario.nodes[space.names[node]], Ending) for node, _ in space.edges):
        yield from _lengths(scenario, space, ways)
        yield from _qualities(scenario, space)
    yield from _dominating(scenario)
    for number, act in enumerate(scenario.acts):
        for finding in _act(explorer, number, act.id):
            if finding.place not in alone:
                yield finding
    yield from _walked(scenario)


def _unsound(space: Space) -> Iterator[Finding]:
    """Yield why nothing more can be said of these states: there are too many, or checks that nobody gets out of."""
    for node in sorted(space.circling):
        place = ("nodes", space.names[node])
        yield Finding(place, "checks lead round in a circle", "let one of their routes lead to a node that is read")
    if not space.complete:
        spread = {name: len({values[slot] for _, values in space.edges}) for slot, name in enumerate(space.slots)}
        worst = sorted(spread, key=lambda name: -spread[name])[:3]
        named = ", ".join(f"`{name}` ({spread[name]} values)" for name in worst)
        what = f"more than {MAX_STATES:,} states; what multiplies them: {named}"
        yield Finding(("indicators",), what, "narrow an indicator's range, or let fewer choices move it")


def _reached(scenario: Scenario, space: Space) -> Iterator[Finding]:
    reached = {space.names[node] for node, _ in space.edges} | {space.names[node] for node, _, _ in space.routed}
    for name, node in scenario.nodes.items():
        if name not in reached:
            sort = "this ending" if isinstance(node, Ending) else "this node"
            yield Finding(
                ("nodes", name),
                f"{sort} cannot be reached",
                "lead to it with a `next`, loosen what guards it, or remove it",
            )
    if not any(isinstance(scenario.nodes[name], Ending) for name in reached):
        yield Finding(("nodes",), "no ending can be reached", "let at least one path lead to a node of type `ending`")


def _conditions(scenario: Scenario, space: Space) -> Iterator[Finding]:
    index = {name: number for number, name in enumerate(space.names)}
    seen = {node for node, _ in space.edges}
    for name, node in scenario.nodes.items():
        if isinstance(node, Decision) and index[name] in seen:
            for number, choice in enumerate(node.choices):
                place: Place = ("nodes", name, "choices", number, "if")
                key = (index[name], choice.id)
                if choice.if_ is not None and key not in space.opened:
                    yield Finding(
                        place,
                        f"`{choice.if_}` is never true here, so `{choice.id}` can never be chosen",
                        REACH,
                    )
                elif choice.if_ is not None and key not in space.closed:
                    yield Finding(place, f"`{choice.if_}` is always true here", "remove the `if` and the `else_text`")
        if isinstance(node, Check):
            for number, route in enumerate(node.routes):
                here = ("nodes", name, "routes", number)
                tried = {found for n, r, found in space.routed if (n, r) == (index[name], number)}
                if tried == {False} or (not tried and any(n == index[name] for n, _, _ in space.routed)):
                    yield Finding(here, "this route is never taken", REACH)
                elif route.if_ is not None and tried == {True}:
                    yield Finding(
                        (*here, "if"),
                        f"`{route.if_}` is always true here",
                        "lead straight on, or remove the routes after it",
                    )


def _can_end(scenario: Scenario, space: Space, ways: Ways) -> Iterator[Finding]:
    safe = graph.reaching(ways, _endings(scenario, space))
    told = set()
    for number, (state, out) in enumerate(space.edges.items()):
        name = space.names[state[0]]
        if number in safe or name in told:
            continue
        told.add(name)
        values = ", ".join(f"{slot} {shown(value)}" for slot, value in zip(space.slots, state[1], strict=True))
        stuck = "no ending can be reached" if out else "no choice is open"
        yield Finding(
            ("nodes", name),
            f"{stuck} from here with {values}",
            f"open a way on; the way here: {', '.join(space.path_to(state)) or 'the start'}",
        )


def _one_open(scenario: Scenario, space: Space) -> Iterator[Finding]:
    """Yield the decisions that are none for somebody: all choices but one are locked by what went before."""
    ways: dict[str, list[StateKey]] = {}
    for state, out in space.edges.items():
        name = space.names[state[0]]
        if len(out) == 1 and isinstance(scenario.nodes[name], Decision):
            ways.setdefault(name, []).append(state)
    for name, states in ways.items():
        among = sum(1 for node, _ in space.edges if space.names[node] == name)
        left = space.edges[states[0]][0][0]
        way = ", ".join(space.path_to(states[0])) or "the start"
        yield Finding(
            ("nodes", name, "choices"),
            f"only `{left}` is open here in {len(states)} of {among} states",
            f"loosen a condition, or add a choice without one; a way here: {way}",
            "warning",
        )


def _endings(scenario: Scenario, space: Space) -> list[int]:
    is_ending = [isinstance(scenario.nodes[name], Ending) for name in space.names]
    return [number for number, (node, _) in enumerate(space.edges) if is_ending[node]]


def _lengths(scenario: Scenario, space: Space, ways: Ways) -> Iterator[Finding]:
    is_decision = [isinstance(scenario.nodes[name], Decision) for name in space.names]
    counted = [is_decision[node] for node, _ in space.edges]
    fewest, most = graph.fewest(ways, counted), graph.most(ways, counted)
    least = min(passed for number in _endings(scenario, space) if (passed := fewest[number]) is not None)
    if least < MIN_DECISIONS:
        what = f"a path ends after {least} decision{'' if least == 1 else 's'}"
        yield Finding(("nodes",), what, f"let every path make at least {MIN_DECISIONS}")
    if most is not None and most - least > WIDE_SPREAD:
        yield Finding(
            ("nodes",),
            f"paths make from {least} to {most} decisions",
            "bring them closer, so that a room finishes together",
            "warning",
        )


def _qualities(scenario: Scenario, space: Space) -> Iterator[Finding]:
    for wanted in ("strong", "weak"):
        left_out = {
            (name, choice.id)
            for name, node in scenario.nodes.items()
            if isinstance(node, Decision)
            for choice in node.choices
            if choice.feedback.quality != wanted
        }
        furthest = _furthest(scenario, space, left_out)
        if furthest:
            yield Finding(
                ("nodes", furthest),
                f"a path of {wanted} choices gets no further and reaches no ending",
                f"give this decision a {wanted} choice that can be open and leads on",
            )


def _furthest(scenario: Scenario, space: Space, left_out: set[tuple[str, str]]) -> str | None:
    """Return the node that play without some choices comes to a stop at, or None where it reaches an ending."""
    start = next(iter(space.edges))
    todo, seen, furthest = [start], {start}, space.names[start[0]]
    while todo:
        state = todo.pop()
        name = space.names[state[0]]
        if isinstance(scenario.nodes[name], Ending):
            return None
        ways = [after for move, after in space.edges[state] if (name, move) not in left_out]
        if not ways:
            furthest = name
        todo += dict.fromkeys(after for after in ways if after not in seen)
        seen.update(ways)
    return furthest


def _dominating(scenario: Scenario) -> Iterator[Finding]:
    for name, node in scenario.nodes.items():
        if not isinstance(node, Decision):
            continue
        moved = [_moved(choice.instructions(), scenario) for choice in node.choices]
        for number, mine in enumerate(moved):
            others = moved[:number] + moved[number + 1 :]
            if all(_beats(mine, other) for other in others):
                place = ("nodes", name, "choices", number)
                yield Finding(
                    place,
                    f"`{node.choices[number].id}` beats every other choice on every indicator at once",
                    "let it cost something",
                    "warning",
                )


def _moved(instructions: list[list[Any]], scenario: Scenario) -> dict[str, int]:
    moved = dict.fromkeys(scenario.indicators, 0)
    for kind, name, value in instructions:
        if name in moved:
            moved[name] = moved[name] + value if kind == "add" else value - scenario.indicators[name].start
    return moved


def _beats(mine: dict[str, int], other: dict[str, int]) -> bool:
    return mine != other and all(mine[name] >= other[name] for name in mine)


def _act(explorer: Explorer, number: int, act: str) -> Iterator[Finding]:
    space = explorer.explore(act)
    unsound = list(_unsound(space))
    if unsound:
        yield from unsound
        return
    following = play.next_act(explorer.scenario, act)
    nodes = explorer.scenario.nodes
    ends = {name for name, node in nodes.items() if isinstance(node, Ending) or (following and name == following.start)}
    if not any(space.names[node] in ends for node, _ in space.edges):
        yield Finding(
            ("acts", number),
            f"`{act}` reaches neither the next act nor an ending",
            "start it at a node that leads on",
        )
    for (node, _), out in space.edges.items():
        if not out and space.names[node] not in ends:
            yield Finding(
                ("acts", number, "with"),
                f"`{act}`, played alone, stops at `{space.names[node]}` with no choice open",
                "set what `with` leaves out",
            )
            return
    for finding in _one_open(explorer.scenario, space):
        yield replace(finding, what=f"{finding.what} of `{act}`, played alone")


def _walked(scenario: Scenario) -> Iterator[Finding]:
    for number, defended in enumerate(scenario.debrief.defended):
        yield from _walk(scenario, defended.path, None, ("debrief", "defended", number, "path"))
    for number, test in enumerate(scenario.tests):
        state = yield from _walk(scenario, test.path, test.act, ("tests", number, "path"))
        if state is None:
            continue
        found = {"ending": state.node, **state.values}
        for name, wanted in test.expect.model_dump().items():
            if found[name] != wanted:
                place = ("tests", number, "expect", name)
                yield Finding(
                    place,
                    f"`{name}` is {shown(found[name])}, not {shown(wanted)}",
                    "mend the effects, or the expectation",
                )


def _walk(
    scenario: Scenario, path: list[str], act: str | None, place: Place
) -> Generator[Finding, None, play.State | None]:
    try:
        state = play.walk(scenario, path, act)
    except play.IllegalMove as error:
        yield Finding(place, f"cannot be walked: {error}", f"here one can move by: {_offered(scenario, path, act)}")
        return None
    if not play.over(scenario, state, act):
        yield Finding(
            place,
            f"stops at `{state.node}`, before an ending",
            f"go on with one of: {_offered(scenario, path, act)}",
        )
        return None
    return state


def _offered(scenario: Scenario, path: list[str], act: str | None) -> str:
    for length in range(len(path), -1, -1):
        try:
            state = play.walk(scenario, path[:length], act)
        except play.IllegalMove:
            continue
        node = scenario.nodes[state.node]
        if isinstance(node, Chance):
            return ", ".join(outcome.id for outcome in node.outcomes)
        open_ids = [choice.id for choice, is_open in play.options(scenario, state) if is_open]
        return ", ".join(open_ids) or "nothing: the story has ended"
    return "nothing"
