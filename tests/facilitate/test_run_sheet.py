"""A run-sheet on paper: tagged, whole, on two sides; large print is large, and high contrast has no grey."""

import io
import re

import pytest
from pypdf import PdfReader

from courseware.course import written
from courseware.facilitate import sessions
from courseware.facilitate.plan import LENGTHS
from courseware.facilitate.run_sheet import run_sheet_pdf
from courseware.markup import plain

PRESSURE = "4-leading-under-pressure"
ALL = [
    pytest.param(chapter["id"], length, id=f"{chapter['id']}-{length}") for chapter in written() for length in LENGTHS
]


def read(made):
    return PdfReader(io.BytesIO(made))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def words(reader):
    return squeezed("".join(page.extract_text() for page in reader.pages))


def missing(said, text):
    """Return runs of five words that are not on paper. Where a page or a column ends inside a text, a few may be torn."""
    found = plain(said).split()
    runs = [found[at : at + 5] for at in range(max(1, len(found) - 4))]
    return [" ".join(run) for run in runs if squeezed("".join(run)) not in text]


TORN = 4


def sizes(reader):
    """Return the sizes of type that a file's words are set in, in points."""
    found = set()

    def visit(text, _current, matrix, _font, size):
        if text.strip():
            found.add(round(size * abs(matrix[3]), 1))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def greys(reader):
    """Return every shade that a file draws with: 0 is black."""
    drawn = "\n".join(page.get_contents().get_data().decode("latin-1") for page in reader.pages)
    return {float(each) for each in re.findall(r"([\d.]+) (?:scn|SCN|g|G)\b", drawn)}


@pytest.mark.parametrize(("chapter", "length"), ALL)
def test_it_is_whole_tagged_and_its_steps_need_two_sides(chapter, length):
    sheet = sessions.session(chapter, length)
    reader = read(run_sheet_pdf(sheet))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == sheet.title
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    text = words(reader)
    for step in sheet.steps:
        for said in (step.title, step.do, *step.ask, *step.listen_for, step.first or "", step.silence or ""):
            assert len(missing(said, text)) <= TORN, said
    for said in (*sheet.care, *(each.do for each in [*sheet.online, *sheet.boss])):
        assert len(missing(said, text)) <= TORN, said
    short = next(at for at, page in enumerate(reader.pages, 1) if "If time runs short" in page.extract_text())
    assert short <= 2


def test_the_times_are_times_of_day_when_a_start_is_given():
    sheet = sessions.session(PRESSURE, 90)
    counted, timed = words(read(run_sheet_pdf(sheet))), words(read(run_sheet_pdf(sheet, start="23:30")))
    assert "0:128minutes" not in counted
    for minute, of_day in [("0:08", "23:38"), ("0:12", "23:42"), ("1:13", "00:43"), ("1:30", "01:00")]:
        assert minute in counted
        assert of_day in timed


@pytest.mark.parametrize("start", ["9:30", "24:00", "noon", "", "09:60"])
def test_a_start_that_is_no_time_of_day_is_refused(start):
    with pytest.raises(ValueError, match="write it as 09:30"):
        run_sheet_pdf(sessions.session(PRESSURE, 15), start=start)


def test_large_print_is_eighteen_points_and_more():
    sheet = sessions.session(PRESSURE, 60)
    large, usual = sizes(read(run_sheet_pdf(sheet, large=True))), sizes(read(run_sheet_pdf(sheet)))
    assert min(large) >= 18
    assert min(usual) >= 9


def test_high_contrast_has_no_grey():
    sheet = sessions.session(PRESSURE, 60)
    assert greys(read(run_sheet_pdf(sheet, contrast=True))) <= {0.0}
    assert greys(read(run_sheet_pdf(sheet))) > {0.0}


def test_the_same_sheet_gives_the_same_bytes():
    sheet = sessions.session(PRESSURE, 60)
    assert run_sheet_pdf(sheet) == run_sheet_pdf(sheet)


def test_the_days_are_one_sheet():
    programme = sessions.programme()
    reader = read(run_sheet_pdf(programme))
    assert len(reader.pages) <= 2
    text = words(reader)
    for day in programme.days:
        for slot in day.slots:
            assert squeezed(slot.title) in text
    assert "09:15" in text
    assert "08:00" in words(read(run_sheet_pdf(programme, start="08:00")))


def test_a_sign_that_no_font_has_is_named():
    sheet = sessions.session(PRESSURE, 60)
    odd = sheet.model_copy(update={"why": ["A face: \U0001f600"]})
    assert "[grinningface]" in words(read(run_sheet_pdf(odd)))
