"""Where the course is and what it is called: the folder that holds everything, and `data/course.yml`."""

import os
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Any

MARKER = Path("data", "course.yml")
CONCEPTS = Path("data", "concepts.yml")
# The chapter of an exercise that somebody keeps for their own group: it belongs to none of the course's.
OWN_CASES = "own-cases"
# The course that this engine came with: somebody's own case may lie in any folder.
_HOME = Path(__file__).resolve().parents[1]


def root() -> Path:
    """Return the course's top folder: the nearest one at or above the working folder that holds `data/course.yml`.

    `COURSE_ROOT` names it for a program that runs elsewhere. Where neither leads to one it is the course that the
    engine came with. Raises FileNotFoundError with the mend.
    """
    named = os.environ.get("COURSE_ROOT")
    start = Path(named) if named else Path.cwd()
    for folder in [start.resolve(), *start.resolve().parents]:
        if (folder / MARKER).is_file():
            return folder
    if not named and (_HOME / MARKER).is_file():
        return _HOME
    raise FileNotFoundError(
        f"No {MARKER.as_posix()} in {start} or any folder above it; "
        "work inside the course's folder, or set COURSE_ROOT to it."
    )


@cache
def _read(path: Path, _changed: int) -> Any:
    import yaml  # here, since whoever only reads a dataset needs none of it: half of what that costs

    # libyaml where PyYAML was built with it: five times faster.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def read_data(name: str) -> Any:
    """Return what the YAML file `data/<name>.yml` holds; read again when it changes."""
    path = root() / "data" / f"{name}.yml"
    return _read(path, path.stat().st_mtime_ns)


def course() -> dict[str, Any]:
    """Return the course's own description: id, title and chapters."""
    found: dict[str, Any] = read_data("course")
    return found


def page_of(chapter_id: str) -> str:
    """Return the name of a chapter's page, as the book calls it: its path without the suffix."""
    return f"chapters/{chapter_id}"


def written(pages: Container[str] | None = None) -> list[dict[str, Any]]:
    """Return the chapters that have a page: among those of a book as it is built, or in the course's folder.

    The others stand in `data/course.yml` for their labs, which may come first. They have no minutes and no outcomes.
    """
    found = _pages() if pages is None else pages
    return [chapter for chapter in course()["chapters"] if page_of(chapter["id"]) in found]


def _pages() -> set[str]:
    return {path.relative_to(root()).with_suffix("").as_posix() for path in (root() / "chapters").glob("*.*")}


def concepts() -> dict[str, list[dict[str, Any]]]:
    """Return every concept that the sources teach, by source, in their order."""
    found: dict[str, list[dict[str, Any]]] = read_data("concepts")
    return found


def concept_ids() -> set[str]:
    """Return the ids of all concepts."""
    return {concept["id"] for group in concepts().values() for concept in group}
