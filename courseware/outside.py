"""What an exercise or a lab names that stands outside its own file: concepts, its chapter, works it cites."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courseware.base import nearest
from courseware.cite import BIBLIOGRAPHY, references
from courseware.course import CONCEPTS, MARKER, concept_ids, concepts, course, root
from courseware.problems import Finding, Place

FILES = (MARKER, CONCEPTS, BIBLIOGRAPHY)


def state(*own: Path) -> tuple[int, ...]:
    """Return another value whenever a file's own parts change, or what it names: what was found in it then is stale."""
    return tuple(map(_changed, (*own, *(root() / name for name in FILES))))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # whoever reads it says so
        return 0


def unknown(data: Any) -> Iterator[Finding]:
    """Yield the names that stand for nothing.

    It reads plain values, so that a file with mistakes of shape is told of these too; of those it says nothing.
    """
    if not isinstance(data, dict):
        return
    ids = concept_ids()
    text_only = {each["id"] for group in concepts().values() for each in group if each.get("text_only")}
    for index, concept in enumerate(_listed(data.get("teaches"))):
        place: Place = ("teaches", index)
        if not isinstance(concept, str):
            continue
        if concept not in ids:
            yield Finding(place, f"no concept `{concept}`", nearest(concept, ids))
        elif concept in text_only:
            yield Finding(place, f"`{concept}` is taught in text only", "leave it to the chapter, with care")
    chapter, chapters = data.get("chapter"), [each["id"] for each in course()["chapters"]]
    if isinstance(chapter, str) and chapter not in chapters:
        yield Finding(("chapter",), f"no chapter `{chapter}`", nearest(chapter, chapters))
    sources = data.get("sources")
    for name, source in sources.items() if isinstance(sources, dict) else []:
        key = source.get("cite") if isinstance(source, dict) else None
        if isinstance(key, str) and key not in references():
            place = ("sources", name, "cite")
            yield Finding(place, f"no work `{key}` in the bibliography", nearest(key, references()))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
