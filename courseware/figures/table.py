"""The numbers behind a chart, as a table that a reader can follow."""

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from courseware.figures.plain import plain

if TYPE_CHECKING:
    import pandas as pd

# A longer table is not read, and weighs on the page.
MAX_ROWS = 200
YEARS = range(1900, 2101)
CATEGORY = "Category"

_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True)
class Table:
    """Column headings, and rows of plain values; the first column names the row."""

    columns: list[str]
    rows: list[list[Any]]

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is stored in the chart."""
        return asdict(self)


def of_frame(frame: "pd.DataFrame") -> Table:
    """Return a DataFrame as a table; an index that has a name becomes the first columns."""
    if any(frame.index.names):
        frame = frame.reset_index()
    columns = [" ".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in frame.columns]
    return Table(columns, [[plain(value) for value in row] for row in frame.itertuples(index=False, name=None)])


def of_traces(traces: list[dict[str, Any]], layout: dict[str, Any]) -> Table:
    """Return what the traces plot: one column a trace where they share their categories, one row a point where not."""
    if any(trace.get("type") == "pie" for trace in traces):
        pie = next(trace for trace in traces if trace.get("type") == "pie")
        return Table(
            ["Part", pie.get("name") or "Value"],
            [list(pair) for pair in zip(pie["labels"], pie["values"], strict=True)],
        )
    lying = any(trace.get("orientation") == "h" and trace.get("type") == "bar" for trace in traces)
    key, value = ("y", "x") if lying else ("x", "y")
    points = [_points(trace, key, value) for trace in traces]
    keys = list(dict.fromkeys(at for pairs in points for at, _ in pairs))
    key_title = _axis_title(layout, f"{key}axis") or _what(keys)
    value_title = _axis_title(layout, f"{value}axis") or str(traces[0].get("name") or "Value")
    if len(traces) == 1 and points:
        return Table([key_title, value_title], [list(pair) for pair in points[0]])
    names = [_name(trace, index) for index, trace in enumerate(traces)]
    # Lines and bars over the same categories read across; clouds of points, and repeated ones, read down.
    each_once = all(len({at for at, _ in pairs}) == len(pairs) for pairs in points)
    if each_once and sum(map(len, points)) > len(keys) * len(traces) / 2:
        found = [dict(pairs) for pairs in points]
        return Table([key_title, *names], [[at, *(one.get(at) for one in found)] for at in _ordered(keys)])
    rows = [[name, at, much] for name, pairs in zip(names, points, strict=True) for at, much in pairs]
    return Table(["Series", key_title, value_title], rows)


def _points(trace: dict[str, Any], key: str, value: str) -> list[tuple[Any, Any]]:
    values = trace.get(value) or []
    keys = trace.get(key) or list(range(len(values)))
    return [(tuple(at) if isinstance(at, list) else at, much) for at, much in zip(keys, values, strict=False)]


def _ordered(keys: list[Any]) -> list[Any]:
    """Numbers and dates in order, since one trace may start later than another; other categories as they come."""
    return keys if _what(keys) == CATEGORY and not all(isinstance(key, (int, float)) for key in keys) else sorted(keys)


def _what(keys: list[Any]) -> str:
    """Say what the first column holds, where its axis has no title."""
    if keys and all(isinstance(key, int) and key in YEARS for key in keys):
        return "Year"
    return "Date" if keys and all(isinstance(key, str) and _DATE.match(key) for key in keys) else CATEGORY


def _axis_title(layout: dict[str, Any], axis: str) -> str:
    title = (layout.get(axis) or {}).get("title") or {}
    return str(title.get("text") or "")


def _name(trace: dict[str, Any], index: int) -> str:
    return str(trace.get("name") or f"Series {index + 1}")
