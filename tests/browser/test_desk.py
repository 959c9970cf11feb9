"""The learner's own pages: a month of somebody's learning, and what must hold on the way."""

import datetime as dt
import json
import re
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import expect

from courseware import library
from courseware.course import written
from tests.browser import axe, keys
from tests.browser.desk import COURSE, OWN, answer, key, on, put, quizzes, record_of, wrapped
from tests.browser.site import BOOK, built
from tests.browser.test_pages import TOO_WIDE
from tests.browser.test_state import FOREIGN, answer_machine
from tests.browser.weigh import KB, first_load

QUIZ = quizzes()[0]
CHAPTERS = {chapter["id"]: chapter for chapter in written()}
HOME = f"chapters/{QUIZ.chapter}.html"
PROGRESS, REVIEW = "book/my-progress.html", "book/review.html"
# Two days before the clocks go forward in London.
FIRST = dt.datetime(2026, 3, 27, 21, 30, tzinfo=dt.UTC)
ITEMS = [item.id for item in QUIZ.items]


def day(number, hour=9):
    return (FIRST + dt.timedelta(days=number)).replace(hour=hour, minute=0)


def iso(number, hour=9):
    return day(number, hour).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def task(page):
    return page.locator(".desk-task")


def mark(page, words):
    return page.get_by_role("navigation", name="Course").get_by_role("link", name=words).locator(".mark")


def due_today(page):
    """Return how many questions the page says are due, having looked that the menu says the same."""
    said = task(page).locator("h2").inner_text()
    if said == "Nothing is due today":
        expect(mark(page, "Review")).to_have_text("")
        return 0
    number = int(said.split()[0])
    expect(mark(page, "Review")).to_have_text(f" {number} due")
    return number


def meet(page, how):
    """Answer everything that is due, and return what was asked in order, each with whether it was right."""
    task(page).get_by_role("button", name="Begin").click()
    asked = []
    for number in range(1, 40):
        heading = task(page).locator("h2")
        expect(heading).to_be_focused()
        expect(heading).to_contain_text(f"Question {number} of")
        asked.append(answer(page, task(page), QUIZ, how))
        expect(task(page).locator("section.feedback h3").first).to_be_focused()
        expect(task(page).locator(".grounds").first).to_be_visible()
        on_button = task(page).locator(".exercise-moves .exercise-button").first
        last = on_button.inner_text() == "See how it went"
        on_button.click()
        if last:
            return asked
    raise AssertionError("the review goes on and on")


def calendar_days(page, tmp_path):
    with page.expect_download() as info:
        page.get_by_role("button", name="Get the calendar file").click()
    path = Path(tmp_path, info.value.suggested_filename)
    info.value.save_as(path)
    raw = path.read_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    found = icalendar.Calendar.from_ical(raw)
    events = found.walk("VEVENT")
    assert [str(each["summary"]) for each in events] == ["Course review: a few minutes"] * len(events)
    assert all(
        each["class"] == "PRIVATE" and each["dtend"].dt - each["dtstart"].dt == dt.timedelta(1) for each in events
    )
    assert len({str(each["uid"]) for each in events}) == len(events)
    return [each["dtstart"].dt for each in events], {str(each["uid"]) for each in events}


def first_evening(page, book):
    """Answer a sitting of the quiz: one missed while sure, one missed, one lucky guess, the rest known."""
    plan = {}

    def at_first(name):
        ways = [(False, "sure"), (False, "fairly-sure"), (True, "guess")]
        plan.setdefault(name, ways[len(plan)] if len(plan) < len(ways) else (True, "sure"))
        return plan[name]

    page.goto(book + HOME)
    quiz = page.locator(f"#{QUIZ.id}")
    while quiz.locator("h4").first.inner_text() != "How it went":
        answer(page, quiz, QUIZ, at_first)
        if not page.evaluate("key => localStorage.getItem(key)", OWN):
            answer_machine(page, "Only I use this device", QUIZ.id)
        quiz.locator(".exercise-moves .exercise-button").first.click()
    return plan, quiz.locator(".account").inner_text()


def come_back(page, book, time, wanted):
    """Open the review at a time, find these due and no others, and know them all."""
    on(page, time)
    page.goto(book + REVIEW)
    assert due_today(page) == len(wanted), time
    if wanted:
        asked = meet(page, lambda _: (True, "sure"))
        assert sorted(name for name, _ in asked) == sorted(wanted)
        page.reload()
        assert due_today(page) == 0


def test_a_learners_month(visit, book, tmp_path):
    page = visit(book + REVIEW)
    on(page, FIRST)
    page.goto(book + REVIEW)
    assert due_today(page) == 0
    expect(task(page)).to_contain_text("You have not answered one in this browser")

    plan, account = first_evening(page, book)
    sure, missed, guessed = list(plan)[:3]
    page.goto(book + REVIEW)
    assert due_today(page) == 0
    expect(task(page)).to_contain_text("The next 3 questions come back on 29 March")
    expected = [(FIRST + dt.timedelta(days=n)).date() for n in (2, 7, 30)]
    days, uids = calendar_days(page, tmp_path)
    assert days == expected
    assert calendar_days(page, tmp_path) == (days, uids)

    on(page, day(1, hour=23))
    page.goto(book + REVIEW)
    assert due_today(page) == 0

    # Day 2, just after a midnight on which the clocks change. What was missed while sure comes first.
    on(page, day(2, hour=0))
    page.goto(book + REVIEW)
    assert due_today(page) == 3
    asked = meet(page, lambda name: (name != missed, "fairly-sure"))
    assert [name for name, _ in asked] == [sure, missed, guessed]
    expect(task(page).locator(".account")).to_have_text(
        "You met 3 questions again: 2 right, 1 to meet again in two days."
    )
    expect(mark(page, "Review")).to_have_text("")
    # The quiz's own sitting stands as it was, but for what has since been right.
    page.goto(book + HOME)
    expect(page.locator(f"#{QUIZ.id} h4").first).to_have_text("How it went")
    assert account.startswith(f"{len(plan) - 2} right at once")
    expect(page.locator(f"#{QUIZ.id} .account")).to_have_text(
        f"{len(plan) - 2} right at once, 1 right in a review since; 1 to look at again."
    )

    # An hour before midnight by the sun, it is the seventh day already where the learner is.
    seventh = day(6, hour=23)
    due_on = [(day(3), []), (day(4), [missed]), (day(6, hour=22), []), (seventh, [sure, guessed]), (day(9), [missed])]
    due_on += [(day(12), []), (day(30), [sure, guessed]), (day(32), [missed]), (day(90), [])]
    for time, wanted in due_on:
        come_back(page, book, time, wanted)
    expect(task(page)).to_contain_text("Nothing is waiting to come back.")
    expect(page.get_by_role("button", name="Get the calendar file")).to_have_count(0)
    answers = json.loads(page.evaluate("key => localStorage.getItem(key)", key(QUIZ)))["record"]["answers"]
    assert [len(answers[name]) for name in (sure, missed, guessed)] == [4, 5, 4]
    sureness = page.locator(".desk-sureness")
    sures = [entry for entries in answers.values() for entry in entries if entry["confidence"] == "sure"]
    right = sum(entry["correct"] for entry in sures)
    expect(sureness.locator("tr", has_text=re.compile("^Sure"))).to_contain_text(f"{right} of {len(sures)}")
    expect(page.locator(".desk-live")).to_contain_text(
        f"When you said “Sure”, you were right {right} times out of {len(sures)}"
    )


def seeded(page, book, answers=None, extra=None):
    """Let a quiz have been answered three days ago, and open the review."""
    on(page, day(3))
    chosen = answers or {ITEMS[0]: [(False, "sure")], ITEMS[1]: [(False, "guess")], ITEMS[2]: [(True, "sure")]}
    put(page, {OWN: "own", key(QUIZ): wrapped(record_of(QUIZ, chosen, [iso(0)]), iso(0)), **(extra or {})})
    page.goto(book + REVIEW)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_is_accessible_and_fits(visit, book, width):
    page = visit(book + REVIEW, width=width)

    def look():
        page.evaluate("scrollTo(0, 0)")
        found = [*axe.violations_in_both(page), *page.evaluate(TOO_WIDE)]
        assert not found, "\n".join(found)

    look()
    page.goto(book + PROGRESS)
    look()
    many = {name: [(at % 3 > 0, "sure" if at % 2 else "guess")] for at, name in enumerate(ITEMS[:12])}
    seeded(page, book, many)
    look()
    task(page).get_by_role("button", name="Begin").click()
    look()
    answer(page, task(page), QUIZ, lambda _: (False, "sure"))
    look()
    task(page).get_by_role("button", name="That is enough for today").click()
    expect(task(page).locator("h2")).to_be_focused()
    look()
    page.goto(book + PROGRESS)
    page.get_by_text("Change this").click()
    look()


def test_a_review_by_keyboard_alone(visit, book):
    page = visit(book + REVIEW)
    seeded(page, book)
    keys.press(page, "Begin")
    assert keys.here(page)["text"] == "Question 1 of 2"
    # What is missing is said, at the first place where something is.
    keys.press(page, "Check")
    assert any(page.locator(".desk-task .exercise-error").all_inner_texts())
    assert keys.here(page)["tag"] in {"input", "select"}
    task(page).locator("h2").focus()
    keys.fill_in(page)
    assert keys.here(page)["tag"] == "h3"
    keys.press(page, "Next question")
    assert keys.here(page)["text"] == "Question 2 of 2"
    keys.press(page, "That is enough for today")
    assert keys.here(page)["text"] == "Enough for today"
    expect(task(page)).to_contain_text("1 question waits until you come back")
    keys.press(page, "Go on after all")
    assert keys.here(page)["text"] == "Question 2 of 2"


def test_progress_says_what_is_done_and_where_to_go_on(visit, book):
    page = visit(book + PROGRESS)
    standing = page.locator(".desk-standing")
    expect(standing).to_contain_text("Nothing is kept in this browser yet")
    core = [each for each in library.all_exercises() if each.core and each.chapter == QUIZ.chapter]
    shown = json.loads(page.locator("script.desk-data").inner_text())["exercises"]
    assert {each.id for each in core} <= {each["id"] for each in shown}
    expect(standing.locator(".is-new")).to_have_count(len(shown))

    scenario = next(each for each in core if each.kind == "scenario")
    page.goto(f"{book}chapters/{scenario.chapter}.html")
    here = page.locator(f"#{scenario.id}")
    here.get_by_role("button", name="Start", exact=True).click()
    answer_machine(page, "Only I use this device", scenario.id)
    for _ in range(30):
        if here.locator(".step-heading").last.inner_text().startswith("Decision 3"):
            break
        if here.locator("form.decision input[type=radio], .decision input[type=radio]").count():
            for name in ("confidence", "choice"):
                if here.locator(f"input[type=radio][name$={name}]").count():
                    here.locator(f"input[type=radio][name$={name}]:not([aria-disabled=true])").first.check()
            for group in here.locator("fieldset").all():
                if group.locator("input[type=radio]").count() and not group.locator("input:checked").count():
                    group.locator("input[type=radio]:not([aria-disabled=true])").first.check()
        here.locator(".step .exercise-button:not(.quiet)").last.click()
    mark_here = mark(page, re.compile(re.escape(CHAPTERS[scenario.chapter]["question"])))
    expect(mark_here).to_have_text(" begun")

    page.goto(book + PROGRESS)
    go_on = standing.locator(".desk-next a")
    expect(go_on).to_have_text(f"Go on with {scenario.title}, decision 3")
    go_on.click()
    expect(page).to_have_url(re.compile(f"#{scenario.id}$"))
    expect(here.locator(".step-heading").last).to_contain_text("Decision 3")


def test_the_alternative_counts(visit, book):
    pairs = [each for each in library.all_exercises() if each.core and each.safety and each.safety.alternative]
    assert pairs
    one = pairs[0]
    other = library.load(one.safety.alternative)
    assert one.kind == other.kind == "scenario"
    run = {"seed": 1, "act": None, "moves": [], "finished": True, "runs": [], "if_then": "", "after_action": {}}
    page = visit(book + PROGRESS)
    put(page, {OWN: "own", f"{COURSE}:1:{other.id}:{other.major}": wrapped(run, iso(0))})
    page.reload()
    row = page.locator(".desk-list li", has=page.get_by_role("link", name=str(one.title), exact=True))
    expect(row).to_contain_text(f"Done: {other.title} counts in its place")
    core = [each for each in library.all_exercises() if each.core and each.chapter == one.chapter]
    counted = 1 + (other in core)
    expect(page.locator(".desk-standing")).to_contain_text(f"{counted} of {len(core)} core exercises done")
    spent = one.minutes.solo + (other.minutes.solo if other in core else 0)
    left = CHAPTERS[one.chapter]["minutes"]["core"] - spent
    expect(page.locator(".desk-standing")).to_contain_text(f"About {left} minutes of the core left")
    chapter = mark(page, re.compile(re.escape(CHAPTERS[one.chapter]["question"])))
    expect(chapter).to_have_text(f" {counted} of {len(core)} done")


def test_two_tabs_agree(visit, book):
    one = visit(book + REVIEW)
    seeded(one, book)
    two = one.context.new_page()
    on(two, day(3))
    two.goto(book + REVIEW)
    assert due_today(two) == 2
    progress = one.context.new_page()
    on(progress, day(3))
    progress.goto(book + PROGRESS)
    expect(progress.locator(".desk-standing")).to_contain_text("2 questions from before are due")
    meet(one, lambda _: (True, "sure"))
    # The other tabs hear of it: nothing is asked twice, and the menu knows.
    expect(task(two).locator("h2")).to_have_text("Nothing is due today")
    expect(mark(two, "Review")).to_have_text("")
    expect(progress.locator(".desk-standing")).not_to_contain_text("from before")


def test_somebody_in_the_middle_of_a_question_is_left_in_peace(visit, book):
    one = visit(book + REVIEW)
    seeded(one, book)
    task(one).get_by_role("button", name="Begin").click()
    task(one).locator("input").first.focus()
    two = one.context.new_page()
    on(two, day(3))
    two.goto(book + REVIEW)
    meet(two, lambda _: (True, "sure"))
    now = two.evaluate("key => localStorage.getItem(key)", key(QUIZ))
    # The first tab hears of it, and leaves the question as it is.
    one.wait_for_function("([key, now]) => localStorage.getItem(key) === now", arg=[key(QUIZ), now])
    expect(task(one).locator("h2")).to_have_text("Question 1 of 2")
    answer(one, task(one), QUIZ, lambda _: (True, "sure"))
    task(one).locator(".exercise-moves .exercise-button").first.click()
    expect(task(one).locator("h2")).to_have_text("That was all for today")
    answers = json.loads(one.evaluate("key => localStorage.getItem(key)", key(QUIZ)))["record"]["answers"]
    assert sorted(len(entries) for entries in answers.values()) == [1, 2, 3]


def test_on_a_shared_machine_it_is_the_tabs_own(visit, book):
    page = visit(book + REVIEW)
    on(page, day(3))
    chosen = wrapped(record_of(QUIZ, {ITEMS[0]: [(False, "sure")]}, [iso(0)]), iso(0))
    page.evaluate(
        "([key, text, own]) => { sessionStorage.setItem(key, text); sessionStorage.setItem(own, 'shared'); }",
        [key(QUIZ), chosen, OWN],
    )
    page.reload()
    assert due_today(page) == 1
    meet(page, lambda _: (True, "sure"))
    assert page.evaluate("() => localStorage.length") == 0
    page.goto(book + PROGRESS)
    expect(page.locator(".desk-live")).to_contain_text("gone when you close it")
    # Changed here: what the tab had goes to the device, and the page says so.
    page.get_by_text("Change this").click()
    page.get_by_role("radio", name="Only I use this device").check()
    page.get_by_role("button", name="Set this").click()
    expect(page.locator(".desk-live h2", has_text="This device")).to_be_focused()
    expect(page.locator(".desk-live")).to_contain_text("You said that only you use this device")
    assert page.evaluate("key => localStorage.getItem(key) !== null", key(QUIZ))


HOSTILE = {
    **FOREIGN,
    "answers-of-anything": wrapped(
        {"count": 1, "sitting": ["x"], "at": 0, "finished": True, "draft": None, "answers": {"x": [None, 7, {}]}}, "zzz"
    ),
    "dates-of-anything": wrapped(
        {**record_of(QUIZ, {name: [(False, "sure")] for name in ITEMS[:3]}, ["not a date"]), "count": 2},
        "<img src=x onerror=alert(1)>",
        "begun",
    ),
    "far-dates": wrapped(
        record_of(QUIZ, {ITEMS[0]: [(False, "sure")], ITEMS[1]: [(False, "sure")]}, ["+275760-09-13T00:00:00.000Z"]),
        iso(0),
    ),
}


@pytest.mark.parametrize("left", HOSTILE.values(), ids=HOSTILE)
def test_whatever_the_storage_holds_the_pages_stand(visit, book, left):
    page = visit(book + PROGRESS)
    texts = {f"{COURSE}:1:{each.id}:{each.major}": left for each in library.all_exercises()}
    put(page, {OWN: "own", **texts})
    page.reload()
    expect(page.locator(".desk")).to_have_class("desk is-live")
    expect(page.locator(".desk-list li").first).to_be_visible()
    page.goto(book + REVIEW)
    expect(page.locator(".desk")).to_have_class("desk is-live")
    begin = task(page).get_by_role("button", name="Begin")
    if begin.count():
        meet(page, lambda _: (True, "sure"))
        expect(task(page).locator("h2")).to_have_text("That was all for today")
    else:
        # Looking changed nothing.
        kept = page.evaluate("() => ({...localStorage})")
        assert {name: kept[name] for name in texts} == texts


def test_a_browser_that_cannot_save_says_so(visit, book):
    page = visit(book + REVIEW)
    seeded(page, book)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }")
    meet_one = task(page).get_by_role("button", name="Begin")
    meet_one.click()
    answer(page, task(page), QUIZ, lambda _: (True, "sure"))
    expect(task(page).locator(".exercise-notice")).to_contain_text("could not be saved")
    task(page).locator(".exercise-moves .exercise-button").first.click()
    # Asked once is enough, saved or not.
    expect(task(page).locator("h2")).to_have_text("Question 2 of 2")


@pytest.mark.parametrize("address", [PROGRESS, REVIEW])
def test_without_scripts_the_page_says_what_it_would_be(visit, book, address):
    page = visit(book + address, js=False)
    expect(page.locator(".desk-text")).to_contain_text("it needs scripts")
    for chapter in CHAPTERS.values():
        expect(page.locator(".desk-text").get_by_role("link", name=chapter["question"])).to_be_visible()


def test_from_a_folder_on_disk(visit):
    folder = built()
    page = visit((folder / HOME).as_uri(), within=folder)
    on(page, day(3))
    put(page, {OWN: "own", key(QUIZ): wrapped(record_of(QUIZ, {ITEMS[0]: [(False, "sure")]}, [iso(0)]), iso(0))})
    page.goto((folder / REVIEW).as_uri())
    assert due_today(page) == 1
    with page.expect_download() as info:
        page.get_by_role("button", name="Get the calendar file").click()
    text = Path(info.value.path()).read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in text
    assert "URL:" not in text
    assert "file:" not in text
    meet(page, lambda _: (True, "sure"))


def test_the_menus_marks_cost_little():
    import gzip

    page = (BOOK / HOME).read_text(encoding="utf-8")
    without = re.sub(r' data-(?:core|due)="[^"]*"', "", page)
    assert without != page
    # Every page carries them, with the name of each question that may fall due: 0.6 per cent of what a page may weigh.
    assert len(gzip.compress(page.encode(), 6)) - len(gzip.compress(without.encode(), 6)) <= 1500


@pytest.mark.parametrize("address", [PROGRESS, REVIEW])
def test_a_page_of_ones_own_loads_light(browser, book, address):
    load = first_load(browser, book, BOOK, address)
    told = "\n".join(f"{size:>8,} {name}" for name, size in load.items())
    assert sum(load.values()) <= 250 * KB, told
    assert len(load) <= 25, told
