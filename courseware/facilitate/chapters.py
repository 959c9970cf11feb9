"""What sessions take from a chapter's own page: its fifteen minutes with a team, and what it compares two cases by."""

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from courseware.course import page_of, root

_WORDS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
)
_STEP = re.compile(r"^\d+\.\s+\*\*(?P<count>\w+) minutes?(?:, (?P<how>[^*]*?))?\.\*\*\s*(?P<text>.+)$")
_ROW = re.compile(r"^\|\s*([^|]+?\?)\s*\|")


class TeamStep(NamedTuple):
    """A step of the chapter's fifteen minutes: how long, how it is done (`in silence`), and what is done."""

    minutes: int
    how: str
    text: str


class Team(NamedTuple):
    """The chapter's fifteen minutes with a team: what it needs and says first, its steps, and what it says last."""

    first: str
    steps: list[TeamStep]
    last: str


def team(chapter_id: str, heading: str) -> Team | None:
    """Return a chapter's fifteen minutes as its page has them, or None where no such section stands there."""
    text = section(chapter_id, heading)
    if text is None:
        return None
    paragraphs = [each.strip() for each in re.split(r"\n\s*\n", text) if each.strip()]
    at = next((index for index, each in enumerate(paragraphs) if _STEP.match(each.splitlines()[0])), None)
    if at is None:
        return None
    steps = [_step(found) for line in paragraphs[at].splitlines() if (found := _STEP.match(line))]
    words = [each for each in paragraphs[:at] if not re.fullmatch(r"\*[^*]+\*", each)]
    return Team("\n\n".join(words), steps, "\n\n".join(paragraphs[at + 1 :]))


def _step(found: re.Match[str]) -> TeamStep:
    count = found["count"].lower()
    minutes = _WORDS.index(count) + 1 if count in _WORDS else int(count) if count.isdigit() else 0
    return TeamStep(minutes, found["how"] or "", found["text"].strip())


def compared(chapter_id: str, heading: str) -> list[str]:
    """Return the questions by which a chapter compares its two cases."""
    text = section(chapter_id, heading) or ""
    return [found[1] for line in text.splitlines() if (found := _ROW.match(line))]


def section(chapter_id: str, heading: str) -> str | None:
    """Return the text of one section of a chapter's page, or None where there is no such section."""
    return sections(chapter_id).get(heading)


def sections(chapter_id: str) -> dict[str, str]:
    """Return the text of each section of a chapter's page by its heading, in order; the page's title is the first."""
    return sections_of(page_of(chapter_id))


def sections_of(page: str) -> dict[str, str]:
    """Return the same of any page of the book, by its path without the suffix; nothing where there is no such page."""
    found = sorted(root().glob(f"{page}.*"))
    return _sections(found[0], found[0].stat().st_mtime_ns) if found else {}


@cache
def _sections(path: Path, _changed: int) -> dict[str, str]:
    """Return the text of each section of a page, by its heading; labels between them go with neither."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    parts = re.split(r"^#{1,6} (.+)$", text, flags=re.MULTILINE)
    return {
        title.strip(): re.sub(r"^\([\w-]+\)=$", "", body, flags=re.MULTILINE)
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }
