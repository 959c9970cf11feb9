"""Finds, reads and checks exercise files. Everything that shows an exercise gets it from here."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from courseware import kinds, reading
from courseware.base import Exercise, nearest
from courseware.cite import references
from courseware.course import concept_ids, concepts, course, root
from courseware.problems import ExerciseError, Finding, Place, Problem, field_name

Read = tuple[Exercise | None, list[Problem]]


def files() -> list[Path]:
    """Return every exercise file of the course, chapter by chapter."""
    return sorted((root() / "exercises").glob("*/*.yml"))


def read(path: Path) -> Read:
    """Return the exercise that a file holds, or None, with every mistake found in it."""
    path = path.resolve()
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _changed: int) -> Read:
    try:
        data, lines = reading.read(path)
    except reading.Unreadable as error:
        return None, [_problem(path, error.finding, {(): error.line})]
    exercise, found = _validated(data)
    if exercise:
        found = list(exercise.findings())
    found = [*found, *_known(data)]
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


def _validated(data: Any) -> tuple[Exercise | None, list[Finding]]:
    if not isinstance(data, dict):
        return None, [Finding((), "not a block of fields", "start with `kind:` and `id:`")]
    kind = data.get("kind")
    if kind not in kinds.KINDS:
        return None, [Finding(("kind",), f"no kind `{kind}`", nearest(str(kind), kinds.KINDS))]
    model = kinds.spec(kind)
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        wrong_shape = [_finding(each, data, model) for each in error.errors(include_url=False)]
        return None, [*wrong_shape, *model.findings_in_unfinished(data)]


def _finding(error: Any, data: Any, model: type[Exercise]) -> Finding:  # noqa: PLR0911  # one a sort of mistake
    place = _authors_place(error["loc"], data)
    kind, context = error["type"], error.get("ctx", {})
    given = repr(error.get("input"))[:60]
    if kind == "missing":
        return Finding(place, "this field is missing", f"add `{place[-1]}:`")
    if kind == "extra_forbidden":
        return Finding(place, f"no field `{place[-1]}` here", _unknown_field_mend(str(place[-1]), error["loc"], model))
    if kind == "union_tag_invalid":
        given, place = repr(error["input"]["type"]), (*place, "type")
    if kind in {"literal_error", "union_tag_invalid"}:
        allowed = context.get("expected") or context.get("expected_tags")
        return Finding(place, f"{given} is not allowed", f"use one of {allowed}")
    if kind == "union_tag_not_found":
        return Finding((*place, "type"), "this field is missing", "add `type:`")
    if kind == "value_error":
        what, _, mend = str(context["error"]).partition("; ")
        return Finding(place, what, mend or "see the kind's example.yml")
    if kind == "string_type":
        return Finding(place, f"{given} is not text", _TEXT_MENDS.get(str(place[-1]), "put it in quotation marks"))
    if kind == "string_pattern_mismatch":
        return Finding(place, f"{given} has the wrong form", _pattern_mend(context["pattern"]))
    return Finding(place, f"{error['msg'].lower()} (found {given})", "see the kind's example.yml for its form")


_TEXT_MENDS = {"version": "write a version as `1.0.0`"}


def _pattern_mend(pattern: str) -> str:
    if r"\d+\.\d+" in pattern:
        return _TEXT_MENDS["version"]
    return "use lower-case letters, digits and hyphens, for instance `share-load-early`"


def _unknown_field_mend(name: str, _loc: Place, model: type[Exercise]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, _field_names(model), 1)
    return f"did you mean `{close[0]}`?" if close else "remove it"


@cache
def _field_names(model: type[Exercise]) -> list[str]:
    import re

    schema = str(model.model_json_schema(by_alias=True))
    return sorted(set(re.findall(r"'([a-z_]+)': \{", schema)))


def _authors_place(loc: Place, data: Any) -> Place:
    """Return pydantic's place without the union tags, which the author never wrote."""
    place: list[str | int] = []
    for number, part in enumerate(loc):
        here = data
        if isinstance(here, dict) and part in here:
            data = here[str(part)]
            place.append(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            data = here[part]
            place.append(part)
        elif number == len(loc) - 1 and not str(part).startswith(("<", "function-")) and isinstance(here, dict):
            tag_of_union = here.get("type") == part or here.get("kind") == part
            if not tag_of_union:
                place.append(part)
    return tuple(place)


def _known(data: Any) -> Iterator[Finding]:
    """Check the names that stand for something outside the file.

    It reads plain values, so that a file with mistakes of shape is told of these too.
    """
    if not isinstance(data, dict):
        return
    ids, chapters = concept_ids(), [chapter["id"] for chapter in course()["chapters"]]
    text_only = {each["id"] for group in concepts().values() for each in group if each.get("text_only")}
    for index, concept in enumerate(_listed(data.get("teaches"))):
        if concept not in ids:
            yield Finding(("teaches", index), f"no concept `{concept}`", nearest(str(concept), ids))
        elif concept in text_only:
            yield Finding(
                ("teaches", index),
                f"`{concept}` is taught in text only",
                "leave it to the chapter, with care",
            )
    if "chapter" in data and data["chapter"] not in chapters:
        yield Finding(("chapter",), f"no chapter `{data['chapter']}`", nearest(str(data["chapter"]), chapters))
    sources = data.get("sources")
    for name, source in sources.items() if isinstance(sources, dict) else []:
        key = source.get("cite") if isinstance(source, dict) else None
        if key is not None and key not in references():
            yield Finding(
                ("sources", name, "cite"),
                f"no work `{key}` in the bibliography",
                nearest(str(key), references()),
            )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _shown(path: Path) -> str:
    try:
        return path.resolve().relative_to(root()).as_posix()
    except ValueError:
        return path.as_posix()


def _problem(path: Path, finding: Finding, lines: dict[Place, int]) -> Problem:
    line = reading.line_of(finding.place, lines)
    return Problem(_shown(path), line, field_name(finding.place), finding.what, finding.mend, finding.level)
