"""Plays a scenario: the semantics, one state at a time, readable. `engine.js` says the same, name for name.

Effects apply in order, and an indicator is held to its range after each. A check routes at once, first match
wins. Chance draws from mulberry32, and its outcomes are walked in file order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from courseware.kinds.scenario.conditions import Literal, holds
from courseware.kinds.scenario.spec import (
    Act,
    Acting,
    Chance,
    Check,
    Choice,
    Decision,
    Ending,
    Scenario,
    Story,
)

UINT32 = 0xFFFFFFFF


class IllegalMove(ValueError):  # noqa: N818  # what it is, not that it is an error
    """A move that the scenario does not offer here."""


@dataclass(frozen=True)
class State:
    """Where a play stands. `rng` is a uint32; `path` holds the choices and chance outcomes so far, by id."""

    node: str
    indicators: dict[str, int]
    flags: dict[str, Literal]
    rng: int
    path: list[str] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Literal]:
        """Indicators and flags by name, as conditions read them."""
        return {**self.indicators, **self.flags}


def mulberry32(state: int) -> tuple[int, int]:
    """Draw a uint32 and return it with the next state (Tommy Ettinger's generator, as 32-bit JavaScript does it)."""
    state = (state + 0x6D2B79F5) & UINT32
    t = ((state ^ (state >> 15)) * (state | 1)) & UINT32
    t ^= (t + ((t ^ (t >> 7)) * (t | 61) & UINT32)) & UINT32
    return (t ^ (t >> 14)) & UINT32, state


def start(scenario: Scenario, *, seed: int = 1, act: str | None = None) -> State:
    """Return the state at the beginning, or at the beginning of one act."""
    indicators = {name: indicator.start for name, indicator in scenario.indicators.items()}
    state = State(scenario.start, indicators, dict(scenario.flags), seed & UINT32)
    if act is not None:
        chosen = next(each for each in scenario.acts if each.id == act)
        instructions = [["set", name, value] for name, value in chosen.with_.items()]
        state = replace(_apply(scenario, state, instructions), node=chosen.start)
    return _settle(scenario, state)


def options(scenario: Scenario, state: State) -> list[tuple[Choice, bool]]:
    """Return the choices of a decision, each with whether it is open."""
    node = scenario.nodes[state.node]
    if not isinstance(node, Decision):
        return []
    return [(choice, holds(choice.if_.tree if choice.if_ else None, state.values)) for choice in node.choices]


def advance(scenario: Scenario, state: State, move: str | None) -> State:
    """Return the state after a move: a choice's id, None to read on, and at chance None to draw or an outcome's id.

    Raises IllegalMove for a choice that is locked or not here.
    """
    node = scenario.nodes[state.node]
    if isinstance(node, Story) and move is None:
        return _settle(scenario, replace(state, node=node.next))
    if isinstance(node, Decision):
        for choice, is_open in options(scenario, state):
            if choice.id == move and is_open:
                return _take(scenario, state, choice, choice.id)
    if isinstance(node, Chance):
        rng = state.rng
        if move is None:
            drawn, rng = mulberry32(rng)
            move = _drawn(node, drawn)
        for outcome in node.outcomes:
            if outcome.id == move:
                return _take(scenario, replace(state, rng=rng), outcome, outcome.id)
    raise IllegalMove(f"`{move}` is not open at `{state.node}` of `{scenario.id}`")


def next_act(scenario: Scenario, act: str | None) -> Act | None:
    """Return the act after this one; a play of one act stops where it would begin."""
    ids = [each.id for each in scenario.acts]
    place = ids.index(act) + 1 if act in ids else len(ids)
    return scenario.acts[place] if place < len(ids) else None


def over(scenario: Scenario, state: State, act: str | None = None) -> bool:
    """Say whether a play, or the play of one act, is at its end."""
    following = next_act(scenario, act)
    return isinstance(scenario.nodes[state.node], Ending) or (following is not None and state.node == following.start)


def walk(scenario: Scenario, path: list[str], act: str | None = None) -> State:
    """Return the state after a path of choices and chance outcomes; stories are read on without being named.

    Raises IllegalMove where the path cannot be walked, and where stories lead round in a circle.
    """
    state = _read_on(scenario, start(scenario, act=act), act)
    moves = list(path)
    while moves and not over(scenario, state, act):
        state = _read_on(scenario, advance(scenario, state, moves.pop(0)), act)
    if moves:
        raise IllegalMove(f"the path goes on after `{state.node}`: {', '.join(moves)}")
    return state


def steps(scenario: Scenario, path: list[str]) -> Iterator[tuple[State, State]]:
    """Yield each step of a path from the start to an ending, stories too: the state before it and the one after.

    Raises IllegalMove where the path cannot be walked, or ends too soon.
    """
    state, moves = start(scenario), iter(path)
    while not over(scenario, state):
        moved = isinstance(scenario.nodes[state.node], (Decision, Chance))
        after = advance(scenario, state, next(moves, None) if moved else None)
        yield state, after
        state = after


def _read_on(scenario: Scenario, state: State, act: str | None) -> State:
    for _ in scenario.nodes:
        if over(scenario, state, act) or not isinstance(scenario.nodes[state.node], Story):
            return state
        state = advance(scenario, state, None)
    raise IllegalMove(f"stories lead round in a circle at `{state.node}`")


def _drawn(node: Chance, drawn: int) -> str:
    rest = drawn % sum(outcome.weight for outcome in node.outcomes)
    for outcome in node.outcomes:
        rest -= outcome.weight
        if rest < 0:
            return outcome.id
    raise AssertionError("weights are positive, so one outcome is always reached")


def _take(scenario: Scenario, state: State, taken: Acting, name: str) -> State:
    moved = _apply(scenario, state, taken.instructions())
    return _settle(scenario, replace(moved, node=taken.next, path=[*state.path, name]))


def _apply(scenario: Scenario, state: State, instructions: list[list[Any]]) -> State:
    indicators, flags = dict(state.indicators), dict(state.flags)
    for kind, name, value in instructions:
        if name in indicators:
            kept = scenario.indicators[name]
            moved = indicators[name] + value if kind == "add" else value
            indicators[name] = min(max(moved, kept.min), kept.max)
        else:
            flags[name] = value
    return replace(state, indicators=indicators, flags=flags)


def _settle(scenario: Scenario, state: State) -> State:
    for _ in scenario.nodes:
        node = scenario.nodes[state.node]
        if not isinstance(node, Check):
            return state
        values = state.values
        route = next(each for each in node.routes if holds(each.if_.tree if each.if_ else None, values))
        state = replace(state, node=route.next)
    raise IllegalMove(f"checks lead round in a circle at `{state.node}`")


@dataclass(frozen=True)
class Result:
    """What a learner did in the latest run: the path, where it led, and the reasons given on the way."""

    path: list[str]
    ending: str | None
    indicators: dict[str, int]
    flags: dict[str, Literal]
    reasons: dict[str, dict[str, str]]
    runs: int


def _replay(scenario: Scenario, record: dict[str, Any]) -> list[tuple[dict[str, Any], State]]:
    state = start(scenario, seed=int(record.get("seed", 1)), act=record.get("act"))
    steps = []
    for move in record.get("moves", []):
        # A run saved under an earlier version is replayed up to the last step that still exists, as the page does.
        try:
            state = advance(scenario, state, move.get("move"))
        except IllegalMove:
            break
        steps.append((move, state))
    return steps


def result(scenario: Scenario, record: dict[str, Any] | None) -> Result:
    """Return the latest run of a saved record; an empty record is a run not yet begun."""
    record = record or {}
    steps = _replay(scenario, record)
    state = steps[-1][1] if steps else start(scenario, seed=int(record.get("seed", 1)), act=record.get("act"))
    node = scenario.nodes[state.node]
    reasons = {
        move["at"]: {name: move[name] for name in ("rationale", "confidence") if move.get(name)}
        for move, _ in steps
        if move.get("rationale") or move.get("confidence")
    }
    ending = node.title if isinstance(node, Ending) else None
    return Result(state.path, ending, state.indicators, state.flags, reasons, len(record.get("runs", [])))


def rows(scenario: Scenario, record: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return one row a choice or chance outcome: node, move, reasons, and the indicators after it."""
    steps = _replay(scenario, record or {})
    told = [
        (move, before, after) for (move, after), before in zip(steps, [[], *[s.path for _, s in steps]], strict=False)
    ]
    return [
        {
            "node": move["at"], "move": after.path[-1],
            "rationale": move.get("rationale"), "confidence": move.get("confidence"), **after.indicators,
        }
        for move, before, after in told
        if len(after.path) > len(before)
    ]  # fmt: skip
