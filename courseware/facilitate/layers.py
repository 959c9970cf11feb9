"""A layered drawing of a graph: what follows stands below, with few crossings and little sideways travel.

The usual four steps (Sugiyama, Tagawa and Toda 1981, doi 10.1109/TSMC.1981.4308636): edges that go back are turned
round; every node gets a layer; the order within layers is improved by sweeps; and places are the nearest to their
neighbours' that leave room, which is a least-squares problem with a known order and has an exact answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Key = str
SWEEPS, GAP, LAYER_GAP, THIN = 12, 30.0, 66.0, 14.0


@dataclass
class Box:
    """What is placed: its size, its layer, and after `arrange` its left edge and its top. A bend is a thin box."""

    key: Key
    width: float
    height: float
    layer: int = 0
    x: float = 0.0
    y: float = 0.0
    bend: bool = False

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2


@dataclass
class Edge:
    """A way from one box to another. `out` is where it leaves, in pixels from the left of the box it leaves.

    After `arrange`, `through` holds the bends that it passes, `back` tells that it leads up, and `enter` is where it
    arrives, in pixels from the left.
    """

    source: Key
    target: Key
    out: float
    through: list[Box] = field(default_factory=list)
    back: bool = False
    enter: float = 0.0


def layered(keys: Sequence[Key], edges: Sequence[Edge], groups: dict[Key, int]) -> dict[Key, int]:
    """Return a layer for each key, and mark the edges that lead back. A group stands wholly below those before it."""
    _turn(keys, edges)
    layers: dict[Key, int] = {}
    floor = 0
    for group in sorted(set(groups.values())):
        members = [key for key in keys if groups[key] == group]
        inside = [edge for edge in edges if not edge.back and groups[edge.source] == groups[edge.target] == group]
        depth = dict.fromkeys(members, 0)
        # As many rounds as the longest way has steps, at most: without the edges that lead back there is no circle.
        for _ in members:
            moved = False
            for edge in inside:
                if depth[edge.target] < depth[edge.source] + 1:
                    depth[edge.target] = depth[edge.source] + 1
                    moved = True
            if not moved:
                break
        layers |= {key: floor + deep for key, deep in depth.items()}
        floor += 1 + max(depth.values())
    for edge in edges:
        edge.back = layers[edge.target] <= layers[edge.source]
    return layers


def _turn(keys: Sequence[Key], edges: Sequence[Edge]) -> None:
    """Mark the edges that lead back to where a walk has come from."""
    ways: dict[Key, list[Edge]] = {key: [] for key in keys}
    for edge in edges:
        ways[edge.source].append(edge)
    done: set[Key] = set()
    for key in keys:
        open_now: set[Key] = set()
        todo: list[tuple[Key, bool]] = [(key, False)]
        while todo:
            here, leaving = todo.pop()
            if leaving:
                open_now.discard(here)
                done.add(here)
            elif here not in done and here not in open_now:
                open_now.add(here)
                todo.append((here, True))
                for edge in reversed(ways[here]):
                    edge.back = edge.target in open_now
                    if not edge.back:
                        todo.append((edge.target, False))


def arrange(boxes: Sequence[Box], edges: Sequence[Edge]) -> list[list[Box]]:
    """Place the boxes, give each edge its bends and where it arrives, and return the layers from top to bottom."""
    by_key = {box.key: box for box in boxes}
    rows: list[list[Box]] = [[] for _ in range(1 + max(box.layer for box in boxes))]
    for box in boxes:
        rows[box.layer].append(box)
    links: list[list[tuple[Box, Box, float, float]]] = [[] for _ in rows]  # above, below, where it leaves and arrives
    for edge in edges:
        _bend(edge, by_key, rows, links)
    _order(rows, links)
    _place(rows, links)
    left = min(box.x for row in rows for box in row)
    top = 0.0
    for row in rows:
        height = max(box.height for box in row)
        for box in row:
            box.x -= left
            box.y = top
            box.height = height if box.bend else box.height
        top += height + LAYER_GAP
    _arrivals(edges, by_key)
    return rows


def _bend(
    edge: Edge, by_key: dict[Key, Box], rows: list[list[Box]], links: list[list[tuple[Box, Box, float, float]]]
) -> None:
    one, other = by_key[edge.source], by_key[edge.target]
    upper, lower = (other, one) if edge.back else (one, other)
    chain = [upper]
    for layer in range(upper.layer + 1, lower.layer):
        bend = Box(f"{edge.source} {edge.target} {layer}", THIN, 0, layer, bend=True)
        rows[layer].append(bend)
        chain.append(bend)
    chain.append(lower)
    if upper is lower or upper.layer == lower.layer:
        return
    edge.through = chain[1:-1][:: -1 if edge.back else 1]
    for above, below in pairwise(chain):
        out = edge.out if above is one and not edge.back else above.width / 2
        links[above.layer].append((above, below, out, below.width / 2))


def _order(rows: list[list[Box]], links: list[list[tuple[Box, Box, float, float]]]) -> None:
    best, fewest = [list(row) for row in rows], _crossings(rows, links)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for number in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            fixed = {id(box): at for at, box in enumerate(rows[number - 1 if down else number + 1])}
            pulls: dict[int, list[float]] = {}
            for above, below, out, _ in links[number - 1 if down else number]:
                here, there = (below, above) if down else (above, below)
                pulls.setdefault(id(here), []).append(fixed[id(there)] + (out / above.width if down else 0.5))
            place = {id(box): float(at) for at, box in enumerate(rows[number])}
            place |= {key: sum(found) / len(found) for key, found in pulls.items()}
            rows[number].sort(key=lambda box: place[id(box)])
        crossed = _crossings(rows, links)
        if crossed < fewest:
            best, fewest = [list(row) for row in rows], crossed
    for row, found in zip(rows, best, strict=True):
        row[:] = found


def _crossings(rows: list[list[Box]], links: list[list[tuple[Box, Box, float, float]]]) -> int:
    found = 0
    at = {id(box): place for row in rows for place, box in enumerate(row)}
    for each in links:
        ends = sorted((at[id(above)] + out / above.width, at[id(below)]) for above, below, out, _ in each)
        found += sum(
            one[1] > other[1] for number, one in enumerate(ends) for other in ends[number + 1 :] if one[0] < other[0]
        )
    return found


def _place(rows: list[list[Box]], links: list[list[tuple[Box, Box, float, float]]]) -> None:
    for row in rows:
        _spread(row, [0.0] * len(row))
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for number in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            wanted: dict[int, list[float]] = {}
            for above, below, out, enter in links[number - 1 if down else number]:
                if down:
                    wanted.setdefault(id(below), []).append(above.x + out - enter)
                else:
                    wanted.setdefault(id(above), []).append(below.x + enter - out)
            row = rows[number]
            pulled = [wanted.get(id(box), [box.x]) for box in row]
            _spread(row, [sum(each) / len(each) for each in pulled])


def _spread(row: list[Box], wanted: list[float]) -> None:
    """Put boxes as near to where they are wanted as their order and widths allow (pooling adjacent violators)."""
    offsets, run = [], 0.0
    for box in row:
        offsets.append(run)
        run += box.width + GAP
    pools: list[tuple[float, float, int]] = []  # the mean, its weight, how many boxes
    for box, want, offset in zip(row, wanted, offsets, strict=True):
        mean, weight, count = want - offset, 3.0 if box.bend else 1.0, 1
        while pools and pools[-1][0] > mean:
            other, heavy, more = pools.pop()
            mean = (mean * weight + other * heavy) / (weight + heavy)
            weight, count = weight + heavy, count + more
        pools.append((mean, weight, count))
    places = [mean for mean, _, count in pools for _ in range(count)]
    for box, place, offset in zip(row, places, offsets, strict=True):
        box.x = place + offset


def _arrivals(edges: Sequence[Edge], by_key: dict[Key, Box]) -> None:
    """Let the edges that arrive at a box do so side by side, in the order that they come from."""
    coming: dict[Key, list[tuple[float, int]]] = {}
    for number, edge in enumerate(edges):
        from_x = edge.through[-1].middle if edge.through else by_key[edge.source].x + edge.out
        coming.setdefault(edge.target, []).append((from_x, number))
    for target, each in coming.items():
        width = by_key[target].width
        for place, (_, number) in enumerate(sorted(each), 1):
            edges[number].enter = width * (0.15 + 0.7 * place / (len(each) + 1))
