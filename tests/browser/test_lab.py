"""The live widget in a real JupyterLab: played in the browser, read in Python, beside ipywidgets' own controls."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from courseware import kinds, library
from courseware.kinds.scenario import play
from tests.browser.lab import running
from tests.browser.site import ROOT
from tests.browser.touch import record, touch

NAME = "high-water"
KERNEL_MS = 60_000  # for what a kernel must start, hear or answer
SHOW = f"""
from courseware import show
play = show("{NAME}")
play
"""
# Controls of ipywidgets and our widget, each heard by the other.
COMBINE = """
import ipywidgets as widgets

note = widgets.Label("Nothing yet", description="Note")
again = widgets.Button(description="Back to the start")

def heard(change):
    note.value = f"Heard: {len(play.result.path)} in the path"

def restart(button):
    play.record = None

play.observe(heard, "record")
again.on_click(restart)
widgets.VBox([again, note, play])
"""
# One exercise of every other kind, below one another.
OTHERS = """
others = [show(name) for name in {names}]
widgets.VBox(others)
"""
# What Python has of each: the record as it is, and whether its result differs from that of nothing done.
TOLD = """
import json
print(json.dumps({each.exercise.id: [each.record, each.status, repr(each.result) != repr(each.exercise.result(None))] for each in others}))
"""
READ = """print("path:", ",".join(play.result.path), "ending:", play.result.ending)
play.frame()[["node", "move"]]"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    others = OTHERS.format(names=list(others_by_kind().values()))
    cells = [new_code_cell(source.strip()) for source in (SHOW, COMBINE, others)]
    notebook = new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    nbformat.write(notebook, notebooks / "try.ipynb")
    with running(folder, notebooks, ROOT) as address:
        yield address


def others_by_kind():
    """Return the shortest exercise of every kind but the scenario, by kind."""
    every = sorted(library.all_exercises(), key=lambda each: -each.minutes.solo)
    return {each.kind: each.id for each in every if each.kind != "scenario"}


def run(page, cell, source):
    """Write source into a new cell below the one with this number, run it, and return what it prints."""
    page.locator(f".jp-Cell >> nth={cell} >> .cm-content").click()
    page.get_by_role("button", name="Insert a cell below (B)").first.click()
    # Until it is there, the next one has its place.
    expect(page.locator(f".jp-Cell >> nth={cell + 1}")).to_have_class(re.compile(r"\bjp-mod-active\b"))
    page.locator(f".jp-Cell >> nth={cell + 1} >> .cm-content").fill(source)
    page.keyboard.press("Shift+Enter")
    return page.locator(f".jp-Cell >> nth={cell + 1} >> .jp-OutputArea")


def first_choices(count):
    """Return the ids of the first choice that is open at each of the first decisions, as one plays who takes the first."""
    scenario = library.load(NAME)
    state = play.start(scenario)
    taken = []
    while len(taken) < count:
        options = [choice.id for choice, is_open in play.options(scenario, state) if is_open]
        taken += options[:1]
        state = play.advance(scenario, state, options[0] if options else None)
    return taken


def decide(exercise, choice):
    """Read on to the next decision and make it."""
    form = exercise.locator("form.decision")
    forward = exercise.locator(".step > .exercise-button")
    while True:
        expect(form.or_(forward).first).to_be_visible()
        if form.count():
            break
        heading = exercise.locator(".step").element_handle()
        forward.click()
        heading.wait_for_element_state("hidden")
    form.locator(f"label.choice:has(input[value='{choice}'])").click()
    step = exercise.locator(".step").element_handle()
    form.locator("button[type=submit]").click()
    step.wait_for_element_state("hidden")


def test_the_widget_is_live_and_python_reads_it(visit, lab):
    # Tall, because JupyterLab takes cells that are out of sight off the page.
    page = visit(f"{lab}lab/tree/try.ipynb?reset", height=4000)
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(3, timeout=KERNEL_MS)
    expect(page.get_by_role("button", name="Python 3 (ipykernel) | Idle")).to_be_visible(timeout=KERNEL_MS)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()

    first = page.locator(f".jp-Cell >> nth=0 >> course-scenario#{NAME}")
    expect(first).to_have_class("exercise is-live", timeout=KERNEL_MS)
    first.get_by_role("button", name="Start", exact=True).click()
    choices = first_choices(2)
    for choice in choices:
        decide(first, choice)

    # Python heard both decisions, and told ipywidgets; the second view of the same model shows the same play.
    both = page.locator(".jp-Cell >> nth=1")
    expect(both).to_contain_text("Heard: 2 in the path", timeout=KERNEL_MS)
    expect(both.locator("course-scenario .exercise-label")).to_contain_text("· begun")
    expect(both.locator("course-scenario .step-heading").last).to_have_text(
        first.locator(".step-heading").last.inner_text().replace("\n", " ")
    )

    answer = run(page, 1, READ)
    expect(answer).to_contain_text(f"path: {','.join(choices)} ending: None", timeout=KERNEL_MS)
    for choice in choices:
        expect(answer.locator("td", has_text=choice).first).to_be_visible()

    # And Python moves the page.
    both.get_by_role("button", name="Back to the start").click()
    expect(first.get_by_role("button", name="Start", exact=True)).to_be_visible(timeout=KERNEL_MS)
    expect(both.get_by_role("button", name="Start", exact=True)).to_be_visible()

    # Every other kind is live as well, and Python has what was done in it.
    named = others_by_kind()
    assert named.keys() == set(kinds.KINDS) - {"scenario"}
    for kind, name in named.items():
        exercise = page.locator(f"course-{kind}#{name}")
        expect(exercise).to_have_class("exercise is-live", timeout=KERNEL_MS)
        touch(exercise, kind)
    held = {name: record(page.locator(f"#{name}")) for name in named.values()}
    found = {}
    for _ in range(5):  # what is done last may reach Python after the question: then it is asked again
        told = run(page, 3, TOLD)
        expect(told).to_contain_text("}", timeout=KERNEL_MS)
        found = json.loads(told.inner_text())
        if {name: kept for name, (kept, *_) in found.items()} == held:
            break
    for name, (kept, status, means) in found.items():
        assert kept == held.pop(name), name
        assert status == ("done" if "· done" in page.locator(f"#{name} .exercise-label").inner_text() else "begun"), (
            name
        )
        assert means, f"the result of {name} is that of nothing done"
    assert held == {}
