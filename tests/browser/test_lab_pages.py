"""A data lab as a page: read whole with no kernel, its answers folded until they are asked for."""

import re

import pytest
from playwright.sync_api import expect

from courseware import checks
from courseware.course import concepts, root
from courseware.markup import plain
from tests.browser import keys
from tests.browser.site import built
from tests.browser.test_paper import UNFOLD, printed
from tests.browser.words import missing, squashed

# A page of each level stands for the rest: that a lab's page is whole is for tests/test_book_labs.py, and
# test_made_pages.py looks at all.
OF_EACH_LEVEL = list({lab.level: (path, lab) for path, lab in reversed(checks.rising())}.values())
each = pytest.mark.parametrize(("path", "lab"), OF_EACH_LEVEL, ids=[lab.id for _, lab in OF_EACH_LEVEL])


def address(path):
    return path.relative_to(root()).with_suffix(".html").as_posix()


def verdicts(lab):
    """Return what each right answer is told, paragraph by paragraph."""
    return [paragraph for check in lab.checks for paragraph in map(plain, check.right.split("\n\n"))]


def tasks(page):
    return page.locator(".lab-task").all_inner_texts()


@each
def test_an_answer_opens_by_keyboard(visit, book, path, lab):
    page = visit(book + address(path))
    folds = page.locator(".lab-answer")
    expect(folds).to_have_count(len(lab.checks))
    assert len(tasks(page)) == len(lab.checks)
    first = folds.first
    verdict = first.locator(".lab-check")
    expect(verdict).to_be_hidden()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text(plain(lab.checks[0].right)[:40])
    page.keyboard.press("Enter")
    expect(verdict).to_be_hidden()


@each
def test_code_too_wide_for_a_phone_scrolls_by_keyboard(visit, book, path, lab):
    page = visit(book + address(path), width=320, height=640)
    wide = [
        frame
        for frame in page.locator("section > .cell .lab-code").all()
        if frame.evaluate("node => node.scrollWidth > node.clientWidth")
    ]
    assert wide, "no code is wide enough to try it"
    wide[0].focus()
    assert keys.here(page)["tag"] == "div"
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


@each
def test_a_lab_reads_whole_without_scripts(visit, book, path, lab):
    page = visit(book + address(path), js=False, width=320, height=640)
    page.locator(".lab-answer summary").first.click()
    expect(page.locator(".lab-answer .lab-check").first).to_be_visible()
    page.evaluate(UNFOLD)
    text = squashed(page.locator("main").inner_text())
    assert missing(verdicts(lab), [text]) == []
    assert page.locator(".course-figure .course-table").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@each
def test_a_lab_prints_its_answers_and_all_of_its_code(visit, book, path, lab):
    page = visit(book + address(path))
    page.evaluate(UNFOLD)
    code = page.locator(".lab-code").all_inner_texts()
    page.reload()
    for figure in page.locator("section > .cell figure.course-figure").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".course-chart")).to_have_class(re.compile("is-drawn"))
    sheets = printed(page)
    assert missing([*verdicts(lab), *tasks(page)], sheets) == []
    lines = [line for block in code for line in block.splitlines() if line.strip()]
    assert missing(lines, sheets) == []


@pytest.mark.parametrize(("path", "lab"), checks.rising(), ids=[lab.id for _, lab in checks.rising()])
def test_a_lab_has_support_where_its_chapter_has(path, lab):
    with_care = {name for name, group in concepts().items() if any(each.get("text_only") for each in group)}
    page = (built() / address(path)).read_text(encoding="utf-8")
    assert ('class="support-link"' in page) == (lab.chapter in with_care)


def test_the_list_leads_to_every_lab_and_gives_no_trap_away(visit, book):
    page = visit(f"{book}book/labs.html")
    links = page.locator("ul.labs li p:first-child a")
    assert links.all_inner_texts() == [lab.title for _, lab in checks.rising()]
    for path, lab in checks.rising():
        page.goto(f"{book}book/labs.html")
        page.locator("main").get_by_role("link", name=lab.title, exact=True).click()
        expect(page).to_have_url(book + address(path))
        expect(page.locator("h1")).to_have_text(lab.title)
        current = page.get_by_role("navigation", name="Course").locator("[aria-current=page]")
        expect(current).to_have_text(lab.title)
