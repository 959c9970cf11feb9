"""What must hold of every way through a scenario: what the explored states say about the file."""

from collections.abc import Generator, Iterator
from typing import Any

from courseware.kinds.scenario import play
from courseware.kinds.scenario.explore import MAX_STATES, Explorer, Space, StateKey
from courseware.kinds.scenario.spec import Chance, Check, Decision, Ending, Scenario
from courseware.problems import Finding, Place

MIN_DECISIONS = 2
WIDE_SPREAD = 6


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield what is wrong with the graph, the acts, the defended paths and the tested ones."""
    explorer = Explorer(scenario)
    space = explorer.explore()
    if not space.complete:
        yield _too_many(space)
        return
    if space.circling:
        for node in sorted(space.circling):
            place = ("nodes", space.names[node])
            yield Finding(place, "checks lead round in a circle", "let one of their routes lead to a node that is read")
        return
    yield from _reached(scenario, space)
    yield from _conditions(scenario, space)
    yield from _can_end(scenario, space)
    if any(isinstance(scenario.nodes[space.names[node]], Ending) for node, _ in space.edges):
        yield from _lengths(scenario, space)
        yield from _qualities(scenario, space)
    yield from _dominating(scenario)
    for number, act in enumerate(scenario.acts):
        yield from _act(explorer, number, act.id)
    yield from _walked(scenario)


def _too_many(space: Space) -> Finding:
    spread = {name: len({values[slot] for _, values in space.edges}) for slot, name in enumerate(space.slots)}
    worst = sorted(spread, key=lambda name: -spread[name])[:3]
    named = ", ".join(f"`{name}` ({spread[name]} values)" for name in worst)
    what = f"more than {MAX_STATES:,} states; what multiplies them: {named}"
    return Finding(("indicators",), what, "narrow an indicator's range, or let fewer choices move it")


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
                        _reach_mend(),
                    )
                elif choice.if_ is not None and key not in space.closed:
                    yield Finding(place, f"`{choice.if_}` is always true here", "remove the `if` and the `else_text`")
        if isinstance(node, Check):
            for number, route in enumerate(node.routes):
                here = ("nodes", name, "routes", number)
                tried = {found for n, r, found in space.routed if (n, r) == (index[name], number)}
                if tried == {False} or (not tried and any(n == index[name] for n, _, _ in space.routed)):
                    yield Finding(here, "this route is never taken", _reach_mend())
                elif route.if_ is not None and tried == {True}:
                    yield Finding(
                        (*here, "if"),
                        f"`{route.if_}` is always true here",
                        "lead straight on, or remove the routes after it",
                    )


def _reach_mend() -> str:
    return "loosen the condition, or let earlier choices bring the values that it asks for"


def _can_end(scenario: Scenario, space: Space) -> Iterator[Finding]:
    back: dict[StateKey, list[StateKey]] = {}
    for state, out in space.edges.items():
        for _, after in out:
            back.setdefault(after, []).append(state)
    endings = [state for state in space.edges if isinstance(scenario.nodes[space.names[state[0]]], Ending)]
    safe, todo = set(endings), list(endings)
    while todo:
        for before in back.get(todo.pop(), []):
            if before not in safe:
                safe.add(before)
                todo.append(before)
    told = set()
    for state in space.edges:
        name = space.names[state[0]]
        if state in safe or name in told:
            continue
        told.add(name)
        values = ", ".join(f"{slot} {value}" for slot, value in zip(space.slots, state[1], strict=True))
        stuck = "no choice is open" if not space.edges[state] else "no ending can be reached"
        yield Finding(
            ("nodes", name),
            f"{stuck} from here with {values}",
            f"open a way on; the way here: {', '.join(space.path_to(state)) or 'the start'}",
        )


def _decisions_before_end(scenario: Scenario, space: Space) -> tuple[int, int | None]:
    """Return the fewest decisions before an ending, and the most, or None where a path can go round."""
    decision = [isinstance(scenario.nodes[name], Decision) for name in space.names]
    fewest: dict[StateKey, int] = {}
    layer, made = list(space.starts), 0
    while layer:
        following: list[StateKey] = []
        while layer:
            state = layer.pop()
            if state in fewest:
                continue
            fewest[state] = made
            (following if decision[state[0]] else layer).extend(after for _, after in space.edges[state])
        layer, made = following, made + 1
    least = min(
        (n for state, n in fewest.items() if isinstance(scenario.nodes[space.names[state[0]]], Ending)),
        default=0,
    )
    return least, _longest(space, decision)


def _longest(space: Space, decision: list[bool]) -> int | None:
    waiting = dict.fromkeys(space.edges, 0)
    for out in space.edges.values():
        for _, after in out:
            waiting[after] += 1
    most = dict.fromkeys(space.edges, 0)
    ready, done = [state for state, count in waiting.items() if count == 0], 0
    while ready:
        state = ready.pop()
        done += 1
        for _, after in space.edges[state]:
            most[after] = max(most[after], most[state] + decision[state[0]])
            waiting[after] -= 1
            if waiting[after] == 0:
                ready.append(after)
    return max(most.values()) if done == len(most) else None


def _lengths(scenario: Scenario, space: Space) -> Iterator[Finding]:
    least, most = _decisions_before_end(scenario, space)
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
        allowed = {
            (number, choice.id)
            for number, name in enumerate(space.names)
            if isinstance(node := scenario.nodes[name], Decision)
            for choice in node.choices
            if choice.feedback.quality == wanted
        }
        todo, seen, stopped = list(space.starts), set(space.starts), ""
        ended = False
        while todo and not ended:
            state = todo.pop()
            node = scenario.nodes[space.names[state[0]]]
            ended = isinstance(node, Ending)
            ways = [
                after for move, after in space.edges[state]
                if not isinstance(node, Decision) or (state[0], move) in allowed
            ]  # fmt: skip
            if not ways and not ended:
                stopped = space.names[state[0]]
            for after in ways:
                if after not in seen:
                    seen.add(after)
                    todo.append(after)
        if not ended:
            yield Finding(
                ("nodes", stopped),
                f"a path of {wanted} choices stops here and reaches no ending",
                f"give this decision a {wanted} choice that can be open",
            )


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
    stop = {explorer.scenario.acts[number + 1].start} if number + 1 < len(explorer.scenario.acts) else set()
    reached = {space.names[node] for node, _ in space.edges}
    ends = {name for name in reached if isinstance(explorer.scenario.nodes[name], Ending)}
    if not (reached & stop or ends):
        yield Finding(
            ("acts", number),
            f"`{act}` reaches neither the next act nor an ending",
            "start it at a node that leads on",
        )
    for state, out in space.edges.items():
        name = space.names[state[0]]
        if not out and name not in ends | stop:
            yield Finding(
                ("acts", number, "with"),
                f"`{act}`, played alone, stops at `{name}` with no choice open",
                "set what `with` leaves out",
            )
            return


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
                    f"`{name}` is {found[name]!r}, not {wanted!r}",
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
