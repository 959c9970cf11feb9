"""How charts look: the colours of the page, quiet axes, nothing that catches a thumb on a touch screen.

Colours are the page's tokens (`web/tokens.css`, light). A chart stores them as plain values, so that JupyterLab draws
it too, and names their tokens, so that a page can draw the same chart in its dark colours.
"""

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

TOKENS = Path(__file__).parents[1] / "web" / "tokens.css"
NAMES = ("series-1", "series-2", "series-3", "series-4", "series-5", "series-6",
         "ink", "ink-soft", "rule", "hairline", "paper", "raised", "accent", "consequence")  # fmt: skip
SERIES = 6
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "triangle-down")
CLEAR = "rgba(0,0,0,0)"
HEIGHT = 380  # pixels
EXPRESS_MARGIN = 60

# plotly express paints its traces before it hands them over; its palette, in its order, stands for ours.
_EXPRESS = (
    "#636efa",
    "#ef553b",
    "#00cc96",
    "#ab63fa",
    "#ffa15a",
    "#19d3f3",
    "#ff6692",
    "#b6e880",
    "#ff97ff",
    "#fecb52",
)
_COLOUR_KEY = re.compile(r"colou?rs?$|colorway$")
_RGBA = re.compile(r"^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)$")


@cache
def _tokens() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in re.findall(r"--cw-([\w-]+):\s*(#[0-9a-fA-F]{6})\b", TOKENS.read_text(encoding="utf-8")):
        found.setdefault(name, value.lower())  # the first is the light one
    return found


def colour(token: str, opacity: float = 1.0) -> str:
    """Return a colour of the course: `colour("ink-soft")`, or fainter, for a band: `colour("series-2", 0.2)`.

    Raises ValueError when there is no such token.
    """
    if token not in NAMES:
        raise ValueError(f"{token!r} is not a chart colour; use one of: {', '.join(NAMES)}")
    value = _tokens()[token]
    if opacity >= 1:
        return value
    red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def series(number: int, opacity: float = 1.0) -> str:
    """Return the colour of series 1 to 6; from the seventh on they come round again, so label lines directly."""
    return colour(f"series-{(number - 1) % SERIES + 1}", opacity)


def dress(traces: list[dict[str, Any]], layout: dict[str, Any]) -> dict[str, Any]:
    """Return the layout in the course's style, under what the author has set. Traces get widths and shapes in place."""
    own = copy.deepcopy(layout)
    # What plotly express sets by itself: room for a title, and the legend's column name.
    if own.get("margin", {}).get("t") == EXPRESS_MARGIN:
        del own["margin"]["t"]
    own.get("legend", {}).pop("title", None)
    styled = _under(own, _layout())
    bars = [trace for trace in traces if trace.get("type") == "bar"]
    lying = any(trace.get("orientation") == "h" for trace in bars)
    if any(trace.get("type") != "pie" for trace in traces):
        for axis in {"xaxis", "yaxis", *(key for key in own if re.match(r"[xy]axis\d*$", key))}:
            values = axis.startswith("x") == lying
            styled[axis] = _under(styled.get(axis, {}), _axis(values=values, bars=bool(bars)))
    _shape(traces)
    return {key: styled[key] for key in sorted(styled)}


def colours(traces: list[dict[str, Any]], layout: dict[str, Any]) -> dict[str, list[Any]]:
    """Return each colour that the chart uses with its token and opacity, having changed plotly express's to ours.

    Raises ValueError for any other colour: it could not follow the page into dark, and its contrast is not tested.
    """
    used: dict[str, list[Any]] = {}
    for index, trace in enumerate(traces):
        _repaint(trace, f"data[{index}]", used)
    _repaint(layout, "layout", used)
    return dict(sorted(used.items()))


def _layout() -> dict[str, Any]:
    return {
        "autosize": True,
        "height": HEIGHT,
        # A ground of its own in JupyterLab, where a dark theme would swallow the ink; pages draw it clear.
        "paper_bgcolor": colour("paper"),
        "plot_bgcolor": CLEAR,
        "colorway": [series(number) for number in range(1, SERIES + 1)],
        "font": {"family": "system-ui, sans-serif", "size": 14, "color": colour("ink")},
        "title": {"x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "yref": "container", "automargin": True,
                  "pad": {"t": 16, "b": 16, "l": 8}, "font": {"size": 18},
                  "subtitle": {"font": {"size": 14, "color": colour("ink-soft")}}},
        "margin": {"l": 8, "r": 16, "t": 16, "b": 8},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom"},
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": colour("paper"), "bordercolor": colour("rule"), "font": {"color": colour("ink")}},
        # A drag on the chart scrolls the page.
        "dragmode": False,
    }  # fmt: skip


def _axis(*, values: bool, bars: bool) -> dict[str, Any]:
    """Return the style of one axis: bars stand on zero, lines on the edge of the plot."""
    return {
        "automargin": True,
        "fixedrange": True,
        "separatethousands": values,
        "exponentformat": "none",
        "showgrid": values,
        "gridcolor": colour("hairline"),
        "zeroline": values and bars,
        "zerolinecolor": colour("ink-soft"),
        "showline": not values and not bars,
        "linecolor": colour("ink-soft"),
        "tickfont": {"color": colour("ink-soft")},
        "title": {"font": {"color": colour("ink-soft")}},
    }


def _shape(traces: list[dict[str, Any]]) -> None:
    dotted = [trace for trace in traces if trace.get("type", "scatter") == "scatter" and trace.get("mode") != "lines"]
    alike = all(trace.get("marker", {}).get("symbol", "circle") == "circle" for trace in dotted)
    for index, trace in enumerate(dotted):
        if trace.get("mode") == "text":
            continue
        marker = trace.setdefault("marker", {})
        marker.setdefault("size", 8)
        if len(dotted) > 1 and alike:  # never colour alone
            marker["symbol"] = SYMBOLS[index % len(SYMBOLS)]
    for trace in traces:
        if "lines" in trace.get("mode", ""):
            trace["line"] = {"width": 2.5} | trace.get("line", {})


def _under(own: Any, ours: dict[str, Any]) -> dict[str, Any]:
    """Return `ours` with everything that the author has set laid over it."""
    merged = copy.deepcopy(ours)
    for key, value in own.items():
        merged[key] = _under(value, ours[key]) if isinstance(value, dict) and isinstance(ours.get(key), dict) else value
    return merged


def _repaint(part: dict[str, Any], where: str, used: dict[str, list[Any]]) -> None:
    for key, value in part.items():
        place = f"{where}.{key}"
        if key in {"coloraxis", "colorscale"}:
            raise ValueError(
                f"figure(): {place} is a colour scale, which few can read off; show the number by position instead."
            )
        if isinstance(value, dict):
            _repaint(value, place, used)
        elif _COLOUR_KEY.search(key) and value is not None:
            part[key] = (
                [_painted(one, place, used) for one in value]
                if isinstance(value, list)
                else _painted(value, place, used)
            )
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, dict):
                    _repaint(item, f"{place}[{index}]", used)


def _painted(value: Any, place: str, used: dict[str, list[Any]]) -> str:
    text = str(value).strip().lower()
    if text in {CLEAR, "transparent"}:
        return CLEAR
    text = series(_EXPRESS.index(text) + 1) if text in _EXPRESS else text
    channels = _RGBA.match(text)
    base = "#" + "".join(f"{int(part):02x}" for part in channels.groups()[:3]) if channels else text
    opacity = float(channels[4] or 1) if channels else 1.0
    token = next((name for name in NAMES if _tokens()[name] == base), None)
    if token is None:
        raise ValueError(
            f"figure(): {place} is {value!r}, not a colour of the course; leave it out, or use "
            "courseware.figures.style.series(1…6) or .colour('ink-soft')."
        )
    used[text] = [token, opacity]
    return text
