"""A scenario in the terminal: read it, choose by letter, go back a step, and at the end the debrief.

A run is its seed and its path, and the two are all that is needed to take it up again: nothing is kept on the machine.
Only bold, italics and words carry meaning, so that it reads the same without colour, in a pipe, and read aloud.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console

from courseware.facilitate import telling
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Chance, Decision, Scenario

SURE = {"guess": "a guess", "fairly": "fairly sure", "sure": "sure"}
BACK, RESTART, QUIT = {"back", "<", "b"}, {"restart", "r"}, {"quit", "q", "exit"}

Read = Callable[[], str]


class Stop(Exception):  # noqa: N818  # it is no error
    """The player has had enough, or there is no more to read from."""


@dataclass
class Step:
    """A move that was made: the state before it, what was moved by, and what was said of it."""

    before: play.State
    move: str | None
    after: play.State
    reason: str = ""
    sure: str = ""


@dataclass
class Run:
    """A play of a scenario, or of one act: its steps, of which any can be taken back."""

    scenario: Scenario
    seed: int
    act: str | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def state(self) -> play.State:
        """Where the play stands."""
        if self.steps:
            return self.steps[-1].after
        return play.start(self.scenario, seed=self.seed, act=self.act)

    @property
    def path(self) -> list[str]:
        """What leads here again with the same seed: the choices. Luck that was drawn from the seed is drawn alike."""
        return [step.move for step in self.steps if step.move is not None]

    @property
    def over(self) -> bool:
        """Whether it has come to its end."""
        return play.over(self.scenario, self.state, self.act)

    def move(self, move: str | None, reason: str = "", sure: str = "") -> Step:
        """Make a move and return it as a step. Raises play.IllegalMove."""
        before = self.state
        self.steps.append(Step(before, move, play.advance(self.scenario, before, move), reason, sure))
        return self.steps[-1]


def play_it(  # noqa: PLR0913  # what to play, where, and how
    scenario: Scenario,
    out: Console,
    read: Read | None,
    *,
    again: list[str],
    seed: int,
    act: str | None = None,
    path: list[str] | None = None,
) -> bool:
    """Play a scenario: first along a path, and then as is answered; without `read` it stops where the path does.

    `again` are the words of the command that plays it, for taking a run up later. A path holds the ids of choices.
    Outcomes of chance can stand in it too, and are drawn from the seed where they do not. Returns whether the run came
    to its end. Raises ValueError for a path that cannot be walked.
    """
    run = Run(scenario, seed, act)
    left = list(path or [])
    walking = bool(left) or read is None
    try:
        telling.opening(scenario, out, act)
        while not run.over:
            _show(run, out)
            walking = walking and (bool(left) or not _asks(run))
            if walking:
                _tell(run, _along(run, left), out)
            else:
                _answered(run, out, read)
        if left:
            raise ValueError(f"the path goes on after the end: {', '.join(left)}; leave that out")
        _end(run, out)
        if read is not None:
            _after(run, out, read)
    except (Stop, KeyboardInterrupt, EOFError):
        telling.taken_up(run, out, again, asked=read is not None)
    return run.over


def _asks(run: Run) -> bool:
    return isinstance(run.scenario.nodes[run.state.node], Decision)


def _show(run: Run, out: Console) -> None:
    state = run.state
    telling.passage(run.scenario, state, _decided(run), out)
    telling.scores(run.scenario, state, out)
    if _asks(run):
        telling.choices(run.scenario, state, out)


def _decided(run: Run) -> int:
    return sum(isinstance(run.scenario.nodes[step.before.node], Decision) for step in run.steps)


def _along(run: Run, left: list[str]) -> Step:
    """Take the next step of a path."""
    node = run.scenario.nodes[run.state.node]
    if isinstance(node, Decision):
        move = left.pop(0)
        offered = play.options(run.scenario, run.state)
        if move not in {choice.id for choice, is_open in offered if is_open}:
            locked = next((choice for choice, _ in offered if choice.id == move), None)
            why = (
                f"is not open at `{run.state.node}`: {locked.else_text}"
                if locked
                else f"is no choice at `{run.state.node}`"
            )
            names = ", ".join(choice.id for choice, is_open in offered if is_open)
            raise ValueError(f"`{move}` {why}; here one can go on with: {names}")
        return run.move(move)
    if isinstance(node, Chance) and left and left[0] in {outcome.id for outcome in node.outcomes}:
        return run.move(left.pop(0))
    return run.move(None)


def _answered(run: Run, out: Console, read: Read | None) -> None:
    """Ask until something is done: a move, a step back, a new start. Raises Stop where nobody answers."""
    while True:
        if read is None:
            raise Stop
        telling.prompt(run.scenario, run.state, out)
        said = read().strip()
        word, _, rest = said.partition(" ")
        word = word.rstrip(".,:)").lower()
        letters = telling.letters(run.scenario, run.state)
        if word in letters:
            choice, is_open = letters[word]
            if not is_open:
                telling.say(out, f"{word.upper()} is not open. {choice.else_text}")
                continue
            reason, sure = _reason(rest)
            _tell(run, run.move(choice.id, reason, sure), out)
            return
        if word in QUIT:
            raise Stop
        if word in BACK and run.steps:
            run.steps.pop()
            telling.say(out, "Back one step.")
            return
        if word in RESTART and run.steps:
            telling.say(out, f"A new start. The run that you leave was: {','.join(run.path) or 'no choice yet'}")
            run.steps.clear()
            return
        if not word and not letters:
            _tell(run, run.move(None), out)
            return
        telling.say(out, "This is the first step." if word in BACK | RESTART else "That is none of them.")


def _reason(rest: str) -> tuple[str, str]:
    """Return what was written after a letter: a reason, and how sure somebody is if that is the first word."""
    word, _, more = rest.strip().partition(" ")
    sure = SURE.get(word.rstrip(".,:").lower(), "")
    return (more.strip(), sure) if sure else (rest.strip(), "")


def _tell(run: Run, step: Step, out: Console) -> None:
    telling.came_of(run.scenario, step.before, step.after, out)


def _end(run: Run, out: Console) -> None:
    telling.ending(run.scenario, run.state, out)
    told = [(step.before, step.after, step.reason, step.sure) for step in run.steps]
    telling.debrief(run.scenario, told, run.state, out, run.act)


def _after(run: Run, out: Console, read: Read) -> None:
    """After the debrief: back a step, again, or leave."""
    while True:
        telling.say(out, "Type restart to play again, back for one step back, or press Enter to leave.")
        word = read().strip().lower()
        if not word or word in QUIT:
            return
        if word in BACK or word in RESTART:
            del run.steps[0 if word in RESTART else -1 :]
            while not run.over:
                _show(run, out)
                _answered(run, out, read)
            _end(run, out)
