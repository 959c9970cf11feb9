"""Tables that pandas stored in a notebook, made again as the course's own: with a caption and no empty heading."""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from docutils import nodes

from courseware.book.part import listed, part
from courseware.book.table import YEARS, marked_up

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FRAME = re.compile(r'<table\b[^>]*\bclass="dataframe"')
_NUMBER = re.compile(r"-?(\d[\d,]*)(\.\d+)?(e[+-]\d+)?%?", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_GAPS = {"NaN", "<NA>", "NaT", "None", ""}
_NO_NAME = "row"  # for an index that has none, since no heading may be empty
MOST_NAMED = 6  # columns that a caption names


@dataclass
class Cell:
    """One cell as it stands in the HTML."""

    is_heading: bool
    across: int
    down: int
    text: str = ""


class _Reader(HTMLParser):
    """Takes the rows of one table, those of its head apart from those of its body."""

    def __init__(self) -> None:
        super().__init__()
        self.head: list[list[Cell]] = []
        self.body: list[list[Cell]] = []
        self._rows = self.body
        self._cell: Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"thead", "tbody"}:
            self._rows = self.head if tag == "thead" else self.body
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"th", "td"}:
            given = dict(attrs)
            self._cell = Cell(tag == "th", int(given.get("colspan") or 1), int(given.get("rowspan") or 1))
            self._rows[-1].append(self._cell)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"}:
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell.text += data


def replace_frames(_app: "Sphinx", doctree: nodes.document) -> None:
    """Make every table of pandas a node of ours; search finds the words around it, and not its cells."""
    number = 0
    for raw in list(doctree.findall(nodes.raw)):
        if "html" in raw.get("format", "").split() and _FRAME.search(raw.astext()):
            number += 1
            raw.replace_self(part(frame_html(raw.astext(), number)))


def frame_html(stored: str, number: int) -> str:
    """Return a stored table as the course writes tables; its number on the page goes into the caption."""
    reader = _Reader()
    reader.feed(stored)
    head, body = _filled(reader.head), _filled(reader.body)
    names = sum(cell.is_heading for cell in reader.body[0]) if reader.body else 1
    headings = [_heading([row[at] for row in head], is_index=at < names) for at in range(len(head[0]))]
    columns = [[row[at] for row in body] for at in range(len(headings))]
    numeric = [at > 0 and _is_numeric(column) for at, column in enumerate(columns)]
    cells = [[_written(text, is_number=one) for text, one in zip(row, numeric, strict=True)] for row in body]
    return marked_up(headings, cells, numeric, _caption(number, len(body), headings[names:]))


def _filled(rows: list[list[Cell]]) -> list[list[str]]:
    """Return the texts of a grid, one in every place: what spans several places stands in each."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    for top, row in enumerate(rows):
        at = 0
        for cell in row:
            while at in grid[top]:
                at += 1
            for down in range(min(cell.down, len(rows) - top)):
                grid[top + down].update(dict.fromkeys(range(at, at + cell.across), cell.text.strip()))
            at += cell.across
    return [[row[at] for at in sorted(row)] for row in grid]


def _heading(texts: list[str], *, is_index: bool) -> str:
    """Return one heading for a column. Over the index, its own name stands below that of the columns, and is kept."""
    said = list(dict.fromkeys(filter(None, texts)))
    return " ".join(said[-1:] if is_index else said) or _NO_NAME


def _is_numeric(texts: list[str]) -> bool:
    given = [text for text in texts if text not in _GAPS]
    years = all(text.isdecimal() and int(text) in YEARS for text in given)
    return bool(given) and not years and all(map(_NUMBER.fullmatch, given))


def _written(text: str, *, is_number: bool) -> str:
    if text in _GAPS:  # in pandas' own word, which a lab explains
        return f'<span class="no-figure">{escape(text)}</span>'
    if _DAY.fullmatch(text):
        return f"<time>{text}</time>"
    return text.replace("-", "−", 1) if is_number else escape(text)


def _caption(number: int, rows: int, columns: list[str]) -> str:
    more = len(columns) - MOST_NAMED
    named = [*columns[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
    return f"Table {number}: {rows} {'row' if rows == 1 else 'rows'} of {listed(named)}"
