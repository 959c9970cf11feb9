"""What is kept of a learner's work: it survives what browsers do to it, and never breaks the page."""

import json

import pytest
from playwright.sync_api import expect

from courseware import kinds
from tests.browser.stage import near
from tests.browser.touch import record, touch

KEY = "a-course:1:{}:1"
IDS = [f"example-{kind}" for kind in kinds.KINDS]
STAMP = {"format": 1, "version": "1.0.0", "saved": "2026-01-01T09:00:00.000Z", "status": "begun"}
OWN, SHARED = "Only I use this device", "Others use it too"

# What another program, another version, a person or a broken disk may have left under our keys.
FOREIGN = {
    "not-json": "{half",
    "nothing": "",
    "null": "null",
    "number": "42",
    "list": "[1, 2]",
    "other-app": '{"theme": "dark"}',
    "no-record": json.dumps(STAMP),
    "wrong-types": json.dumps(
        {
            **STAMP,
            "record": {
                "seed": "x", "moves": 7, "sitting": {}, "placed": [], "written": "w", "order": {},
                "takings": "t", "answers": 7, "split": [], "plans": {}, "values": "v", "kept": 1,
            },
        }
    ),
    "record-list": json.dumps({**STAMP, "record": [1]}),
    "too-deep": "[" * 500 + "]" * 500,
    "old-format": json.dumps({**STAMP, "format": 0, "record": {}}),
}  # fmt: skip


def here(page, name):
    return page.locator(f"#{name}")


def start(page):
    here(page, "example-scenario").get_by_role("button", name="Start", exact=True).click()


def answer_machine(page, words, name="example-scenario"):
    question = here(page, name).locator("form.machine").first
    question.get_by_role("radio", name=words).check()
    question.get_by_role("button", name="Set this").click()


def stored(page, area="localStorage"):
    return page.evaluate(f"() => ({{...{area}}})")


def write(page, text, name="example-reflect"):
    box = here(page, name).locator("textarea").first
    box.fill(text)
    box.blur()


def use_everything(page):
    """Do something in every exercise, look that it took, and return what each now holds."""
    for kind in kinds.KINDS:
        touch(near(page, f"example-{kind}"), kind)
    expect(here(page, "example-scenario").locator(".step-heading")).to_contain_text("Decision 1")
    return records(page)


def records(page):
    for name in IDS:
        near(page, name)
    return {name: record(here(page, name)) for name in IDS}


def test_asked_once_and_kept_on_ones_own_machine(visit, examples):
    page = visit(examples)
    expect(page.locator(".machine-slot form")).to_have_count(0)
    start(page)
    expect(page.locator(".machine-slot form")).to_have_count(1)
    assert stored(page) == {}
    answer_machine(page, OWN)
    expect(page.locator(".machine-slot form")).to_have_count(0)
    write(page, "Kept words")
    expect(page.locator(".machine-slot form")).to_have_count(0)
    expect(here(page, "example-reflect").locator(".exercise-saved")).to_contain_text("Saved on this device")
    assert set(stored(page)) == {"a-course:1:machine", KEY.format("example-scenario"), KEY.format("example-reflect")}

    later = page.context.new_page()
    page.close()
    later.goto(examples)
    expect(here(later, "example-scenario").locator(".step-heading")).to_contain_text("Decision 1")
    expect(here(later, "example-reflect").locator("textarea").first).to_have_value("Kept words")
    expect(later.locator(".machine-slot form")).to_have_count(0)


def test_a_reload_loses_nothing_even_before_the_answer(visit, examples):
    page = visit(examples)
    done = use_everything(page)
    assert all(done.values())
    page.reload()
    expect(here(page, "example-scenario").locator(".step-heading")).to_contain_text("Decision 1")
    expect(here(page, "example-reflect").locator("textarea").first).to_have_value("Some words of mine")
    assert records(page) == done


def test_words_being_typed_survive_a_reload(visit, examples):
    page = visit(examples)
    box = here(page, "example-reflect").locator("textarea").first
    box.press_sequentially("Half a sent")
    page.reload()  # at once: the pause after which typing is saved has not passed
    expect(box).to_have_value("Half a sent")


def test_a_shared_machine_keeps_nothing_after_the_tab(visit, examples):
    page = visit(examples)
    start(page)
    answer_machine(page, SHARED)
    write(page, "x y")
    assert stored(page) == {}
    assert stored(page, "sessionStorage")
    page.reload()
    expect(here(page, "example-reflect").locator("textarea").first).to_have_value("x y")
    later = page.context.new_page()
    page.close()
    later.goto(examples)
    assert stored(later) == {}
    assert stored(later, "sessionStorage") == {}
    expect(here(later, "example-reflect").locator("textarea").first).to_have_value("")
    expect(here(later, "example-scenario").locator(".exercise-label")).to_contain_text("· new")


def test_a_change_of_mind_takes_everything_off_the_device(visit, examples):
    page = visit(examples)
    start(page)
    answer_machine(page, OWN)
    write(page, "Soon gone")
    scenario = here(page, "example-scenario")
    scenario.locator(".exercise-saving summary").click()
    change = scenario.locator(".exercise-saving form.machine")
    change.get_by_role("radio", name=SHARED).check()
    change.get_by_role("button", name="Set this").click()
    assert stored(page) == {}
    expect(here(page, "example-reflect").locator("textarea").first).to_have_value("Soon gone")


@pytest.mark.parametrize("left", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_ours_breaks_nothing_and_is_not_lost(visit, examples, left):
    page = visit(examples)
    for name in IDS:
        page.evaluate("([key, left]) => localStorage.setItem(key, left)", [KEY.format(name), left])
    page.evaluate("localStorage.setItem('a-course:1:machine', 'own')")
    page.reload()
    for name in IDS:
        near(page, name)
        expect(here(page, name).locator(".exercise-notice")).to_contain_text("set aside, not deleted")
    use_everything(page)
    values = list(stored(page).values())
    assert values.count(left) == len(IDS)


def test_a_prototype_is_not_passed_on(visit, examples):
    page = visit(examples)
    left = json.dumps({**STAMP, "record": {"written": {"what": "mine"}, "revealed": False}})
    left = left.replace(
        '"record": {',
        '"record": {"__proto__": {"polluted": "yes"}, "constructor": {"prototype": {"polluted": "yes"}}, ',
    )
    page.evaluate("([key, left]) => localStorage.setItem(key, left)", [KEY.format("example-reflect"), left])
    page.evaluate("localStorage.setItem('a-course:1:machine', 'own')")
    page.reload()
    expect(here(page, "example-reflect").locator("textarea").first).to_have_value("mine")
    assert page.evaluate("() => ({}).polluted === undefined && [].polluted === undefined")


def test_work_of_a_newer_version_is_left_as_it_is(visit, examples):
    page = visit(examples)
    left = json.dumps({**STAMP, "format": 2, "record": {"seed": 1, "unheard_of": True}})
    key = KEY.format("example-scenario")
    page.evaluate("([key, left]) => localStorage.setItem(key, left)", [key, left])
    page.evaluate("localStorage.setItem('a-course:1:machine', 'own')")
    page.reload()
    expect(here(page, "example-scenario").locator(".exercise-notice")).to_contain_text("newer version")
    start(page)
    expect(here(page, "example-scenario").locator(".step-heading")).to_contain_text("Decision 1")
    assert stored(page)[key] == left


FULL = "throw new DOMException('full', 'QuotaExceededError');"
DEVICE_FULL = (
    "const set = Storage.prototype.setItem;"
    f"Storage.prototype.setItem = function (...all) {{ if (this === localStorage) {FULL} set.apply(this, all); }};"
)
BOTH = "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, %s);"
# What a browser may do when it is asked to save, as a script that runs before the page, and what the learner is told.
UNSAVING = {
    "full": (f"Storage.prototype.setItem = () => {{ {FULL} }};", "Not saved"),
    "refused": (BOTH % "{ get() { throw new DOMException('no', 'SecurityError'); } }", "Not saved"),
    "absent": (BOTH % "{ value: null }", "Not saved"),
    "forgets": ("Storage.prototype.setItem = () => {};", "Not saved"),
    "device-full": (DEVICE_FULL, "Kept until this tab closes"),
}


@pytest.mark.parametrize(("before", "said"), UNSAVING.values(), ids=UNSAVING)
def test_a_browser_that_does_not_save_still_plays_and_says_so(visit, examples, before, said):
    page = visit(examples, before=before)
    use_everything(page)
    scenario = here(page, "example-scenario")
    answer_machine(page, OWN)
    scenario.get_by_role("radio", name="Tell your manager now").check()
    scenario.get_by_role("button", name="Continue").click()
    expect(scenario.locator(".step h4").first).to_be_focused()
    expect(scenario.locator(".exercise-saved")).to_contain_text(said)
    expect(page.locator(".machine-slot form")).to_have_count(0)


def test_two_tabs_agree(visit, examples):
    one = visit(examples)
    start(one)
    answer_machine(one, OWN)
    two = one.context.new_page()
    two.goto(examples)
    expect(here(two, "example-scenario").locator(".step-heading")).to_contain_text("Decision 1")
    scenario = here(two, "example-scenario")
    scenario.get_by_role("radio", name="Wait for Thursday").check()
    scenario.get_by_role("button", name="Continue").click()
    expect(here(one, "example-scenario").locator(".step .consequence")).to_contain_text("two quiet days")
    write(two, "From the second tab")
    expect(here(one, "example-reflect").locator("textarea").first).to_have_value("From the second tab")
    write(one, "From the first tab")
    expect(here(two, "example-reflect").locator("textarea").first).to_have_value("From the first tab")


def test_the_answer_in_one_tab_counts_in_the_other(visit, examples):
    one = visit(examples)
    start(one)
    two = one.context.new_page()
    two.goto(examples)
    start(two)
    expect(two.locator(".machine-slot form")).to_have_count(1)
    answer_machine(one, OWN)
    expect(two.locator(".machine-slot form")).to_have_count(0)


def test_what_two_tabs_wrote_at_once_is_not_lost(visit, examples):
    one = visit(examples)
    start(one)
    answer_machine(one, OWN)
    two = one.context.new_page()
    two.goto(examples)
    # Both are being typed in, and neither has saved when the other does.
    here(one, "example-reflect").locator("textarea").first.press_sequentially("first person")
    here(two, "example-reflect").locator("textarea").first.press_sequentially("second person")
    here(one, "example-reflect").locator("textarea").first.blur()
    here(two, "example-reflect").locator("textarea").first.blur()
    one.bring_to_front()

    both = "() => ['first person', 'second person'].every((words) => JSON.stringify({...localStorage}).includes(words))"
    one.wait_for_function(both)
    two.reload()
    two.wait_for_function(both)


def test_hostile_words_stay_words(visit, examples):
    page = visit(examples)
    text = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    start(page)
    scenario = here(page, "example-scenario")
    scenario.locator(".decision textarea").fill(text)
    scenario.get_by_role("radio", name="Tell your manager now").check()
    scenario.get_by_role("button", name="Continue").click()
    scenario.get_by_role("button", name="See what happens").click()
    scenario.get_by_role("radio", name="Hold everything").check()
    scenario.get_by_role("button", name="Continue").click()
    scenario.get_by_role("button", name="Go to the debrief").click()
    expect(scenario.locator(".debrief")).to_contain_text(text)
    page.reload()
    assert page.locator(".exercise-live img").count() == 0
    scenario.get_by_role("button", name="Open the debrief").click()
    expect(scenario.locator(".debrief")).to_contain_text(text)
    assert page.title() == "Examples"
    assert page.locator(".exercise-live img").count() == 0
