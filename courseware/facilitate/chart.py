"""A scenario from above, drawn: one SVG that says the same in light, in dark, in black and white, and read aloud.

Every sort of passage has a shape and its word, every way its letter or number, and every defended path a pattern of
dashes and a number; colour says nothing by itself. Text is never measured, so each line keeps well within its box.
"""

import re
import textwrap
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

from courseware.facilitate.graph import KINDS, Graph, Passage, Way, counted
from courseware.facilitate.layers import LAYER_GAP, Box, Edge, arrange, layered

WIDE, LINE, PAD, CELL = 208, 16, 10, 30
LETTERS, WORD_LETTERS = 29, 24  # that surely fit on a line of a box, in text and in bold
MARGIN, BAND_HEAD, BAND_PAD = 28, 34, 22
DASHES = ("", "9 5", "2 5")  # of the defended paths, in their order; two or three are all that there can be
TOKENS = ("paper", "raised", "ink", "ink-soft", "rule", "accent")

STYLE = """
.case-graph text { font: 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--cw-ink) }
.case-graph .word { font-weight: 700 }
.case-graph .title { font-size: 15px; font-weight: 700 }
.case-graph .shape { fill: var(--cw-paper); stroke: var(--cw-ink); stroke-width: 1.5 }
.case-graph .inner, .case-graph .cell { fill: none; stroke: var(--cw-ink); stroke-width: 1 }
.case-graph .lost { stroke-dasharray: 3 3 }
.case-graph .band { fill: var(--cw-raised); stroke: var(--cw-rule) }
.case-graph .way { fill: none; stroke: var(--cw-ink-soft); stroke-width: 1.2 }
.case-graph .head { fill: var(--cw-ink-soft) }
.case-graph .path { fill: none; stroke: var(--cw-accent); stroke-width: 2.6; stroke-linecap: round }
.case-graph .badge { fill: var(--cw-paper); stroke: var(--cw-accent); stroke-width: 1.5 }
.case-graph .badge-word { font-size: 11px; font-weight: 700; text-anchor: middle; fill: var(--cw-accent) }
.case-graph .mark { font-weight: 700; text-anchor: middle }
"""


def svg(found: Graph, *, alone: bool = True) -> str:
    """Return the drawing. `alone` it brings its own colours, for light and dark; in a page it takes the page's."""
    boxes = {passage.name: Box(passage.name, WIDE, _height(passage)) for passage in found.passages}
    drawn = [(passage, place, way) for passage in found.passages for place, way in enumerate(passage.ways)]
    edges = [Edge(passage.name, way.target, _leaves(passage, place)) for passage, place, way in drawn]
    groups = {passage.name: passage.group for passage in found.passages}
    for key, layer in layered(_ordered(found), edges, groups).items():
        boxes[key].layer = layer
    rows = arrange(list(boxes.values()), edges)
    legend, legend_height = _legend(found)
    taken = max(box.x + box.width for row in rows for box in row)
    width = max(taken, 470) + 2 * MARGIN
    shift = (width - 2 * MARGIN - taken) / 2
    bands, bottom = _bands(found, rows, boxes, width, legend_height)
    for row in rows:
        for box in row:
            box.x += MARGIN + shift
    body = [legend, *bands]
    body += [_way(boxes, edge, way) for edge, (_, _, way) in zip(edges, drawn, strict=True)]
    body += [
        _box(passage, boxes[passage.name], start=passage.name == found.scenario.start) for passage in found.passages
    ]
    body += [_badges(boxes, edge, way) for edge, (_, _, way) in zip(edges, drawn, strict=True)]
    name, style = f"graph-{found.scenario.id}", (_colours() if alone else "") + STYLE
    title, description = escape(f"{found.scenario.title}, from above"), escape(counted(found))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="case-graph" role="img" aria-labelledby="{name} {name}-of" '
        f'viewBox="0 0 {width:.0f} {bottom:.0f}" width="{width:.0f}" height="{bottom:.0f}">'
        f'<title id="{name}">{title}</title><desc id="{name}-of">{description}</desc><style>{style}</style>'
        + (f'<rect width="{width:.0f}" height="{bottom:.0f}" fill="var(--cw-paper)"/>' if alone else "")
        + "\n".join(filter(None, body))
        + "</svg>\n"
    )


def _ordered(found: Graph) -> list[str]:
    """Return the passages with the start first, from which a walk tells what leads back."""
    start = found.scenario.start
    return [start, *(passage.name for passage in found.passages if passage.name != start)]


def _lines(passage: Passage) -> list[str]:
    """Return what stands in a box under its word: the label, the name in the file, and the ways on."""
    label = textwrap.wrap(passage.label, LETTERS)[:2] if passage.label else []
    # What tells two conditions or two odds apart stands at their ends.
    listed = [_fit(f"{way.mark}  {way.name}", end=13) for way in passage.ways if way.mark]
    return [*map(_fit, label), *listed]


def _fit(text: str, end: int = 0) -> str:
    """Return text that keeps within a line, its end too where that is what counts."""
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1 - end]}…{text[len(text) - end :]}"


def _height(passage: Passage) -> float:
    cells = 24 if passage.ways and passage.ways[0].mark else 0
    return 2 * PAD + LINE * (2 + len(_lines(passage))) + cells


def _leaves(passage: Passage, place: int) -> float:
    return WIDE / 2 + CELL * (place - (len(passage.ways) - 1) / 2)


def _bands(
    found: Graph, rows: list[list[Box]], boxes: dict[str, Box], width: float, top: float
) -> tuple[list[str], float]:
    """Move everything down to make room, and return a band behind each act and where the drawing ends."""
    group_of = {boxes[passage.name].layer: passage.group for passage in found.passages}
    out, last, begun, lower = [], None, top, 0.0
    for number, row in enumerate(rows):
        group = group_of.get(number, last)
        if group != last:
            if last in found.bands:
                out.append(_band(found.bands[last or 0], begun, lower - begun + BAND_PAD, width))
            top += (BAND_PAD if last is not None else 0) + (BAND_HEAD if group in found.bands else 0)
            begun = row[0].y + top - (BAND_HEAD if group in found.bands else 0)
            last = group
        for box in row:
            box.y += top
        lower = max(box.y + box.height for box in row)
    if last in found.bands:
        out.append(_band(found.bands[last or 0], begun, lower - begun + BAND_PAD, width))
    return out, lower + MARGIN + BAND_PAD


def _band(title: str, top: float, height: float, width: float) -> str:
    rect = f'<rect class="band" x="8" y="{top:.0f}" width="{width - 16:.0f}" height="{height:.0f}"/>'
    return f'{rect}<text class="title" x="18" y="{top + 22:.0f}">{escape(title)}</text>'


def _box(passage: Passage, box: Box, *, start: bool) -> str:
    marks = [*(["start"] if start else []), *([] if passage.reached else ["not reached"])]
    word = " · ".join([str(passage.number), KINDS[passage.kind], *marks])
    x, y = box.x + 16, box.y + PAD + 11
    parts = [_shape(passage.kind, box.x, box.y, box.width, box.height, lost=not passage.reached)]
    parts.append(f'<text class="word" x="{x:.0f}" y="{y:.0f}">{escape(word)}</text>')
    for number, line in enumerate([_fit(passage.name), *_lines(passage)], 1):
        parts.append(f'<text x="{x:.0f}" y="{y + number * LINE:.0f}">{escape(line)}</text>')
    if passage.ways and passage.ways[0].mark:
        for place, way in enumerate(passage.ways):
            left, top = box.x + _leaves(passage, place) - CELL / 2, box.y + box.height - 22
            parts.append(f'<rect class="cell" x="{left:.1f}" y="{top:.0f}" width="{CELL}" height="22"/>')
            parts.append(f'<text class="mark" x="{left + CELL / 2:.1f}" y="{top + 15:.0f}">{way.mark}</text>')
    return "".join(parts)


def _shape(  # noqa: PLR0913  # a rectangle is four numbers
    kind: str, x: float, y: float, wide: float, high: float, *, lost: bool = False
) -> str:
    """Return an outline: a decision has corners, a story none, chance points, a check a slant, an ending two lines."""
    css = "shape lost" if lost else "shape"
    if kind == "chance":
        return _polygon(
            css,
            [
                (x, y + high / 2),
                (x + 13, y),
                (x + wide - 13, y),
                (x + wide, y + high / 2),
                (x + wide - 13, y + high),
                (x + 13, y + high),
            ],
        )
    if kind == "check":
        return _polygon(css, [(x + 12, y), (x + wide, y), (x + wide - 12, y + high), (x, y + high)])
    round_ = {"story": 16, "ending": 8}.get(kind, 0)
    outer = f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{wide}" height="{high:.0f}" rx="{round_}"/>'
    if kind != "ending":
        return outer
    x, y, wide, high = x + 4, y + 4, wide - 8, high - 8
    return f'{outer}<rect class="inner" x="{x:.1f}" y="{y:.1f}" width="{wide}" height="{high:.0f}" rx="5"/>'


def _polygon(css: str, points: list[tuple[float, float]]) -> str:
    return f'<polygon class="{css}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _points(boxes: dict[str, Box], edge: Edge) -> Iterator[tuple[float, float]]:
    """Yield the points that a way passes, from one box to the other."""
    source, target = boxes[edge.source], boxes[edge.target]
    yield source.x + edge.out, source.y + source.height
    for bend in edge.through:
        ends = [(bend.middle, bend.y), (bend.middle, bend.y + bend.height)]
        yield from reversed(ends) if edge.back else ends
    if edge.back:
        side = target.x + target.width
        yield side + 14, target.y + target.height / 2
        yield side + 6, target.y + target.height / 2
    else:
        yield target.x + edge.enter, target.y - 6


def _curve(boxes: dict[str, Box], edge: Edge, shift: float = 0.0) -> str:
    (x, y), *rest = _points(boxes, edge)
    out = [f"M{x + shift:.1f},{y:.1f}"]
    for number, (to_x, to_y) in enumerate(rest):
        to_x += shift * (number < len(rest) - 1 or not edge.back)  # noqa: PLW2901  # moved a little to the side
        half = max(abs(to_y - y) / 2, 12) * (-1 if edge.back and number else 1)
        end = half if not edge.back else -half if number else -30
        straight = abs(to_x - shift - x) < 0.5
        out.append(
            f"V{to_y:.1f}"
            if straight and not edge.back
            else f"C{x + shift:.1f},{y + half:.1f} {to_x:.1f},{to_y - end:.1f} {to_x:.1f},{to_y:.1f}"
        )
        x, y = to_x - shift, to_y
    return "".join(out)


def _way(boxes: dict[str, Box], edge: Edge, way: Way) -> str:
    *_, (x, y) = _points(boxes, edge)
    head = f"{x - 4:.1f},{y - 2:.1f} {x + 4:.1f},{y - 2:.1f} {x:.1f},{y + 6:.1f}"
    if edge.back:
        head = f"{x + 2:.1f},{y - 4:.1f} {x + 2:.1f},{y + 4:.1f} {x - 6:.1f},{y:.1f}"
    paths = sorted(set(way.paths))
    lines = [f'<path class="way" d="{_curve(boxes, edge)}"/>'] if not paths else []
    for place, number in enumerate(paths):
        dash = f' stroke-dasharray="{DASHES[number - 1]}"' if DASHES[number - 1] else ""
        lines.append(f'<path class="path"{dash} d="{_curve(boxes, edge, 5 * (place - (len(paths) - 1) / 2))}"/>')
    return f'{"".join(lines)}<polygon class="head" points="{head}"/>'


def _badges(boxes: dict[str, Box], edge: Edge, way: Way) -> str:
    """Return the number of each defended path that takes a way, below where it leaves."""
    source = boxes[edge.source]
    paths = sorted(set(way.paths)) if way.mark else []
    out = []
    for place, number in enumerate(paths):
        x, y = source.x + edge.out, source.y + source.height + 12 + 15 * place
        out.append(f'<circle class="badge" cx="{x:.1f}" cy="{y:.1f}" r="7.5"/>')
        out.append(f'<text class="badge-word" x="{x:.1f}" y="{y + 4:.1f}">{number}</text>')
    return "".join(out)


def _legend(found: Graph) -> tuple[str, float]:
    """Return what the shapes and dashes mean, and how much room that takes."""
    kinds = [kind for kind in KINDS if any(passage.kind == kind for passage in found.passages)]
    parts = [f'<text class="title" x="18" y="28">{escape(str(found.scenario.title)[:60])}</text>']
    for place, kind in enumerate(kinds):
        x = 18 + 92 * place
        parts.append(_shape(kind, x, 42, 82, 24))
        parts.append(f'<text x="{x + 41}" y="58" text-anchor="middle">{KINDS[kind]}</text>')
    parts.append('<text class="word" x="18" y="88">Paths that someone would defend</text>')
    for number, by in enumerate(found.defended, 1):
        y = 84 + 22 * number
        dash = f' stroke-dasharray="{DASHES[number - 1]}"' if DASHES[number - 1] else ""
        parts.append(f'<path class="path"{dash} d="M44,{y}H104"/><circle class="badge" cx="28" cy="{y}" r="7.5"/>')
        parts.append(f'<text class="badge-word" x="28" y="{y + 4}">{number}</text>')
        parts.append(f'<text x="114" y="{y + 4}">{escape(by[:56])}</text>')
    return "".join(parts), 84 + 22 * len(found.defended) + LAYER_GAP / 2


@cache
def _colours() -> str:
    """Return the course's own colours, light and dark, as rules: tokens.css is where they are chosen."""
    css = re.sub(
        r"/\*.*?\*/", "", files("courseware.web").joinpath("tokens.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    light, dark = css.split('html[data-theme="dark"]', 1)

    def rules(text: str) -> str:
        known = dict(re.findall(r"--cw-([\w-]+):\s*(#[0-9a-f]{6});", text))
        return "".join(f"--cw-{name}:{known[name]};" for name in TOKENS)

    return f".case-graph{{{rules(light)}}}@media screen and (prefers-color-scheme:dark){{.case-graph{{{rules(dark)}}}}}"
