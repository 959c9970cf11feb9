"""The live widget in a real JupyterLab: played in the browser, read in Python, beside ipywidgets' own controls."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from courseware import library
from courseware.kinds.scenario import play
from tests.browser.lab import running
from tests.browser.site import ROOT

NAME = "high-water"
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
READ = """print("path:", ",".join(play.result.path), "ending:", play.result.ending)
play.frame()[["node", "move"]]"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    cells = [new_code_cell(source.strip()) for source in (SHOW, COMBINE)]
    notebook = new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    nbformat.write(notebook, notebooks / "try.ipynb")
    with running(folder, notebooks, ROOT) as address:
        yield address


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
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(2, timeout=60_000)
    expect(page.get_by_role("button", name="Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()

    first = page.locator(f".jp-Cell >> nth=0 >> course-scenario#{NAME}")
    expect(first).to_have_class("exercise is-live", timeout=60_000)
    first.get_by_role("button", name="Start", exact=True).click()
    choices = first_choices(2)
    for choice in choices:
        decide(first, choice)

    # Python heard both decisions, and told ipywidgets; the second view of the same model shows the same play.
    both = page.locator(".jp-Cell >> nth=1")
    expect(both).to_contain_text("Heard: 2 in the path")
    expect(both.locator("course-scenario .exercise-label")).to_contain_text("· begun")
    expect(both.locator("course-scenario .step-heading").last).to_have_text(
        first.locator(".step-heading").last.inner_text().replace("\n", " ")
    )

    page.locator(".jp-Cell >> nth=1 >> .cm-content").click()
    page.get_by_role("button", name="Insert a cell below (B)").first.click()
    page.locator(".jp-Cell >> nth=2 >> .cm-content").fill(READ)
    page.keyboard.press("Shift+Enter")
    answer = page.locator(".jp-Cell >> nth=2 >> .jp-OutputArea")
    expect(answer).to_contain_text(f"path: {','.join(choices)} ending: None")
    for choice in choices:
        expect(answer.locator("td", has_text=choice).first).to_be_visible()

    # And Python moves the page.
    both.get_by_role("button", name="Back to the start").click()
    expect(first.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(both.get_by_role("button", name="Start", exact=True)).to_be_visible()
