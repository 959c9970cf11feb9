"""Charts that can be read by everyone: each carries its finding, what it shows, its numbers and where they are from.

`figure` takes a plotly figure and returns an object that a notebook displays. What is stored is plotly's own mimetype
(drawn live in JupyterLab, by `courseware.book` in pages) and plain text; no script and no address of one.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from courseware.figures import style
from courseware.figures.labels import label_lines
from courseware.figures.plain import plain
from courseware.figures.table import MAX_ROWS, Table, of_frame, of_traces

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

__all__ = ["MIME", "Figure", "figure", "label_lines", "style"]

MIME = "application/vnd.plotly.v1+json"
# What the smallest plotly bundle draws; the page loads no other.
DRAWN = {"scatter", "bar", "pie"}
MIN_ALT = 40
PROVENANCE = ("name", "title", "publisher", "licence", "url", "compiled", "caveats", "simulated")
REQUIRED = ("title", "publisher", "licence")
TITLE_WIDTH = 72
SIMULATED = "Simulated figures"

_PICTURE_OF = re.compile(
    r"^(?:an?|the|this)? ?(?:\w+[ -])?(?:chart|graph|plot|figure|image|picture) (?:of|showing)\b", re.IGNORECASE
)
_NAME = re.compile(r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$")


class Figure:
    """A chart ready to be shown: `spec` is its plotly JSON, plain, and holds what the course adds in `layout.meta`."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec

    @property
    def about(self) -> dict[str, Any]:
        """What a page needs besides the drawing: title, subtitle, alt, sources, table, colours."""
        found: dict[str, Any] = self.spec["layout"]["meta"]["courseware"]
        return found

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.spec, "text/plain": repr(self)}

    def __repr__(self) -> str:
        """Give the words of the chart: the same on every run, and all that a reader without the drawing needs."""
        about = self.about
        head = [about["title"], about["subtitle"], about["alt"]]
        return "\n".join([*filter(None, head), *(f"Source: {source_line(each)}" for each in about["sources"])])


def figure(  # noqa: PLR0913  # a chart is not shown without these
    fig: "go.Figure",
    *,
    alt: str,
    source: "Mapping[str, Any] | pd.DataFrame | Sequence[Mapping[str, Any] | pd.DataFrame]",
    table: "pd.DataFrame | None" = None,
    title: str | None = None,
    subtitle: str | None = None,
    name: str | None = None,
) -> Figure:
    """Return a plotly figure in the course's style, with its text alternative, its numbers and its source.

    Parameters
    ----------
    fig
        Scatter (lines, points), bar and pie traces; it is not changed.
    alt
        What the chart shows, for those who do not see it: the finding with its numbers, in 40 characters or more.
    source
        A dataset, its `.attrs`, or a list of them: title, publisher, licence, url, compiled, caveats. Where one of
        them is simulated, the chart says so in its subtitle and in its text, whatever its author wrote.
    table
        The numbers as a reader should see them, at most 200 rows; taken from the traces when left out.
    title, subtitle
        The finding; what is plotted, in what units. Taken from the figure when left out.
    name
        An id that the text can link to: `[the chart](#name)`.

    Raises
    ------
    ValueError
        Something that the chart cannot be shown without is missing; the message says how to mend it.
    """
    spec = plain(fig.to_plotly_json())
    layout: dict[str, Any] = spec.setdefault("layout", {})
    layout.pop("template", None)
    own_title = layout.get("title") or {}
    heading = _one_line(title or own_title.get("text") or "")
    below = _one_line(subtitle or (own_title.get("subtitle") or {}).get("text") or "")
    _check(spec, alt, heading, name)
    numbers = of_traces(spec["data"], layout) if table is None else of_frame(table)
    _check_table(numbers)
    sources = _sources(source)
    words = " ".join(alt.split())
    if any(each.get("simulated") for each in sources):
        below, words = _says_simulated(below), _says_simulated(words)
    layout["title"] = _drawn_title(heading, below)
    spec["layout"] = layout = style.dress(spec["data"], layout)
    about = {
        "name": name,
        "title": heading,
        "subtitle": below or None,
        "alt": words,
        "sources": sources,
        "table": numbers.as_dict(),
        "colours": style.colours(spec["data"], layout),
    }
    layout["meta"] = {"courseware": about}
    return Figure({"data": spec["data"], "layout": layout})


def source_line(source: Mapping[str, Any]) -> str:
    """Return one source as a line of text: publisher, title, when it was put together, licence."""
    parts = [f"{source['publisher']}, {source['title']}", source.get("compiled"), source["licence"]]
    return ". ".join(str(part).strip().rstrip(".") for part in parts if part) + "."


def _check(spec: dict[str, Any], alt: str, title: str, name: str | None) -> None:
    """Raise ValueError for the first thing that a reader would miss."""
    traces = spec["data"]
    words = " ".join((alt or "").split())
    column = next((text for text in _names(traces, spec["layout"]) if "_" in text), None)
    foreign = sorted({trace.get("type", "scatter") for trace in traces} - DRAWN)
    if len(words) < MIN_ALT:
        wrong = f"`alt` has {len(words)} characters of {MIN_ALT}; say what the chart shows, with its main numbers"
    elif _PICTURE_OF.match(words):
        wrong = "`alt` says that there is a chart; begin with what it shows instead"
    elif not title:
        wrong = "a chart without a title; give `title=` the finding in one sentence"
    elif name is not None and not _NAME.match(name):
        wrong = f"`name` {name!r} is not kebab-case; use lower-case letters, digits and hyphens"
    elif not traces:
        wrong = "nothing is drawn; add a trace"
    elif foreign:
        mend = "pass render_mode='svg'" if foreign == ["scattergl"] else "draw it with lines, points or bars"
        wrong = f"pages draw {', '.join(sorted(DRAWN))} and not {foreign[0]}; {mend}"
    elif column:
        wrong = f"{column!r} is a column's name; say it in words, or leave the axis title to the subtitle (None)"
    else:
        return
    raise ValueError(f"figure(): {wrong}.")


def _names(traces: list[dict[str, Any]], layout: dict[str, Any]) -> Iterator[str]:
    """Yield what the chart calls its axes and its lines or bars."""
    yield from (str(trace["name"]) for trace in traces if trace.get("name"))
    for key, axis in layout.items():
        if re.match(r"[xy]axis", key):
            yield str((axis.get("title") or {}).get("text") or "")


def _check_table(table: Table) -> None:
    if not 0 < len(table.rows) <= MAX_ROWS:
        mend = f"give `table=` the ones that a reader needs, at most {MAX_ROWS}"
        raise ValueError(f"figure(): its table has {len(table.rows)} rows; {mend}.")
    column = next((name for name in table.columns if "_" in name), None)
    if column:
        raise ValueError(f"figure(): the table's {column!r} is not a heading; rename it in words, with its unit.")


def _sources(source: Any) -> list[dict[str, Any]]:
    given = source if isinstance(source, Sequence) and not isinstance(source, str) else [source]
    found = []
    for each in given:
        given_attrs = getattr(each, "attrs", each)
        attrs: Mapping[str, Any] = given_attrs if isinstance(given_attrs, Mapping) else {}
        missing = [key for key in REQUIRED if not attrs.get(key)]
        if missing:
            mend = "give it a frame from `dataset(…)`, or that frame's `.attrs` where a calculation has lost them"
            raise ValueError(f"figure(): `source` lacks {', '.join(missing)}; {mend}.")
        found.append({key: plain(attrs[key]) for key in PROVENANCE if attrs.get(key)})
    if not found:
        raise ValueError("figure(): `source` is empty; give the dataset that the numbers come from.")
    return found


def _says_simulated(text: str) -> str:
    """Return a text that begins by saying so; a word further on may be missed, or may say that something is not."""
    if re.match(r"simulated\b", text, re.IGNORECASE):
        return text
    return f"{SIMULATED}. {text}" if text else SIMULATED


def _one_line(text: str) -> str:
    """Drop plotly's line breaks and tags: in a page the browser breaks lines."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def _drawn_title(title: str, subtitle: str) -> dict[str, Any]:
    """Return the title as JupyterLab draws it; plotly never wraps a line, so it is wrapped here."""
    drawn: dict[str, Any] = {"text": "<br>".join(textwrap.wrap(title, TITLE_WIDTH))}
    if subtitle:
        drawn["subtitle"] = {"text": "<br>".join(textwrap.wrap(subtitle, TITLE_WIDTH + 20))}
    return drawn
