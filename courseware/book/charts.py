"""Charts in pages: the words, the numbers and the source are in the HTML; the drawing comes when the reader is near."""

import json
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from sphinx.errors import ExtensionError

from courseware.book import records
from courseware.book.part import STATIC, part
from courseware.book.support import day
from courseware.book.table import html_table

MIME = "application/vnd.plotly.v1+json"
PLOTLY_FILE = "plotly.js"
MEND = "show it with courseware.figure(fig, alt=…, source=…)"
DEFAULT_HEIGHT = 380


class PlotlyRenderer:
    """What myst-nb asks to render plotly's mimetype, which it would drop."""

    mime_priority_overrides: ClassVar[list[tuple[str, str, int]]] = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, _inline: bool) -> list[nodes.Element] | None:  # noqa: FBT001  # myst-nb's
        """Return the chart as a node; None for any other mimetype.

        Raises ExtensionError, which stops the build, for a chart without text alternative or source.
        """
        if data.mime_type != MIME:
            return None
        env = renderer.renderer.sphinx_env
        cell = (data.cell_index or 0) + 1
        where = f"{env.doc2path(env.docname, base=False)}, cell {cell}"
        about = _about(data.content, where)
        name = about.get("name") or f"chart-{cell}" + (f"-{data.output_index + 1}" if data.output_index else "")
        charts = records.page(env, env.docname).charts
        if name in charts:
            raise ExtensionError(f"{where}: the chart name `{name}` is taken on this page; give each chart its own.")
        charts[name] = about["title"]
        for source in about["sources"]:
            records.page(env, env.docname).sources.setdefault(source.get("name", ""), {})[name] = about["title"]
        words = " ".join(filter(None, [about["title"], about.get("subtitle"), about["alt"]]))
        return [part(figure_html(data.content, name), words=words, ids=[name])]


def _about(spec: Any, where: str) -> dict[str, Any]:
    meta = spec.get("layout", {}).get("meta") if isinstance(spec, dict) else None
    about = meta.get("courseware") if isinstance(meta, dict) else None
    if not about:
        raise ExtensionError(f"{where}: a chart without text alternative, numbers and source; {MEND}.")
    for key, what in {
        "title": "title",
        "alt": "text alternative",
        "sources": "source",
        "table": "table of its numbers",
    }.items():
        if not about.get(key):
            raise ExtensionError(f"{where}: a chart without {what}; {MEND}.")
    found: dict[str, Any] = about
    return found


def figure_html(spec: dict[str, Any], name: str) -> str:
    """Return a stored chart as HTML: title, place for the drawing, what it shows, source, numbers."""
    about = spec["layout"]["meta"]["courseware"]
    height = int(spec["layout"].get("height") or DEFAULT_HEIGHT)
    subtitle = f'<p class="course-figure-subtitle">{escape(about["subtitle"])}</p>' if about.get("subtitle") else ""
    sources = " ".join(_source(source) for source in about["sources"])
    # The numbers are open until the script closes them, so that nobody without scripts has to find them.
    return f"""<figure class="course-figure" id="{escape(name)}">
<figcaption><p class="course-figure-title">{escape(about["title"])}</p>{subtitle}</figcaption>
<div class="course-chart" role="img" aria-label="Chart: {escape(about["title"])}" data-plotly="{STATIC}/{PLOTLY_FILE}"
style="--course-chart-height: {height}px"></div>
<script type="application/json" class="course-chart-data">{_drawing(spec, about)}</script>
<p class="course-figure-alt"><strong>What the chart shows:</strong> {escape(about["alt"])}</p>
<p class="course-figure-source">{"Source" if len(about["sources"]) == 1 else "Sources"}: {sources}</p>
<details class="course-numbers" open>
<summary>The numbers</summary>
{html_table(about["table"]["columns"], about["table"]["rows"], about.get("subtitle") or about["title"])}
{_caveats(about["sources"])}</details>
</figure>"""


def _drawing(spec: dict[str, Any], about: dict[str, Any]) -> str:
    """Return what the script needs and no more: the page already holds the title, the words and the numbers."""
    layout = {key: value for key, value in spec["layout"].items() if key not in {"meta", "title", "width"}}
    content = {"data": spec["data"], "layout": layout, "colours": about.get("colours", {})}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")


def _source(source: dict[str, Any]) -> str:
    title = f"{escape(source['publisher'])}, {escape(source['title'])}"
    if source.get("url"):
        title = f'<a href="{escape(source["url"])}">{title}</a>'
    compiled = f"Compiled {escape(day(str(source['compiled'])))}" if source.get("compiled") else ""
    parts = [title, compiled, escape(source["licence"])]
    return ". ".join(one.strip().rstrip(".") for one in parts if one) + "."


def _caveats(sources: list[dict[str, Any]]) -> str:
    caveats = list(dict.fromkeys(caveat for source in sources for caveat in source.get("caveats", [])))
    if not caveats:
        return ""
    items = "".join(f"<li>{escape(caveat)}</li>" for caveat in caveats)
    return (
        f'<p class="course-caveats-title">Read these numbers with care</p>\n<ul class="course-caveats">{items}</ul>\n'
    )
