"""A dataset's two tables on its page: its first rows as they stand in the file, and what its columns hold."""

import csv
import io
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes

from courseware import data
from courseware.book.part import part
from courseware.book.table import GAP, marked_up

FIRST_ROWS = 5
NUMBERS = {"integer", "number"}
KINDS = {"integer": "whole number", "number": "number", "date": "date", "string": "text", "boolean": "true or false"}
EMPTY = '<span class="no-figure">empty</span>'


def rows(about: dict[str, Any]) -> str:
    """Return how many rows there are, in words."""
    return f"{len(_read(about)):,} rows"


def first_rows(about: dict[str, Any]) -> list[nodes.Node]:
    """Return the first few rows, or all of a small table."""
    fields, found = about["schema"]["fields"], _read(about)
    shown = found[:FIRST_ROWS]
    numeric = [field["type"] in NUMBERS for field in fields]
    cells = [[_cell(text, is_number) for text, is_number in zip(row, numeric, strict=True)] for row in shown]
    which = f"The first {len(shown)} of {rows(about)}" if len(shown) < len(found) else f"All {rows(about)}"
    heads = [field["name"] for field in fields]
    return [part(marked_up(heads, cells, numeric, f"{which}, as they stand in the file"))]


def columns(about: dict[str, Any]) -> list[nodes.Node]:
    """Return the columns with type, unit and meaning, and what names a row."""
    fields, found = about["schema"]["fields"], _read(about)
    described = []
    for at, field in enumerate(fields):
        empty = sum(row[at] == "" for row in found)
        gaps = f" Empty in {empty:,} of {rows(about)}." if empty else ""
        meaning = f"{field['description'].rstrip('.')}.{gaps}"
        described.append([f"<code>{escape(field['name'])}</code>", escape(_holds(field)), escape(meaning)])
    table = marked_up(["Column", "Holds", "Meaning"], described, [False] * 3, f"The {len(fields)} columns")
    words = " ".join(f"{field['name']} {field['description']}" for field in fields)
    return [part(table, words=words), *_key(about)]


def _read(about: dict[str, Any]) -> list[list[str]]:
    """Return the rows below the first line, which the description repeats."""
    return list(csv.reader(io.StringIO(data.content(about).decode(), newline="")))[1:]


def _cell(text: str, is_number: bool) -> str:  # noqa: FBT001  # asked of each column in turn
    """Return a value as it stands in the file; an address as a link that is no wider than its host."""
    if re.match(r"https?://", text):
        return f'<a href="{escape(text)}">{escape(text.split("/")[2])}</a>'
    return escape(text) or (GAP if is_number else EMPTY)


def _holds(field: dict[str, Any]) -> str:
    """Return a column's type with its unit, or with the few words that may stand in it."""
    kind = KINDS[field["type"]]
    if field["type"] == "date":
        return "date, as year-month-day"
    if "unit" in field:
        return f"{kind}, {field['unit']}"
    few = field.get("constraints", {}).get("enum", [])
    return f"{kind}: {', '.join(map(str, few[:-1]))} or {few[-1]}" if len(few) > 1 else kind


def _key(about: dict[str, Any]) -> Iterator[nodes.Node]:
    """Yield what names a row, where something does."""
    key = about["schema"].get("primaryKey")
    if key:
        said = nodes.paragraph("", "No two rows have the same ")
        for at, name in enumerate([key] if isinstance(key, str) else key):
            said += [nodes.Text(" and " if at else ""), nodes.literal("", name)]
        said += nodes.Text(".")
        yield said
