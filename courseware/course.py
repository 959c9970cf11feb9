"""Where the course is and what it is called: the folder that holds everything, and `data/course.yml`."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MARKER = Path("data", "course.yml")
CONCEPTS = Path("data", "concepts.yml")


def root() -> Path:
    """Return the course's top folder: the nearest one at or above the working folder that holds `data/course.yml`.

    `COURSE_ROOT` names it for a program that runs elsewhere. Raises FileNotFoundError with the mend.
    """
    named = os.environ.get("COURSE_ROOT")
    start = Path(named) if named else Path.cwd()
    for folder in [start.resolve(), *start.resolve().parents]:
        if (folder / MARKER).is_file():
            return folder
    raise FileNotFoundError(
        f"No {MARKER.as_posix()} in {start} or any folder above it; "
        "work inside the course's folder, or set COURSE_ROOT to it."
    )


@cache
def _read(path: Path, _changed: int) -> Any:
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


def concepts() -> dict[str, list[dict[str, Any]]]:
    """Return every concept that the sources teach, by source, in their order."""
    found: dict[str, list[dict[str, Any]]] = read_data("concepts")
    return found


def concept_ids() -> set[str]:
    """Return the ids of all concepts."""
    return {concept["id"] for group in concepts().values() for concept in group}
