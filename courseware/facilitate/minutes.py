"""How long an exercise takes in a room, by what its own file says: of a scenario, decision by decision.

A decision's minutes hold the reading aloud. The minutes of an act are its author's; those of a whole scenario are what
its longest way takes, where each decision says its own, and otherwise the exercise's minutes for a group.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from courseware.base import Exercise
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Act, Chance, Decision, Scenario

# A decision that is taken by count: read aloud, letters counted, the most common one taken, no talk.
COUNTED = 2
# Into groups, and the pages handed round.
SETTLE = 1


@dataclass(frozen=True)
class Stop:
    """A decision in the order of the file. `minutes` is None where its author left that to the whole."""

    id: str
    title: str
    minutes: int | None
    skip: bool
    ask: list[str]
    listen_for: list[str]


@dataclass(frozen=True)
class Ways:
    """Every place that play can reach, numbered from 0 where it begins: its node, and the places that it leads to."""

    nodes: list[str]
    after: list[list[int]]


def act_of(scenario: Scenario, act: str | None) -> Act | None:
    """Return an act by its id, or None for the whole."""
    return next((each for each in scenario.acts if each.id == act), None)


def stops(scenario: Scenario, act: str | None) -> list[Stop]:
    """Return the decisions of an act, or of the whole, in the order of the file."""
    reached = set(_ways(scenario, act).nodes)
    return [
        Stop(name, str(node.label or name), *_said(node))
        for name, node in scenario.nodes.items()
        if isinstance(node, Decision) and name in reached
    ]


def _said(node: Decision) -> tuple[int | None, bool, list[str], list[str]]:
    said = node.facilitator
    if said is None:
        return None, False, [], []
    return (
        said.minutes,
        said.if_short == "skip",
        [str(each) for each in said.ask],
        [str(each) for each in said.listen_for],
    )


def longest(scenario: Scenario, act: str | None, counted: Iterable[str] = ()) -> int:
    """Return the minutes that the longest way through takes, with these decisions taken by count."""
    weights = {
        stop.id: min(COUNTED, stop.minutes or 0) if stop.id in set(counted) else stop.minutes or 0
        for stop in stops(scenario, act)
    }
    return _heaviest(scenario, act, weights)


def most_decisions(scenario: Scenario, act: str | None) -> int:
    """Return how many decisions the longest way meets."""
    return _heaviest(scenario, act, {stop.id: 1 for stop in stops(scenario, act)})


def own(exercise: Exercise, act: str | None = None) -> int:
    """Return the minutes in a room that its own file gives an exercise or an act: no session plays it longer."""
    chosen = act_of(exercise, act) if isinstance(exercise, Scenario) else None
    return chosen.minutes if chosen else exercise.minutes.group or exercise.minutes.solo


def playing(exercise: Exercise, act: str | None = None, counted: Iterable[str] = ()) -> int:
    """Return the minutes to play it, with these decisions taken by count; never more than its own."""
    if not isinstance(exercise, Scenario):
        return own(exercise)
    whole = longest(exercise, act)
    saved = whole - longest(exercise, act, counted)
    if act_of(exercise, act) or any(stop.minutes is None for stop in stops(exercise, act)):
        return own(exercise, act) - saved
    return min(whole, own(exercise)) - saved


# What was explored, with the scenario that it was explored of: another of the same id is another.
_KNOWN: dict[tuple[int, str | None], tuple[Scenario, Ways]] = {}


def _ways(scenario: Scenario, act: str | None) -> Ways:
    """Return every way through an act, as its `with` lets it go, or through the whole, as its links lead."""
    key = (id(scenario), act)
    if key not in _KNOWN or _KNOWN[key][0] is not scenario:
        _KNOWN[key] = scenario, _states(scenario, act) if act else _links(scenario)
    return _KNOWN[key][1]


def _states(scenario: Scenario, act: str) -> Ways:
    """Explore an act state by state: a link that no state of it takes may lead far beyond its end."""
    numbers: dict[tuple[object, ...], int] = {}
    states: list[play.State] = []

    def number(state: play.State) -> int:
        state = replace(state, path=[], rng=0)
        key = (state.node, *state.values.values())
        if key not in numbers:
            numbers[key] = len(states)
            states.append(state)
        return numbers[key]

    number(play.start(scenario, act=act))
    after: list[list[int]] = []
    while len(after) < len(states):
        state = states[len(after)]
        over = play.over(scenario, state, act)
        after.append([] if over else [number(play.advance(scenario, state, move)) for move in _moves(scenario, state)])
    # The next act begins where this one ends, and belongs to it.
    return Ways(["" if play.over(scenario, state, act) else state.node for state in states], after)


def _moves(scenario: Scenario, state: play.State) -> Iterator[str | None]:
    node = scenario.nodes[state.node]
    if isinstance(node, Decision):
        yield from (choice.id for choice, is_open in play.options(scenario, state) if is_open)
    elif isinstance(node, Chance):
        yield from (outcome.id for outcome in node.outcomes)
    else:
        yield None


def _links(scenario: Scenario) -> Ways:
    """Follow the links of the whole: its states would be a hundred thousand, and its ways take no longer."""
    names = [scenario.start]
    after: list[list[int]] = []
    while len(after) < len(names):
        node = scenario.nodes[names[len(after)]]
        ways = [node] if hasattr(node, "next") else []
        ways += [*getattr(node, "choices", []), *getattr(node, "outcomes", []), *getattr(node, "routes", [])]
        leads = list(dict.fromkeys(way.next for way in ways))
        names += [name for name in leads if name not in names]
        after.append([names.index(name) for name in leads])
    return Ways(names, after)


def _heaviest(scenario: Scenario, act: str | None, weights: dict[str, int]) -> int:
    """Return what the heaviest way weighs. A way that leads back to itself is walked once."""
    ways = _ways(scenario, act)
    known: dict[int, int] = {}
    passing: set[int] = set()
    # Without recursion: a story may be longer than Python's stack is deep.
    todo = [0]
    while todo:
        at = todo[-1]
        waiting = [each for each in ways.after[at] if each not in known and each not in passing]
        if at not in known and waiting:
            passing.add(at)
            todo += waiting
            continue
        todo.pop()
        passing.discard(at)
        known[at] = weights.get(ways.nodes[at], 0) + max((known.get(each, 0) for each in ways.after[at]), default=0)
    return known[0]
