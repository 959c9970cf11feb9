"""What the slides of a session say, before anything is drawn: titles, lines, and notes for whoever runs it.

A slide has what the room may see at that moment. What follows a choice stands in the notes of its card and on no slide.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from courseware import library, markup
from courseware.course import course
from courseware.facilitate import kit_words
from courseware.facilitate.sheet import Session, Step
from courseware.facilitate.sheet_page import NAMES
from courseware.kinds.scenario.spec import Decision, Scenario

# Points, the largest first: a slide has the first in which all of it fits; where none is small enough, it is parted.
USUAL, LARGER = (36, 32, 28, 24), (44, 40, 36, 30)
# What a slide holds, in points; and what a character takes of a size, on the average of the widest text of the course.
WIDTH, HEIGHT, AFTER = 850, 322, 10
CHARACTER, LEADING = 0.5, 1.2
LETTERED = 1.6  # what a mark takes of each line, of the size


@dataclass(frozen=True)
class Line:
    """A paragraph of a slide. `lead` stands before it in bold; `mark` is a bullet or the letter of a choice."""

    text: str
    lead: str = ""
    mark: str = ""

    def height(self, size: int) -> float:
        """Return how high it stands in text of this size, in points, the space after it included."""
        width = WIDTH - (LETTERED * size if self.mark else 0)
        lines = _lines(f"{self.lead} {self.text}".strip(), int(width / (CHARACTER * size)))
        return lines * size * LEADING + AFTER


@lru_cache(maxsize=8192)
def _lines(text: str, width: int) -> int:
    return len(textwrap.wrap(text, width))


@dataclass(frozen=True)
class Slide:
    """A slide: its title, which no other slide has, what it shows, the minutes that it stands for, and its notes."""

    title: str
    lines: list[Line]
    notes: str
    size: int = USUAL[-1]
    minutes: tuple[int, int] | None = None
    step: int | None = None
    bars: list[int] = field(default_factory=list)
    first: bool = False


def outline(session: Session, *, large: bool = False) -> list[Slide]:
    """Return the slides of a session: each step, the story's opening, each decision, the questions and the plan.

    In `large` print less fits on a slide, so there are more of them.
    """
    slides = [_title(session)]
    for number, step in enumerate(session.steps):
        slides += _step(session, number, step)
    return _numbered([part for slide in slides for part in _parts(slide, LARGER if large else USUAL)])


def drawn(title: str, slides: list[Slide], *, large: bool = False, contrast: bool = False) -> bytes:
    """Return slides as a PowerPoint file: the same bytes for the same slides."""
    from courseware.facilitate import slides_file

    return slides_file.drawn(title, slides, large=large, contrast=contrast)


def _title(session: Session) -> Slide:
    notes = [
        f"{session.minutes} minutes, {session.spare} of them to spare.",
        "The bar at the foot of each slide is the clock: the dark part is the step that you are in.",
        "Nothing that follows a choice stands on a slide. It is in the notes of its card, for your eyes.",
        *(kit_words.plain(each) for each in session.why),
    ]
    about = course()
    return Slide(
        session.question,
        [Line(session.theme), Line(f"{about['title']}: {about['subtitle']}")],
        "\n\n".join(notes),
        first=True,
    )


def _step(session: Session, number: int, step: Step) -> Iterator[Slide]:
    clock: dict[str, Any] = {
        "minutes": (step.start, step.end),
        "step": number,
        "bars": [*(each.minutes for each in session.steps), session.spare],
    }
    kind = step.id.partition("-")[0]
    notes = _notes(session, step)
    case = library.load(step.exercise) if step.exercise else None
    scenario = case if isinstance(case, Scenario) else None
    # The first story is read before the vote; the second, once people know that it is another.
    if scenario and kind == "vote":
        yield from _story(scenario, step, clock)
    yield Slide(markup.plain(step.title), _shown(step, kind), notes, **clock)
    if scenario and kind == "again":
        yield from _story(scenario, step, clock)
    if scenario and kind in {"vote", "play", "again"}:
        decisions = [each.id for each in step.decisions]
        # The first card of a play was voted on, and stands there.
        for name in decisions[1:] if kind == "play" else decisions:
            yield from _card(scenario, step, name, clock)
    elif case and kind == "opener":
        yield Slide(
            str(case.title), _paragraphs(str(case.prompt)), "What people do with it stands on the handout.", **clock
        )
    if kind in {"four", "after"} and step.ask:
        yield Slide(
            f"{markup.plain(step.title)}: to talk about",
            [Line(markup.plain(each), mark="•") for each in step.ask],
            notes,
            **clock,
        )
    if scenario and kind == "after":
        yield Slide(
            "Four questions about what happened",
            [Line(str(each), mark="•") for each in _asked(scenario)],
            notes,
            **clock,
        )
    if kind == "plan":
        yield _plan(session, notes, clock)


def _shown(step: Step, kind: str) -> list[Line]:
    """Return what the room sees of a step. A step of the fifteen minutes says it itself."""
    told = kit_words.words()["slides"].get(kind)
    if told is None:
        return [*_paragraphs(step.do), *(Line(markup.plain(each), mark="•") for each in step.ask)]
    many = len(step.decisions)
    given = {"{many}": str(many), "{length}": str(step.minutes)}
    said = [re.sub(r"\{\w+\}", lambda found: given.get(found[0], found[0]), each) for each in told]
    return [Line(markup.plain(each.replace(" - ", " – ")), mark="•") for each in said]


def _paragraphs(text: str) -> list[Line]:
    return [Line(each) for each in kit_words.plain(text).split("\n") if each]


def _asked(scenario: Scenario) -> list[str]:
    return [str(each) for each in scenario.debrief.after_action.compiled(scenario).values()]


def _plan(session: Session, notes: str, clock: dict[str, Any]) -> Slide:
    played = next((step.exercise for step in session.steps if step.id == "play"), None)
    case = library.load(played) if played else None
    sentence = case.debrief.if_then if isinstance(case, Scenario) else "If ___ happens, I will ___"
    return Slide("My plan", [Line(re.sub(r"_{2,}", "…", str(sentence)))], notes, **clock)


def _story(scenario: Scenario, step: Step, clock: dict[str, Any]) -> Iterator[Slide]:
    act = next((each for each in scenario.acts if each.id == step.act), None)
    about = "Read it aloud, slowly. It is on the first page that everybody has."
    title = f"{scenario.title}, {act.title}" if act else str(scenario.title)
    yield Slide(f"The case: {title}", _paragraphs(str(scenario.prompt)), about, **clock)
    if act and act.so_far:
        yield Slide(f"So far: {title}", _paragraphs(str(act.so_far)), about, **clock)


def _card(scenario: Scenario, step: Step, name: str, clock: dict[str, Any]) -> Iterator[Slide]:
    """Yield a decision: what happens, and what one may do, by the letters of its card."""
    node = scenario.nodes[name]
    if not isinstance(node, Decision):
        raise TypeError(f"`{name}` of `{scenario.id}` is no decision; `{step.id}` names it in data/sessions.yml")
    told = kit_words.told(scenario.id, step.act)["paper"]
    number = told["numbers"][name]
    label = f"{scenario.title}, card {number}"
    messages = [Line(each.text, lead=" ".join(filter(None, [each.at, f"{each.sender}:"]))) for each in node.messages]
    notes = _follows(node, told["follows"][name], step, name)
    where = [Line("", lead=str(node.label))] if node.label else []
    yield Slide(
        label, [*where, *_paragraphs(str(node.text)), *messages], f"Read card {number} aloud, messages too.", **clock
    )
    choices = [
        Line(
            f"{choice.text}{' (ask the reader whether this is open)' if choice.if_ else ''}", mark=chr(ord("A") + index)
        )
        for index, choice in enumerate(node.choices)
    ]
    yield Slide(f"{label}: what do you do?", choices, notes, **clock)


def _follows(node: Decision, leads: dict[str, Any], step: Step, name: str) -> str:
    said = ["What follows, for your eyes. Read out one letter, and only when it is chosen."]
    for index, choice in enumerate(node.choices):
        way = leads[choice.id]
        only = f" (open only if {way['if']})" if way["if"] else ""
        told = kit_words.plain(str(choice.feedback.consequence))
        said.append(f"{chr(ord('A') + index)}{only}. {told} {way['effects']} Then card {way['turn']}.")
    playing = next((each for each in step.decisions if each.id == name), None)
    if playing and playing.counted:
        said.append("Taken by count: read it, count the letters, take the most common, and go on without talk.")
    if playing:
        said += _listed("Ask", playing.ask) + _listed("Listen for", playing.listen_for)
    return "\n\n".join(said)


def _notes(session: Session, step: Step) -> str:
    """Return what whoever runs the session does in a step, and when."""
    said = [f"Minutes {step.start} to {step.end} of {session.minutes}. {step.who}.", kit_words.plain(step.do)]
    said += [f"{NAMES[role]}: {markup.plain(text)}" for role, text in step.roles.items()]
    said += _listed("Ask", step.ask) + _listed("Listen for", step.listen_for)
    said += [f"Who speaks first: {markup.plain(step.first)}"] if step.first else []
    said += [f"Silence: {markup.plain(step.silence)}"] if step.silence else []
    said += [f"If time is short ({step.saves} minutes): {markup.plain(step.shorter)}"] if step.shorter else []
    for words, changes in (("Online", session.online), ("With the boss in the room", session.boss)):
        said += [f"{words}: {kit_words.plain(each.do)}" for each in changes if each.step == step.id]
    return "\n\n".join(said)


def _listed(words: str, items: list[str]) -> list[str]:
    return [f"{words}:\n" + "\n".join(f"– {markup.plain(each)}" for each in items)] if items else []


def _parts(slide: Slide, sizes: Sequence[int]) -> list[Slide]:
    """Return a slide in the largest size that it fits in, or as several in the smallest."""
    fitting = next((size for size in sizes if _high(slide.lines, size) <= HEIGHT), None)
    if fitting is not None:
        return [replace(slide, size=fitting)]
    # No more slides than the smallest size needs, the largest size that makes do with so few, and as much on each.
    count = len(_pages(slide.lines, sizes[-1], HEIGHT))
    size = next(size for size in sizes if len(_pages(slide.lines, size, HEIGHT)) == count)
    tried = (_pages(slide.lines, size, most) for most in range(HEIGHT // 4, HEIGHT + 1))
    pages = next(pages for pages in tried if len(pages) == count)
    return [
        replace(slide, title=f"{slide.title} ({number} of {count})", lines=lines, size=size)
        for number, lines in enumerate(pages, 1)
    ]


def _pages(lines: list[Line], size: int, most: int) -> list[list[Line]]:
    """Return lines as slides no higher than `most`, but for one that holds a single line."""
    pages: list[list[Line]] = [[]]
    for line in lines:
        for piece in _pieces(line, size):
            if pages[-1] and _high([*pages[-1], piece], size) > most:
                pages.append([])
            pages[-1].append(piece)
    return pages


def _high(lines: list[Line], size: int) -> float:
    return sum(line.height(size) for line in lines)


def _pieces(line: Line, size: int) -> list[Line]:
    """Return a paragraph in pieces of at most one slide each, parted between sentences."""
    if line.height(size) <= HEIGHT:
        return [line]
    pieces, text = [], ""
    for sentence in re.split(r"(?<=[.?!”])\s+", line.text):
        if text and replace(line, text=f"{text} {sentence}").height(size) > HEIGHT:
            pieces.append(text)
            text = sentence
        else:
            text = f"{text} {sentence}".strip()
    return [replace(line, text=each) for each in [*pieces, text]]


def _numbered(slides: list[Slide]) -> list[Slide]:
    """Return the slides with titles that differ, as a list of slides is read by its titles."""
    seen = Counter[str]()
    found = []
    for slide in slides:
        seen[slide.title] += 1
        again = seen[slide.title]
        found.append(slide if again == 1 else replace(slide, title=f"{slide.title}, {again}"))
    return found
