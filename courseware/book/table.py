"""Tables that read aloud: a caption, scoped headings, numbers lined up, a gap called a gap."""

from collections.abc import Sequence
from html import escape
from typing import Any

from courseware.book.support import day

YEARS = range(1900, 2101)
MAX_DECIMALS = 3
GAP = '<span class="no-figure">no figure</span>'


def html_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], caption: str) -> str:
    """Return a table of plain values, the first of which names the row; it scrolls sideways, by keyboard too."""
    formats = [_format([row[index] for row in rows], is_name=index == 0) for index in range(len(columns))]
    cells = [[_text(value, one) for value, one in zip(row, formats, strict=True)] for row in rows]
    return marked_up(columns, cells, [bool(one) for one in formats], caption)


def marked_up(columns: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool], caption: str) -> str:
    """Return a table whose cells are HTML already; `numeric` says which columns hold numbers."""
    head = "".join(
        f'<th scope="col"{_numeric(one)}>{escape(str(name))}</th>' for name, one in zip(columns, numeric, strict=True)
    )
    body = "\n".join(_row(row, numeric) for row in cells)
    return (
        f'<div class="course-table" role="region" tabindex="0" aria-label="Table: {escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _row(row: Sequence[str], numeric: Sequence[bool]) -> str:
    name, *values = row
    cells = "".join(f"<td{_numeric(one)}>{value}</td>" for value, one in zip(values, numeric[1:], strict=True))
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _numeric(is_number: bool) -> str:  # noqa: FBT001  # asked of each column in turn
    return ' class="table-number"' if is_number else ""


def _format(values: list[Any], *, is_name: bool) -> str | None:
    """Return how a column of numbers is written, or None for text and years."""
    numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
    if is_name or not numbers or len(numbers) < sum(value is not None for value in values):
        return None
    if all(isinstance(number, int) and number in YEARS for number in numbers):
        return None
    decimals = max(len(f"{number:.{MAX_DECIMALS}f}".rstrip("0").partition(".")[2]) for number in numbers)
    return f",.{decimals}f"


def _text(value: Any, format_: str | None) -> str:
    if value is None:
        return GAP
    if format_:
        return format(value, format_).replace("-", "−")
    return escape(day(str(value)))
