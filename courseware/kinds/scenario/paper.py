"""What paper needs of a scenario beside its text: where choices lead, scores and luck in words, acts, paths."""

from math import gcd
from typing import Any

from courseware.base import compile_value, nearest
from courseware.kinds.scenario import play, words
from courseware.kinds.scenario.spec import Act, Acting, Chance, Check, Choice, Decision, Scenario, Story

Numbers = dict[str, int]


def context(scenario: Scenario, act: str | None = None) -> dict[str, Any]:
    """Return plain values for `paper.typ`, by node where they belong to one. Quality is not among them.

    With `act`, only the passages of that act are there, under the numbers that they have in the whole. Raises
    ValueError for an act that the scenario does not have.
    """
    numbers = words.numbers(scenario)
    chosen = _chosen(scenario, act)
    following = play.next_act(scenario, act) if chosen else None
    begins = play.start(scenario, act=act)
    told = _passages(scenario, chosen.start if chosen else scenario.start, following.start if following else None)
    nodes = [(name, scenario.nodes[name]) for name in sorted(told, key=numbers.__getitem__)]
    return {
        "numbers": numbers,
        "passages": [name for name, _ in nodes],
        "act": _act(scenario, numbers, chosen) if chosen else None,
        "start": numbers[chosen.start if chosen else scenario.start],
        "stop": numbers[following.start] if following else None,
        "scores": begins.indicators,
        "follows": {
            name: {choice.id: _follows(scenario, numbers, choice) for choice in node.choices}
            for name, node in nodes
            if isinstance(node, Decision)
        },
        "lots": {name: _lots(scenario, numbers, node) for name, node in nodes if isinstance(node, Chance)},
        "routes": {
            name: [
                {"if": words.condition(scenario, route.if_.tree if route.if_ else None), "turn": numbers[route.next]}
                for route in node.routes
            ]
            for name, node in nodes
            if isinstance(node, Check)
        },
        "room": {
            name: compile_value(node.facilitator, scenario)
            for name, node in nodes
            if isinstance(node, Decision) and node.facilitator
        },
        "notes": [_note(name, value) for name, value in begins.flags.items()],
        "acts": [_act(scenario, numbers, each) for each in scenario.acts],
        "defended": [_walked(scenario, numbers, each.path) for each in scenario.debrief.defended],
    }


def _chosen(scenario: Scenario, act: str | None) -> Act | None:
    by_id = {each.id: each for each in scenario.acts}
    if act is not None and act not in by_id:
        raise ValueError(f"no act `{act}` in `{scenario.id}`; {nearest(act, by_id)}")
    return by_id[act] if act is not None else None


def _passages(scenario: Scenario, start: str, stop: str | None) -> set[str]:
    """Return every node that links lead to from `start`, none beyond `stop`, which is the next act's."""
    found, open_ends = {start}, [start]
    while open_ends:
        node = scenario.nodes[open_ends.pop()]
        ways = (
            [node]
            if isinstance(node, Story)
            else [*getattr(node, "choices", []), *getattr(node, "outcomes", []), *getattr(node, "routes", [])]
        )
        new = {way.next for way in ways} - found - {stop}
        found |= new
        open_ends += new
    return found


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _note(name: str, value: Any) -> dict[str, Any]:
    """Return a flag as the score sheet has it: one to tick, or a word to write."""
    marked = isinstance(value, bool)
    return {"label": name.replace("_", " "), "ticked": value is True, "word": None if marked else str(value)}


def _leads(scenario: Scenario, numbers: Numbers, acting: Acting) -> dict[str, Any]:
    changes = _sentence(words.effects(scenario, acting.instructions()))
    return {"effects": changes, "turn": numbers[acting.next]}


def _follows(scenario: Scenario, numbers: Numbers, choice: Choice) -> dict[str, Any]:
    open_if = words.condition(scenario, choice.if_.tree if choice.if_ else None)
    return {"if": open_if, **_leads(scenario, numbers, choice)}


def _lots(scenario: Scenario, numbers: Numbers, node: Chance) -> dict[str, Any]:
    """Return weights as the lots that fall to each outcome: 3 to 1 is lots 1 to 3, and lot 4."""
    share = gcd(*(outcome.weight for outcome in node.outcomes))
    outcomes, last = [], 0
    for outcome in node.outcomes:
        first, last = last + 1, last + outcome.weight // share
        outcomes.append({"first": first, "last": last, **_leads(scenario, numbers, outcome)})
    return {"of": last, "outcomes": outcomes}


def _act(scenario: Scenario, numbers: Numbers, act: Act) -> dict[str, Any]:
    """Return an act by itself: where it starts and stops, and the score to start from."""
    following = play.next_act(scenario, act.id)
    entry = [
        ["set", name, value]
        for name, value in act.with_.items()
        if name in scenario.indicators or value != scenario.flags[name]
    ]
    return {
        "title": str(act.title),
        "minutes": act.minutes,
        "start": numbers[act.start],
        "stop": numbers[following.start] if following else None,
        "score": _sentence(words.effects(scenario, entry)),
    }


def _walked(scenario: Scenario, numbers: Numbers, path: list[str]) -> dict[str, Any]:
    """Return a path in passages and letters (`4B`), a lot where luck decides, and the passage that it ends at."""
    state, steps = _told(scenario, play.start(scenario)), []
    for move in path:
        node, number = scenario.nodes[state.node], numbers[state.node]
        if isinstance(node, Decision):
            steps.append(f"{number}{chr(ord('A') + [choice.id for choice in node.choices].index(move))}")
        elif isinstance(node, Chance):
            taken = [outcome.id for outcome in node.outcomes].index(move)
            lot = _lots(scenario, numbers, node)["outcomes"][taken]["first"]
            steps.append(f"{number} (lot {lot})")
        state = _told(scenario, play.advance(scenario, state, move))
    return {"steps": steps, "end": numbers[state.node]}


def _told(scenario: Scenario, state: play.State) -> play.State:
    """Read on through what is only told."""
    while isinstance(scenario.nodes[state.node], Story):
        state = play.advance(scenario, state, None)
    return state
