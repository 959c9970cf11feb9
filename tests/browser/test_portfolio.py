"""The portfolio: what was written, gone on with, taken away, brought back and erased."""

import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import expect

from tests.browser import axe, keys, portfolio
from tests.browser.site import served
from tests.browser.stage import SMALL
from tests.browser.test_records import FILES, kept, kind_of, put, stored

# Words that would be something else if anything took them for markup.
HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script> & &amp;\n"
    "# no heading\n- no list\n1. no list\n> no quote\n    no code\n\n=====\n---\n***\n\n"
    "*no* _no_ `no` ~~no~~ [no](http://x.example) ![no](y) <http://z.example> http://w.example www.v.example a@b.example\n"
    "|a|b|\n|-|-|\n\n$no$ {no}`no` [^1] :smile: \\no\\ $$no$$\n:::note\n[x]: http://y.example\nTerm\n: no definition\n+ no\n2) no"
)
WRITTEN = {"written": {"what": "We waited."}, "revealed": True, "if_then": {"if": "it is late", "then": "ring first"}}


def wrapped(record, saved="2026-05-01T10:00:00.000Z", status="begun"):
    return json.dumps({"format": 1, "version": "1.0.0", "saved": saved, "status": status, "record": record})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of the small site."""
    folder = tmp_path_factory.mktemp("portfolio")
    portfolio.write_all(folder)
    return folder / "site"


@pytest.fixture(scope="module")
def site(folder):
    """Return the address of the small site."""
    with served(folder) as address:
        yield address


@pytest.fixture
def desk(visit, site):
    """Return a way to the portfolio of a new visitor whose own device keeps these texts."""

    def opened(texts=None, **visitor):
        return put(visit(site, **visitor), f"{site}portfolio.html", texts or {})

    return opened


def everything():
    """Return one record of every kind, as it was once saved."""
    return {f"example-{kind_of(name)}:1": json.dumps(kept(name)) for name in FILES}


def save(page, button="Save everything to one file"):
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes(), download.value.suggested_filename


def load(page, data, name="saved.json"):
    page.get_by_label("Load a file").set_input_files({"name": name, "mimeType": "application/json", "buffer": data})


def dump(page):
    return page.evaluate("() => JSON.stringify(Object.entries({...localStorage}).sort())")


def test_empty_it_says_what_will_be_here(desk, site):
    page = desk()
    expect(page.get_by_role("heading", name="Nothing is here yet")).to_be_visible()
    page.get_by_role("link", name="Your last late report").click()
    expect(page).to_have_url(f"{site}index.html#example-reflect")


def test_what_was_written_stands_by_plan_and_chapter_under_its_question(desk):
    page = desk(everything() | {"example-reflect:1": wrapped(WRITTEN)})
    main = page.locator(".desk-live")
    text = main.inner_text()
    assert text.index("name no one") < text.index("Your plans") < text.index("Chapter 1: Why?")
    assert main.locator("textarea").first.evaluate(
        "box => box.compareDocumentPosition(document.querySelector('.hint')) & 2"
    )
    expect(page.get_by_label("What did you hold back")).to_have_value("We waited.")
    expect(page.get_by_label("If", exact=True)).to_have_value("it is late")
    expect(page.get_by_label("I will", exact=True)).to_have_value("ring first")
    expect(page.get_by_label("What did you expect to happen?")).to_have_value(re.compile("An answer"))
    expect(main).to_contain_text("Last saved on 1 May 2026")


def test_writing_here_is_writing_in_the_exercise_and_two_tabs_agree(desk, site):
    page = desk({"example-reflect:1": wrapped(WRITTEN, status="done")})
    other = page.context.new_page()
    other.goto(site)
    box = page.get_by_label("What did you hold back")
    box.fill("We waited, and said so.")
    expect(other.locator("#example-reflect textarea").first).to_have_value("We waited, and said so.")
    expect(other.locator("#example-reflect .exercise-label")).to_contain_text("· done")
    other.locator("#example-reflect textarea").first.fill("From the exercise.")
    other.locator("#example-reflect textarea").first.blur()
    expect(box).to_have_value("From the exercise.")
    box.press_sequentially(" Half a sent")
    page.reload()  # at once: the pause after which typing is saved has not passed
    expect(box).to_have_value("From the exercise. Half a sent")


def test_saved_in_one_profile_loaded_in_another_and_the_same_to_the_byte(desk):
    one = desk(
        everything()
        | {"gone-since:1": wrapped({"a": "Words of an exercise that is gone."}), "example-sort:1:unreadable": "{"}
    )
    first, name = save(one)
    assert name == "a-course-saved-work.json"
    two = desk()
    load(two, first)
    expect(two.locator(".desk-carry .account")).to_contain_text(f"Loaded: {len(FILES) + 1} exercises new here.")
    assert save(two)[0] == first
    for each, raw in everything().items():
        assert json.loads(stored(two, each)) == json.loads(raw)
    load(two, first)
    expect(two.locator(".desk-carry .account")).to_contain_text("the same as here")
    expect(two.get_by_label("Load a file")).to_have_value("")


def test_what_a_file_and_the_device_both_have_is_put_together(desk):
    later = {**WRITTEN, "written": {"what": "Written at home, later."}}
    away = desk({"example-reflect:1": wrapped(later, "2026-05-02T10:00:00.000Z")})
    data, _ = save(away)
    page = desk({"example-reflect:1": wrapped(WRITTEN, status="done")})
    load(page, data)
    expect(page.locator(".desk-carry .account")).to_contain_text(
        "1 exercise put together with what was here. 1 text set aside"
    )
    expect(page.get_by_label("What did you hold back")).to_have_value("Written at home, later.")
    expect(page.locator("details li", has_text="We waited.")).to_be_visible()
    page.get_by_role("button", name="Delete what was set aside").click()
    expect(page.get_by_text("We waited.")).to_have_count(0)


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "cut off": b'{"course": "a-course", "format": 1, "records": {"exam',
    "deep": b"[" * 10_000 + b"]" * 10_000,
    "another course": b'{"course": "<img src=x onerror=alert(1)>", "format": 1}',
    "newer": b'{"course": "a-course", "format": 2}',
    "twice": b'{"course": "a-course", "course": "a-course", "format": 1}',
    "prototype": b'{"course": "a-course", "format": 1, "__proto__": {"owned": 1}}',
    "field": json.dumps({"course": "a-course", "format": 1, "newer": {}, "set_aside": {}, "unreadable": {}, "records": {
        "example-sort:1": json.loads(wrapped({"placed": {}})),
        "example-reflect:1": json.loads(wrapped({"written": [], "revealed": True})),
    }}).encode(),
}  # fmt: skip
SAID = {
    "empty": "The file is empty.",
    "binary": "cannot be read",
    "cut off": "cut off on its way",
    "deep": "nested deeper",
    "another course": "another course, “<img src=x onerror=alert(1)>”",
    "newer": "newer version of the course",
    "twice": "says `course` twice",
    "prototype": "`__proto__`",
    "field": "“Your last late report”: its `written`",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_the_reason_and_changes_nothing(desk, name):
    page = desk({"example-reflect:1": wrapped(WRITTEN)})
    before = dump(page)
    load(page, BAD[name])
    error = page.locator("#portfolio-load-error")
    expect(error).to_contain_text(SAID[name])
    expect(error).to_contain_text("Nothing here has changed.")
    expect(page.get_by_label("Load a file")).to_be_focused()
    assert dump(page) == before
    assert page.locator(".desk-live img").count() == 0
    assert page.evaluate("({}).owned === undefined")
    load(page, save(page)[0])
    expect(page.locator(".desk-carry .account")).to_contain_text("1 exercise the same as here")
    expect(error).to_have_text("")


FULL = """
const set = Storage.prototype.setItem;
let left = Infinity;
window.failAfter = (n) => left = n;
Storage.prototype.setItem = function (...all) {
  if (left-- <= 0) { left = Infinity; window.failures = (window.failures ?? 0) + 1; throw new DOMException("full", "QuotaExceededError"); }
  set.apply(this, all);
};"""


def test_a_device_that_fills_up_half_way_is_as_it_was(desk):
    data, _ = save(desk(everything()))
    page = desk({"example-reflect:1": wrapped(WRITTEN)}, before=FULL)
    before = dump(page)
    for writes in range(len(FILES)):
        page.evaluate("n => failAfter(n)", writes)
        load(page, data)
        # The words may be those of the time before.
        page.wait_for_function("n => window.failures === n", arg=writes + 1)
        expect(page.locator("#portfolio-load-error")).to_contain_text("not enough room")
        assert dump(page) == before
    load(page, data)
    expect(page.locator(".desk-carry .account")).to_contain_text("Loaded")


def test_script_in_every_text_is_shown_as_text(desk):
    def bent(value):
        if isinstance(value, dict):
            return {key: bent(each) for key, each in value.items()}
        if isinstance(value, list):
            return [bent(each) for each in value]
        return HOSTILE if isinstance(value, str) and " " in value else value

    texts = {
        name: json.dumps({**json.loads(raw), "record": bent(json.loads(raw)["record"])})
        for name, raw in everything().items()
    }
    texts |= {name.replace(":1", ":0"): raw for name, raw in texts.items()}
    texts["example-reflect:1:set-aside"] = json.dumps([wrapped({"written": {"x": f"{HOSTILE} aside"}})])
    texts["example-sort:1:unreadable"] = HOSTILE
    page = desk(texts)
    for fold in page.locator(".desk-live summary").all():
        fold.click()
    main = page.locator(".desk-live")
    expect(main).to_contain_text("<script>document.title='owned'</script>")
    assert main.locator("script, img").count() == 0
    assert page.title() == "Portfolio"


def test_as_markdown_the_words_are_words(desk):
    record = {**WRITTEN, "written": {"what": HOSTILE}}
    page = desk({"example-reflect:1": wrapped(record)})
    data, name = save(page, "Export as Markdown")
    assert name == "a-course-portfolio.md"
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(data.decode())
    heads = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    assert heads == [
        "What I wrote in A course", "My plans", "Your last late report", "If", "I will",
        "Chapter 1: Why?", "Your last late report", "What did you hold back",
    ]  # fmt: skip
    blocks = {token.type for token in tokens}
    assert blocks == {"heading_open", "inline", "heading_close", "paragraph_open", "paragraph_close"}
    leaves = [leaf for token in tokens for leaf in token.children or []]
    assert {leaf.type for leaf in leaves} <= {"text", "text_special", "hardbreak", "softbreak", "em_open", "em_close"}
    assert sum(leaf.type == "em_open" for leaf in leaves) == 1  # the line with the date
    body = data.decode().split("#### What did you hold back\n\n")[1]
    read = [
        "".join("\n" if leaf.type == "hardbreak" else leaf.content for leaf in token.children)
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(body)
        if token.type == "inline"
    ]
    assert "\n\n".join(read).replace("\u00a0", " ") == HOSTILE


def test_printed_it_is_the_portfolio_alone(desk):
    page = desk({"example-reflect:1": wrapped(WRITTEN)})
    page.emulate_media(media="print")
    for words in ("We waited.", "ring first", "What did you hold back", "Your plans"):
        expect(page.get_by_text(words, exact=True).locator("visible=true")).to_have_count(1)
    assert page.locator("button, input, select, textarea").locator("visible=true").count() == 0
    expect(page.get_by_text("Take it to another device")).to_be_hidden()


def test_erasing_one_exercise_names_what_goes_and_waits_for_a_second_word(desk, site):
    page = desk(
        everything() | {"example-reflect:1": wrapped(WRITTEN), "example-reflect:0": wrapped({"written": {"a": "Old."}})}
    )
    other = page.context.new_page()
    other.goto(site)
    expect(other.locator("#example-reflect textarea").first).to_have_value("We waited.")
    page.get_by_label("What to erase").select_option(label="Your last late report")
    page.get_by_role("button", name="Erase…").click()
    expect(page.get_by_role("heading", name="Erase “Your last late report”?")).to_be_focused()
    expect(page.locator(".desk-carry form")).to_contain_text("last saved on 1 May 2026")
    page.get_by_role("button", name="Keep it").click()
    assert stored(page, "example-reflect:1")
    page.get_by_label("What to erase").select_option(label="Your last late report")
    page.get_by_role("button", name="Erase…").click()
    page.get_by_role("button", name="Erase now").click()
    expect(page.get_by_text("Erased.", exact=True).first).to_be_focused()
    assert not [key for key, _ in json.loads(dump(page)) if "example-reflect" in key]
    assert stored(page, "example-sort:1")
    expect(other.locator("#example-reflect textarea").first).to_have_value("")
    expect(other.locator("#example-reflect .exercise-label")).to_contain_text("· new")


def test_everything_is_erased_with_the_keyboard_alone(desk):
    page = desk(everything())
    page.get_by_label("What to erase").focus()
    while keys.here(page)["text"] != "Erase…":
        keys.tab(page)
    page.keyboard.press("Enter")
    while keys.here(page)["type"] != "text":
        keys.tab(page)
    page.keyboard.type("no")
    page.keyboard.press("Enter")
    expect(page.locator("#portfolio-erase-error")).to_contain_text("Type the word erase")
    page.keyboard.press("Control+a")
    page.keyboard.type("Erase")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Erased.", exact=True).first).to_be_focused()
    assert dump(page) == "[]"
    expect(page.get_by_role("heading", name="Nothing is here yet")).to_be_visible()
    expect(page.get_by_text("There is nothing to erase")).to_be_visible()
    expect(page.get_by_role("group", name="Is this device yours?")).to_be_visible()


def test_on_a_shared_device_it_says_so(visit, site):
    page = visit(site)
    page.evaluate(
        "text => { sessionStorage.setItem('a-course:1:machine', 'shared'); sessionStorage.setItem('a-course:1:example-reflect:1', text); }",
        wrapped(WRITTEN),
    )
    page.goto(f"{site}portfolio.html")
    expect(page.locator(".desk-place")).to_contain_text("kept only until this tab closes")
    page.get_by_label("What did you hold back").fill("For this tab.")
    page.get_by_label("What did you hold back").blur()
    expect(page.get_by_text("Kept until this tab closes.", exact=True)).to_be_visible()
    assert dump(page) == "[]"


def test_a_browser_that_saves_nothing_says_so(visit, site):
    refuse = "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); };"
    page = visit(f"{site}portfolio.html", before=refuse)
    expect(page.locator(".desk-place")).to_contain_text("does not allow saving")
    load(page, b"{}")
    expect(page.locator("#portfolio-load-error")).to_contain_text("not a file of work")


def test_it_works_from_a_folder_on_disk(visit, folder):
    page = visit((folder / "portfolio.html").as_uri(), within=folder)
    page.evaluate(
        "text => { localStorage.setItem('a-course:1:machine', 'own'); localStorage.setItem('a-course:1:example-reflect:1', text); }",
        wrapped(WRITTEN),
    )
    page.reload()
    data, _ = save(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    load(page, data)
    expect(page.get_by_label("What did you hold back")).to_have_value("We waited.")


@pytest.mark.parametrize("width", [320, 1280])
def test_sound_at_any_width_light_and_dark(desk, width):
    texts = everything() | {
        "example-reflect:0": wrapped(WRITTEN),
        "example-reflect:1:set-aside": json.dumps([wrapped({"written": {"x": "Aside."}})]),
        "example-sort:1:unreadable": "{half" * 80,
    }
    for state in ({}, texts):
        page = desk(state, width=width)
        for fold in page.locator(".desk-live summary").all():
            fold.click()
        if state:
            page.get_by_role("button", name="Erase…").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.violations_in_both(page)
        assert not found, "\n".join(found)
        found = page.evaluate(SMALL.replace(".exercise-live", ".desk-live"))
        assert not found, "\n".join(found)


def test_every_place_can_be_reached_and_seen_with_the_keyboard(desk):
    page = desk(everything())
    page.locator("h1").evaluate("each => { each.tabIndex = -1; each.focus(); }")
    seen = []
    while not seen or seen[-1]["text"] != "Erase…":
        assert len(seen) < keys.STOPS
        keys.tab(page)
        seen.append(keys.here(page))
    boxes = page.locator(".desk-live textarea").count()
    assert sum(at["tag"] == "textarea" for at in seen) == boxes > 5
    assert {"Print", "Export as Markdown", "Save everything to one file"} <= {at["text"] for at in seen}
    assert {"portfolio-load", "portfolio-erase"} <= {at["id"] for at in seen}


def test_a_chapter_prints_a_reflections_words_in_the_place_of_empty_lines(visit, site):
    page = put(
        visit(site), site, {"example-reflect:1": wrapped({**WRITTEN, "if_then": {"if": "", "then": "ring first"}})}
    )
    places = page.locator("#example-reflect .exercise-text .write")
    expect(places).to_have_count(3)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(places.nth(0)).to_have_text("We waited.")
    expect(places.nth(0)).to_be_visible()
    expect(places.nth(1).locator(".write-line")).to_have_count(2)
    expect(places.nth(2)).to_have_text("ring first")
    page.emulate_media(media="screen")
    page.locator("#example-reflect textarea").first.fill("")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(places.nth(0).locator(".write-line")).to_have_count(3)
