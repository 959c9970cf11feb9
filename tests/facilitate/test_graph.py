"""`courseware graph`: the drawing says what the scenario says, to every eye and to none."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from typer.testing import CliRunner

from courseware import library
from courseware.cli import app
from courseware.facilitate import chart, graph, layers
from courseware.kinds.scenario.spec import Scenario

run = CliRunner().invoke
SVG = "{http://www.w3.org/2000/svg}"
SCENARIOS = [path.stem for path in library.files() if path.read_text(encoding="utf-8").startswith("kind: scenario")]


@pytest.fixture
def late(a_course) -> graph.Graph:
    return graph.graph(library.load("example-scenario"))


def test_it_holds_every_passage_and_way(late):
    by_name = {passage.name: passage for passage in late.passages}
    assert [by_name[name].kind for name in ("news", "weather", "close", "shared")] == [
        "decision",
        "chance",
        "check",
        "ending",
    ]
    assert [(way.mark, way.name, way.target) for way in by_name["weather"].ways] == [
        ("1", "holds, 3 in 4", "thursday"),
        ("2", "fails, 1 in 4", "thursday"),
    ]
    assert [way.name for way in by_name["close"].ways] == ["Staff trust at least 6", "otherwise"]


def test_defended_paths_are_marked_on_the_ways_that_they_take(late):
    taken = {(passage.name, way.name.partition(",")[0]): way.paths for passage in late.passages for way in passage.ways}
    assert taken["news", "tell"] == [1, 2]
    assert taken["weather", "holds"] == [1, 2]
    assert taken["thursday", "share"] == [1]
    assert taken["thursday", "hold"] == [2]
    assert taken["close", "Staff trust at least 6"] == [1, 2], "a check lies between two passages that are read"
    assert not taken["news", "wait"]


def test_the_words_say_all_that_the_drawing_does(late):
    text = graph.outline(late)
    for passage in late.passages:
        assert re.search(rf"^\d+ {graph.KINDS[passage.kind]} {passage.name}\b", text, re.MULTILINE)
        for way in passage.ways:
            assert f"→ {way.target}" in text
    assert "A share: Send the half that is ready, marked as such (open if “told” is noted, and Staff trust at" in text
    assert "→ close  [defended path 1]" in text


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_of_the_course_is_drawn_within_bounds(name):
    found = graph.graph(library.load(name))
    drawn = ET.fromstring(chart.svg(found))
    assert drawn.get("role") == "img"
    title, described = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert drawn.get("aria-labelledby").split() == [title.get("id"), described.get("id")]
    assert f"{len(found.passages)} passages" in described.text
    words = [text.text for text in drawn.iter(f"{SVG}text")]
    for passage in found.passages:
        assert any(word.startswith(f"{passage.number} · {graph.KINDS[passage.kind]}") for word in words)
    assert all(title in words for title in found.bands.values())
    ways = sum(len(passage.ways) for passage in found.passages)
    lines = [each for each in drawn.iter(f"{SVG}path") if each.get("class") in {"way", "path"}]
    assert len(lines) >= ways
    assert len([each for each in drawn.iter(f"{SVG}polygon") if each.get("class") == "head"]) == ways
    _, _, width, height = map(float, drawn.get("viewBox").split())
    for each in drawn.iter(f"{SVG}rect"):
        assert 0 <= float(each.get("x", 0)) <= float(each.get("x", 0)) + float(each.get("width")) <= width
        assert 0 <= float(each.get("y", 0)) <= float(each.get("y", 0)) + float(each.get("height")) <= height


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_box_lies_on_another_and_every_way_leads_down(name):
    found = graph.graph(library.load(name))
    boxes = [layers.Box(passage.name, 200, 90) for passage in found.passages]
    edges = [layers.Edge(passage.name, way.target, 100) for passage in found.passages for way in passage.ways]
    groups = {passage.name: passage.group for passage in found.passages}
    depth = layers.layered([box.key for box in boxes], edges, groups)
    assert all(depth[edge.source] < depth[edge.target] for edge in edges if not edge.back)
    assert not any(edge.back for edge in edges), "no story of the course goes round"
    for box in boxes:
        box.layer = depth[box.key]
    for row in layers.arrange(boxes, edges):
        for one, other in pairwise(row):
            assert one.x + one.width + layers.GAP <= other.x + 0.01
    assert min(box.x for box in boxes) >= 0


def test_dashes_and_numbers_tell_paths_apart(late):
    drawn = chart.svg(late)
    assert len(set(chart.DASHES)) == 3
    assert {"1", "2"} <= set(re.findall(r'class="badge-word"[^>]*>(\d)<', drawn))
    assert f'class="path" stroke-dasharray="{chart.DASHES[1]}"' in drawn
    shapes = {kind: chart._shape(kind, 0, 0, 100, 50) for kind in graph.KINDS}
    assert len({outline(shape) for shape in shapes.values()}) == 5


def outline(shape):
    """Return what tells one shape from another whatever its place: its sort, its corners, how many lines it has."""
    corners = re.findall(r'rx="(\d+)"', shape)
    points = re.search(r'points="([^"]+)"', shape)
    return tuple(corners), shape.count("<"), points and len(points[1].split())


def test_what_tells_two_ways_apart_is_not_cut_off(example):
    label = "What everybody in the whole of the office thinks"
    path = example("scenario", ("label: Staff trust", f"label: {label}"))
    drawn = chart.svg(graph.graph(library.sound(path)))
    (line,) = [text for text in re.findall(r"<text[^>]*>([^<]+)</text>", drawn) if text.endswith("at least 6")]
    assert line.startswith("1  What")
    assert len(line) <= chart.LETTERS


def test_alone_it_has_the_courses_colours_for_light_dark_and_paper(late):
    alone, inside = chart.svg(late), chart.svg(late, alone=False)
    assert "--cw-ink:#1b1f24;" in alone
    assert "@media screen and (prefers-color-scheme:dark)" in alone, "paper stays light"
    assert "#" not in re.sub(r'aria-labelledby="[^"]*"|xmlns="[^"]*"|url\([^)]*\)', "", inside)


def test_a_story_that_goes_round_is_drawn(example):
    path = example("scenario", ('      - {if: "trust >= 6", next: shared}', '      - {if: "trust >= 9", next: thursday}\n      - {if: "trust >= 6", next: shared}'))  # fmt: skip
    scenario, _ = library.read(path)
    assert isinstance(scenario, Scenario)
    found = graph.graph(scenario)
    ET.fromstring(chart.svg(found))
    edges = [layers.Edge(passage.name, way.target, 0) for passage in found.passages for way in passage.ways]
    layers.layered([passage.name for passage in found.passages], edges, {p.name: p.group for p in found.passages})
    assert [(edge.source, edge.target) for edge in edges if edge.back] == [("close", "thursday")]


def test_words_of_an_author_are_never_markup(example):
    path = example("scenario", ("title: The late report", 'title: "<script>&\\"x"'), ("by: Kit,", 'by: "<b>Kit & co</b>",'))  # fmt: skip
    drawn = chart.svg(graph.graph(library.sound(path)))
    ET.fromstring(drawn)
    assert "<script>" not in drawn
    assert "&lt;b&gt;Kit &amp; co" in drawn


def test_the_command_draws_and_tells(a_course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = run(app, ["graph", "example-scenario"])
    assert found.exit_code == 0
    ET.parse(tmp_path / "example-scenario.svg")
    found = run(app, ["graph", "example-scenario", "--out", "other.svg"])
    assert (found.exit_code, (tmp_path / "other.svg").is_file()) == (0, True)
    words = run(app, ["graph", "example-scenario", "--text"])
    assert words.stdout == graph.outline(graph.graph(library.load("example-scenario")))
    for name, said in [("example-quiz", "only a scenario"), ("nothing", "no exercise `nothing`")]:
        found = run(app, ["graph", name])
        assert (found.exit_code, said in found.output) == (1, True)


def test_what_plays_badly_is_drawn_and_what_leads_nowhere_is_not(example, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = example("scenario", ("  shared: {", "  lost: {type: ending, title: Lost, text: Nobody comes.}\n  shared: {"))
    found = run(app, ["graph", str(path), "--out", "x.svg"])
    assert (found.exit_code, "1 wrong with it" in found.output) == (0, True)
    assert "Ending · not reached" in (tmp_path / "x.svg").read_text(encoding="utf-8")
    path = example("scenario", ("next: thursday", "next: friday"))
    found = run(app, ["graph", str(path), "--out", "y.svg"])
    assert (found.exit_code, (tmp_path / "y.svg").exists()) == (1, False)
    assert "no node `friday`" in found.output
