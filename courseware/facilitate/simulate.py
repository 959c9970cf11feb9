"""Plays that nobody played: what chance alone would give, and made-up groups to show a picture of a cohort with."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from courseware.kinds.scenario import play
from courseware.kinds.scenario.explore import Explorer, Values, applied
from courseware.kinds.scenario.spec import Chance, Choice, Decision, Scenario

# Given a decision's node, its open choices and dice: which to take, and how sure, or None.
Choose = Callable[[str, list[Choice], Random], tuple[Choice, str | None]]


def any_open(_node: str, open_choices: list[Choice], rng: Random) -> tuple[Choice, str | None]:
    """Choose any open choice, each as likely as the next, and say nothing of how sure."""
    return rng.choice(open_choices), None


def run(scenario: Scenario, choose: Choose, rng: Random, act: str | None = None) -> dict[str, Any]:
    """Return a finished run, as a record keeps one, in which `choose` decided and luck fell by its weights."""
    seed = rng.getrandbits(32)
    state = play.start(scenario, seed=seed, act=act)
    moves = []
    while not play.over(scenario, state, act):
        node = scenario.nodes[state.node]
        move: dict[str, Any] = {"at": state.node, "move": None}
        if isinstance(node, Decision):
            taken, sure = choose(state.node, [each for each, is_open in play.options(scenario, state) if is_open], rng)
            move["move"] = taken.id
            if sure and "confidence" in node.ask_first:
                move["confidence"] = sure
        state = play.advance(scenario, state, move["move"])
        moves.append(move)
    return {"act": act, "seed": seed, "moves": moves}


@dataclass(frozen=True)
class Baseline:
    """What chance alone gives: plays in which every open choice is as likely as the next."""

    plays: int
    endings: dict[str, int]  # by the node where a play stopped
    indicators: dict[str, float]  # the mean at the end
    agreed: list[list[int]]  # for each defended path: decisions met on both, and chosen alike


def baseline(scenario: Scenario, act: str | None = None, plays: int = 1000, seed: int = 1) -> Baseline:
    """Return what so many plays at random give; the same seed gives the same."""
    rng = Random(seed)  # noqa: S311  # dice, not secrets
    explorer = Explorer(scenario)
    following = play.next_act(scenario, act)
    stop = explorer.index[following.start] if following else None
    weights = {
        explorer.index[name]: [each.weight for each in node.outcomes]
        for name, node in scenario.nodes.items()
        if isinstance(node, Chance)
    }
    paths = [
        {explorer.index[node]: choice for node, choice in chosen(scenario, each.path).items()}
        for each in scenario.debrief.defended
    ]
    endings: Counter[int] = Counter()
    sums = [0] * len(scenario.indicators)
    agreed = [[0, 0] for _ in paths]
    for _ in range(plays):
        node, values, taken = _played(explorer, act, stop, weights, rng)
        endings[node] += 1
        sums = [total + int(value) for total, value in zip(sums, values, strict=False)]
        for path, count in zip(paths, agreed, strict=True):
            met = path.keys() & taken.keys()
            count[0] += len(met)
            count[1] += sum(path[each] == taken[each] for each in met)
    return Baseline(
        plays,
        {explorer.names[node]: count for node, count in sorted(endings.items())},
        {name: round(total / plays, 1) for name, total in zip(scenario.indicators, sums, strict=True)},
        agreed,
    )


def chosen(scenario: Scenario, path: list[str]) -> dict[str, str]:
    """Return what a path of choices and outcomes chooses, by decision."""
    steps = play.steps(scenario, path)
    return {before.node: after.path[-1] for before, after in steps if isinstance(scenario.nodes[before.node], Decision)}


def _played(
    explorer: Explorer, act: str | None, stop: int | None, weights: dict[int, list[int]], rng: Random
) -> tuple[int, Values, dict[int, str]]:
    """Play once on the flat states of the explorer, twenty times as fast as `play`; return the end and the choices."""
    taken: dict[int, str] = {}
    node, values = _settled(explorer, *explorer.first(act))
    while node != stop:
        ways = [move for move in explorer.moves[node] if move[2] is None or move[2](values)]
        if not ways:
            break
        move = rng.choices(ways, weights[node])[0] if node in weights else rng.choice(ways)
        if move[0] is not None and node not in weights:
            taken[node] = move[0]
        node, values = _settled(explorer, move[4], applied(values, move[3]))
    return node, values, taken


def _settled(explorer: Explorer, node: int, values: Values) -> tuple[int, Values]:
    for _ in explorer.names:
        if node not in explorer.checks:
            break
        node = next(after for test, after in explorer.checks[node] if test is None or test(values))
    return node, values
