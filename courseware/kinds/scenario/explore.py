"""Explores a scenario's state space: every node with every value of indicators and flags that play can bring it to.

States are tuples, conditions are closures and effects are short lists of steps, so that plain Python passes 100,000
states a second. `play` says what a move means; `tests` hold the two to the same answers.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from courseware.kinds.scenario import conditions
from courseware.kinds.scenario.conditions import Literal
from courseware.kinds.scenario.graph import Ways
from courseware.kinds.scenario.spec import Chance, Check, Choice, Decision, Ending, Outcome, Scenario

MAX_STATES = 200_000

Values = tuple[Literal, ...]
StateKey = tuple[int, Values]
Test = Callable[[Values], bool] | None
Step = tuple[int, int | None, Any, int, int]  # slot, amount to add or None, value to set, min, max
Move = tuple[str | None, tuple[int, str], Test, list[Step], int]  # id, key, whether open, effects, where it leads


@dataclass
class Space:
    """What exploring found. Nodes are numbered as `names` lists them; values stand in the order of `slots`.

    `edges` holds each state, the nearest to the start first, with its moves and where they lead.
    """

    names: list[str]
    slots: list[str]
    edges: dict[StateKey, list[tuple[str | None, StateKey]]] = field(default_factory=dict)
    opened: set[tuple[int, str]] = field(default_factory=set)
    closed: set[tuple[int, str]] = field(default_factory=set)
    routed: set[tuple[int, int, bool]] = field(default_factory=set)
    parents: dict[StateKey, tuple[StateKey, str | None]] = field(default_factory=dict)
    circling: set[int] = field(default_factory=set)
    complete: bool = True

    def ways(self) -> Ways:
        """Return where each state leads, all of them by their number in `edges`; the start is 0."""
        number = {state: at for at, state in enumerate(self.edges)}
        return [[number[after] for _, after in out] for out in self.edges.values()]

    def path_to(self, state: StateKey) -> list[str]:
        """Return a shortest path of choices and chance outcomes to a state."""
        path: list[str] = []
        while state in self.parents:
            state, move = self.parents[state]
            if move is not None:
                path.append(move)
        return path[::-1]


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold Python's garbage collector back: no state holds another, and it would walk all of them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Explorer:
    """A scenario, laid out for speed."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.names = list(scenario.nodes)
        self.index = {name: number for number, name in enumerate(self.names)}
        self.slots = [*scenario.indicators, *scenario.flags]
        self.slot = {name: number for number, name in enumerate(self.slots)}
        self.checks: dict[int, list[tuple[Test, int]]] = {}
        self.moves: list[list[Move]] = [self._moves(name) for name in self.names]

    def _moves(self, name: str) -> list[Move]:
        node = self.scenario.nodes[name]
        if isinstance(node, Check):
            self.checks[self.index[name]] = [(self._test(route.if_), self.index[route.next]) for route in node.routes]
            return []
        if isinstance(node, Ending):
            return []
        if isinstance(node, Decision):
            return [self._move(name, each, self._test(each.if_)) for each in node.choices]
        if isinstance(node, Chance):
            return [self._move(name, each, None) for each in node.outcomes]
        return [(None, (self.index[name], ""), None, [], self.index[node.next])]

    def _move(self, name: str, taken: Choice | Outcome, test: Test) -> Move:
        key = (self.index[name], taken.id)
        return taken.id, key, test, self._steps(taken.instructions()), self.index[taken.next]

    def _test(self, condition: conditions.Condition | None) -> Test:
        return conditions.test(condition.tree, self.slot) if condition else None

    def _steps(self, instructions: list[list[Any]]) -> list[Step]:
        steps: list[Step] = []
        for kind, name, value in instructions:
            kept = self.scenario.indicators.get(name)
            if kept is None:
                steps.append((self.slot[name], None, value, 0, 0))
            elif kind == "add":
                steps.append((self.slot[name], value, None, kept.min, kept.max))
            else:
                steps.append((self.slot[name], None, min(max(value, kept.min), kept.max), 0, 0))
        return steps

    def first(self, act: str | None = None) -> tuple[int, Values]:
        """Return where play begins, before any check has routed."""
        scenario = self.scenario
        values: list[Literal] = [
            *(each.start for each in scenario.indicators.values()),
            *scenario.flags.values(),
        ]
        if act is None:
            return self.index[scenario.start], tuple(values)
        chosen = next(each for each in scenario.acts if each.id == act)
        for slot, _, value, _, _ in self._steps([["set", name, value] for name, value in chosen.with_.items()]):
            values[slot] = value
        return self.index[chosen.start], tuple(values)

    @uncollected()
    def explore(self, act: str | None = None, limit: int = MAX_STATES) -> Space:
        """Return every state that play can reach from the start, or from the start of one act to the next."""
        space = Space(self.names, self.slots)
        stop = self._stop(act)
        first = self._settled(*self.first(act), space)
        queue = deque([first])
        edges, parents, checks = space.edges, space.parents, self.checks
        opened, closed = space.opened.add, space.closed.add
        edges[first] = []
        # The inner loop runs a million times on a large scenario: what it needs stands ready in local names.
        while queue:
            state = queue.popleft()
            node, values = state
            if node == stop:
                continue
            out = edges[state]
            for name, key, test, steps, target in self.moves[node]:
                if test is not None and not test(values):
                    closed(key)
                    continue
                opened(key)
                moved = applied(values, steps) if steps else values
                after = self._settled(target, moved, space) if target in checks else (target, moved)
                out.append((name, after))
                if after not in edges:
                    if len(edges) >= limit:
                        space.complete = False
                        return space
                    edges[after] = []
                    parents[after] = (state, name)
                    queue.append(after)
        return space

    def _stop(self, act: str | None) -> int | None:
        ids = [each.id for each in self.scenario.acts]
        following = self.scenario.acts[ids.index(act) + 1 :] if act in ids else []
        return self.index[following[0].start] if following else None

    def _settled(self, node: int, values: Values, space: Space) -> StateKey:
        hops = 0
        while node in self.checks:
            for number, (test, after) in enumerate(self.checks[node]):
                target = after
                found = test is None or test(values)
                space.routed.add((node, number, found))
                if found:
                    break
            hops += 1
            if hops > len(self.checks):
                space.circling.add(node)
                break
            node = target
        return node, values


def applied(values: Values, steps: list[Step]) -> Values:
    """Return the values after these effects."""
    moved = list(values)
    for slot, by, value, low, high in steps:
        if by is None:
            moved[slot] = value
        else:
            total = moved[slot] + by  # type: ignore[operator]  # only an indicator's slot is added to
            moved[slot] = low if total < low else min(total, high)
    return tuple(moved)
