"""What a scenario looks like from above: its passages, what leads where, its acts, and the paths that somebody defends.

`outline` says it in words, and `chart.svg` draws it. Both go by what is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import gcd
from typing import Any

from courseware.kinds.scenario import play, words
from courseware.kinds.scenario.conditions import holds
from courseware.kinds.scenario.names import dangling_in
from courseware.kinds.scenario.spec import Chance, Check, Decision, Ending, Scenario, Story
from courseware.markup import plain

KINDS = {"decision": "Decision", "story": "Story", "chance": "Chance", "check": "Check", "ending": "Ending"}


@dataclass
class Way:
    """One way on from a passage: its mark (`A`, `1`), its name, and where it leads. `paths` are those that take it."""

    mark: str
    name: str
    words: str
    target: str
    paths: list[int] = field(default_factory=list)


@dataclass
class Passage:
    """A node of a scenario as it is drawn. `group` is the act that it stands in, counted from 0."""

    name: str
    number: int
    kind: str
    label: str
    words: str
    ways: list[Way]
    group: int
    reached: bool


@dataclass
class Graph:
    """A scenario from above. `bands` are the titles of its groups, empty where there are no acts."""

    scenario: Scenario
    passages: list[Passage]
    bands: dict[int, str]
    defended: list[str]


def graph(scenario: Scenario) -> Graph:
    """Return a scenario from above. Every `next` must lead to a passage."""
    numbers = words.numbers(scenario)
    ways = {name: list(_ways(scenario, name)) for name in scenario.nodes}
    reached = _from(ways, scenario.start)
    group = _groups(scenario, ways)
    passages = [
        Passage(
            name,
            numbers[name],
            node.type,
            str(getattr(node, "title", None) or getattr(node, "label", None) or ""),
            plain(node.text) if not isinstance(node, Check) else "",
            ways[name],
            group[name],
            name in reached,
        )
        for name, node in scenario.nodes.items()
    ]
    for number, defended in enumerate(scenario.debrief.defended, 1):
        _mark(scenario, ways, defended.path, number)
    bands = {at: f"{act.title} · {act.minutes} minutes" for at, act in enumerate(scenario.acts, 1)}
    return Graph(scenario, passages, bands, [str(each.by) for each in scenario.debrief.defended])


def leads_on(scenario: Scenario) -> bool:
    """Say whether every way leads to a passage, so that the scenario can be drawn whatever else is wrong with it."""
    return not any(dangling_in(scenario.model_dump(by_alias=True), scenario.nodes))


def _ways(scenario: Scenario, name: str) -> Iterator[Way]:
    node = scenario.nodes[name]
    if isinstance(node, Decision):
        for number, choice in enumerate(node.choices):
            locked = f" (open if {words.condition(scenario, choice.if_.tree)})" if choice.if_ else ""
            yield Way("ABCDEF"[number], choice.id, f"{choice.text}{locked}", choice.next)
    elif isinstance(node, Chance):
        share = gcd(*(outcome.weight for outcome in node.outcomes))
        total = sum(outcome.weight for outcome in node.outcomes) // share
        for number, outcome in enumerate(node.outcomes, 1):
            odds = f"{outcome.weight // share} in {total}"
            yield Way(str(number), f"{outcome.id}, {odds}", plain(outcome.text), outcome.next)
    elif isinstance(node, Check):
        for number, route in enumerate(node.routes, 1):
            said = words.condition(scenario, route.if_.tree) if route.if_ else "otherwise"
            yield Way(str(number), said, "", route.next)
    elif isinstance(node, Story):
        yield Way("", "", "", node.next)


def _from(ways: dict[str, list[Way]], start: str, stop: str | None = None) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        new = {way.target for way in ways[todo.pop()]} - found - {stop}
        found |= new
        todo += new
    return found


def _groups(scenario: Scenario, ways: dict[str, list[Way]]) -> dict[str, int]:
    """Return the last act that comes to each passage, from 1; 0 for what stands before them all."""
    group = dict.fromkeys(scenario.nodes, 0)
    for at, act in enumerate(scenario.acts, 1):
        following = play.next_act(scenario, act.id)
        for name in _from(ways, act.start, following.start if following else None):
            group[name] = at
    return group


def _mark(scenario: Scenario, ways: dict[str, list[Way]], path: list[str], number: int) -> None:
    """Note on each way that a defended path takes it, as far as the path can be walked."""
    state, left = play.start(scenario), list(path)
    _through(scenario, ways, scenario.start, state, number)
    for _ in range(len(path) + len(scenario.nodes)):  # no more, should stories lead round in a circle
        node = scenario.nodes[state.node]
        if isinstance(node, Ending):
            return
        try:
            after = play.advance(scenario, state, None if isinstance(node, Story) else left.pop(0))
        except (IndexError, play.IllegalMove):
            return
        way = _taken(ways[state.node], node, after)
        way.paths.append(number)
        _through(scenario, ways, way.target, after, number)
        state = after


def _taken(ways: list[Way], node: Any, after: play.State) -> Way:
    if isinstance(node, Story):
        return ways[0]
    taken = node.choices if isinstance(node, Decision) else node.outcomes
    return ways[[each.id for each in taken].index(after.path[-1])]


def _through(scenario: Scenario, ways: dict[str, list[Way]], here: str, state: play.State, number: int) -> None:
    """Note the routes of the checks between a passage's name and the one that a state has come to."""
    for _ in scenario.nodes:
        node = scenario.nodes[here]
        if not isinstance(node, Check):
            return
        values = state.values
        at = next(i for i, route in enumerate(node.routes) if holds(route.if_.tree if route.if_ else None, values))
        ways[here][at].paths.append(number)
        here = ways[here][at].target


def counted(found: Graph) -> str:
    """Say in a sentence or two what there is."""
    count = {kind: sum(passage.kind == kind for passage in found.passages) for kind in KINDS}
    plural = {
        "decision": "decisions",
        "story": "stories",
        "chance": "turns of chance",
        "check": "checks",
        "ending": "endings",
    }
    single = {
        "decision": "decision",
        "story": "story",
        "chance": "turn of chance",
        "check": "check",
        "ending": "ending",
    }
    parts = [f"{n} {single[kind] if n == 1 else plural[kind]}" for kind, n in count.items() if n]
    acts = f" It has {len(found.bands)} acts." if found.bands else ""
    paths = "; ".join(f"{number}, {by}" for number, by in enumerate(found.defended, 1))
    return f"{len(found.passages)} passages: {', '.join(parts)}.{acts} Paths that someone would defend: {paths}."


def outline(found: Graph) -> str:
    """Return the graph in words, act by act: each passage, and where each way leads."""
    lines = [f"{found.scenario.title}: {counted(found)}"]
    for group in sorted({passage.group for passage in found.passages}):
        if group in found.bands:
            lines += ["", f"ACT {group}: {found.bands[group]}"]
        for passage in [each for each in found.passages if each.group == group]:
            label = f" · {passage.label}" if passage.label else ""
            start = " · the start" if passage.name == found.scenario.start else ""
            lost = "" if passage.reached else " · nothing leads here"
            lines += ["", f"{passage.number} {KINDS[passage.kind]} {passage.name}{label}{start}{lost}"]
            if passage.words:
                lines.append(f"   {_short(passage.words, 90)}")
            lines += [f"   {_way(way)}" for way in passage.ways]
    return "\n".join(lines) + "\n"


def _way(way: Way) -> str:
    said = " ".join(filter(None, [way.mark, f"{way.name}:" if way.words else way.name, _short(way.words, 90)]))
    taken = f"  [defended path {', '.join(map(str, sorted(set(way.paths))))}]" if way.paths else ""
    return f"{said + ' ' if said else ''}→ {way.target}{taken}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]} …"
