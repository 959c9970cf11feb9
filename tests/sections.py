"""A chapter as its tests read it: section by section, with the words, the exercises and the sources in each."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

import nbformat

from courseware.course import root

HEADING = re.compile(r"(#{1,4}) +(.+)")
LABEL = re.compile(r"\(([\w-]+)\)=")
MINUTES = re.compile(r"\*(Further · )?(?:([\d¼½¾]+) minutes?)?(.*)\*")
FENCE = re.compile(r"```+(?:\{([\w:-]+)\})?(.*)")
CITE = re.compile(r"\s*\{cite(?::\w+)?\}`([^`]+)`")
ROLE = re.compile(r"\{[\w:]+\}`([^`<]+?)(?:\s*<[^>]+>)?`")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
QUOTE = re.compile(r"“[^”]{40,}”")
SHOW = re.compile(r"""\bshow\(["']([\w-]+)["']\)""")
CHART = re.compile(r"""\bfigure\(.*?\bname=["']([\w-]+)["']""", re.DOTALL)
FRACTIONS = {"¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4)}


@dataclass
class Section:
    """One section, without the sections below it. `minutes` is None where none are stated."""

    title: str
    level: int
    labels: list[str] = field(default_factory=list)
    minutes: Fraction | None = None
    further: bool = False
    aside: str = ""  # what stands after the minutes, such as the way to another route
    prose: list[str] = field(default_factory=list)  # paragraphs and list items, cleaned
    raw: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # in order: text, exercise:id, chart:name, and directives by name

    @property
    def text(self) -> str:
        """The words that a reader reads, a blank line between paragraphs."""
        return "\n\n".join(self.prose)

    @property
    def words(self) -> int:
        """How many of them there are."""
        return len(self.text.split())

    @property
    def cites(self) -> set[str]:
        """Keys of the works cited."""
        return {key.strip() for keys in CITE.findall("\n".join(self.raw)) for key in keys.split(",")}

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [target for _, target in LINK.findall("\n".join(self.raw))]

    def having(self, what: str) -> list[str]:
        """Return the names of its exercises or charts, in order."""
        return [part.partition(":")[2] for part in self.parts if part.startswith(f"{what}:")]


def chapter_file(chapter_id: str) -> Path:
    """Return the notebook of a chapter."""
    return root() / "chapters" / f"{chapter_id}.ipynb"


@cache
def sections(chapter_id: str) -> list[Section]:
    """Return a chapter's sections in order; the first is the title with what stands straight under it."""
    found: list[Section] = []
    waiting: list[str] = []
    for cell in nbformat.read(chapter_file(chapter_id), as_version=4).cells:
        if cell.cell_type == "code":
            here = found[-1].parts if found else []
            here += [f"exercise:{name}" for name in SHOW.findall(cell.source)]
            here += [f"chart:{name}" for name in CHART.findall(cell.source)]
        else:
            waiting = _read(cell.source, found, waiting)
    return found


def _read(source: str, found: list[Section], waiting: list[str]) -> list[str]:
    """Add a cell of Markdown to the sections; return the labels that wait for what comes next."""
    fence = ""
    for line in [*source.splitlines(), ""]:
        opening = FENCE.match(line)
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opening:
            fence = line[: len(line) - len(line.lstrip("`"))]
            found[-1].parts.append(opening[1] or "code")
        elif label := LABEL.fullmatch(line.strip()):
            waiting.append(label[1])
        elif heading := HEADING.fullmatch(line):
            found.append(Section(heading[2], len(heading[1]), waiting))
            waiting = []
        elif line.strip():
            found[-1].labels += waiting
            waiting = []
            _take(found[-1], line.strip())
    return waiting


def _take(section: Section, line: str) -> None:
    minutes = MINUTES.fullmatch(line)
    if minutes and (minutes[1] or minutes[2]) and not section.prose:
        section.further = bool(minutes[1])
        section.minutes = number(minutes[2]) if minutes[2] else None
        section.aside = minutes[3].strip(" ,·")
        return
    section.raw.append(line)
    section.parts.append("text")
    if not line.startswith("|"):
        section.prose.append(clean(line))


def clean(text: str) -> str:
    """Return a line of Markdown as plain words: no citations, no marks, no long quotations."""
    text = LINK.sub(r"\1", ROLE.sub(r"\1", CITE.sub("", text)))
    text = re.sub(r"^(?:[-*] |\d+\. |> ?)", "", text)
    return re.sub(r"[*`]", "", QUOTE.sub("this", text)).strip()


def number(text: str) -> Fraction:
    """Return minutes as written, such as 2½, as a number."""
    whole = Fraction(text.rstrip("¼½¾") or 0)
    return whole + sum(FRACTIONS[mark] for mark in text if mark in FRACTIONS)
