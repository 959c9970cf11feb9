"""Every name that a scenario uses must stand for something: nodes, indicators, flags, choices."""

import json
from collections.abc import Iterator
from typing import Any

from courseware.base import nearest, repeated, walk
from courseware.kinds.scenario.conditions import Condition, names
from courseware.kinds.scenario.spec import Act, Acting, Chance, Decision, Scenario, Walk
from courseware.problems import Finding, Place, shown


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for every name that stands for nothing, stands twice, or is never used."""
    dangling = list(dangling_in(scenario.model_dump(by_alias=True), scenario.nodes))
    yield from dangling
    if not dangling:
        yield from _ids(scenario)
    for place, part in walk(scenario):
        if isinstance(part, Condition):
            yield from _condition(scenario, place, part)
        elif isinstance(part, Acting):
            for kind, name, value in part.instructions():
                yield from _effect(scenario, (*place, "effects"), kind, name, value)
        elif isinstance(part, Act):
            for name, value in part.with_.items():
                yield from _effect(scenario, (*place, "with", name), "set", name, value)
        elif isinstance(part, Walk):
            yield from _expectation(scenario, place, part)
    yield from _unused(scenario)


def dangling_in(value: Any, nodes: Any, place: Place = ()) -> Iterator[Finding]:
    """Yield every `next` and `start` in plain values that names no node."""
    if not isinstance(nodes, dict):
        return
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from dangling_in(item, nodes, (*place, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            here = (*place, key)
            leads_on = key == "next" or (key == "start" and place[:1] in {(), ("acts",)})
            if leads_on and isinstance(item, str) and item not in nodes:
                yield Finding(here, f"no node `{item}`", nearest(item, nodes))
            elif place[:1] not in {("indicators",), ("flags",)}:
                yield from dangling_in(item, nodes, here)


def _ids(scenario: Scenario) -> Iterator[Finding]:
    yield from repeated([act.id for act in scenario.acts], ("acts",))
    for name, node in scenario.nodes.items():
        if isinstance(node, Decision):
            yield from repeated([choice.id for choice in node.choices], ("nodes", name, "choices"))
        if isinstance(node, Chance):
            yield from repeated([outcome.id for outcome in node.outcomes], ("nodes", name, "outcomes"))
    for number, act in enumerate(scenario.acts):
        if scenario.nodes[act.start].type == "check":
            yield Finding(
                ("acts", number, "start"), f"`{act.start}` is a check, which nobody reads", "start at a node with text"
            )
    for name in scenario.flags.keys() & scenario.indicators.keys():
        yield Finding(("flags", name), f"`{name}` is an indicator too", "give one of them another name")


def _condition(scenario: Scenario, place: Place, condition: Condition) -> Iterator[Finding]:
    for name, compare, literal in names(condition.tree):
        if name in scenario.indicators:
            if type(literal) is not int:
                yield Finding(
                    place, f"`{name}` is a number and is compared with {shown(literal)}", f"write `{name} >= 5`"
                )
        elif name not in scenario.flags:
            known = [*scenario.indicators, *scenario.flags]
            yield Finding(place, f"no indicator or flag `{name}`", nearest(name, known))
        elif type(scenario.flags[name]) is not type(literal) or (
            type(literal) is not int and compare not in {"==", "!="}
        ):
            starts = shown(scenario.flags[name])
            yield Finding(
                place,
                f"flag `{name}` starts as {starts} and cannot be compared by {compare} with {shown(literal)}",
                _flag_mend(name, scenario),
            )


def _flag_mend(name: str, scenario: Scenario) -> str:
    value = scenario.flags[name]
    return (
        f"write `{name}` or `not {name}`"
        if isinstance(value, bool)
        else f"write `{name} == {json.dumps(value)}` or another of its kind"
    )


def _effect(scenario: Scenario, place: Place, kind: str, name: str, value: Any) -> Iterator[Finding]:
    if name in scenario.indicators:
        if type(value) is not int:
            yield Finding(place, f"indicator `{name}` cannot be {shown(value)}", "give a whole number")
    elif name not in scenario.flags:
        yield Finding(place, f"no indicator or flag `{name}`", nearest(name, [*scenario.indicators, *scenario.flags]))
    elif kind == "add":
        yield Finding(place, f"`add` moves indicators, and `{name}` is a flag", f"write `set: {{{name}: …}}`")
    elif type(value) is not type(scenario.flags[name]):
        yield Finding(
            place,
            f"flag `{name}` starts as {shown(scenario.flags[name])} and is set to {shown(value)}",
            "keep to one type: write true or false" if isinstance(scenario.flags[name], bool) else "keep to one type",
        )


def _expectation(scenario: Scenario, place: Place, walked: Walk) -> Iterator[Finding]:
    for name in walked.expect.model_extra or {}:
        if name not in scenario.indicators and name not in scenario.flags:
            known = [*scenario.indicators, *scenario.flags]
            yield Finding((*place, "expect", name), f"no indicator or flag `{name}`", nearest(name, known))
    if walked.act and walked.act not in {act.id for act in scenario.acts}:
        yield Finding((*place, "act"), f"no act `{walked.act}`", nearest(walked.act, [act.id for act in scenario.acts]))


def _unused(scenario: Scenario) -> Iterator[Finding]:
    read = {name for _, part in walk(scenario) if isinstance(part, Condition) for name, _, _ in names(part.tree)}
    for name in scenario.flags.keys() - read:
        yield Finding(("flags", name), f"no condition reads `{name}`", "use it in an `if`, or remove it", "warning")
