"""Finds, reads and checks exercise files. Everything that shows an exercise gets it from here."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from courseware import kinds, mends, outside, reading, slips
from courseware.base import Exercise, nearest
from courseware.course import root
from courseware.problems import ExerciseError, Finding, Place, Problem, field_name, shown

Read = tuple[Exercise | None, list[Problem]]
_ID = re.compile(r"^id:[ ]*[\"']?([^\s\"'#]+)", re.MULTILINE)


def files() -> list[Path]:
    """Return every exercise file of the course, chapter by chapter."""
    return sorted((root() / "exercises").glob("*/*.yml"))


def read(path: Path, model: type[Exercise] | None = None) -> Read:
    """Return the exercise that a file holds, or None, with every mistake found in it.

    It is read against the model of its kind, or against the one given, for a file that is of no kind.
    """
    path = path.resolve()
    # An exercise with a model has it beside its file, under the same name.
    return _read(path, model, outside.state(path, path.with_suffix(".py")))


@cache
def _read(path: Path, model: type[Exercise] | None, _when: tuple[int, ...]) -> Read:
    try:
        data, lines = reading.read(path)
    except reading.Unreadable as error:
        return None, [_problem(path, error.finding, {(): error.line})]
    exercise, found = _validated(data, model, path)
    if exercise:
        found = list(exercise.findings())
    found = [*found, *outside.unknown(data, own=own(path))]
    unseen = {
        _problem(path, finding, {(): line}) for line, finding in slips.unseen(path.read_text(encoding="utf-8-sig"))
    }
    return exercise, sorted({_problem(path, finding, lines) for finding in found} | unseen)


def own(path: Path) -> bool:
    """Say whether a file stands outside the course's exercises, and so may be a case of somebody's own."""
    return not path.resolve().is_relative_to((root() / "exercises").resolve())


def place(name: str) -> Path:
    """Return the file that an exercise's id, or a file's own name, stands for. Raises KeyError with the nearest id."""
    by_id = {path.stem: path for path in files()}
    if name in by_id:
        return by_id[name]
    if Path(name).suffix in {".yml", ".yaml"} or Path(name).is_file():
        return Path(name)
    beside = Path(f"{name}.yml")
    if beside.is_file():
        raise KeyError(f"no exercise `{name}` in the course; for the file in this folder, write `{beside}`")
    raise KeyError(f"no exercise `{name}`; {nearest(name, by_id)}")


def load(exercise_id: str) -> Exercise:
    """Return the exercise with this id. Raises KeyError with the nearest id, or ExerciseError with every mistake."""
    by_id = {path.stem: path for path in files()}
    if exercise_id not in by_id:
        raise KeyError(f"no exercise `{exercise_id}`; {nearest(exercise_id, by_id)}")
    return sound(by_id[exercise_id])


def sound(path: Path) -> Exercise:
    """Return the exercise that a file holds. Raises ExerciseError with every mistake in it."""
    exercise, problems = read(path)
    errors = [problem for problem in problems if problem.level == "error"]
    if errors or exercise is None:
        raise ExerciseError(errors)
    return exercise


def all_exercises() -> list[Exercise]:
    """Return every exercise of the course. Raises ExerciseError with every mistake in any of them."""
    errors = [problem for problem in check() if problem.level == "error"]
    if errors:
        raise ExerciseError(errors)
    return [exercise for exercise, _ in map(read, files()) if exercise]


def check(paths: Iterable[Path] | None = None) -> list[Problem]:
    """Return every mistake in these files, or in all and between them."""
    chosen = list(paths) if paths is not None else files()
    problems = [problem for path in chosen for problem in read(path)[1]]
    return sorted({*problems, *_between(chosen)})


def _between(chosen: list[Path]) -> Iterator[Problem]:
    found = {path.resolve(): read(path)[0] for path in chosen}
    known = {path: exercise.id for path, exercise in sorted(found.items()) if exercise}
    # Of those that are not to be checked the id is all that counts, and to read them whole would take its time.
    known |= {path: _id_in(path) for path in map(Path.resolve, files()) if path not in found}
    ids = set(known.values())
    for path in chosen:
        exercise = found[path.resolve()]
        if exercise is None:
            continue
        alternative = exercise.safety.alternative if exercise.safety else None
        if alternative and alternative not in ids:
            finding = Finding(("safety", "alternative"), f"no exercise `{alternative}`", nearest(alternative, ids))
            yield _problem(path, finding, reading.read(path)[1])
        twins = [other for other, each in known.items() if each == exercise.id and other != path.resolve()]
        if twins:
            finding = Finding(
                ("id",),
                f"`{exercise.id}` is also the id of {_shown(twins[0])}",
                "give each exercise its own id",
            )
            yield _problem(path, finding, reading.read(path)[1])
        elif path.stem != exercise.id:
            finding = Finding(
                ("id",),
                f"the file is called `{path.name}`",
                f"call it `{exercise.id}.yml`, so that one name finds both",
                "warning" if own(path) else "error",
            )
            yield _problem(path, finding, reading.read(path)[1])


def _id_in(path: Path) -> str:
    """Return the id that a file gives itself, read no further than that."""
    try:
        found = _ID.search(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    return found[1] if found else path.stem


def _validated(data: Any, model: type[Exercise] | None, path: Path) -> tuple[Exercise | None, list[Finding]]:
    if not isinstance(data, dict):
        return None, [Finding((), "not a block of fields", "start with `kind:` and `id:`")]
    kind = data.get("kind")
    if model is None and kind is None:
        return None, [Finding(("kind",), "this field is missing", f"add `kind:` and one of {', '.join(kinds.KINDS)}")]
    if model is None and kind not in kinds.KINDS:
        return None, [Finding(("kind",), f"no kind {shown(kind)}", nearest(str(kind), kinds.KINDS))]
    model = model or kinds.spec(str(kind))
    try:
        return model.model_validate(data, context={"path": path}), []
    except ValidationError as error:
        return None, [*mends.findings(error, data, model), *model.findings_in_unfinished(data)]


def _shown(path: Path) -> str:
    for folder in (root(), Path.cwd()):
        with suppress(ValueError):
            return path.resolve().relative_to(folder).as_posix()
    return path.as_posix()


def _problem(path: Path, finding: Finding, lines: dict[Place, int]) -> Problem:
    line = reading.line_of(finding.place, lines)
    what = " ".join(finding.what.split())  # one line, whatever it quotes
    return Problem(_shown(path), line, field_name(finding.place), what, finding.mend, finding.level)
