"""A scenario as the page of codes needs it: what codes are played through, and what is said of where they led."""

from dataclasses import asdict
from typing import Any

from courseware.facilitate import simulate
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Chance, Check, Decision, Scenario, Story


def case(scenario: Scenario) -> dict[str, Any]:
    """Return what the page needs of a scenario to play codes through it and say what came: no prose, no `quality`."""
    whole = scenario.compiled()
    acts = [None, *(act.id for act in scenario.acts)]
    return {
        **{key: whole[key] for key in ("id", "title", "version", "major", "start", "flags", "indicators")},
        "acts": [{key: act[key] for key in ("id", "title", "start", "with")} for act in whole["acts"]],
        "nodes": {name: _slim(scenario.nodes[name], node) for name, node in whole["nodes"].items()},
        "defended": [
            {
                "by": str(each.by),
                "path": simulate.chosen(scenario, each.path),
                "end": play.walk(scenario, each.path).node,
            }
            for each in scenario.debrief.defended
        ],
        "chance": {act or "": asdict(simulate.baseline(scenario, act)) for act in acts},
    }


def _slim(node: Any, compiled: dict[str, Any]) -> dict[str, Any]:
    slim: dict[str, Any] = {"type": compiled["type"]}
    if isinstance(node, Decision):
        keys = ("id", "text", "next", "effects", "if")
        asked = node.facilitator
        slim |= {
            "label": compiled["label"],
            "ask_first": [each for each in node.ask_first if each == "confidence"],
            "choices": [{key: each[key] for key in keys if each[key] is not None} for each in compiled["choices"]],
            "ask": list(map(str, asked.ask)) if asked else [],
            "listen": list(map(str, asked.listen_for)) if asked else [],
        }
    elif isinstance(node, Chance):
        slim["outcomes"] = [
            {key: each[key] for key in ("id", "next", "effects", "weight")} for each in compiled["outcomes"]
        ]
    elif isinstance(node, Story):
        slim["next"] = node.next
    elif isinstance(node, Check):
        slim["routes"] = compiled["routes"]
    else:
        slim["title"] = compiled["title"]
    return slim
