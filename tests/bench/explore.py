"""One model with three sliders, answered without a kernel: ours, Panel's `save(embed=True)`, and ipywidgets' HTML manager.

The peers are fetched for the purpose, into the temporary folder of the run.
"""

import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from courseware import library, render
from courseware.kinds.explore.grid import MAX_BYTES
from courseware.kinds.explore.spec import Explore
from tests.bench.pages import PAINTED, SLOWER, let_be, slow
from tests.bench.rows import Row, kb, ms, run, unmeasured
from tests.browser.site import served, write_page
from tests.browser.weigh import first_load

MOVES = 30
WAIT_MS = 3000
STAY = "a page of its own, the model alone in it"

# Each slider in turn, one step there and one step back. A move is answered when what is drawn has changed and was painted.
_MOVES = f"""async ([moves, wait]) => {{ {PAINTED}
  READY
  const times = [];
  for (let number = 0; number < moves; number++) {{
    await rest();
    const before = state(), begun = performance.now();
    move(number % 3, number % 6 < 3 ? 1 : -1);
    while (state() === before && performance.now() - begun < wait) await new Promise((done) => setTimeout(done));
    if (state() !== before) {{
      await painted();
      times.push(performance.now() - begun);
    }}
  }}
  return times;
}}"""
_OURS = """
  const exercise = document.querySelector("course-explore.is-live");
  const state = () => [...exercise.querySelectorAll(".plot g path")].map((each) => each.getAttribute("d")).join();
  const move = (which, by) => {
    const slider = exercise.querySelectorAll("input[type=range]")[which];
    by > 0 ? slider.stepUp() : slider.stepDown();
    slider.dispatchEvent(new Event("input", {bubbles: true}));
  };
"""
_PANEL = """
  const all = (root, selector) => [...root.querySelectorAll("*")].flatMap((each) =>
    [...each.matches(selector) ? [each] : [], ...each.shadowRoot ? all(each.shadowRoot, selector) : []]);
  const handles = all(document, ".noUi-handle");
  const source = [...Bokeh.documents[0]._all_models.values()].find((each) => each.type === "ColumnDataSource");
  const state = () => JSON.stringify(source.data);
  const move = (which, by) =>
    handles[which].dispatchEvent(new KeyboardEvent("keydown", {key: by > 0 ? "ArrowRight" : "ArrowLeft", bubbles: true}));
"""
_PANEL_PAGE = """
import runpy, sys
import panel as pn
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure
from bokeh.resources import INLINE

where, target, name, x, lines, controls = sys.argv[1], sys.argv[2], sys.argv[3], *map(eval, sys.argv[4:7])
model = runpy.run_path(where)[name]
pn.extension()
sliders = [pn.widgets.DiscreteSlider(name=each, options=values, value=start) for each, values, start in controls]
values = lambda: {"x": x, **model(*[each.value for each in sliders])}
source = ColumnDataSource(values())
chart = figure(width=640, height=320, y_range=(0, 100))
for line in lines:
    chart.line("x", line, source=source, legend_label=line)
for slider in sliders:
    slider.param.watch(lambda _: setattr(source, "data", values()), "value")
page = pn.Column(*sliders, pn.pane.Bokeh(chart))
page.save(target, embed=True, max_opts=100, max_states=5000, resources=INLINE, progress=False)
"""


def rows(chromium_: Browser, folder: Path, env: dict[str, str]) -> Iterator[Row]:
    """Yield what the largest model of the course weighs and how soon it answers, beside the peers."""
    spec = max(
        (each for each in library.all_exercises() if isinstance(each, Explore)),
        key=lambda each: (len(each.controls), each.page_bytes()),
    )
    many = len(spec.grid.text) // len(spec.lines) // len(spec.x.values)
    about = f"{spec.id}: {many} settings, {len(spec.lines)} lines of {len(spec.x.values)} numbers"
    size = spec.page_bytes()
    yield Row("stored model, gzipped", f"≤ {MAX_BYTES // 1000} KB", kb(size), met=size <= MAX_BYTES, note=about)
    ours = folder / "model-ours"
    write_page(ours, [render.html(spec)])
    own = _measured(chromium_, ours, _OURS)
    yield from _beside_panel(chromium_, folder, env, spec, own)
    try:
        theirs = _weight(chromium_, _html_manager(folder / "model-ipywidgets", spec, env))
    except (RuntimeError, OSError, ImportError) as error:
        yield unmeasured("same sliders, ipywidgets + HTML manager: bytes", "fewer than it", error)
        return
    note = f"{STAY}; without a kernel its sliders move and nothing follows, so it has no latency to compare"
    yield Row(
        "same sliders, ipywidgets + HTML manager: bytes", "fewer than it", kb(own[0]), kb(theirs),
        own[0] / theirs, own[0] < theirs, note,
    )  # fmt: skip


def _beside_panel(
    chromium_: Browser, folder: Path, env: dict[str, str], spec: Explore, own: tuple[int, list[float]]
) -> Iterator[Row]:
    size, times = own
    mine = statistics.median(times)
    what = f"slider → chart redrawn, CPU {SLOWER}× slower"
    note = f"median of {len(times)} moves; {STAY}"
    try:
        theirs, others = _measured(chromium_, _panel(folder / "model-panel", spec, env), _PANEL)
    except (RuntimeError, OSError, ImportError, statistics.StatisticsError) as error:
        yield Row(what, "≤ 50 ms", ms(mine), met=mine <= 0.05, note=note)
        yield unmeasured("same model, Panel's embed", "fewer bytes, lower latency", error)
        return
    slower = statistics.median(others)
    yield Row(
        what, "≤ 50 ms", ms(mine), ms(slower), mine / slower, mine <= 0.05 and mine < slower,
        f"{note}; the peer is Panel's embed, {len(others)} moves",
    )  # fmt: skip
    note = f"everything that either page loads; {STAY}"
    yield Row(
        "same model: bytes, gzipped",
        "fewer than Panel's embed",
        kb(size),
        kb(theirs),
        size / theirs,
        size < theirs,
        note,
    )


def _weight(chromium_: Browser, folder: Path) -> int:
    with served(folder) as home:
        return sum(first_load(chromium_, home, folder, "index.html").values())


def _measured(chromium_: Browser, folder: Path, ready: str) -> tuple[int, list[float]]:
    """Return the bytes that a page loads, gzipped, and the seconds from each move to its chart."""
    size = _weight(chromium_, folder)
    with served(folder) as home:
        page = chromium_.new_page(viewport={"width": 412, "height": 915})
        let_be(page, home)
        page.goto(home + "index.html", wait_until="load")
        page.wait_for_timeout(3000)  # both have built themselves by then
        slow(page)
        found: list[float] = page.evaluate(_MOVES.replace("READY", ready), [MOVES, WAIT_MS])
        page.close()
    if not found:
        raise RuntimeError("no move changed what is drawn")
    return size, [each / 1000 for each in found]


def _panel(folder: Path, spec: Explore, env: dict[str, str]) -> Path:
    """Return a folder with the same model as a page by Panel."""
    folder.mkdir()
    packages = folder.parent / "panel"
    run([sys.executable, "-m", "pip", "install", "--quiet", "--target", packages, "panel"], folder, env)
    controls = [(each.id, each.values, each.start) for each in spec.controls]
    path = next(path for path in library.files() if path.stem == spec.id).with_suffix(".py")
    given = [path, folder / "index.html", spec.model().name, spec.x.values, [each.id for each in spec.lines], controls]
    run([sys.executable, "-c", _PANEL_PAGE, *map(str, given)], folder, {**env, "PYTHONPATH": str(packages)})
    return folder


def _html_manager(folder: Path, spec: Explore, env: dict[str, str]) -> Path:
    """Return a folder with the same sliders and a chart as ipywidgets saves them, its HTML manager beside them."""
    import ipywidgets
    from ipywidgets.embed import embed_minimal_html

    npm = shutil.which("npm")
    if not npm:
        raise RuntimeError("there is no npm here to get the HTML manager with")
    folder.mkdir()
    got = folder.parent / "html-manager"
    got.mkdir()
    options = ["--no-fund", "--no-audit", "--silent", "--ignore-scripts"]
    run([npm, "install", *options, "--prefix", got, "@jupyter-widgets/html-manager"], folder, env)
    script = got / "node_modules" / "@jupyter-widgets" / "html-manager" / "dist" / "embed-amd.js"
    (folder / "embed-amd.js").write_bytes(script.read_bytes())
    sliders = [
        ipywidgets.FloatSlider(description=each.id, min=each.min, max=each.max, step=each.step, value=each.start)
        for each in spec.controls
    ]
    lines = spec.at({})
    drawn = "".join(
        f'<polyline fill="none" stroke="black" points="{" ".join(f"{i * 9},{100 - y:.1f}" for i, y in enumerate(line))}"/>'
        for line in lines.values()
    )
    chart = ipywidgets.HTML(f'<svg viewBox="0 0 330 100">{drawn}</svg>')
    page = folder / "index.html"
    embed_minimal_html(page, views=[ipywidgets.VBox([*sliders, chart])], requirejs=False, embed_url="embed-amd.js")
    return folder
