"""Finds, reads and checks exercise files. Everything that shows an exercise gets it from here."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from courseware import kinds, mends, outside, reading
from courseware.base import Exercise, nearest
from courseware.course import root
from courseware.problems import ExerciseError, Finding, Place, Problem, field_name, shown

Read = tuple[Exercise | None, list[Problem]]


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
    found = [*found, *outside.unknown(data)]
    return exercise, sorted({_problem(path, finding, lines) for finding in found})


def load(exercise_id: str) -> Exercise:
    """Return the exercise with this id. Raises KeyError with the nearest id, or ExerciseError with every mistake."""
    by_id = {path.stem: path for path in files()}
    if exercise_id not in by_id:
        raise KeyError(f"no exercise `{exercise_id}`; {nearest(exercise_id, by_id)}")
    exercise, problems = read(by_id[exercise_id])
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
    everything = {path.resolve() for path in [*files(), *chosen]}
    found = {path: read(path)[0] for path in sorted(everything)}
    ids = {exercise.id for exercise in found.values() if exercise}
    for path in chosen:
        exercise = found[path.resolve()]
        if exercise is None:
            continue
        alternative = exercise.safety.alternative if exercise.safety else None
        if alternative and alternative not in ids:
            finding = Finding(("safety", "alternative"), f"no exercise `{alternative}`", nearest(alternative, ids))
            yield _problem(path, finding, reading.read(path)[1])
        twins = [other for other, each in found.items() if each and each.id == exercise.id and other != path.resolve()]
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
            )
            yield _problem(path, finding, reading.read(path)[1])


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
    try:
        return path.resolve().relative_to(root()).as_posix()
    except ValueError:
        return path.as_posix()


def _problem(path: Path, finding: Finding, lines: dict[Place, int]) -> Problem:
    line = reading.line_of(finding.place, lines)
    what = " ".join(finding.what.split())  # one line, whatever it quotes
    return Problem(_shown(path), line, field_name(finding.place), what, finding.mend, finding.level)
