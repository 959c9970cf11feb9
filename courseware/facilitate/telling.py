"""How a scenario's texts are set in a terminal: the story, the choices, the score, the debrief. It makes no move."""

import shlex
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markdown import Markdown as Marked
from rich.text import Text

from courseware import library
from courseware.base import Reasoned
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Act, Chance, Choice, Decision, Ending, Indicator, Outcome, Scenario
from courseware.markup import Markdown, tokens

if TYPE_CHECKING:
    from courseware.facilitate.terminal import Run

MOST = 80  # characters: no longer line reads well
Told = tuple[play.State, play.State, str, str]  # before, after, the reason, how sure


def letter(number: int) -> str:
    """Return the letter of a choice, as on paper and in the page."""
    return "ABCDEF"[number]


def say(out: Console, text: str, style: str = "", indent: int = 0, lead: str = "") -> None:
    """Print plain text, with its lines broken between words; what follows a `lead` hangs from it."""
    _print(out, Text(str(text), style=style), indent, lead)


def marked(out: Console, text: Markdown, indent: int = 0) -> None:
    """Print what an author wrote in Markdown."""
    shown = Marked("", hyperlinks=False)
    shown.parsed = tokens(text)
    _print(out, shown, indent)


def _print(out: Console, what: Any, indent: int, lead: str = "") -> None:
    """Print with no space at the ends of lines, which a pipe or a screen reader would have to get over."""
    width = min(out.width, MOST)
    indent = indent if width > 30 else 0
    margin = " " * indent + lead
    for line in out.render_lines(what, out.options.update_width(width - len(margin)), pad=False):
        text = Text.assemble(*((part.text, part.style or "") for part in line))
        text.rstrip()
        out.print(Text(margin if text else "") + text, soft_wrap=True, highlight=False)
        margin = " " * len(margin)


def heading(out: Console, text: str, rule: str = "") -> None:
    """Print a heading with an empty line before it, underlined by a character where it begins a part."""
    out.print()
    say(out, text, "bold")
    if rule:
        say(out, rule * min(len(text), out.width, MOST))


def opening(scenario: Scenario, out: Console, act: str | None) -> None:
    """Say what this is, for whom it may be hard, and which acts can be played alone."""
    heading(out, str(scenario.title), "=")
    marked(out, scenario.prompt)
    if scenario.safety:
        instead = scenario.safety.alternative
        other = f" “{library.load(instead).title}” counts as complete in place of this one." if instead else ""
        out.print()
        say(out, f"You can stop at any time.{other}")
    chosen = _act(scenario, act)
    if chosen:
        heading(out, f"So far · {chosen.title}")
        if chosen.so_far:
            marked(out, chosen.so_far)
    elif scenario.acts:
        ids = ", ".join(f"--act {each.id} ({each.minutes} minutes)" for each in scenario.acts)
        out.print()
        say(out, f"This is the whole story. An act alone: {ids}")


def _act(scenario: Scenario, act: str | None) -> Act | None:
    return next((each for each in scenario.acts if each.id == act), None)


def passage(scenario: Scenario, state: play.State, decided: int, out: Console) -> None:
    """Print the passage that the play has come to, with the calls and messages that come in."""
    node: Any = scenario.nodes[state.node]
    if isinstance(node, Decision):
        heading(out, " · ".join(filter(None, [f"Decision {decided + 1}", node.label])))
    else:
        heading(out, node.label or ("What nobody controls" if isinstance(node, Chance) else "The story goes on"))
    _story(node, out)


def _story(node: Any, out: Console) -> None:
    marked(out, node.text)
    for message in node.messages:
        out.print()
        say(out, " ".join(filter(None, [message.at, message.sender])) + ":", "bold", 2)
        say(out, message.text, indent=2)


def scores(scenario: Scenario, state: play.State, out: Console, *, whole: bool = False) -> None:
    """Print the indicators: those that are shown all the way, and at the end the whole of them."""
    shown = [
        f"{each.label}: {reading(each, state.indicators[name])}"
        for name, each in scenario.indicators.items()
        if whole or each.show == "always"
    ]
    if shown:
        out.print()
        for line in shown:
            say(out, line, "italic")


def reading(indicator: Indicator, value: int) -> str:
    """Return one value in words: `7 of 10 · fair`."""
    span = f"of {indicator.max}" if indicator.min == 0 else f"(from {indicator.min} to {indicator.max})"
    words = indicator.words or []
    if not words:
        return f"{value} {span}"
    # The words divide the range equally, low to high, as in the page.
    place = (value - indicator.min) * len(words) // (indicator.max - indicator.min + 1)
    return f"{value} {span} · {words[min(place, len(words) - 1)]}"


def letters(scenario: Scenario, state: play.State) -> dict[str, tuple[Choice, bool]]:
    """Return the choices here by their letters, each with whether it is open."""
    return {letter(number).lower(): each for number, each in enumerate(play.options(scenario, state))}


def choices(scenario: Scenario, state: play.State, out: Console) -> None:
    """Print the choices, lettered; one that is locked says why."""
    out.print()
    for name, (choice, is_open) in letters(scenario, state).items():
        say(out, choice.text, indent=2, lead=f"{name.upper()}  ")
        if not is_open:
            say(out, f"[locked] {choice.else_text}", "italic", 5)


def offers(choices: dict[str, tuple[Choice, bool]]) -> str:
    """Say what can be typed here."""
    if not choices:
        return "Press Enter to go on. Or type back, restart or quit."
    open_ones = [name.upper() for name, (_, is_open) in choices.items() if is_open]
    return f"Type {_either(open_ones)}. Or type back, restart or quit."


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def prompt(scenario: Scenario, state: play.State, out: Console) -> None:
    """Ask."""
    node = scenario.nodes[state.node]
    out.print()
    if isinstance(node, Decision) and node.ask_first:
        asked = "your reason" if "rationale" in node.ask_first else ""
        sure = "guess, fairly or sure" if "confidence" in node.ask_first else ""
        extra = " and ".join(filter(None, [sure, asked]))
        say(out, f"After the letter you may write {extra}: it comes back at the debrief. Name nobody.")
    say(out, offers(letters(scenario, state)))


def came_of(scenario: Scenario, before: play.State, after: play.State, out: Console) -> None:
    """Print what came of a choice, or how luck fell; nothing where a story was read on."""
    node, taken = _taken(scenario, before, after)
    if isinstance(taken, Choice):
        heading(out, f"{_letter_of(node, taken)}  {taken.text}")
        say(out, "What came of it", "italic")
        marked(out, taken.feedback.consequence)
    elif isinstance(taken, Outcome):
        heading(out, "What happened")
        marked(out, taken.text)


def _taken(scenario: Scenario, before: play.State, after: play.State) -> tuple[Any, Choice | Outcome | None]:
    node: Any = scenario.nodes[before.node]
    if len(after.path) == len(before.path):
        return node, None
    ways = node.choices if isinstance(node, Decision) else node.outcomes
    return node, next(each for each in ways if each.id == after.path[-1])


def _letter_of(node: Any, taken: Choice) -> str:
    return letter([choice.id for choice in node.choices].index(taken.id))


def ending(scenario: Scenario, state: play.State, out: Console) -> None:
    """Print the ending, or that this act ends here."""
    node = scenario.nodes[state.node]
    if isinstance(node, Ending):
        heading(out, f"The end · {node.title}", "-")
        _story(node, out)
        if node.learned:
            out.print()
            marked(out, node.learned)
    else:
        heading(out, "The end of this act", "-")
        say(out, "The story goes on in the next one.")
    scores(scenario, state, out, whole=True)


def debrief(scenario: Scenario, steps: list[Told], state: play.State, out: Console, act: str | None = None) -> None:
    """Print the path taken with its reasons, the paths that somebody defends, and the questions after the action.

    After one act it tells nothing of the acts that follow.
    """
    heading(out, "Debrief", "=")
    if scenario.debrief.opening and not play.next_act(scenario, act):
        marked(out, scenario.debrief.opening)
    heading(out, "Your path, and why", "-")
    decided = 0
    for before, after, reason, sure in steps:
        node, taken = _taken(scenario, before, after)
        if isinstance(taken, Choice):
            decided += 1
            heading(out, f"Decision {decided}: {_letter_of(node, taken)}  {taken.text}")
            if reason:
                say(out, f"Your reason: {reason}", indent=2)
            if sure:
                say(out, f"How sure you were: {sure}", indent=2)
            marked(out, taken.feedback.why, 2)
            _ground(taken.feedback, scenario, out)
            if taken.feedback.misconception:
                say(out, "A common belief:", "bold", 2)
                marked(out, taken.feedback.misconception, 2)
        elif isinstance(taken, Outcome):
            odds = sum(outcome.weight for outcome in node.outcomes)
            heading(out, f"Luck: {taken.weight} in {odds}")
            marked(out, taken.text, 2)
    _moved(scenario, steps, state, out)
    _defended(scenario, out, act)
    heading(out, "After the action", "-")
    asked = scenario.debrief.after_action
    for number, name in enumerate(type(asked).model_fields, 1):
        say(out, getattr(asked, name), lead=f"{number}  ")
    heading(out, "Your own case", "-")
    marked(out, scenario.debrief.own_case)
    say(out, scenario.debrief.if_then)


def _ground(feedback: Reasoned, scenario: Scenario, out: Console) -> None:
    words = f"Basis: {feedback.basis}"
    if feedback.cite:
        work = scenario.reference(feedback.cite.source)
        at = f", {feedback.cite.at}" if feedback.cite.at else ""
        words += f". {work.label}{at}" + (f": {work.url}" if work.url else "")
    say(out, words, "italic", 2)


def _moved(scenario: Scenario, steps: list[Told], state: play.State, out: Console) -> None:
    heading(out, "The score, from the start to the end", "-")
    first = steps[0][0] if steps else state
    for name, each in scenario.indicators.items():
        say(out, f"{each.label}: {first.indicators[name]} → {reading(each, state.indicators[name])}")


def _defended(scenario: Scenario, out: Console, act: str | None) -> None:
    heading(out, "Paths that someone would defend", "-")
    chosen = _act(scenario, act)
    goes_on = play.next_act(scenario, act) is not None
    whose = "the way of" if goes_on else "argued by"
    say(out, f"None of these is the answer. Each is {whose} somebody with something at stake.")
    if chosen and goes_on:
        say(out, f"This is as far as “{chosen.title}” goes; the rest is not told here.")
    for each in scenario.debrief.defended:
        heading(out, str(each.by))
        if not goes_on:  # what is argued speaks of the whole story
            marked(out, each.argues)
        for lead, text in _walked(scenario, each.path, act):
            say(out, text, indent=2, lead=lead)


def _walked(scenario: Scenario, path: list[str], act: str | None) -> list[tuple[str, str]]:
    """Return a path, or what of it belongs to an act, as lines: the letter of a choice and its words, luck, the end."""
    lines: list[tuple[str, str]] = []
    chosen = _act(scenario, act)
    begun = chosen is None
    for before, after in play.steps(scenario, path):
        begun = begun or (chosen is not None and before.node == chosen.start)
        node, taken = _taken(scenario, before, after)
        if begun and isinstance(taken, Choice):
            lines.append((f"{_letter_of(node, taken)}  ", str(taken.text)))
        elif begun and isinstance(taken, Outcome):
            lines.append(("Luck: ", taken.id.replace("-", " ")))
        end = scenario.nodes[after.node]
        if isinstance(end, Ending):
            lines.append(("It ends: ", str(end.title)))
        if play.over(scenario, after, act):
            break
    return lines


def taken_up(run: "Run", out: Console, again: list[str], *, asked: bool) -> None:
    """Say where the play stands, and how to take it up again."""
    out.print()
    if not asked and isinstance(run.scenario.nodes[run.state.node], Decision):
        names = ", ".join(c.id for c, is_open in play.options(run.scenario, run.state) if is_open)
        say(out, f"The path stops here. It can go on with: {names}")
    words = [*again, "--seed", str(run.seed), *(["--act", run.act] if run.act else [])]
    if run.path:
        words += ["--path", ",".join(run.path)]
    say(out, "Nothing is kept. To go on from here:" if not run.over else "Nothing is kept. To see this run again:")
    out.print(f"  {shlex.join(words)}", soft_wrap=True, markup=False, highlight=False)
