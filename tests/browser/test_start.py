"""`make lab` in earnest: the list of labs comes first, a lab is a click away, and nothing is asked of another host."""

import os
import re
import signal
import subprocess
import time
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from courseware import labs
from tests.browser.lab import free_ports, own_folders
from tests.browser.site import ROOT

READY_SECONDS = 120
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """Run `make lab` with folders of its own for what Jupyter keeps of a person; yield the address that it prints."""
    folder, [port] = tmp_path_factory.mktemp("start"), free_ports()
    own = own_folders(folder)
    log = folder / "lab.log"
    with log.open("w") as out:
        command = ["make", "lab", f"OPTIONS=--no-browser --port={port} --ServerApp.port_retries=0"]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **own}, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield _address(process, log)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(READY_SECONDS)


def _address(process, log):
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        printed = re.search(r"http://127\.0\.0\.1:\d+/\S+", log.read_text())
        if printed and _answers(printed[0]):
            return printed[0]
        time.sleep(0.2)
    raise RuntimeError(f"`make lab` did not start:\n{log.read_text()[-2000:]}")


def _answers(address):
    try:
        with urlopen(address) as answer:
            return answer.status == 200
    except OSError:  # refused, or dropped while it starts
        return False


def test_the_list_of_labs_comes_first_and_a_lab_is_a_click_away(visit, started):
    page = visit(started)
    listed = page.locator(".jp-RenderedMarkdown")
    expect(listed.get_by_role("heading", name="Labs: start here")).to_be_visible(timeout=WAIT_MS)
    links = listed.get_by_role("link")
    expect(links).to_have_count(len(labs.files()) + 1)  # each lab, and the one to begin with
    first = links.first
    # Until JupyterLab has made the link its own, it leads out of JupyterLab.
    expect(first).to_have_attribute("href", re.compile("/files/"), timeout=WAIT_MS)
    name = first.get_attribute("title") or first.inner_text()
    first.click()
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_contain_text(name.split(" (")[0], timeout=WAIT_MS)
    expect(page.get_by_role("button", name="Python 3 (ipykernel) | Idle")).to_be_visible(timeout=WAIT_MS)
    expect(page).to_have_url(re.compile("starters"))
    # Neither an offer of news nor anything else that a newcomer must first put out of the way.
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
