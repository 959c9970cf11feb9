"""Room codes: a group's run of a scenario, short enough to read aloud, and back.

A code holds which scenario it is of and which edition, whether an act or the whole was played, every choice and every
fall of luck, and how sure the group was where that was asked. It holds no word that anybody wrote, and no name.

The first four characters are the scenario's own: two bits for the form of the code, eleven that come of the scenario's
id, and seven that come of its major version and of all that decides where a path leads. Every code of one room begins
alike, and a code of another edition is known for one. Then come the play and two check characters (`symbols`). The play
is one number in mixed radix, first move lowest: at each decision the choice among all that are there, open or not, then
how sure; at each chance the outcome. What room the last group leaves is filled with a further check. A code is read by
playing it. `kinds/scenario/code.js` says all this too, name for name, down to what it says of a wrong code.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from courseware.facilitate import code_words, symbols
from courseware.facilitate.code_words import USUAL
from courseware.facilitate.code_words import CodeError as CodeError  # noqa: PLC0414  # whoever reads codes catches it from here
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Chance, Choice, Decision, Ending, Outcome, Scenario, Story

FORM = 0
FORMS, NUMBERS, EDITIONS = 4, 2048, 128
HEAD = 4
SURE = (None, "guess", "fairly-sure", "sure")
# As many as a kept run can have, and far more than a story has; what goes on for longer is no code.
MOVES_AT_MOST = 500
LONGEST = 8 * symbols.BLOCK


@dataclass(frozen=True)
class Run:
    """A run that a code holds. `moves` is what a record keeps of one; `state` is where it led."""

    scenario: Scenario
    act: str | None
    moves: list[dict[str, Any]]
    state: play.State

    @property
    def ending(self) -> str | None:
        """The ending's id, or None at the end of an act."""
        return self.state.node if isinstance(self.scenario.nodes[self.state.node], Ending) else None


def hashed(text: str) -> int:
    """Return a uint32 of a text: FNV-1a, as Fowler, Noll and Vo give it."""
    found = 0x811C9DC5
    for byte in text.encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    # Its low bits depend on too little of a short text; its high bits are folded in.
    return found ^ found >> 15


def number(scenario_id: str) -> int:
    """Return the short number that stands for a scenario's id."""
    return hashed(scenario_id) % NUMBERS


def edition(scenario: Scenario) -> int:
    """Return a short number that changes with the major version, and with anything that decides where a path leads."""
    shape = [
        scenario.major,
        scenario.start,
        dict(scenario.flags),
        {name: [each.min, each.max, each.start] for name, each in scenario.indicators.items()},
        [[act.id, act.start, dict(act.with_)] for act in scenario.acts],
        {name: _shape(node) for name, node in scenario.nodes.items()},
    ]
    return hashed(json.dumps(shape, ensure_ascii=False, separators=(",", ":"), sort_keys=True)) % EDITIONS


def _shape(node: Any) -> list[Any]:
    if isinstance(node, Decision):
        return [_asks(node), *[[*_way(each), each.if_.tree if each.if_ else None] for each in node.choices]]
    if isinstance(node, Chance):
        return [_way(each) for each in node.outcomes]
    if isinstance(node, Story):
        return [node.next]
    routes = getattr(node, "routes", [])  # an ending has none
    return [[route.if_.tree if route.if_ else None, route.next] for route in routes]


def _way(taken: Choice | Outcome) -> list[Any]:
    return [taken.id, taken.next, taken.instructions()]


def _asks(node: Decision) -> bool:
    return "confidence" in node.ask_first


def head(scenario: Scenario) -> str:
    """Return the four characters that every code of this edition of a scenario begins with."""
    found = (FORM * NUMBERS + number(scenario.id)) * EDITIONS + edition(scenario)
    return "".join(symbols.ALPHABET[found >> shift & 31] for shift in (15, 10, 5, 0))


def encode(scenario: Scenario, run: Mapping[str, Any]) -> str:
    """Return the code of a finished run, as a record keeps one: `act`, `moves`, and `seed` where luck was drawn.

    Raises CodeError for a run that is not finished, that this scenario does not offer, or that says how sure somebody
    was in a word that codes do not have.
    """
    act = run.get("act")
    acts = [None, *(each.id for each in scenario.acts)]
    if act not in acts:
        raise CodeError(f"{scenario.title} has no act `{act}`.")
    state = play.start(scenario, seed=int(run.get("seed", 1)), act=act)
    digits = [(acts.index(act), len(acts))]
    for move in run["moves"]:
        name = state.node
        node = scenario.nodes[name]
        if play.over(scenario, state, act):
            raise CodeError("This run goes on after its end, so it has no code.")
        try:
            state = play.advance(scenario, state, move.get("move"))
        except play.IllegalMove:
            raise CodeError(
                f"{scenario.title} does not offer this run, so it has no code. Another version of it may have."
            ) from None
        among = _among(node)
        if among:
            digits.append(([each.id for each in among].index(state.path[-1]), len(among)))
        if isinstance(node, Decision) and _asks(node):
            digits.append((_sure(node.label or name, move.get("confidence")), len(SURE)))
    if not play.over(scenario, state, act):
        raise CodeError("This run is not finished, so it has no code yet.")
    code = _written(head(scenario), digits)
    if len(code) > LONGEST:
        raise CodeError("This run is too long for a code.")
    return symbols.grouped(code)


def _sure(decision: str, confidence: str | None) -> int:
    """Return the digit of how sure a group was; where nothing was said, 0."""
    if confidence in SURE or confidence == "":
        return SURE.index(confidence or None)
    known = ", ".join(filter(None, SURE))
    raise CodeError(f"At “{decision}” it says how sure in a word that codes do not have. They have: {known}.")


def _among(node: Any) -> list[Choice] | list[Outcome]:
    if isinstance(node, Decision):
        return node.choices
    return node.outcomes if isinstance(node, Chance) else []


def _written(first: str, digits: list[tuple[int, int]]) -> str:
    value, weight = 0, 1
    for digit, radix in digits:
        value, weight = value + digit * weight, weight * radix
    room = _room(weight)
    places = symbols.holds(room) - HEAD
    value += weight * _filling(value, weight, places)
    numbers = [value >> 5 * at & 31 for at in range(places)]
    return symbols.sealed([*map(symbols.ALPHABET.index, first), *numbers], room)


def _room(weight: int) -> int:
    """Return how many characters a code has whose play is one of so many."""
    return symbols.room_for(HEAD + -(-(weight - 1).bit_length() // 5))


def _filling(value: int, weight: int, places: int) -> int:
    """Return what fills the room that a play leaves: so much of its hash as there is room for."""
    free: int = 32**places // weight
    return hashed(str(value)) % free


class Reader:
    """Reads codes of the scenarios that it is given."""

    def __init__(self, scenarios: Iterable[Scenario]) -> None:
        each = list(scenarios)
        self.by_head = {head(scenario): scenario for scenario in each}
        self.by_number = {number(scenario.id): scenario for scenario in each}

    def read(self, text: str) -> Run:
        """Return the run that a code holds. Raises CodeError, with the likely mend where one slip explains it."""
        code = symbols.tidy(text)
        try:
            return self._read(code)
        except CodeError as error:
            if len(code) > LONGEST:  # nobody's slip
                raise
            for one, other in code_words.halves(code):
                if self._holds(one) and self._holds(other):
                    raise code_words.two(one, other) from None
            mends = [each for each in symbols.slips(code) if self._holds(each)]
            if len(mends) != 1:
                raise
            place = code_words.place(code, mends[0])
            raise CodeError(f"{error}{place}", symbols.grouped(mends[0])) from None

    def _holds(self, code: str) -> bool:
        try:
            self._read(code)
        except CodeError:
            return False
        return True

    def _read(self, code: str) -> Run:
        if not code:
            raise CodeError("There is no code here.")
        if len(code) > LONGEST:
            raise CodeError(code_words.misfit(len(code)))
        for at in symbols.strange(code):
            raise CodeError(f"“{code[at]}”, {code_words.where(code, at)}, is not a character that codes have.")
        numbers = symbols.opened(code) if len(code) >= USUAL[0] else None
        if numbers is None:
            raise CodeError(code_words.misfit(len(code)))
        return self._played(self._whose(code[:HEAD]), numbers, len(code))

    def _whose(self, first: str) -> Scenario:
        if first in self.by_head:
            return self.by_head[first]
        bits = 0
        for each in first:
            bits = bits << 5 | symbols.ALPHABET.index(each)
        if bits >> 18 != FORM:
            raise CodeError("It was made by a newer version of the course than this page belongs to.")
        other = self.by_number.get(bits >> 7 & NUMBERS - 1)
        if other:
            raise CodeError(
                f"It was made with another version of “{other.title}” than the {other.version} here, "
                "so its choices cannot be read."
            )
        raise CodeError(f"It begins with {first}, and no scenario here has codes that begin so.")

    def _played(self, scenario: Scenario, numbers: list[int], length: int) -> Run:
        rest = whole = sum(each << 5 * at for at, each in enumerate(numbers[HEAD:]))
        acts = [None, *(each.id for each in scenario.acts)]
        rest, which = divmod(rest, len(acts))
        act, weight = acts[which], len(acts)
        state = play.start(scenario, act=act)
        moves: list[dict[str, Any]] = []
        while not play.over(scenario, state, act):
            node = scenario.nodes[state.node]
            move: dict[str, Any] = {"at": state.node, "move": None}
            among = _among(node)
            if among:
                rest, index = divmod(rest, len(among))
                weight *= len(among)
                move["move"] = among[index].id
            if isinstance(node, Decision) and _asks(node):
                rest, sure = divmod(rest, len(SURE))
                weight *= len(SURE)
                move |= {"confidence": SURE[sure]} if sure else {}
            try:
                state = play.advance(scenario, state, move["move"])
            except play.IllegalMove:
                raise code_words.impossible(scenario, length) from None
            moves.append(move)
            if len(moves) > MOVES_AT_MOST:
                raise code_words.impossible(scenario, length)
        if _room(weight) != length or rest != _filling(whole % weight, weight, len(numbers) - HEAD):
            raise code_words.impossible(scenario, length)
        return Run(scenario, act, moves, state)


def decode(text: str, scenarios: Iterable[Scenario]) -> Run:
    """Return the run that a code holds; for many codes, make one `Reader`. Raises CodeError, as `Reader.read` does."""
    return Reader(scenarios).read(text)
