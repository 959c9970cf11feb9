"""The kits beside the built book: every link leads to a whole one, and the course on a device has none of them."""

import io
import json
import re
import zipfile

import pytest
from pypdf import PdfReader

from courseware.book.release import KITS, size
from courseware.course import course, written
from courseware.facilitate.kit_site import LENGTHS, LIST
from courseware.markup import curled
from tests.browser.site import BOOK

PAGE = BOOK / "book" / "facilitators" / "kits.html"
EVERY = [(chapter, minutes) for chapter in written() for minutes in LENGTHS]


def links(path):
    return re.findall(rf'href="([^"]*{KITS}/[^"]+\.zip)"', path.read_text(encoding="utf-8"))


def test_the_page_links_to_every_chapter_at_every_length_and_says_how_large_it_is():
    text = PAGE.read_text(encoding="utf-8")
    assert len(links(PAGE)) == len(EVERY)
    listed = {each["name"]: each for each in json.loads((BOOK / KITS / LIST).read_text(encoding="utf-8"))}
    for chapter, minutes in EVERY:
        name = f"kit-{chapter['number']}-{minutes}.zip"
        assert (
            f'data-kit="{name}">{size((BOOK / KITS / name).stat().st_size)}, {listed[name]["sheets"]} sheets<' in text
        )
        assert f'aria-label="{minutes} minutes, {curled(chapter["question"])} Download the kit"' in text
        assert f'{curled(chapter["question"])} <span class="sheet-theme">{chapter["theme"]}</span>' in text


@pytest.mark.parametrize(("chapter", "minutes"), EVERY, ids=lambda each: each["id"] if isinstance(each, dict) else each)
def test_a_run_sheet_links_to_its_kit_which_is_whole(chapter, minutes):
    page = BOOK / "book" / "facilitators" / "run-sheets" / f"{chapter['id']}-{minutes}.html"
    (address,) = links(page)
    path = (page.parent / address).resolve()
    assert path == BOOK / KITS / f"kit-{chapter['number']}-{minutes}.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        start = PdfReader(io.BytesIO(archive.read(f"{path.stem}/00-start-here.pdf")))
        assert chapter["theme"] in start.metadata.title
        assert any(name.endswith("slides.pptx") for name in archive.namelist())


def test_fifteen_minutes_have_no_kit_on_the_site():
    for chapter in written():
        assert links(BOOK / "book" / "facilitators" / "run-sheets" / f"{chapter['id']}-15.html") == []


def test_the_course_on_a_device_and_its_zip_have_no_kit_and_say_where_they_are():
    assert f'"{KITS}/' not in (BOOK / "service-worker.js").read_text(encoding="utf-8")
    with zipfile.ZipFile(BOOK / f"{course()['id']}.zip") as archive:
        names = archive.namelist()
        assert not any(f"/{KITS}/" in name for name in names)
        pages = [name for name in names if name.endswith(".html") and "/facilitators/" in name]
        texts = {name: archive.read(name).decode() for name in pages}
    assert not any(f"{KITS}/kit-" in text for text in texts.values())
    (kits,) = [text for name, text in texts.items() if name.endswith("/kits.html")]
    assert "on the course’s own site" in kits
