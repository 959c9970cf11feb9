"""Ways through a scenario: for every ending a seed and the moves that lead to it, worked out in Python."""

from dataclasses import dataclass

from courseware.kinds.scenario import play
from courseware.kinds.scenario.explore import Explorer
from courseware.kinds.scenario.spec import Chance, Decision, Ending, Scenario

SEEDS = 0xFFFF  # as many as the page draws from


@dataclass(frozen=True)
class Plan:
    """A play: the seed of its luck, the choice at each decision, and where and how it must end."""

    seed: int
    choices: list[str]
    ending: str
    title: str
    indicators: dict[str, int]


_KNOWN: dict[str, dict[str, Plan]] = {}  # by the scenario's id: several tests play each of them


def plans(scenario: Scenario) -> dict[str, Plan]:
    """Return a plan for every ending, by its node. Raises AssertionError for one that no seed leads to."""
    if scenario.id not in _KNOWN:
        _KNOWN[scenario.id] = _plans(scenario)
    return _KNOWN[scenario.id]


def _plans(scenario: Scenario) -> dict[str, Plan]:
    space = Explorer(scenario).explore()
    found: dict[str, Plan] = {}
    for state in space.edges:  # in order of distance from the start
        name = space.names[state[0]]
        if name in found or not isinstance(scenario.nodes[name], Ending):
            continue
        plan = seeded(scenario, space.path_to(state))
        if plan:
            found[name] = plan
    endings = {name for name, node in scenario.nodes.items() if isinstance(node, Ending)}
    assert endings == found.keys(), f"no seed leads to {endings - found.keys()}"
    return found


def seeded(scenario: Scenario, path: list[str]) -> Plan | None:
    """Return the plan that walks this path of choices and outcomes with luck as a seed draws it, if a seed does."""
    return next((plan for seed in range(1, SEEDS + 1) if (plan := walked(scenario, path, seed))), None)


def walked(scenario: Scenario, path: list[str], seed: int) -> Plan | None:
    """Return the plan for a path with one seed, or None where luck falls otherwise."""
    state = play.start(scenario, seed=seed)
    choices = []
    while not play.over(scenario, state):
        node = scenario.nodes[state.node]
        move = None
        if isinstance(node, Decision):
            move = path[len(state.path)]
            choices.append(move)
        state = play.advance(scenario, state, move)
        if isinstance(node, Chance) and state.path[-1] != path[len(state.path) - 1]:
            return None
    ending = scenario.nodes[state.node]
    assert isinstance(ending, Ending)
    return Plan(seed, choices, state.node, str(ending.title), state.indicators)
