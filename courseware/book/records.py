"""What the book remembers of each page while it is built: the exercises and charts on it, the concepts it explains."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass
class Place:
    """Where a concept is explained: the anchor on its page, the heading above it, the works cited there."""

    anchor: str
    heading: str
    cites: list[str]


@dataclass
class Page:
    """One page's share."""

    exercises: dict[str, str] = field(default_factory=dict)  # id -> title
    charts: dict[str, str] = field(default_factory=dict)  # id -> title
    sources: dict[str, dict[str, str]] = field(default_factory=dict)  # dataset -> the charts made of it
    concepts: dict[str, Place] = field(default_factory=dict)
    made_from_others: bool = False
    lab: str = ""  # the data lab that this page is, if it is one
    lists_labs: bool = False
    desk: str = ""  # which of the learner's own pages this is, if it is one


def pages(env: "BuildEnvironment") -> dict[str, Page]:
    """Return the records of all pages by docname. Sphinx keeps them between builds."""
    found: dict[str, Page] | None = getattr(env, "courseware_pages", None)
    if found is None:
        found = env.courseware_pages = {}  # type: ignore[attr-defined]  # Sphinx saves whatever is set on it
    return found


def page(env: "BuildEnvironment", docname: str) -> Page:
    """Return the record of one page, made when it is first asked for."""
    return pages(env).setdefault(docname, Page())


def home_of(env: "BuildEnvironment", exercise_id: str, chapter: str | None = None) -> str | None:
    """Return the page that an exercise is on: the one in its own chapter, if it is on several."""
    homes = sorted(docname for docname, one in pages(env).items() if exercise_id in one.exercises)
    return next((docname for docname in homes if docname.rsplit("/", 1)[-1] == chapter), homes[0] if homes else None)


def purge(_app: "Sphinx", env: "BuildEnvironment", docname: str) -> None:
    """Forget a page that is about to be read again."""
    pages(env).pop(docname, None)


def merge(_app: "Sphinx", env: "BuildEnvironment", docnames: Iterable[str], other: Any) -> None:
    """Take over what a parallel reader has noted."""
    theirs = pages(other)
    pages(env).update({docname: theirs[docname] for docname in docnames if docname in theirs})


def pages_made_from_others(_app: "Sphinx", env: "BuildEnvironment") -> list[str]:
    """Name the pages to write again whenever any page changes, since they link to what is on the others."""
    return [docname for docname, one in pages(env).items() if one.made_from_others]
