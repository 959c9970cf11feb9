"""Work saved by each version of each kind: it opens, it goes on, and after a change it is still to be read."""

import json
import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from courseware import kinds, library
from tests.browser import portfolio
from tests.browser.site import served

RECORDS = Path(__file__).parents[1] / "records"
FILES = sorted(path.name for path in RECORDS.glob("*.json"))
# What a person wrote into a record, as the page tells it from ids, seeds and times.
PIECES = """record => {
  const made = /^(?:[a-z0-9]+(?:[_-][a-z0-9]+)*|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)$/;
  const all = (value) => typeof value === "string" ? (made.test(value.trim()) ? [] : [value.trim()]) :
    value && typeof value === "object" ? Object.values(value).flatMap(all) : [];
  return all(record).filter(Boolean);
}"""
SHOWN = """each => [each.querySelector(".exercise-live").textContent,
  ...[...each.querySelectorAll("textarea, input[type=text]")].map((box) => box.value)].join("\\n")"""


def kept(name):
    return json.loads((RECORDS / name).read_text(encoding="utf-8"))


def kind_of(name):
    return name.rpartition("-")[0]


def put(page, address, texts):
    """Open a page as somebody whose own device keeps these texts, by exercise and major version."""
    page.goto(address)
    texts = {f"a-course:1:{name}": text for name, text in texts.items()} | {"a-course:1:machine": "own"}
    page.evaluate(
        "texts => { for (const [key, text] of Object.entries(texts)) localStorage.setItem(key, text); }", texts
    )
    page.goto(address)
    return page


def stored(page, name):
    return page.evaluate("key => localStorage.getItem(key)", f"a-course:1:{name}")


def altered(folder, kind, *swaps):
    """Return an example as its author might have changed it since."""
    example = kinds.folder(kind) / "example.yml"
    text = example.read_text(encoding="utf-8")
    for old, new in swaps:
        assert re.search(old, text), f"{example.name} of {kind} has no {old}"
        text = re.sub(old, new, text, count=1)
    path = folder / f"example-{kind}.yml"
    path.write_text(text, encoding="utf-8")
    model = kinds.folder(kind) / "example.py"
    if model.exists():
        (folder / f"example-{kind}.py").write_text(model.read_text(encoding="utf-8"), encoding="utf-8")
    exercise, problems = library.read(path)
    assert exercise, problems
    return exercise


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """Return a way to the address of a page with examples that have changed, each kind with what became of it."""
    folder = tmp_path_factory.mktemp("changed")
    portfolio.write_course(folder / "course")
    chapter = folder / "course" / "exercises" / "my-chapter"
    chapter.mkdir(parents=True)
    with ExitStack() as stack:

        def opened(name, swaps):
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("COURSE_ROOT", str(folder / "course"))
                portfolio.write_site(folder / name, [altered(chapter, kind, *each) for kind, each in swaps.items()])
            return stack.enter_context(served(folder / name))

        yield opened


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_each_kind_gives_a_record_of_its_version(kind):
    text = (kinds.folder(kind) / "example.yml").read_text(encoding="utf-8")
    version = re.search(r"^version: (\S+)", text, re.MULTILINE).group(1)
    named = f"{kind}-{version}.json"
    assert named in FILES, (
        f"tests/records/{named} is missing: play the example of `{kind}`, write in all its boxes, and put what the browser "
        f"keeps under `…:example-{kind}:{version.split('.')[0]}` there. Files of earlier versions stay."
    )


@pytest.mark.parametrize("name", FILES)
def test_what_each_version_saved_opens_without_loss(visit, examples, name):
    was = kept(name)
    major = was["version"].split(".")[0]
    exercise = f"example-{kind_of(name)}"
    raw = json.dumps(was, ensure_ascii=False)
    page = put(visit(examples), examples, {f"{exercise}:{major}": raw})
    here = page.locator(f"#{exercise}")
    here.scroll_into_view_if_needed()  # a kind that runs a model comes when it is near
    expect(here).to_have_class("exercise is-live")
    expect(here.locator(".exercise-label")).to_contain_text(f"· {was['status']}")
    expect(here.locator(".exercise-notice")).to_have_count(0)
    assert stored(page, f"{exercise}:{major}") == raw, "looking changes nothing"
    if kind_of(name) == "scenario":
        here.get_by_role("button", name="Open the debrief").click()
        expect(here.locator(".debrief")).to_contain_text("How it ended")  # its script comes later
    shown = here.evaluate(SHOWN)
    missing = [text for text in page.evaluate(PIECES, was["record"]) if text not in shown]
    assert not missing, missing
    # The kind's own way of reading it gives back all of it.
    assert here.evaluate(
        "each => JSON.stringify(each.constructor.merge(each.record, each.record)) === JSON.stringify(each.record)"
    )


# What is done is written a moment after it can be seen.
SAVED = "key => JSON.parse(localStorage.getItem(key)).version === '1.1.0'"
# What a minor version may do to an exercise: a choice, an item or a prompt goes, others come.
RAISED = ("version: 1.0.0", "version: 1.1.0")
MINOR = {
    "scenario": (
        RAISED,
        ("- id: share\n", "- id: send-half\n"),
        (r"path: \[tell, holds, share\]", "path: [tell, holds, send-half]"),
        (r"path: \[tell, holds, share\]", "path: [tell, holds, send-half]"),
    ),
    "quiz": (
        RAISED,
        ("- id: sentence\n", "- id: another\n"),
        (r"- \{id: c, text: Calls reg", "- {id: d, text: Calls reg"),
    ),
    "sort": (RAISED, (r"- \{id: a, text", "- {id: e, text")),
    "reflect": (RAISED, (r"- \{id: what, label: What", "- {id: then, label: And what")),
}


def test_work_of_an_earlier_minor_version_goes_on(visit, changed):
    address = changed("minor", MINOR)
    was = {kind: kept(f"{kind}-1.0.0.json") for kind in MINOR}
    page = put(visit(address), address, {f"example-{kind}:1": json.dumps(one) for kind, one in was.items()})
    heres = {kind: page.locator(f"#example-{kind}") for kind in MINOR}
    for here in heres.values():
        expect(here).to_have_class("exercise is-live")
        expect(here.locator(".exercise-label")).to_contain_text("· done")
    for kind in ("quiz", "sort", "reflect"):
        expect(heres[kind].locator(".exercise-notice")).to_have_count(0)

    # The run goes on from the last step that the scenario still has, and the earlier one is still among the finished ones.
    scenario = heres["scenario"]
    expect(scenario.locator(".exercise-notice")).to_contain_text("goes on from the last step")
    scenario.get_by_role("radio", name="Send the half").check()
    scenario.get_by_role("button", name="Continue").click()
    expect(scenario.locator(".exercise-main")).to_contain_text("Late and known")
    page.wait_for_function(SAVED, arg="a-course:1:example-scenario:1")
    now = json.loads(stored(page, "example-scenario:1"))
    assert now["record"]["runs"][0]["moves"] == was["scenario"]["record"]["runs"][0]["moves"]
    words = page.evaluate(PIECES, was["scenario"]["record"])
    assert not [text for text in words if text not in page.evaluate(PIECES, now["record"])]

    # An item that went and an option that went: what was answered stays on record, and counts to no sitting.
    quiz = heres["quiz"]
    quiz.get_by_role("checkbox").first.check()
    quiz.get_by_role("radio", name="A guess").check()
    quiz.get_by_role("button", name="Check").click()
    page.wait_for_function(SAVED, arg="a-course:1:example-quiz:1")
    now = json.loads(stored(page, "example-quiz:1"))["record"]["answers"]
    for item, entries in was["quiz"]["record"]["answers"].items():
        assert [each["given"] for each in now[item]][: len(entries)] == [each["given"] for each in entries]

    sort = heres["sort"]
    expect(sort.locator("select").first).to_have_value("")
    sort.locator("select").first.select_option("fact")
    sort.get_by_role("button", name="Check").click()
    expect(sort.locator(".account")).to_be_visible()

    # The prompt went: its words are not in a box of the exercise any more, and not lost either.
    heres["reflect"].locator("textarea").first.fill("Something else.")
    heres["reflect"].locator("textarea").first.blur()
    words = was["reflect"]["record"]["written"]["what"]
    page.wait_for_function(SAVED, arg="a-course:1:example-reflect:1")
    assert json.loads(stored(page, "example-reflect:1"))["record"]["written"]["what"] == words
    page.goto(f"{address}portfolio.html")
    page.get_by_text("Also written in it").last.click()
    expect(page.get_by_text(words)).to_be_visible()


def test_work_of_an_earlier_major_version_can_be_read_and_is_left_as_it_is(visit, changed):
    address = changed("major", dict.fromkeys(kinds.KINDS, (("version: 1.0.0", "version: 2.0.0"),)))
    was = {kind_of(name): kept(name) for name in FILES if name.endswith("-1.0.0.json")}
    texts = {f"example-{kind}:1": json.dumps(one, ensure_ascii=False) for kind, one in was.items()}
    page = put(visit(address), address, texts)
    for kind, one in was.items():
        here = page.locator(f"#example-{kind}")
        here.scroll_into_view_if_needed()
        expect(here.locator(".exercise-label")).to_contain_text("· new")
        expect(here.locator(".exercise-notice")).to_contain_text("has changed since you last did it")
        fold = here.locator("details", has_text="Your earlier work: done, last saved on ")
        fold.locator("summary").click()
        expect(fold).to_contain_text("version 1.0.0")
        for text in page.evaluate(PIECES, one["record"]):
            expect(fold).to_contain_text(text)
        assert fold.locator("b").count() == 0, "the words are words"

    here = page.locator("#example-reflect")
    here.locator("textarea").first.fill("Afresh.")
    here.locator("textarea").first.blur()
    expect(here.locator(".exercise-saved")).to_contain_text("Saved on this device")
    page.reload()
    expect(here.locator(".exercise-notice")).to_have_count(0)
    expect(here.locator("textarea").first).to_have_value("Afresh.")
    assert all(stored(page, name) == text for name, text in texts.items())

    page.goto(f"{address}portfolio.html")
    expect(page.locator("textarea")).to_have_value("Afresh.")
    words = page.evaluate(PIECES, was["reflect"]["record"])
    fold = page.locator(".desk-sheet", has=page.get_by_role("link", name="Your last late report")).locator("details")
    fold.filter(has_text="Your earlier work").locator("summary").click()
    for text in words:
        expect(fold.filter(has_text="Your earlier work")).to_contain_text(text)
