"""Conditions and effects in words, for the page without scripts and for paper: the reader keeps the score."""

from typing import Any

from courseware.kinds.scenario.conditions import Tree
from courseware.kinds.scenario.spec import Ending, Scenario

_COMPARED = {
    ">=": "at least",
    "<=": "at most",
    ">": "above",
    "<": "below",
    "==": "exactly",
    "!=": "other than",
}


def condition(scenario: Scenario, tree: Tree | None) -> str:
    """Return a condition as a reader would say it: `told chief, and Staff trust at least 5`."""
    if tree is None:
        return ""
    head, *rest = tree
    if head == "cmp":
        return _comparison(scenario, *rest)
    if head == "not":
        return f"not ({condition(scenario, rest[0])})"
    return f", {head} ".join(condition(scenario, branch) for branch in rest)


def _comparison(scenario: Scenario, compare: str, name: str, literal: Any) -> str:
    if name in scenario.indicators:
        return f"{scenario.indicators[name].label} {_COMPARED[compare]} {literal}"
    noted = name.replace("_", " ")
    if isinstance(literal, bool):
        return f"“{noted}” is {'' if literal == (compare == '==') else 'not '}noted"
    return f"“{noted}” is {'' if compare == '==' else 'not '}{literal}"


def effect(scenario: Scenario, instruction: list[Any]) -> str:
    """Return what to note down: `Staff trust +2`, or `note “told chief”`."""
    kind, name, value = instruction
    if name in scenario.indicators:
        label = scenario.indicators[name].label
        return f"{label} {value:+d}".replace("-", "−") if kind == "add" else f"{label} becomes {value}"
    noted = name.replace("_", " ")
    if isinstance(value, bool):
        return f"{'note' if value else 'strike out'} “{noted}”"
    return f"note “{noted}: {value}”"


def effects(scenario: Scenario, instructions: list[list[Any]]) -> str:
    """Return all that a choice or outcome changes, in order."""
    return "; ".join(effect(scenario, each) for each in instructions)


def numbers(scenario: Scenario) -> dict[str, int]:
    """Return the number of each passage, in file order, the endings last, as the reader turns to them."""
    ordered = sorted(scenario.nodes, key=lambda name: isinstance(scenario.nodes[name], Ending))
    return {name: number for number, name in enumerate(ordered, 1)}
