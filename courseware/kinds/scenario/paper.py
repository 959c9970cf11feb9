"""What paper needs of a scenario beside its text: where choices lead, scores and luck in words, acts, paths."""

from dataclasses import dataclass
from math import gcd
from typing import Any

from courseware.base import compile_value, nearest
from courseware.kinds.scenario import conditions, play, words
from courseware.kinds.scenario.explore import Explorer
from courseware.kinds.scenario.spec import Act, Acting, Chance, Check, Choice, Decision, Route, Scenario, Story

Numbers = dict[str, int]


@dataclass(frozen=True)
class Printed:
    """What is printed of a scenario: numbers, passages, and by passage the ways on and the flags asked for."""

    scenario: Scenario
    numbers: Numbers
    passages: list[str]
    ways: dict[str, list[Any]]
    asked: dict[str, set[str]]


def context(scenario: Scenario, act: str | None = None) -> dict[str, Any]:
    """Return plain values for `paper.typ`, by node where they belong to one. Quality is not among them.

    With `act`, only the passages of that act are there, under the numbers that they have in the whole. Raises
    ValueError for an act that the scenario does not have.
    """
    chosen = _chosen(scenario, act)
    following = play.next_act(scenario, act) if chosen else None
    start = chosen.start if chosen else scenario.start
    printed = _printed(scenario, act)
    begins = play.start(scenario, act=act)
    nodes = [(name, scenario.nodes[name]) for name in printed.passages]
    return {
        "numbers": printed.numbers,
        "passages": printed.passages,
        "act": _act(scenario, chosen) if chosen else None,
        "start": printed.numbers[start],
        "stop": printed.numbers[following.start] if following else None,
        "scores": begins.indicators,
        "follows": {
            name: {choice.id: _follows(printed, choice) for choice in node.choices}
            for name, node in nodes
            if isinstance(node, Decision)
        },
        "lots": {name: _lots(printed, node) for name, node in nodes if isinstance(node, Chance)},
        "routes": {
            name: [
                {"if": _open_if(scenario, route), "turn": printed.numbers[route.next]} for route in printed.ways[name]
            ]
            for name, node in nodes
            if isinstance(node, Check)
        },
        "room": {
            name: compile_value(node.facilitator, scenario)
            for name, node in nodes
            if isinstance(node, Decision) and node.facilitator
        },
        "notes": [_note(name, value) for name, value in begins.flags.items() if name in printed.asked[start]],
        "acts": [_act(scenario, each) for each in scenario.acts],
        "defended": [_walked(printed, each.path) for each in scenario.debrief.defended],
    }


def _chosen(scenario: Scenario, act: str | None) -> Act | None:
    by_id = {each.id: each for each in scenario.acts}
    if act is not None and act not in by_id:
        raise ValueError(f"no act `{act}` in `{scenario.id}`; {nearest(act, by_id)}")
    return by_id[act] if act is not None else None


def _ways(node: Any) -> list[Any]:
    """Return all that leads on from a node: itself, or its choices, outcomes or routes."""
    if isinstance(node, Story):
        return [node]
    return [*getattr(node, "choices", []), *getattr(node, "outcomes", []), *getattr(node, "routes", [])]


def _printed(scenario: Scenario, act: str | None) -> Printed:
    """Find the passages of an act, or of the whole, and the ways on from each."""
    ways = _ways_of(scenario, act)
    numbers = words.numbers(scenario)
    return Printed(scenario, numbers, sorted(ways, key=numbers.__getitem__), ways, _asked(scenario, ways))


def _ways_of(scenario: Scenario, act: str | None) -> dict[str, list[Any]]:
    """Return each node that a play of this act can come to, with the ways on from it that such a play can take.

    Links alone would lead further: what an early act set, a late one may ask for, and from an act's own score and flags
    the other routes are never taken. Of the whole, `paths` has seen to it that nothing is out of reach.
    """
    if act is None:
        return {name: _ways(node) for name, node in scenario.nodes.items()}
    space = Explorer(scenario).explore(act)
    following = play.next_act(scenario, act)
    stop = following.start if following else None
    read = {space.names[node] for node, _ in space.edges} - {stop}
    taken = {(space.names[node], number) for node, number, found in space.routed if found}
    return {name: _ways(scenario.nodes[name]) for name in read} | {
        name: [route for number, route in enumerate(_ways(scenario.nodes[name])) if (name, number) in taken]
        for name, _ in taken
    }


def _asked(scenario: Scenario, ways: dict[str, list[Any]]) -> dict[str, set[str]]:
    """Return the flags that a condition at each node, or anywhere further on, asks for.

    What nothing asks for any more need not be noted, so that the reader has no more to keep than what counts.
    """
    asked: dict[str, set[str]] = {}
    for name, on in ways.items():
        trees = [way.if_.tree for way in on if getattr(way, "if_", None)]
        asked[name] = {each for tree in trees for each, _, _ in conditions.names(tree)} & set(scenario.flags)
    grown = True
    while grown:
        grown = False
        for name, on in ways.items():
            further = {flag for way in on for flag in asked.get(way.next, set())}
            if not further <= asked[name]:
                asked[name] |= further
                grown = True
    return asked


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _note(name: str, value: Any) -> dict[str, Any]:
    """Return a flag as the score sheet has it: one to tick, or a word to write."""
    marked = isinstance(value, bool)
    return {"label": name.replace("_", " "), "ticked": value is True, "word": None if marked else str(value)}


def _open_if(scenario: Scenario, way: Choice | Route) -> str:
    return words.condition(scenario, way.if_.tree if way.if_ else None)


def _leads(printed: Printed, acting: Acting) -> dict[str, Any]:
    wanted = set(printed.scenario.indicators) | printed.asked.get(acting.next, set())
    steps = [step for step in acting.instructions() if step[1] in wanted]
    changes = _sentence(words.effects(printed.scenario, steps))
    return {"effects": changes, "turn": printed.numbers[acting.next]}


def _follows(printed: Printed, choice: Choice) -> dict[str, Any]:
    return {"if": _open_if(printed.scenario, choice), **_leads(printed, choice)}


def _lots(printed: Printed, node: Chance) -> dict[str, Any]:
    """Return weights as the lots that fall to each outcome: 3 to 1 is lots 1 to 3, and lot 4."""
    share = gcd(*(outcome.weight for outcome in node.outcomes))
    outcomes, last = [], 0
    for outcome in node.outcomes:
        first, last = last + 1, last + outcome.weight // share
        outcomes.append({"first": first, "last": last, **_leads(printed, outcome)})
    return {"of": last, "outcomes": outcomes}


def _act(scenario: Scenario, act: Act) -> dict[str, Any]:
    """Return an act by itself: where it starts and stops, what went before, and the score to start from."""
    numbers = words.numbers(scenario)
    following = play.next_act(scenario, act.id)
    entry = [
        ["set", name, value]
        for name, value in act.with_.items()
        if name in scenario.indicators or value != scenario.flags[name]
    ]
    return {
        "title": str(act.title),
        "minutes": act.minutes,
        "so_far": compile_value(act.so_far, scenario),
        "start": numbers[act.start],
        "stop": numbers[following.start] if following else None,
        "score": _sentence(words.effects(scenario, entry)),
    }


def _walked(printed: Printed, path: list[str]) -> dict[str, Any]:
    """Return a path in passages and letters (`4B`), a lot where luck decides, and the ending if it is printed too.

    Of one act there are only the steps within it.
    """
    scenario = printed.scenario
    steps, end = [], scenario.start
    for before, after in play.steps(scenario, path):
        node, number, end = scenario.nodes[before.node], printed.numbers[before.node], after.node
        if before.node not in printed.passages:
            continue
        if isinstance(node, Decision):
            taken = [choice.id for choice in node.choices].index(after.path[-1])
            steps.append(f"{number}{chr(ord('A') + taken)}")
        elif isinstance(node, Chance):
            taken = [outcome.id for outcome in node.outcomes].index(after.path[-1])
            steps.append(f"{number} (lot {_lots(printed, node)['outcomes'][taken]['first']})")
    return {"steps": steps, "end": printed.numbers[end] if end in printed.passages else None}
