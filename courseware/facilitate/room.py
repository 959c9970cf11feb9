"""Room mode: what a scenario's page needs to be played on one screen, and the facilitator's notes beside it."""

from typing import Any

from courseware.base import compile_value
from courseware.facilitate import minutes as lengths
from courseware.kinds.scenario.spec import Decision, Scenario

# What only an exercise in a chapter's page needs.
UNUSED = ("kind_label", "teaches", "principle", "core")


def played(scenario: Scenario) -> dict[str, Any]:
    """Return the scenario as the screen plays it, with each act’s decisions. What the author thinks is not in it."""
    compiled = {name: value for name, value in scenario.compiled().items() if name not in UNUSED}
    return {
        **compiled,
        "decisions": {act.id: [each.id for each in lengths.stops(scenario, act.id)] for act in scenario.acts},
    }


def notes(scenario: Scenario) -> dict[str, Any]:
    """Return the notes by decision: minutes, what to ask and listen for, what to do when time is short."""
    return {
        name: compile_value(node.facilitator, scenario)
        for name, node in scenario.nodes.items()
        if isinstance(node, Decision) and node.facilitator
    }


def minutes(scenario: Scenario) -> int:
    """Return how long all of it takes with a room."""
    return scenario.minutes.group or scenario.minutes.solo
