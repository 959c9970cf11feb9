"""`check("id", answer)`: tells a learner whether an answer is right and, where it is not, where to look.

Never the answer itself. What is right, and what is said to each wrong answer that can be foreseen, stands in
`<lab>.checks.yml` beside the lab; `courseware check` says what is wrong with such a file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import escape
from pydantic import ValidationError

from courseware import mends, outside, reading
from courseware.base import nearest
from courseware.checks import answers
from courseware.checks.spec import Lab
from courseware.course import course, root
from courseware.markup import html, plain
from courseware.problems import ExerciseError, Finding, Place, Problem, field_name

SUFFIX = ".checks.yml"
UNREADABLE = answers.NotComparable(
    "That cannot be read as an answer.", "Show it on its own in a cell: is it a number, a word, a list or a table?"
)


@dataclass(frozen=True)
class Verdict:
    """What is said to an answer. True where it is right, so that `if check(…):` reads as it should."""

    asks: str
    right: bool
    say: str
    look: str = ""

    def __bool__(self) -> bool:
        """Tell whether the answer is right."""
        return self.right

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        return "Right." if self.right else "Not yet."

    def __repr__(self) -> str:
        """Give the same in plain words."""
        look = [f"Where to look: {plain(self.look)}"] if self.look else []
        return "\n".join([f"{self.word} {self.asks}", plain(self.say), *look])

    def _repr_html_(self) -> str:
        """Give it as it stands under a cell. Words say it, and the edge, whole or broken; no colour does."""
        edge = "solid" if self.right else "dashed"
        look = f"<p><strong>Where to look.</strong></p>{html(self.look)}" if self.look else ""
        return (
            f'<div class="lab-check" style="border-inline-start: 0.3rem {edge}; padding-inline-start: 1rem">'
            f"<p><strong>{self.word}</strong> {escape(self.asks)}</p>{html(self.say)}{look}</div>"
        )


def check(check_id: str, answer: Any) -> Verdict:
    """Return what there is to say to an answer; the same each time.

    Parameters
    ----------
    check_id
        The check's id, as it stands in the lab.
    answer
        The answer in any form that means the same: a number or a Series of one; a list, set, array or Series; numbers
        by label as a Series, dict or table of one column.

    Raises
    ------
    KeyError
        No lab asks this; the message names the nearest id.
    ExerciseError
        The lab's file has mistakes in it.
    """
    return judged(_find(check_id), answer)


def judged(asked: Any, answer: Any) -> Verdict:
    """Return what there is to say to an answer to this check, whatever it is that was handed in."""
    try:
        given = asked.read(answer)
    except Exception as error:  # noqa: BLE001  # whatever an answer does when looked at, its author is told in words
        told = error if isinstance(error, answers.NotComparable) else UNREADABLE
        return Verdict(asked.asks, right=False, say=told.say, look=told.look)
    said = asked.verdict(given)
    if said is None:
        return Verdict(asked.asks, right=True, say=asked.right)
    return Verdict(asked.asks, right=False, say=said.say, look=said.look)


def files() -> list[Path]:
    """Return the file of checks of every lab, chapter by chapter."""
    return sorted((root() / "exercises").glob(f"*/labs/*{SUFFIX}"))


def read(path: Path) -> tuple[Lab | None, list[Problem]]:
    """Return the lab that a file describes, or None, with every mistake found in it."""
    return _read(path.resolve(), outside.state(path))


@cache
def _read(path: Path, _changed: tuple[int, ...]) -> tuple[Lab | None, list[Problem]]:
    try:
        data, lines = reading.read(path)
    except reading.Unreadable as error:
        return None, [_problem(path, error.line, error.finding)]
    lab, found = _validated(data)
    found = [*found, *outside.unknown(data)]
    return lab, sorted({_problem(path, reading.line_of(each.place, lines), each) for each in found})


def _validated(data: Any) -> tuple[Lab | None, list[Finding]]:
    if not isinstance(data, dict):
        return None, [Finding((), "not a block of fields", "start with `kind: lab` and `id:`")]
    try:
        lab = Lab.model_validate(data)
    except ValidationError as error:
        return None, list(mends.findings(error, data, Lab))
    return lab, list(lab.findings())


def rising() -> list[tuple[Path, Lab]]:
    """Return every lab that can be read, with its solution, the easiest first: by level, chapter, minutes, title."""
    numbers = {chapter["id"]: chapter["number"] for chapter in course()["chapters"]}
    beside = [(path.with_name(f"{path.name.removesuffix(SUFFIX)}.ipynb"), read(path)[0]) for path in files()]
    found = [(path, lab) for path, lab in beside if lab and lab.chapter in numbers and path.is_file()]
    return sorted(
        found, key=lambda one: (one[1].level, numbers[one[1].chapter], one[1].minutes.solo, str(one[1].title))
    )


def problems(paths: Iterable[Path] | None = None) -> list[Problem]:
    """Return every mistake in these files of checks, or in all, and between them."""
    chosen = list(paths) if paths is not None else files()
    return sorted({problem for path in chosen for problem in [*read(path)[1], *_between(path)]})


def _between(path: Path) -> Iterator[Problem]:
    lab = read(path)[0]
    if lab is None:
        return
    name = path.name.removesuffix(SUFFIX)
    if name != lab.id:
        yield _told(path, ("id",), f"the file is called `{path.name}`", f"call it `{lab.id}{SUFFIX}`")
    if not path.with_name(f"{name}.ipynb").is_file():
        yield _told(path, (), f"there is no `{name}.ipynb` beside it", "put the lab's solution there")
    for other in files():
        elsewhere = read(other)[0]
        if elsewhere is None or other.resolve() == path.resolve():
            continue
        theirs = {each.id for each in elsewhere.checks}
        for index, each in enumerate(lab.checks):
            if each.id in theirs:
                what = f"`{each.id}` is also the id of a check in {other.name}"
                yield _told(path, ("checks", index, "id"), what, "give each check of the course its own id")


def _told(path: Path, place: Place, what: str, mend: str) -> Problem:
    return _problem(path, reading.line_of(place, reading.read(path)[1]), Finding(place, what, mend))


def _problem(path: Path, line: int, found: Finding) -> Problem:
    shown = path.resolve().relative_to(root()).as_posix() if path.resolve().is_relative_to(root()) else path.as_posix()
    return Problem(shown, line, field_name(found.place), found.what, found.mend, found.level)


def _find(check_id: str) -> Any:
    labs = [(path, *read(path)) for path in files()]
    for _, lab, wrong in labs:
        for each in lab.checks if lab else []:
            if each.id == check_id:
                _refuse(wrong)
                return each
    unread = [problem for _, lab, wrong in labs if lab is None for problem in wrong]
    _refuse(unread)
    known = [each.id for _, lab, _ in labs if lab for each in lab.checks]
    raise KeyError(f"no check `{check_id}`; {nearest(check_id, known)}")


def _refuse(wrong: list[Problem]) -> None:
    errors = [problem for problem in wrong if problem.level == "error"]
    if errors:
        raise ExerciseError(errors)
