"""Run-sheets: a session of a chapter, laid out minute by minute from the exercises' own minutes.

`session("4-leading-under-pressure", 90)` is the sheet; `programme()` is the whole course in two days. What is played
and said stands in `data/sessions.yml` (`plan.py`), the fifteen minutes with a team in the chapter (`chapters.py`).
"""

from functools import cache
from pathlib import Path

from pydantic import ValidationError

from courseware import mends, reading
from courseware.base import nearest
from courseware.course import root, written
from courseware.facilitate import days, layout
from courseware.facilitate.plan import LENGTHS, Plans
from courseware.facilitate.sheet import Programme, Session
from courseware.problems import ExerciseError, Finding, Place, Problem, field_name

FILE = Path("data", "sessions.yml")
FEWEST, MOST = 3, 120


def session(chapter_id: str, minutes: int, *, size: int | None = None) -> Session:
    """Return the run-sheet of a chapter's session of 15, 60, 90 or 180 minutes, for a room of `size` people.

    Without a size it is for as many as `data/sessions.yml` says. Raises ValueError for a chapter, a length or a size
    that there is no sheet for, and ExerciseError with every mistake where `data/sessions.yml` cannot be used.
    """
    from courseware.facilitate import session_check

    plans = plan()
    known = [chapter["id"] for chapter in written()]
    if chapter_id not in known:
        raise ValueError(f"no chapter `{chapter_id}`; {nearest(chapter_id, known)}")
    if minutes not in LENGTHS:
        raise ValueError(f"no run-sheet of {minutes} minutes; ask for one of {', '.join(map(str, LENGTHS))}")
    errors = session_check.problems(chapter_id)
    if errors:
        raise ExerciseError(errors)
    return layout.laid_out(plans, chapter_id, minutes, _size(plans, size))


def sessions(*, size: int | None = None) -> list[Session]:
    """Return every run-sheet of the course: each chapter's, the shortest first."""
    return [session(chapter["id"], minutes, size=size) for chapter in written() for minutes in LENGTHS]


def programme(*, size: int | None = None) -> Programme:
    """Return the whole course in days together. Raises as `session` does."""
    from courseware.facilitate import session_check

    errors = session_check.problems()
    if errors:
        raise ExerciseError(errors)
    plans = plan()
    return days.programme(plans, _size(plans, size))


def _size(plans: Plans, size: int | None) -> int:
    if size is None:
        return plans.size
    if not FEWEST <= size <= MOST:
        raise ValueError(
            f"a room of {size} people; give a size from {FEWEST}, which makes one group, to {MOST}, "
            "above which two rooms serve everybody better"
        )
    return size


def plan() -> Plans:
    """Return what `data/sessions.yml` holds. Raises ExerciseError with every mistake of shape in it."""
    plans, findings, lines = read()
    if plans is None:
        raise ExerciseError(problem(each, lines) for each in findings)
    return plans


def read() -> tuple[Plans | None, list[Finding], dict[Place, int]]:
    """Return the plan or None, with what is wrong with the shape of its file, and the line of every place in it."""
    path = root() / FILE
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> tuple[Plans | None, list[Finding], dict[Place, int]]:
    try:
        data, lines = reading.read(path)
    except reading.Unreadable as error:
        return None, [error.finding], {(): error.line}
    if not isinstance(data, dict):
        return None, [Finding((), "not a block of fields", "start with `size:` and `headings:`")], lines
    try:
        return Plans.model_validate(data), [], lines
    except ValidationError as error:
        return None, list(mends.findings(error, data, Plans)), lines


def problem(finding: Finding, lines: dict[Place, int]) -> Problem:
    """Return a finding with the line of `data/sessions.yml` that it stands on."""
    line = reading.line_of(finding.place, lines)
    return Problem(FILE.as_posix(), line, field_name(finding.place), finding.what, finding.mend, finding.level)
