"""What pages weigh and how fast they answer, in a real browser; ours beside the default book's."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from courseware import library
from courseware.course import written
from courseware.kinds.scenario.spec import Scenario
from tests.bench.rows import Row, kb, ms
from tests.bench.trees import QUIZ_PAGE
from tests.browser.conftest import ARGS
from tests.browser.find import chromium
from tests.browser.plan import plans
from tests.browser.site import served
from tests.browser.weigh import KB, first_load, gzipped

SLOWER = 4  # times; what a cheap phone is to a desktop
LOADS = 5

# A press is answered when the first task after the next frame runs. All of it happens in the page, so that nothing that
# drives the browser from outside is measured with it.
PAINTED = """
const painted = () => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = done;
  requestAnimationFrame(() => channel.port2.postMessage(0));
});
const press = async (node) => {
  const begun = performance.now();
  node.click();
  await painted();
  return performance.now() - begun;
};
const rest = () => new Promise((done) => setTimeout(done, 100));
"""
_PLAY = f"""async ([id, runs]) => {{ {PAINTED}
  const exercise = document.getElementById(id), times = [];
  const find = (selector) => exercise.querySelector(`.exercise-main ${{selector}}`);
  for (const [seed, choices] of runs) {{
    exercise.dataset.seed = seed;
    await press(find(".again .exercise-button") ?? find(".start .exercise-button"));
    for (const choice of choices) {{
      while (!find("form.decision")) await press(find(".step > .exercise-button"));
      await press(find(`form.decision input[value="${{choice}}"]`));
      await rest();
      times.push(await press(find("form.decision button[type=submit]")));
    }}
    while (find(".step > .exercise-button")) await press(find(".step > .exercise-button"));
  }}
  return times;
}}"""
_ANSWER = f"""async () => {{ {PAINTED}
  const times = [];
  for (const button of document.querySelectorAll(".MCButton")) {{
    await rest();
    times.push(await press(button));
  }}
  return times;
}}"""
# The moment, since the page was asked for, at which something that answers is there.
_INTERACTIVE = """
const look = () => {
  if (window.interactive || !document.querySelector(SELECTOR)) return;
  window.interactive = performance.now();
};
new MutationObserver(look).observe(document, {childList: true, subtree: true, attributes: true, attributeFilter: ["class"]});
"""


@contextmanager
def browser() -> Iterator[Browser]:
    """Run a Chromium for the measurements."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        yield launched
        launched.close()


def weights(chromium_: Browser, ours: Path, peer: Path) -> Iterator[Row]:
    """Yield what our scripts and styles weigh, and the first load of a chapter beside the same text in a default book."""
    static = ours / "_static"
    script = gzipped(static / "courseware" / "book.js")
    styles = gzipped(static / "courseware" / "style.css") + gzipped(static / "theme.css")
    yield Row("exercise JavaScript, gzipped", "≤ 30 KB", kb(script), met=script <= 30 * KB)
    yield Row("stylesheets of ours, gzipped", "≤ 8 KB", kb(styles), met=styles <= 8 * KB)
    chapter = written()[0]["id"]
    with served(ours) as home:
        load = first_load(chromium_, home, ours, f"chapters/{chapter}.html")
    with served(peer) as home:
        theirs = first_load(chromium_, home, peer, f"{chapter}.html")
    size, other = sum(load.values()), sum(theirs.values())
    note = "the peer is a default Jupyter Book page of the same prose, without exercises or charts"
    yield Row("chapter, first load, gzipped", "≤ 250 KB", kb(size), kb(other), size / other, size <= 250 * KB, note)
    count, more = len(load), len(theirs)
    yield Row("chapter, first load, requests", "≤ 25", str(count), str(more), count / more, count <= 25)


def slow(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def answers(chromium_: Browser, ours: Path, peer: Path) -> Iterator[Row]:
    """Yield how soon a choice shows what follows it, beside how soon jupyterquiz shows its feedback."""
    scenario = max(
        (each for each in library.all_exercises() if isinstance(each, Scenario)), key=lambda each: len(each.nodes)
    )
    runs = [[str(plan.seed), plan.choices] for plan in plans(scenario).values()]
    own = _answers(chromium_, ours, f"chapters/{scenario.chapter}.html", _PLAY, [scenario.id, runs])
    other = _answers(chromium_, peer, "five-questions.html", _ANSWER, None)
    mine, theirs = statistics.median(own) / 1000, statistics.median(other) / 1000
    note = f"median of {len(own)} decisions of {scenario.id}; the peer is jupyterquiz, {len(other)} answers"
    what = f"choice → next node painted, CPU {SLOWER}× slower"
    yield Row(what, "≤ 50 ms", ms(mine), ms(theirs), mine / theirs, mine <= 0.05, note)


def _answers(chromium_: Browser, folder: Path, address: str, script: str, about: Any) -> list[float]:
    """Return the milliseconds from each press to its answer."""
    with served(folder) as home:
        page = chromium_.new_page(viewport={"width": 412, "height": 915})
        let_be(page, home)
        page.goto(home + address, wait_until="load")
        page.locator(".exercise.is-live, .MCButton").first.wait_for()
        slow(page)
        found: list[float] = page.evaluate(script, about)
        page.close()
    return found


def let_be(page: Page, home: str) -> None:
    """Leave other hosts out: there may be no network, and waiting for one would be held against the peer."""
    page.route(lambda url: not url.startswith(home), lambda route: route.abort())


def quizzes(chromium_: Browser, ours: Path, peer: Path) -> Iterator[Row]:
    """Yield the weight of five questions in a page of each book, alone in an empty page, and how soon they answer."""
    own, other = (
        _quiz(chromium_, ours, f"{QUIZ_PAGE}.html", ".exercise.is-live form"),
        _quiz(chromium_, peer, "five-questions.html", ".MCButton, .Input-text"),
    )
    note = "five questions, a page of each book"
    yield Row(
        "five questions: bytes, gzipped", "ahead of jupyterquiz", kb(own["bytes"]), kb(other["bytes"]),
        own["bytes"] / other["bytes"], own["bytes"] < other["bytes"], note,
    )  # fmt: skip
    yield Row(
        f"five questions: interactive, CPU {SLOWER}× slower", "ahead of jupyterquiz", ms(own["seconds"]), ms(other["seconds"]),
        own["seconds"] / other["seconds"], own["seconds"] < other["seconds"], f"median of {LOADS} loads from this machine",
    )  # fmt: skip


def _quiz(chromium_: Browser, folder: Path, address: str, selector: str) -> dict[str, Any]:
    times = []
    with served(folder) as home:
        size = sum(first_load(chromium_, home, folder, address).values())
        for _ in range(LOADS):
            context = chromium_.new_context(viewport={"width": 412, "height": 915})
            context.add_init_script(_INTERACTIVE.replace("SELECTOR", repr(selector)))
            page = context.new_page()
            let_be(page, home)
            slow(page)
            page.goto(home + address, wait_until="load")
            page.wait_for_function("window.interactive")
            times.append(page.evaluate("window.interactive") / 1000)
            context.close()
    return {"bytes": size, "seconds": statistics.median(times)}
