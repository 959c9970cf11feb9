"""What an exercise or a lab names that stands outside its own file: concepts, its chapter, works it cites."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from courseware.base import nearest
from courseware.cite import BIBLIOGRAPHY, references
from courseware.course import CONCEPTS, MARKER, OWN_CASES, concept_ids, concepts, course, root
from courseware.problems import Finding, Place

FILES = (MARKER, CONCEPTS, BIBLIOGRAPHY)


def state(*own: Path) -> tuple[int, ...]:
    """Return another value whenever a file's own parts change, or what it names: what was found in it then is stale."""
    folder = root()
    return tuple(map(_changed, (*own, *(folder / name for name in FILES))))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # whoever reads it says so
        return 0


def unknown(data: Any, *, own: bool = False) -> Iterator[Finding]:
    """Yield the names that stand for nothing.

    It reads plain values, so that a file with mistakes of shape is told of these too; of those it says nothing. A file
    that stands outside the course may be somebody's `own`: it need belong to no chapter, and then teaches no concept.
    """
    if not isinstance(data, dict):
        return
    chapter = data.get("chapter", OWN_CASES if own else None)
    yield from _chapter(chapter, own=own)
    if data.get("teaches", []) == [] and not (own and chapter not in _chapters()):
        told = "it holds 0; give it at least 1" if "teaches" in data else "this field is missing; add `teaches:`"
        what, _, mend = told.partition("; ")
        yield Finding(("teaches",), what, f"{mend}, from data/concepts.yml")
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
    sources = data.get("sources")
    for name, source in sources.items() if isinstance(sources, dict) else []:
        key = source.get("cite") if isinstance(source, dict) else None
        if isinstance(key, str) and key not in references():
            place = ("sources", name, "cite")
            mend = nearest(key, references())
            if own and not mend.startswith("did you mean"):
                mend = "remove it, and give the reasons that cite it `basis: practice` or `basis: value`"
            yield Finding(place, f"no work `{key}` in the bibliography", mend)


def _chapters() -> list[str]:
    return [each["id"] for each in course()["chapters"]]


def _chapter(chapter: Any, *, own: bool) -> Iterator[Finding]:
    chapters = _chapters()
    if chapter is None:
        yield Finding(("chapter",), "this field is missing", "add `chapter:`")
    if not isinstance(chapter, str) or chapter in chapters or (own and chapter == OWN_CASES):
        return
    mend = nearest(chapter, [*chapters, *([OWN_CASES] if own else [])])
    if own and not mend.startswith("did you mean"):
        mend = f"write `chapter: {OWN_CASES}`: a case of your own belongs to no chapter"
    if not own and chapter == OWN_CASES:
        mend = f"in the course's own folder every exercise has a chapter; {mend}"
    yield Finding(("chapter",), f"no chapter `{chapter}`", mend)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
