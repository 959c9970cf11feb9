"""Lines that carry their names at their ends, where the eye arrives, in place of a legend."""

import textwrap
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from courseware.figures.plain import plain
from courseware.figures.style import HEIGHT

if TYPE_CHECKING:
    import plotly.graph_objects as go

NAME = "line-label"  # chart.js knows the labels by this name, to make a legend of them where the column is narrow
MOST = 8
AROUND_PLOT = 60  # pixels of the height that the axis and the margins take
WIDTH = 18  # characters
LINE_HEIGHT = 18  # pixels
CHARACTER = 8  # pixels, at most
EDGE = 0.03  # of the range, so that no point lies on the edge


def label_lines(fig: "go.Figure") -> None:
    """Name each line of a plotly figure at its last point. Labels that would touch make room for each other.

    Sets the ranges of the axes where the author has not: plotly would widen them to hold the labels. Raises ValueError
    for more than eight lines, which no reader tells apart.
    """
    ends = [end for end in map(_end, fig.data) if end]
    if len(ends) > MOST:
        raise ValueError(f"label_lines(): {len(ends)} lines; show at most {MOST}, or the rest as one grey group.")
    low, high = _range_across(fig)
    pixels = ((fig.layout.height or HEIGHT) - AROUND_PLOT) / ((high - low) or 1)
    for across in dict.fromkeys(x for x, _, _ in ends):
        here = sorted((y, lines) for x, y, lines in ends if x == across)
        places = apart([(y * pixels, LINE_HEIGHT * len(lines)) for y, lines in here])
        for (y, lines), place in zip(here, places, strict=True):
            fig.add_annotation(
                name=NAME,
                text="<br>".join(lines),
                x=across,
                y=y,
                showarrow=False,
                align="left",
                xanchor="left",
                xshift=10,
                yshift=round(place - y * pixels),
            )
    widest = max((len(line) for _, _, lines in ends for line in lines), default=0)
    fig.update_layout(showlegend=False, margin_r=20 + widest * CHARACTER)


def apart(wanted: list[tuple[float, int]]) -> list[float]:
    """Return places for labels, given where each would be and its height, low to high, so that none touch.

    Labels that touch form a block, which lies round the middle of where its labels would be.
    """
    blocks: list[list[int]] = []
    for index in range(len(wanted)):
        blocks.append([index])
        while len(blocks) > 1 and _touch(wanted, blocks[-2], blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    places = []
    for block in blocks:
        edge = _middle(wanted, block) - _height(wanted, block) / 2
        for index in block:
            places.append(edge + wanted[index][1] / 2)
            edge += wanted[index][1]
    return places


def _touch(wanted: list[tuple[float, int]], below: list[int], above: list[int]) -> bool:
    gap = _middle(wanted, above) - _middle(wanted, below)
    return gap < (_height(wanted, above) + _height(wanted, below)) / 2


def _middle(wanted: list[tuple[float, int]], block: list[int]) -> float:
    return sum(wanted[index][0] for index in block) / len(block)


def _height(wanted: list[tuple[float, int]], block: list[int]) -> int:
    return sum(wanted[index][1] for index in block)


def _end(trace: Any) -> tuple[Any, float, list[str]] | None:
    points = [(x, y) for x, y in zip(plain(trace.x) or [], plain(trace.y) or [], strict=False) if y is not None]
    drawn_as_line = "lines" in (trace.mode or "lines")
    return (*points[-1], textwrap.wrap(str(trace.name), WIDTH)) if points and drawn_as_line else None


def _range_across(fig: "go.Figure") -> tuple[float, float]:
    """Set both axes' ranges where they are free, and return the vertical one."""
    across = [x for trace in fig.data for x in plain(trace.x) or []]
    if fig.layout.xaxis.range is None and across:
        if all(isinstance(x, (int, float)) for x in across):
            fig.update_xaxes(range=_padded(min(across), max(across)))
        elif all(_is_date(x) for x in across):
            first, last = (datetime.fromisoformat(end(across)) for end in (min, max))
            pad: timedelta = (last - first) * EDGE
            fig.update_xaxes(range=[plain(first - pad), plain(last + pad)])
    if fig.layout.yaxis.range is None:
        values = [value for trace in fig.data for value in plain(trace.y) or [] if value is not None]
        floor = [0] if fig.layout.yaxis.rangemode == "tozero" else []
        low, high = _padded(min(values + floor), max(values + floor))
        fig.update_yaxes(range=[0, high] if min(values) >= 0 and (floor or low < 0) else [low, high])
    low, high = fig.layout.yaxis.range
    return float(low), float(high)


def _padded(low: float, high: float) -> list[float]:
    pad = (high - low) * EDGE or 1
    return [low - pad, high + pad]


def _is_date(text: Any) -> bool:
    try:
        date.fromisoformat(str(text)[:10])
    except ValueError:
        return False
    return True
