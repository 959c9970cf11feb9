"""Room codes in the page: a group's way to its code, and the page on which a facilitator puts them together."""

import io
import json
from random import Random

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from courseware import library
from courseware.course import course
from courseware.facilitate import codes, simulate
from courseware.kinds.scenario.spec import Decision, Scenario
from tests.browser import axe, keys
from tests.browser.plan import plans
from tests.browser.site import BOOK, built
from tests.browser.stage import SMALL, near
from tests.browser.test_scenarios import finish
from tests.browser.weigh import KB, gzipped
from tests.browser.words import squashed

PAGE = "book/facilitators/cohort.html"
STATIC = BOOK / "_static" / "courseware"
HIGH_WATER, FEBRUARY = library.load("high-water"), library.load("february")
SCENARIOS = [each for each in library.all_exercises() if isinstance(each, Scenario)]


def some_sure(_node, open_choices, rng):
    return rng.choice(open_choices), rng.choice(codes.SURE)


def made(scenario, act, count, seed=1):
    rng = Random(seed)
    return [codes.encode(scenario, simulate.run(scenario, some_sure, rng, act)) for _ in range(count)]


def slipped(code):
    """Return a code whose last two characters have changed places, or one that is misread where they are alike."""
    return code[:-2] + (code[-1] + code[-2] if code[-1] != code[-2] else ("0" if code[-2] != "0" else "1") + code[-1])


def show(page, text):
    page.get_by_label("The groups’ codes").fill(text)
    page.get_by_role("button", name="Show what the room chose").click()


def account(page, text):
    expect(page.locator(".cohort-live h2").first).to_have_text(text)


@pytest.fixture
def room(visit, book):
    """Return a way to the page with these codes put in."""

    def opened(text, **visitor):
        page = visit(f"{book}{PAGE}", **visitor)
        show(page, text)
        return page

    return opened


def test_a_group_finds_its_code(stage):
    kept = "if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject(new Error('not here'))"
    page, scenario = stage("red-for-a-reason", width=320, height=640, before=kept)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    near(page, scenario.id)
    plan = next(iter(plans(scenario).values()))
    here = finish(page, scenario, plan)
    assert not [url for url in asked if url.endswith("/code.js")], "the code's script came before anybody asked"
    fold = here.locator(".room-code")
    fold.locator("summary").click()
    code = fold.locator(".room-code-text").inner_text().replace("\n", " ").strip()
    run = codes.decode(code, SCENARIOS)
    assert run.scenario.id == scenario.id
    assert (run.act, run.ending) == (None, plan.ending)
    assert [move["move"] for move in run.moves if scenario.nodes[move["at"]].type == "decision"] == plan.choices
    expect(fold.get_by_role("img", name=f"QR picture of the code {'-'.join(code.split())}")).to_be_visible()
    expect(fold.locator("ol li")).to_have_count(len(code.split()))
    expect(fold).to_contain_text("nothing that you wrote, and no name")
    fold.get_by_role("button", name="Copy the code").click()
    expect(here.get_by_role("status")).to_have_text("The code is marked. Copy it as you copy any text.")
    assert page.evaluate("getSelection().toString().trim().split(/\\s+/).join('-')") == "-".join(code.split())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(SMALL) == []
    assert axe.violations_in_both(page, ".room-code") == []
    page.emulate_media(media="print")
    expect(fold).to_be_hidden()


def test_a_run_that_no_code_holds_says_why(stage):
    page, scenario = stage("red-for-a-reason")
    near(page, scenario.id)
    here = finish(page, scenario, next(iter(plans(scenario).values())))
    page.wait_for_function(
        "id => sessionStorage[Object.keys(sessionStorage).find((key) => key.includes(id))]?.includes('ending')",
        arg=scenario.id,
    )
    page.evaluate(
        """id => {
      const key = Object.keys(sessionStorage).find((each) => each.includes(id));
      const kept = JSON.parse(sessionStorage[key]);
      kept.record.moves.forEach((each) => each.confidence = "certainly"); // as another programme may have written it
      sessionStorage[key] = JSON.stringify(kept);
    }""",
        scenario.id,
    )
    page.reload()
    near(page, scenario.id)
    here.get_by_role("button", name="Open the debrief").click()
    fold = here.locator(".room-code")
    fold.locator("summary").click()
    expect(fold).to_contain_text("says how sure in a word that codes do not have")
    expect(fold.locator("svg")).to_have_count(0)


def test_the_copied_code_is_what_stands_there(stage):
    page, scenario = stage("red-for-a-reason")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    near(page, scenario.id)
    fold = finish(page, scenario, next(iter(plans(scenario).values()))).locator(".room-code")
    fold.locator("summary").click()
    fold.get_by_role("button", name="Copy the code").click()
    expect(fold).to_contain_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "-".join(fold.locator(".room-code-text").inner_text().split())
    assert codes.decode(copied, SCENARIOS).scenario.id == scenario.id


def test_the_picture_of_a_room(room):
    good = made(HIGH_WATER, None, 6)
    page = room("\n".join(f"Table {n}: {code}" for n, code in enumerate(good, 1)))
    account(page, "6 codes are read")
    picture = page.locator(".cohort-picture")
    expect(picture).to_have_count(1)
    expect(picture.locator("h2")).to_contain_text("High water 6 groups")
    for title in ("Where the room parted most", "How it ended", "Where things stood at the end"):
        expect(picture.get_by_role("heading", name=title, exact=True)).to_be_visible()
    expect(picture.locator(".cohort-partings > li")).to_have_count(3)
    first = picture.locator(".cohort-partings > li").first
    expect(first.locator("p").first).to_contain_text("6 groups went")
    expect(first.locator("p").first).to_contain_text("Of 15 pairs of groups,")
    rest = picture.locator(".cohort-decision")
    shown = [*picture.locator("li > h4").all_inner_texts(), *rest.locator("h4").all_text_contents()]
    assert len(set(shown)) == len(shown), "a decision stands there twice"
    ending = picture.get_by_role("table", name="How the story ended")
    assert sum(int(each.split(" of ")[0]) for each in ending.locator("td:nth-child(2)").all_inner_texts()) == 6
    expect(ending.locator("td", has_text="by chance")).to_have_count(ending.locator("td").count())
    expect(picture).to_contain_text("With 6 groups, 1 more or fewer than that says little.")
    expect(page.locator("body")).not_to_contain_text("undefined")
    expect(page.locator("body")).not_to_contain_text("NaN")


def test_a_wrong_code_is_named_and_mended(room):
    one, two, three = made(HIGH_WATER, "dusk", 3)
    page = room(f"{one}\nRed: {slipped(two)}\n{three}\nno code at all")
    account(page, "2 codes are read, 2 cannot be used")
    wrong = page.locator(".cohort-wrong li")
    expect(wrong.first).to_contain_text("Line 2, Red:")
    expect(wrong.last).to_contain_text("Line 4:")
    page.get_by_role("button", name=f"Use {two} instead, on line 2").click()
    account(page, "3 codes are read, 1 cannot be used")
    expect(page.get_by_label("The groups’ codes")).to_have_value(f"{one}\nRed: {two}\n{three}\nno code at all")
    assert page.evaluate("document.activeElement.textContent") == "3 codes are read, 1 cannot be used"


def test_nothing_put_in_is_said_where_focus_goes(visit, book):
    page = visit(f"{book}{PAGE}")
    page.get_by_role("button", name="Show what the room chose").click()
    expect(page.get_by_label("The groups’ codes")).to_be_focused()
    expect(page.locator("#cohort-error")).to_have_text("Put in at least one code, then try again.")


def test_the_same_code_twice_is_asked_about(room):
    one, two = made(HIGH_WATER, "dusk", 2)
    page = room(f"{one}\n{two}\n{one.lower()}")
    account(page, "3 codes are read")
    expect(page.locator(".cohort-picture h2")).to_contain_text("3 groups")
    page.get_by_role("radio", name="One group, put in more than once").check()
    expect(page.locator(".cohort-picture h2")).to_contain_text("2 groups")
    page.get_by_role("radio", name="As many groups as lines").check()
    expect(page.locator(".cohort-picture h2")).to_contain_text("3 groups")


def test_codes_of_another_case_are_told_at_the_top_and_stand_last(room):
    page = room("\n".join([*made(FEBRUARY, None, 2), *made(HIGH_WATER, "dusk", 3)]))
    account(page, "5 codes are read. Of the 5, 2 are of another case: February (lines 1 and 2)")
    titles = page.locator(".cohort-picture h2").all_inner_texts()
    assert [" ".join(each.split()) for each in titles] == ["High water: Dusk 3 groups", "February 2 groups"]
    asked = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name.split('/').pop())")
    assert {name for name in asked if name in {f"{each.id}.js" for each in SCENARIOS}} == {
        "high-water.js",
        "february.js",
    }


def test_a_single_code_of_another_case_takes_no_room(room):
    page = room("\n".join([*made(FEBRUARY, None, 1), *made(HIGH_WATER, "dusk", 3), "nothing"]))
    account(page, "4 codes are read, 1 cannot be used. Of the 4, 1 is of another case: February (line 1)")
    stray = page.locator(".cohort-picture").last
    expect(stray.locator(".exercise-notice").first).to_have_text(
        "Only line 1 has a code of this. If it came by mistake, take the line out."
    )
    expect(stray.get_by_role("heading", name="How it ended")).to_be_hidden()
    stray.get_by_text("What this group chose all the same").click()
    expect(stray.get_by_role("heading", name="How it ended")).to_be_visible()
    page.emulate_media(media="print")
    expect(stray).to_be_hidden()


def test_what_the_room_chose_begins_at_the_top_of_the_window(room):
    page = room("\n".join(made(HIGH_WATER, None, 10)), width=1024, height=768)
    account(page, "10 codes are read")
    assert page.locator(".cohort-live h2").first.bounding_box()["y"] < 768 / 4
    expect(page.get_by_role("heading", name="Where the room parted most")).to_be_in_viewport()


@pytest.mark.parametrize("count", [1, 2])
def test_a_group_or_two_are_set_beside_nothing(room, count):
    page = room("\n".join(made(HIGH_WATER, None, count)))
    account(page, "1 code is read" if count == 1 else "2 codes are read")
    picture = page.locator(".cohort-picture")
    expect(picture.locator("h2")).to_have_text(f"High water {'1 group' if count == 1 else '2 groups'}")
    expect(picture.locator(".exercise-notice")).to_contain_text("nothing here is set beside chance")
    expect(picture).not_to_contain_text("by chance")
    expect(picture.locator(".cohort-chance")).to_have_count(0)
    expect(picture).not_to_contain_text("1 groups")
    parted = picture.get_by_role("heading", name="parted")
    expect(parted).to_have_text([] if count == 1 else ["Where the two parted"])


def test_an_act_says_what_the_line_across_a_bar_is(room):
    page = room("\n".join(made(HIGH_WATER, "dusk", 4)))
    account(page, "4 codes are read")
    expect(page.locator(".cohort-chance").first).to_be_visible()
    expect(page.locator(".cohort-picture")).to_contain_text("The line across a bar is chance alone")


def test_a_code_of_no_length_says_what_is_missing(room):
    one, two = made(HIGH_WATER, "dusk", 2)
    page = room(f"{one[:-2]}\n{two}Z")
    account(page, "No codes are read, 2 cannot be used")
    wrong = page.locator(".cohort-wrong")
    expect(wrong).to_contain_text("Ask these groups again, or put in what it most likely was.")
    expect(wrong).not_to_contain_text("The others count")
    expect(wrong.locator("li").first).to_contain_text(
        "2 are missing, or 2 are too many. Ask for it again, group by group."
    )
    expect(wrong.locator("li").last).to_contain_text("3 are missing, or 1 is too many.")


def test_two_codes_on_a_line_are_told_apart(room):
    one, two = made(HIGH_WATER, "dusk", 2)
    page = room(f"Red: {one} {two}")
    account(page, "No codes are read, 1 cannot be used")
    expect(page.locator(".cohort-wrong li")).to_contain_text("These are two codes, run together")
    page.get_by_role("button", name="instead, on line 1").click()
    account(page, "2 codes are read")
    expect(page.get_by_label("The groups’ codes")).to_have_value(f"Red: {one}, {two}")


def test_many_codes_that_stand_more_than_once_are_folded(room):
    codes_of_a_large_room = made(HIGH_WATER, "dusk", 3) * 2
    page = room("\n".join(codes_of_a_large_room))
    account(page, "6 codes are read")
    expect(page.locator(".cohort-live").get_by_role("radio", include_hidden=True).first).to_be_hidden()
    page.get_by_text("The 3 codes that stand more than once").click()
    page.get_by_role("radio", name="One group, put in more than once").first.check()
    expect(page.locator(".cohort-picture h2")).to_contain_text("5 groups")


def saved_work(scenario, run):
    """Return a file of saved work, as the page of it makes one, with one finished run and a secret in it."""
    state = codes.decode(codes.encode(scenario, run), [scenario]).state
    blank = {"expected": "", "happened": "", "why_different": "", "learned": ""}
    over = {**run, "ending": state.node, "indicators": state.indicators, "when": "2026-03-01T10:00:00.000Z"}
    record = {
        **run,
        "finished": True,
        "runs": [over],
        "after_action": {**blank, "learned": "Kim said it"},
        "if_then": "",
    }
    kept = {
        "format": 1, "version": scenario.version, "status": "done", "saved": "2026-03-01T10:00:00.000Z", "record": record,
    }  # fmt: skip
    name = f"{scenario.id}:{scenario.major}"
    return {
        "about": "",
        "course": course()["id"],
        "format": 1,
        "newer": {},
        "records": {name: kept},
        "set_aside": {},
        "unreadable": {},
    }


def test_saved_work_becomes_a_code_and_brings_no_words(visit, book):
    page = visit(f"{book}{PAGE}")
    run = simulate.run(FEBRUARY, some_sure, Random(7))
    files = [
        {
            "name": "kim-jones.json",
            "mimeType": "application/json",
            "buffer": json.dumps(saved_work(FEBRUARY, run)).encode(),
        },
        {"name": "photo.json", "mimeType": "application/json", "buffer": b"not json"},
        {"name": "room-codes.txt", "mimeType": "text/plain", "buffer": "\n".join(made(FEBRUARY, None, 2)).encode()},
    ]
    page.get_by_label("Or add files").set_input_files(files)
    box = page.get_by_label("The groups’ codes")
    expect(box).to_have_value(f"File 1: {codes.encode(FEBRUARY, run)}\n" + "\n".join(made(FEBRUARY, None, 2)))
    expect(page.locator("#cohort-error")).to_contain_text("photo.json: The file cannot be read.")
    page.get_by_role("button", name="Show what the room chose").click()
    account(page, "3 codes are read")
    assert "Kim" not in page.content()


def test_saved_work_with_a_word_that_codes_do_not_have_says_so(visit, book):
    page = visit(f"{book}{PAGE}")
    run = simulate.run(HIGH_WATER, some_sure, Random(7))
    work = saved_work(HIGH_WATER, run)
    over = next(iter(work["records"].values()))["record"]["runs"][0]
    over["moves"] = [each | {"confidence": "very, says Kim"} for each in over["moves"]]
    file = {"name": "work.json", "mimeType": "application/json", "buffer": json.dumps(work).encode()}
    page.get_by_label("Or add files").set_input_files(file)
    said = page.locator("#cohort-error")
    expect(said).to_contain_text("work.json: Its run of High water is left out: At “")
    expect(said).to_contain_text("in a word that codes do not have. They have: guess, fairly-sure, sure.")
    expect(page.get_by_label("The groups’ codes")).to_have_value("")
    assert "Kim" not in page.content()


def test_nothing_is_stored(room):
    page = room("\n".join(made(HIGH_WATER, "dusk", 3)))
    account(page, "3 codes are read")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert codes.head(HIGH_WATER) not in kept
    page.reload()
    expect(page.get_by_label("The groups’ codes")).to_have_value("")
    show(page, made(HIGH_WATER, "dusk", 1)[0])
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the codes as a file").click()
    assert saved.value.path().read_text() == f"{made(HIGH_WATER, 'dusk', 1)[0]}\n"


def test_five_hundred_codes_are_read_and_counted(room):
    page = room("\n".join(made(HIGH_WATER, None, 500)))
    account(page, "500 codes are read")
    ending = page.get_by_role("table", name="How the story ended")
    assert sum(int(each.split(" of ")[0]) for each in ending.locator("td:nth-child(2)").all_inner_texts()) == 500


@pytest.mark.parametrize("width", [320, 1280])
def test_the_picture_is_for_everybody(room, width):
    good = made(HIGH_WATER, None, 5)
    page = room("\n".join([*good, *made(HIGH_WATER, "dusk", 3), good[0], slipped(good[1])]), width=width, height=640)
    account(
        page,
        "9 codes are read, 1 cannot be used. Of the 9, 3 are of another case or act: High water: Dusk (lines 6, 7 and 8)",
    )
    page.evaluate("document.querySelectorAll('.cohort-live details').forEach((each) => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL) == []
    assert axe.violations_in_both(page) == []


def test_all_of_it_by_keyboard(visit, book):
    page = visit(f"{book}{PAGE}", width=320, height=640)
    one, two = made(HIGH_WATER, "dusk", 2)
    page.locator("h1").click()
    for _ in range(keys.STOPS):
        if keys.tab(page)["id"] == "cohort-codes":
            break
    page.keyboard.type(f"{one}\n{slipped(two)}")
    for _ in range(5):
        if keys.tab(page)["type"] == "submit":
            break
    page.keyboard.press("Enter")
    account(page, "1 code is read, 1 cannot be used")
    assert keys.tab(page)["text"] == "Use this instead"
    page.keyboard.press("Enter")
    account(page, "2 codes are read")


def test_paper_has_the_picture_and_not_the_form(room):
    page = room("\n".join(made(HIGH_WATER, "dusk", 4)))
    account(page, "4 codes are read")
    page.emulate_media(media="print")
    expect(page.locator(".cohort-form")).to_be_hidden()
    expect(page.get_by_role("heading", name="How to use the picture")).to_be_hidden()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.locator(".cohort-picture h2")).to_be_visible()
    expect(page.locator(".cohort-decision").first).to_be_visible()


def test_paper_has_every_choice_once(room):
    page = room("\n".join(made(HIGH_WATER, None, 10)))
    account(page, "10 codes are read")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = squashed("".join(sheet.extract_text() for sheet in sheets))
    met = {node for code in made(HIGH_WATER, None, 10) for node in decided(code)}
    choices = [str(each.text) for node in met for each in HIGH_WATER.nodes[node].choices]
    assert len(met) > 10
    assert {each: text.count(squashed(each)) for each in choices} == dict.fromkeys(choices, 1)


def decided(code):
    moves = codes.decode(code, [HIGH_WATER]).moves
    return [each["at"] for each in moves if isinstance(HIGH_WATER.nodes[each["at"]], Decision)]


def test_paper_of_the_page_before_anything_is_put_in_is_the_guide(visit, book):
    page = visit(f"{book}{PAGE}")
    expect(page.get_by_label("The groups’ codes")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="How to use the picture")).to_be_visible()


def test_it_works_from_a_folder_on_disk(visit):
    built()
    page = visit((BOOK / PAGE).as_uri(), within=BOOK)
    show(page, "\n".join(made(HIGH_WATER, "dusk", 3)))
    account(page, "3 codes are read")


def test_without_scripts_it_says_what_to_do_instead(visit, book):
    page = visit(f"{book}{PAGE}", js=False)
    expect(page.locator(".cohort-text")).to_contain_text("ask for hands at each decision")


def test_the_scripts_and_cases_are_light():
    built()
    assert gzipped(STATIC / "cohort.js") <= 12 * KB
    assert gzipped(STATIC / "code.js") <= 8 * KB
    assert {path.stem for path in (STATIC / "cases").glob("*.js")} == {each.id for each in SCENARIOS}
    assert max(gzipped(path) for path in (STATIC / "cases").glob("*.js")) <= 10 * KB
