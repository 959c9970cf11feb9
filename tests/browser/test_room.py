"""Room mode: one act of a case played with a room, by keyboard, in two windows, through a reload and an undo."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from courseware import library
from courseware.course import course, read_data
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Decision, Scenario
from tests.browser import axe
from tests.browser.site import BOOK
from tests.browser.stage import near
from tests.browser.test_pages import TOO_WIDE

CASE = "high-water"
PAGE = f"book/facilitators/room/{CASE}.html"
STORED = f"{course()['id']}:1:room:{CASE}:1"
PROJECTORS = [(1024, 768), (1280, 720), (1920, 1080)]
HANDS = [[11, 9, 4], [20, 1, 3], [7, 7, 7, 3], [24, 0, 0], [12, 12, 0]]
SCREEN, HEADING = ".room-live.is-screen", ".room-live h2"
# Text of the screen that a room could not see without somebody's scrolling.
CUT_OFF = """() => { const body = document.querySelector(".is-screen .room-body");
  return body.scrollHeight > body.clientHeight + 1
    ? [`${document.querySelector(".is-screen h2").textContent}: ${body.scrollHeight - body.clientHeight} px`] : [] }"""


@pytest.fixture(scope="module")
def case() -> Scenario:
    """Return the scenario that is played."""
    found = library.load(CASE)
    assert isinstance(found, Scenario)
    return found


@pytest.fixture
def room(visit: Callable[..., Page], book: str) -> Callable[..., Page]:
    """Return a way to the page of the case, on a small projector."""
    return lambda **how: visit(book + PAGE, **{"width": 1024, "height": 768, **how})


def start(page: Page, act: str | None = None) -> Page:
    if act is not None:
        page.locator(f"input[name=room-act][value='{act}']").check()
    page.get_by_role("button", name="Start on this screen").click()
    expect(page.locator(SCREEN)).to_be_visible()
    return page


def onward(page: Page) -> str:
    """Return what the button that goes on says; nothing where a choice goes on."""
    button = page.locator(".is-screen .room-foot .exercise-button:not(.quiet)")
    return button.inner_text() if button.is_visible() else ""


def to(page: Page, word: str) -> None:
    """Go on as a clicker does until the button says this word."""
    for _ in range(12):
        if onward(page) == word:
            return
        page.keyboard.press("PageDown")
    raise AssertionError(f"never came to {word!r}")


def vote(page: Page, hands: list[int]) -> None:
    """Put in hands by keyboard alone: the letter, then the figure."""
    to(page, "Show the counts")
    raise_hands(page, hands)


def raise_hands(page: Page, hands: list[int]) -> None:
    for letter, count in zip("abcdef", hands, strict=False):
        if page.locator(f".room-hands[data-choice='{ord(letter) - 97}']").count():
            page.keyboard.press(letter)
            page.keyboard.type(str(count))


def take(page: Page, letter: str) -> None:
    page.keyboard.press(letter)
    page.keyboard.press("Enter")
    expect(page.locator(".consequence")).to_be_visible()


def play_act(page: Page, look: Callable[[Page], None] = lambda _: None) -> None:
    """Play an act by keyboard alone, always the first choice that is open, as far as the debrief."""
    decision = 0
    for _ in range(120):
        look(page)
        if page.locator(".room-body > .trail").inner_text().startswith("Debrief"):
            return
        go = onward(page)
        if go == "Show the counts":
            vote(page, HANDS[decision % len(HANDS)])
            look(page)
            decision += 1
            page.keyboard.press("r")
        elif not go:
            take(page, "abcdef"[int(page.locator("button[data-choice]").first.get_attribute("data-choice") or 0)])
        else:
            page.keyboard.press("PageDown")
    raise AssertionError("the act does not end")


def test_every_scenario_has_its_page_and_stands_in_the_list(visit, book):
    page = visit(book + "book/facilitators/room.html")
    scenarios = [each for each in library.all_exercises() if isinstance(each, Scenario)]
    listed = [link.get_attribute("href") for link in page.locator(".room-table tbody th a").all()]
    assert sorted(listed) == sorted(f"room/{each.id}.html" for each in scenarios)
    for each in scenarios:
        source = (BOOK / f"book/facilitators/room/{each.id}.html").read_text(encoding="utf-8")
        assert '"quality"' not in source
        notes = json.loads(re.findall(r'class="room-notes">(.*?)</script>', source)[0])
        decisions = {name: node for name, node in each.nodes.items() if isinstance(node, Decision)}
        assert set(notes) == {name for name, node in decisions.items() if node.facilitator}


def test_an_act_by_keyboard_alone_fits_the_screen(room, case):
    page = room()
    page.locator("input[name=room-act][value=dusk]").focus()
    page.get_by_role("button", name="Start on this screen").focus()
    page.keyboard.press("Enter")
    seen: list[str] = []

    def look(page: Page) -> None:
        seen.extend(page.evaluate(CUT_OFF))
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate("() => document.querySelector('.room-live').contains(document.activeElement)")

    play_act(page, look)
    assert seen == []
    # The same path in Python ends where the room's did.
    path = [each["choice"] for each in kept(page)["log"] if each["do"] == "take"]
    state = play.start(case, act="dusk")
    for choice in path:
        while case.nodes[state.node].type != "decision":
            state = play.advance(case, state, None)
        state = play.advance(case, state, choice)
    told = page.locator(".is-screen .indicators").inner_text()
    for name, indicator in case.indicators.items():
        assert f"{state.indicators[name]} of {indicator.max}" in told.split(str(indicator.label))[1]


def at_home(script: str) -> str:
    """Return a script that leaves a window alone while it is still empty: that one has no storage."""
    return f'if (location.protocol !== "about:") {{ {script} }}'


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", STORED))["record"]


@pytest.mark.parametrize(("width", "height"), PROJECTORS)
def test_where_to_turn_is_on_the_first_screen_and_the_last(room, width, height):
    page = start(room(width=width, height=height), "dusk")
    numbers = page.locator(".room-content .room-support")

    def look() -> None:
        for line in read_data("support")["lines"]:
            expect(numbers.locator("li", has_text=line["name"]).first).to_be_in_viewport(ratio=1)
            expect(numbers).to_contain_text(line["number"])

    look()
    to(page, "To the vote")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Where to turn").click()
    dialog = page.get_by_role("dialog", name="Where to turn")
    for line in read_data("support")["lines"]:
        expect(dialog).to_contain_text(line["number"])
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)  # it goes a moment later
    play_act(page)
    while onward(page):
        page.keyboard.press("PageDown")
    look()


def test_counts_are_hidden_until_they_are_shown(room):
    page = start(room(), "dusk")
    vote(page, [11, 9, 4])
    screen = page.locator(SCREEN)
    for words in ("11", "24", "46%", "Most hands"):
        assert words not in screen.inner_text()
    assert page.locator(".is-screen .room-bar").count() == 0
    for box in page.locator(".room-hands").all():
        assert box.evaluate("(each) => getComputedStyle(each).color") == "rgba(0, 0, 0, 0)"
    expect(page.locator(".room-done").first).to_have_text("✓ counted")
    status = page.get_by_role("status")
    page.get_by_role("button", name="One hand more for A").click()
    expect(status).to_have_text("A changed.")
    page.keyboard.press("r")
    expect(page.locator(".room-figure")).to_have_text(["12 of 25 · 48%", "9 of 25 · 36%", "4 of 25 · 16%"])
    expect(page.locator(".room-lead")).to_contain_text("Most hands are for A: 12 of 25. The room is divided")


def test_a_room_says_how_sure_it_is_and_votes_again_after_the_talk(room):
    page = start(room(), "dusk")
    with page.context.expect_page() as opened:
        page.keyboard.press("k")
    key = opened.value
    screen, figures = page.locator(SCREEN), page.locator(".room-figure")
    to(page, "Show the counts")
    sure = page.get_by_role("button", name="How sure?")
    expect(sure).to_be_hidden()
    vote(page, [11, 9, 4])
    expect(sure).to_be_visible()
    expect(page.get_by_role("button", name="Go on without a count")).to_be_hidden()
    page.keyboard.press("u")
    expect(page.locator(".room-choice-text")).to_have_text(["A guess", "Fairly sure", "Sure"])
    raise_hands(page, [6, 13, 5])
    assert "13" not in screen.inner_text()
    expect(key.locator(".room-sum")).to_have_text("24 hands counted.")
    page.keyboard.press("r")
    expect(figures.first).to_have_text("How sure at first: 6 a guess, 13 fairly sure, 5 sure.")
    page.keyboard.press("v")
    expect(page.locator(".is-screen .trail")).to_have_text("Decision 1, after the talk")
    for box in page.locator(".room-hands").all():
        expect(box).to_have_value("")
    raise_hands(page, [5, 15, 4])
    # Neither count can be read while the second is taken.
    assert not re.search(r"\b(11|9|15|5) of\b", screen.inner_text())
    page.keyboard.press("r")
    moved = "After the talk at least 6 of 24 moved; at most 18 stayed."
    expect(figures.first).to_contain_text(moved)
    expect(figures).to_contain_text(["How sure", "11 of 24 · 46%, then 5 of 24 · 21%", "then 15 of 24", "then 4 of 24"])
    page.reload()
    page.get_by_role("button", name="Go on from Decision 1").click()
    expect(figures.first).to_contain_text(moved)
    take(page, "b")
    expect(page.locator(".chosen")).to_contain_text("9 of 24 had chosen it at first, and 15 after the talk.")
    play_act(page)
    page.keyboard.press("PageDown")
    expect(page.locator(".room-path li").first).to_contain_text(moved)


def test_what_only_the_debrief_shows_stays_hidden_till_then(room):
    page = start(room(), "dusk")
    labels: set[str] = set()

    def look(page: Page) -> None:
        if not page.locator(".room-body > .trail").inner_text().startswith("Debrief"):
            labels.update(each.inner_text() for each in page.locator(".indicator-label").all())

    play_act(page, look)
    assert labels == {"The team’s judgement"}
    assert page.locator(".indicator-label").count() == 3


def test_a_tie_is_said_and_the_room_may_take_the_least(room):
    page = start(room(), "dusk")
    vote(page, [8, 8, 1])
    page.keyboard.press("r")
    expect(page.locator(".room-lead")).to_contain_text("A tie: A and B have 8 each.")
    take(page, "c")
    expect(page.locator(".chosen")).to_contain_text("The room takes C")
    expect(page.locator(".chosen")).to_contain_text("1 of 17 had chosen it at first")


def test_a_slip_of_the_keys_is_no_count(room):
    page = start(room(), "dusk")
    to(page, "Show the counts")
    box = page.locator(".room-hands").first
    box.press_sequentially("1x")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("status")).to_contain_text("a whole number up to 999")
    assert kept(page)["votes"]["0"]["counts"] == {"doors": 1}
    page.locator(".room-hands").nth(1).focus()
    expect(box).to_have_value("1")


def test_without_a_count_it_goes_on_only_when_told(room):
    page = start(room(), "dusk")
    to(page, "Show the counts")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("status")).to_contain_text("No hands are counted yet")
    page.get_by_role("button", name="Go on without a count").click()
    expect(page.locator(".room-lead")).to_have_text("No hands were counted.")
    take(page, "b")


def test_the_key_is_in_step(room):
    page = start(room(), "dusk")
    with page.context.expect_page() as opened:
        page.keyboard.press("k")
    key = opened.value
    expect(key.locator(HEADING)).to_have_text("The opening")
    to(page, "Show the counts")
    expect(key.locator(HEADING)).to_contain_text("Thursday 18:10")
    expect(key.locator(".room-ask")).to_contain_text("What would have made you do the opposite?")
    expect(key.locator(".room-follows")).to_contain_text("By nine they have been to every door.")
    # Counts typed on the key are seen there, and not by the room.
    key.locator(".room-hands").nth(0).fill("3")
    key.locator(".room-hands").nth(1).fill("5")
    expect(key.locator(".room-sum")).to_have_text("8 hands counted.")
    expect(page.locator(".room-done").nth(1)).to_have_text("✓ counted")
    key.get_by_role("button", name="Show the counts").click()
    expect(page.locator(".is-screen .room-figure").first).to_have_text("3 of 8 · 38%")
    key.get_by_role("button", name="Take B").click()
    expect(page.locator(".is-screen .chosen")).to_contain_text("The room takes B")
    key.get_by_role("button", name="Back one step").click()
    expect(page.locator(".is-screen .room-figure").first).to_have_text("3 of 8 · 38%")
    # And the other way round.
    page.keyboard.press("PageUp")
    expect(key.locator(".room-sum")).to_have_text("8 hands counted.")


def test_the_notes_are_on_the_screen_only_while_held(room):
    page = start(room(), "dusk")
    to(page, "To the vote")
    screen = page.locator(SCREEN)
    asked = "What would have made you do the opposite?"
    assert asked not in screen.inner_text()
    page.keyboard.down("n")
    expect(page.locator(".room-peek")).to_contain_text(asked)
    page.keyboard.up("n")
    expect(page.locator(".room-peek")).to_be_hidden()
    hold = page.get_by_role("button", name="Hold for notes")
    hold.hover()
    page.mouse.down()
    expect(page.locator(".room-peek")).to_contain_text(asked)
    page.mouse.up()
    expect(page.locator(".room-peek")).to_be_hidden()
    hold.focus()
    page.keyboard.down(" ")
    expect(page.locator(".room-peek")).to_be_visible()
    page.evaluate("() => dispatchEvent(new Event('blur'))")
    expect(page.locator(".room-peek")).to_be_hidden()


def test_undo_goes_back_as_far_as_the_start(room):
    page = start(room(), "dusk")
    vote(page, [3, 2, 1])
    page.keyboard.press("r")
    take(page, "a")
    back = page.get_by_role("button", name="Back one step")
    back.click()
    expect(page.get_by_role("button", name="Take A")).to_be_visible()
    back.click()
    expect(page.locator(".room-hands").first).to_have_value("3")
    for _ in range(8):
        page.keyboard.press("PageUp")
    expect(page.locator(HEADING)).to_have_text("Dusk")
    expect(page.get_by_role("status")).to_have_text("This is the first step.")


def test_a_reload_goes_on_from_there(room):
    page = start(room(), "dusk")
    vote(page, [3, 2, 1])
    page.keyboard.press("r")
    take(page, "a")
    vote(page, [6, 5, 0])
    page.reload()
    page.get_by_role("button", name="Go on from Decision 2").click()
    expect(page.locator(".is-screen .trail")).to_have_text("Decision 2")
    expect(page.locator(".room-hands").first).to_have_value("6")
    # A clock that ran when the laptop was closed stands, and shows what was left.
    expect(page.locator(".room-still")).to_have_text("paused")
    page.keyboard.press("r")
    expect(page.locator(".room-figure").first).to_have_text("6 of 11 · 55%")


def test_it_can_be_forgotten(room):
    page = start(room(), "dusk")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Leave this screen").click()
    page.get_by_role("button", name="Forget it").click()
    expect(page.locator(".room-kept")).to_have_count(0)
    assert page.evaluate("(key) => localStorage.getItem(key)", STORED) is None
    page.reload()
    expect(page.get_by_role("button", name="Start on this screen")).to_be_visible()
    expect(page.locator(".room-kept")).to_have_count(0)


@pytest.mark.parametrize(
    "raw",
    [
        "not json",
        "[]",
        '{"format":1}',
        json.dumps({"format": 1, "version": "1", "saved": "2026-01-01T00:00:00.000Z", "record": {"log": "x"}}),
        "{" * 5000,
    ],
)
def test_what_cannot_be_read_breaks_nothing(room, raw):
    page = room(
        before=at_home(f"localStorage.getItem('{STORED}') ?? localStorage.setItem('{STORED}', {json.dumps(raw)})")
    )
    expect(page.locator(".room-live")).to_contain_text("cannot be read")
    start(page, "dusk")
    to(page, "To the vote")
    assert kept(page)["log"]


def test_on_a_shared_machine_it_goes_with_the_tab(room, book):
    page = room(before=at_home(f"sessionStorage.setItem('{course()['id']}:1:machine', 'shared')"))
    expect(page.locator("input[name=room-keep]")).not_to_be_checked()
    start(page, "dusk")
    to(page, "To the vote")
    assert page.evaluate("(key) => localStorage.getItem(key)", STORED) is None
    with page.context.expect_page() as opened:
        page.keyboard.press("k")
    key = opened.value
    expect(key.locator(HEADING)).to_contain_text("Thursday 18:10")
    to(page, "Show the counts")
    expect(key.get_by_role("button", name="Show the counts")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Go on from Decision 1")).to_be_visible()


def test_where_the_browser_keeps_nothing_it_plays_and_the_windows_agree(room):
    closed = "Object.defineProperty(globalThis, '{}', {{ get() {{ throw new Error('shut'); }} }});"
    page = start(room(before=closed.format("localStorage") + closed.format("sessionStorage")), "dusk")
    with page.context.expect_page() as opened:
        page.keyboard.press("k")
    key = opened.value
    to(page, "Show the counts")
    expect(key.get_by_role("button", name="Show the counts")).to_be_visible()
    key.locator(".room-hands").nth(0).fill("4")
    key.get_by_role("button", name="Show the counts").click()
    expect(page.locator(".is-screen .room-figure").first).to_have_text("4 of 4 · 100%")


def test_a_blocked_window_says_what_to_do(room, book):
    page = room(before="globalThis.open = () => null")
    page.get_by_role("button", name="Open the key").click()
    expect(page.locator(".exercise-notice")).to_contain_text(f"{book}{PAGE}#key")


def test_it_works_from_a_folder_in_two_windows(visit, case):
    page = start(visit((BOOK / PAGE).as_uri(), within=BOOK, width=1024, height=768), "dusk")
    with page.context.expect_page() as opened:
        page.keyboard.press("k")
    key = opened.value
    to(page, "Show the counts")
    expect(key.get_by_role("button", name="Show the counts")).to_be_visible()
    key.locator(".room-hands").nth(0).fill("4")
    key.get_by_role("button", name="Show the counts").click()
    expect(page.locator(".is-screen .room-figure").first).to_have_text("4 of 4 · 100%")


def test_single_keys_can_be_turned_off(room):
    page = start(room(), "dusk")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Page Down")
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)  # it goes a moment later
    page.keyboard.press("h")
    page.keyboard.press("ArrowRight")
    expect(page.locator(HEADING)).to_have_text("Dusk")
    assert kept(page)["log"] == []
    to(page, "To the vote")


def test_the_clock_stops_hides_and_never_chooses(room):
    page = start(
        room(before="globalThis.skew = 0; const now = Date.now(); Date.now = () => now + globalThis.skew;"), "dusk"
    )
    to(page, "To the vote")
    time = page.locator(".room-time")
    expect(time).to_have_text(re.compile(r"^(5:00|4:5\d)$"))
    page.evaluate("() => globalThis.skew = 400_000")
    expect(time).to_have_text("Time is up")
    expect(page.locator(HEADING)).to_contain_text("Thursday 18:10")
    page.keyboard.press("m")
    expect(time).to_have_text(re.compile(r"^(1:00|0:5\d)$"))
    page.keyboard.press("p")
    expect(page.locator(".room-still")).to_have_text("paused")
    page.keyboard.press("h")
    expect(page.locator(".room-clock")).to_be_hidden()
    page.keyboard.press("h")
    expect(time).to_be_visible()


def test_luck_is_drawn_before_the_room_and_by_its_number(visit, book):
    fell = []
    for _ in range(2):
        page = visit(f"{book}book/facilitators/room/eight-quarters.html", width=1024, height=768)
        page.get_by_text("The same luck as another room").click()
        page.get_by_label("Luck number").fill("4711")
        start(page, "")
        for _ in range(200):
            go = onward(page)
            if go == "Draw":
                break
            if go == "Show the counts":
                page.get_by_role("button", name="Go on without a count").click()
            elif not go:
                page.locator("button[data-choice]").first.click()
            else:
                page.keyboard.press("PageDown")
        page.keyboard.press("PageDown")
        expect(page.locator(".room-drawn")).to_have_text(re.compile(r"^Ticket \d+ of \d+ is drawn\.$"))
        fell.append(page.locator(".room-drawn").inner_text() + page.locator(".consequence").inner_text())
    assert fell[0] == fell[1]


def test_a_wrong_luck_number_is_refused(room):
    page = room()
    page.get_by_text("The same luck as another room").click()
    page.get_by_label("Luck number").fill("0")
    page.get_by_role("button", name="Start on this screen").click()
    expect(page.locator(".exercise-notice")).to_contain_text("a whole number from 1 to 65535")
    expect(page.locator(SCREEN)).to_have_count(0)


def test_the_debrief_sets_the_room_beside_the_paths(room, case):
    page = start(room(), "dusk")
    play_act(page)
    shown = []
    while onward(page):
        shown.append((page.locator(HEADING).inner_text(), page.locator(".room-content").inner_text()))
        page.keyboard.press("PageDown")
    shown.append((page.locator(HEADING).inner_text(), page.locator(".room-content").inner_text()))
    titles = [title for title, _ in shown]
    text = "\n".join(words for _, words in shown)
    for each in case.debrief.defended:
        assert str(each.by) in titles
    for key in type(case.debrief.after_action).model_fields:
        assert str(getattr(case.debrief.after_action, key)) in text
    assert str(case.debrief.if_then) in text
    # 7, 7, 7 and 3 part a room more than any other of the counts.
    assert "It parted most at decision 3." in text
    assert any("Where we parted: decision 3" in title for title in titles)
    assert re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    paper = page.locator(".room-paper").inner_text()
    assert [title for title in titles if title not in paper] == []
    page.emulate_media(media="screen")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.get_by_role("button", name="Finish, and forget this session").click()
    expect(page.get_by_role("button", name="Start on this screen")).to_be_visible()
    assert page.evaluate("(key) => localStorage.getItem(key)", STORED) is None


def later_texts(case: Scenario) -> list[str]:
    """Return what the author says of the whole story, and what is told of decisions and luck after the first act."""
    after = [choice.text for name in ("nia", "number") for choice in case.nodes[name].choices]
    luck = [each.text for node in case.nodes.values() if node.type == "chance" for each in node.outcomes]
    told = [case.debrief.opening, *(each.argues for each in case.debrief.defended), *luck, *after]
    return [re.sub(r"\s+", " ", str(each)).replace("*", "")[:60] for each in told]


def test_the_debrief_of_one_act_tells_nothing_of_the_next(room, case):
    page = start(room(), "dusk")
    play_act(page)
    shown = []
    while onward(page):
        shown.append(page.locator(".room-content").inner_text())
        page.keyboard.press("PageDown")
    text = re.sub(r"\s+", " ", "\n".join(shown))
    assert [each for each in later_texts(case) if each in text] == []
    assert text.count("This is as far as “Dusk” goes; the rest is not told here.") == 1


def test_the_debrief_of_one_act_on_the_cases_own_page_tells_nothing_of_the_next(visit, book, case):
    page = visit(f"{book}chapters/{case.chapter}.html")
    here = near(page, CASE)
    here.get_by_text("Play one act").click()
    here.get_by_role("button", name="Dusk").click()
    forward = here.locator(".step > .exercise-button")
    for _ in range(40):
        if here.locator("form.decision").count():
            here.locator("label.choice:not(:has([name$='-sure'])):not(:has([aria-disabled]))").first.click()
            here.locator("form.decision button[type=submit]").click()
        elif forward.inner_text() != "Go to the debrief":
            forward.click()
    forward.click()
    debrief = here.locator(".debrief")
    expect(debrief.locator(".defended")).to_have_count(3)
    debrief.evaluate("node => node.querySelectorAll('details').forEach((each) => each.open = true)")
    expect(debrief.get_by_text("This is as far as “Dusk” goes; the rest is not told here.")).to_have_count(1)
    text = re.sub(r"\s+", " ", debrief.inner_text())
    assert [each for each in later_texts(case) if each in text] == []
    assert "What they would say of this run" in text


@pytest.mark.parametrize(("width", "height"), PROJECTORS)
def test_a_projector_shows_all_of_it(room, width, height):
    page = start(room(width=width, height=height), "long-dark")
    seen: list[str] = []
    play_act(page, lambda page: seen.extend(page.evaluate(CUT_OFF)))
    assert seen == []


@pytest.mark.parametrize("width", [1024, 320])
def test_it_is_accessible(room, width):
    page = room(width=width, height=640)
    found = axe.violations_in_both(page)
    start(page, "dusk")
    with page.context.expect_page() as opened:
        page.keyboard.press("k")
    key = opened.value
    key.set_viewport_size({"width": width, "height": 640})
    expect(key.locator(HEADING)).to_be_visible()

    def look() -> None:
        for each in (page, key):
            found.extend(axe.violations_in_both(each))
            found.extend(each.evaluate(TOO_WIDE))

    look()
    vote(page, [5, 4, 3])
    look()
    page.keyboard.press("r")
    look()
    take(page, "b")
    look()
    play_act(page)
    while onward(page):
        page.keyboard.press("PageDown")
        if "Read on" not in onward(page):
            look()
    assert not found, "\n".join(found)


def test_without_scripts_it_says_to_print(visit, book):
    page = visit(book + PAGE, js=False)
    expect(page.locator(".room-text")).to_contain_text("print the cards")
    expect(page.locator(".room-note")).to_contain_text("nobody asks why")


def test_the_printed_key_has_the_notes_of_its_act(room, case):
    page = room(before="globalThis.print = () => globalThis.printed = true")
    page.get_by_role("button", name="Print the key").click()
    page.emulate_media(media="print")
    paper = page.locator(".room-paper")
    expect(paper).to_be_visible()
    text = paper.inner_text()
    asked = {
        name: node.facilitator.ask[0]
        for name, node in case.nodes.items()
        if isinstance(node, Decision) and node.facilitator
    }
    assert str(asked["forecast"]) in text
    assert str(asked["nia"]) not in text
    assert page.locator(".room-live").is_hidden()
