"""The course kept on a device: asked for, stored whole, used without a connection, replaced by a new release, removed."""

import json
import re
import shutil

import pytest
from playwright.sync_api import expect

from courseware.book import release
from tests.browser import axe, keys, play
from tests.browser.host import Host
from tests.browser.site import BOOK, built, pages
from tests.browser.test_pages import CHAPTERS, TOO_WIDE, draw_charts

OFFER = "book/how-to-use.html"
KEEP, REMOVE = "Keep the course on this device", "Remove it from this device"
OTHER = "book/support.html"
QUIZZED = next(page for page in CHAPTERS if "<course-quiz" in (BOOK / page).read_text(encoding="utf-8"))
# What a browser complains of when there is no network, or a test has it refuse: no fault of the page.
AWAY = "net::ERR"
STORING_MS = 120_000  # for the course to be stored whole, or a new release of it: some two hundred files


@pytest.fixture
def host(tmp_path):
    """Return a host of the built book, in a folder of its own that a test may change."""
    shutil.copytree(built(), tmp_path / "site")
    one = Host(tmp_path / "site")
    yield one
    one.stop()


# Looks for a new release at once, and returns what becomes of it.
UPDATE = """async () => {
  const kept = await navigator.serviceWorker.getRegistration();
  const found = new Promise((tell) => kept.addEventListener("updatefound", () => tell(kept.installing), { once: true }));
  await kept.update();
  const coming = kept.installing ?? await found;
  if (coming.state !== "installing") return coming.state;
  return new Promise((tell) => coming.addEventListener("statechange", () => tell(coming.state), { once: true }));
}"""


def publish(folder, mark):
    """Put a new release in a site's place: other words on a page, another script, and the worker to match."""
    page = folder / OTHER
    page.write_text(page.read_text("utf-8").replace("<h1>", f"<h1>{mark} "), "utf-8")
    script = folder / "_static" / "courseware" / "book.js"
    script.write_text(f"{script.read_text('utf-8')}\nwindow.release = '{mark}';\n", "utf-8")
    site, code = (folder / release.WORKER).read_text("utf-8").split("\n", 1)
    told = json.loads(site.removeprefix("self.SITE=").removesuffix(";"))
    about = {name: told[name] for name in ("course", "title", "lang")}
    (folder / release.WORKER).write_bytes(release.worker(release.files_of(folder), code, about))


def stores(page):
    return page.evaluate("() => caches.keys()")


def workers(page):
    return page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)")


def state(page):
    return page.locator(".offline-state")


def keep(page):
    page.get_by_role("button", name=KEEP).click()
    stored(page)


def stored(page):
    """Wait until the page says that all of the course is here."""
    expect(state(page)).to_contain_text("The course is on this device", timeout=STORING_MS)


def announced(page):
    """Return the notice of a new release, once it says its words: all of the release is stored by then."""
    notice = page.get_by_role("complementary", name="New version")
    expect(notice).to_contain_text("A new version of the course is here", timeout=STORING_MS)
    return notice


def kept(visit, host, **visitor):
    """Return a visitor's page, who has asked for the course to be kept."""
    page = visit(host.address + OFFER, **{"forgive": AWAY, **visitor})
    keep(page)
    return page


def go_offline(page, host):
    host.stop()
    page.context.set_offline(True)


def test_nothing_is_kept_before_it_is_asked_for(visit, host):
    page = visit(host.address + OFFER)
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()
    page.goto(host.address + CHAPTERS[0])
    page.wait_for_load_state("networkidle")
    assert (stores(page), workers(page)) == ([], [])
    assert not [path for path in host.asked if path.endswith((release.WORKER, "update.js", ".webmanifest", ".zip"))]


def test_every_page_opens_without_a_connection(visit, host):
    page = visit(host.address + OFFER, forgive=AWAY)
    titles = {}
    for address in pages():
        page.goto(host.address + address)
        titles[address] = page.title()
    page.goto(host.address + OFFER)
    keep(page)
    go_offline(page, host)
    for address in pages():
        page.goto(host.address + address)
        assert page.title() == titles[address]
        assert page.locator("main h1").count() == 1
        draw_charts(page)
    page.goto(host.address)
    assert page.title() == titles["index.html"]


def test_it_plays_and_searches_without_a_connection(visit, host):
    page = kept(visit, host)
    go_offline(page, host)
    page.goto(host.address + QUIZZED)
    quiz = page.locator("course-quiz").first.get_attribute("id")
    keys.enter(page, quiz)
    play.finish_quiz(page, quiz)
    page.keyboard.press("Control+k")
    page.keyboard.type("support")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=support")
    expect(page.locator("#search-results li a").first).to_be_visible()


def test_an_address_that_is_not_kept(visit, host):
    page = kept(visit, host, forgive=("404", "favicon.ico"))  # the host's own page has no icon
    page.goto(f"{host.address}not-here.html")
    assert "not on this device" not in page.content(), "with a connection, the host answers for itself"
    go_offline(page, host)
    page.goto(f"{host.address}book/nothing-here.html?a=b")
    expect(page.get_by_role("heading", name="This page is not on this device")).to_be_visible()
    page.get_by_role("link").click()
    expect(page.locator(".page-index")).to_be_visible()
    assert "Not on this device" not in page.title()


def test_the_offer_says_what_it_costs_and_how_far_it_is(visit, host):
    page = visit(host.address + OFFER)
    listed = json.loads((host.folder / release.WORKER).read_text("utf-8").split("\n")[0][10:-1])
    size = release.size(listed["bytes"])
    expect(page.locator(".offline-live")).to_contain_text(f"The whole course takes up {size}.")
    host.holds = "plotly.js"
    page.get_by_role("button", name=KEEP).click()
    page.wait_for_function("() => document.querySelector('.offline-live progress')?.value > 100000")
    expect(state(page)).to_be_focused()
    expect(state(page)).to_contain_text(re.compile(r"Storing the course: .* of [\d.]+ MB"))
    host.go.set()
    stored(page)
    expect(state(page)).to_be_focused()


def test_by_keyboard_alone(visit, host):
    page = visit(host.address + OFFER)
    page.get_by_role("button", name=KEEP).wait_for()  # the offer is made once the browser has said what it holds
    keys.press(page, KEEP)
    stored(page)
    keys.press(page, REMOVE)
    expect(state(page)).to_contain_text("has been removed")
    expect(state(page)).to_be_focused()
    assert (stores(page), workers(page)) == ([], [])


def looked_at(page, part):
    """Return what is wrong with a part of the page, in light and dark, narrow and wide."""
    wrong = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        wrong += [f"{width} {each}" for each in axe.violations_in_both(page, part)]
        wrong += [f"{width} too wide: {each}" for each in page.evaluate(TOO_WIDE)]
        small = "node => [...node.querySelectorAll('button')].map((each) => each.getBoundingClientRect().height)"
        wrong += [f"{width} low: {each}" for each in page.locator(part).evaluate(small) if each < 44]
    return wrong


def test_the_offer_and_the_notice_keep_the_rules(visit, host):
    page = visit(host.address + OFFER)
    page.get_by_role("button", name=KEEP).wait_for()
    wrong = looked_at(page, ".course-offline")
    host.holds = "plotly.js"
    page.get_by_role("button", name=KEEP).click()
    page.get_by_role("button", name="Stop").wait_for()
    wrong += looked_at(page, ".course-offline")
    host.go.set()
    stored(page)
    wrong += looked_at(page, ".course-offline")
    publish(host.folder, "Second")
    page.goto(host.address + CHAPTERS[0])
    announced(page)
    wrong += looked_at(page, ".offline-notice")
    assert wrong == []


def test_data_can_be_downloaded_without_a_connection(visit, host):
    page = kept(visit, host)
    go_offline(page, host)
    page.goto(f"{host.address}book/reference/data/trust_in_institutions.html")
    expect(page.locator("a[href$='.csv'][download]")).to_have_count(0)  # the worker marks the answer instead
    with page.expect_download() as got:
        page.locator("a[href$='.csv']").first.click()
    name = got.value.suggested_filename
    (there,) = (host.folder / "_downloads").rglob(name)
    assert got.value.path().read_bytes() == there.read_bytes()


def answer(page, words):
    page.evaluate("localStorage.setItem('the-next-decision:1:machine', 'own')")
    page.goto(f"{page.url.partition('/book/')[0]}/{CHAPTERS[0]}")
    reflect = page.locator("course-reflect").first
    box = reflect.locator("textarea").first
    box.fill(words)
    box.blur()
    expect(reflect.locator(".exercise-saved")).to_contain_text("Saved on this device")
    return box


def test_a_new_release_is_loaded_when_the_learner_says_so(visit, host):
    page = kept(visit, host)
    box = answer(page, "Words of mine")
    (old,) = [name for name in stores(page) if "version" in name]
    other = page.context.new_page()
    other.goto(host.address + OTHER)
    assert "Second" not in other.locator("h1").inner_text()

    publish(host.folder, "Second")
    page.reload()
    notice = announced(page)
    # Until then everything is as it was, the next page opened too.
    other.reload()
    assert "Second" not in other.locator("h1").inner_text()
    assert other.evaluate("window.release") is None
    announced(other)

    with page.expect_navigation():
        keys.press(page, "Load it")
    assert page.evaluate("window.release") == "Second"
    expect(notice).to_have_count(0)
    expect(box).to_have_value("Words of mine")
    # A tab that stays open goes on with the release it came from, which is kept as long.
    script = (
        "fetch('../_static/courseware/book.js').then((got) => got.text()).then((text) => text.includes('.release ='))"
    )
    assert other.evaluate(script) is False
    assert old in stores(page)
    assert page.evaluate(script) is True
    other.get_by_role("button", name="Load it").click()
    expect(other.locator("h1")).to_contain_text("Second")
    page.reload()
    page.wait_for_function("async (old) => !(await caches.keys()).includes(old)", arg=old)
    assert len(stores(page)) == 2

    go_offline(page, host)
    page.goto(host.address + OTHER)
    expect(page.locator("h1")).to_contain_text("Second")


def test_with_no_page_open_a_new_release_takes_over_by_itself(visit, host):
    page = kept(visit, host)
    page.goto(host.address + OTHER)
    before = stores(page)
    publish(host.folder, "Second")
    page.reload()
    notice = announced(page)
    notice.get_by_role("button", name="Later").click()
    expect(notice).to_have_count(0)
    page.reload(wait_until="networkidle")  # by then the notice would have come
    assert "Second" not in page.locator("h1").inner_text()
    expect(notice).to_have_count(0)
    # The old worker ends a moment after the last page for which it answers. One for which none answers sees it go.
    beside = page.context.new_page()
    session = beside.context.new_cdp_session(beside)
    session.send("Network.enable")
    session.send("Network.setBypassServiceWorker", {"bypass": True})
    beside.goto(host.address + OTHER)
    assert beside.evaluate("async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)")
    page.close()
    beside.wait_for_function("async () => !(await navigator.serviceWorker.getRegistration()).waiting")
    page = beside.context.new_page()
    beside.close()
    page.goto(host.address + OTHER)
    expect(page.locator("h1")).to_contain_text("Second")
    assert len(stores(page)) == 2
    assert len(set(stores(page)) & set(before)) == 1  # what is known of open pages


def test_only_what_changed_is_fetched_for_a_new_release(visit, host):
    page = kept(visit, host)
    host.asked.clear()
    publish(host.folder, "Second")
    page.reload()
    announced(page)
    assert not [path for path in host.asked if "plotly" in path or path.endswith("searchindex.js")]
    assert f"/{OTHER}" in host.asked


@pytest.mark.parametrize(("how", "said"), [("breaks", "connection was lost"), ("alters", "not what was published")])
def test_a_download_that_goes_wrong_leaves_nothing_behind(visit, host, how, said):
    setattr(host, how, "searchindex.js")
    page = visit(host.address + OFFER, forgive="service-worker.js" if how == "alters" else AWAY)
    page.get_by_role("button", name=KEEP).click()
    expect(state(page)).to_contain_text(said, timeout=STORING_MS)
    expect(state(page)).to_be_focused()
    assert (stores(page), workers(page)) == ([], [])
    setattr(host, how, "")
    keep(page)


@pytest.mark.parametrize("how", ["breaks", "alters"])
def test_a_new_release_that_cannot_be_had_whole_changes_nothing(visit, host, how):
    page = kept(visit, host)
    page.goto(host.address + OTHER)
    publish(host.folder, "Second")
    setattr(host, how, OTHER)
    page.reload()
    assert page.evaluate(UPDATE) == "redundant"
    go_offline(page, host)
    page.reload()
    assert "Second" not in page.locator("h1").inner_text()
    assert page.evaluate("window.release") is None
    page.goto(host.address + CHAPTERS[0])
    draw_charts(page)
    host.start()
    setattr(host, how, "")
    page.context.set_offline(False)
    page.goto(host.address + OTHER)
    announced(page)


def test_no_room(visit, host):
    page = visit(host.address + OFFER, forgive=release.WORKER)
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": host.address.rstrip("/"), "quotaSize": 300_000})
    page.get_by_role("button", name=KEEP).click()
    expect(state(page)).to_contain_text("not enough room")
    assert (stores(page), workers(page)) == ([], [])


def test_it_can_be_stopped(visit, host):
    page = visit(host.address + OFFER, forgive=release.WORKER)
    host.holds = "plotly.js"
    page.get_by_role("button", name=KEEP).click()
    page.wait_for_function("() => document.querySelector('.offline-live progress')?.value > 100000")
    page.get_by_role("button", name="Stop").click()
    expect(state(page)).to_contain_text("Stopped. Nothing was stored.")
    assert (stores(page), workers(page)) == ([], [])


def test_removed_and_kept_again(visit, host):
    page = kept(visit, host)
    box = answer(page, "Still mine")
    page.goto(host.address + OFFER)
    page.get_by_role("button", name=REMOVE).click()
    expect(state(page)).to_contain_text("Your answers are still here")
    assert (stores(page), workers(page)) == ([], [])
    keep(page)  # at once, while the worker that was sent away still answers for this page
    go_offline(page, host)
    page.goto(host.address + CHAPTERS[0])
    expect(box).to_have_value("Still mine")
    draw_charts(page)


def test_two_sites_on_one_host_leave_each_other_alone(visit, host):
    shutil.copytree(host.folder, host.folder / "other")
    # The outer one lists what is inside its folder only as it was published: nothing of the inner.
    page = kept(visit, host)
    page.goto(f"{host.address}other/{OFFER}")
    keep(page)
    assert len(workers(page)) == 2
    page.goto(f"{host.address}other/index.html")
    page.goto(host.address + OFFER)
    page.get_by_role("button", name=REMOVE).click()
    expect(state(page)).to_contain_text("has been removed")
    assert workers(page) == [f"{host.address}other/"]
    assert all(" /other/ " in name for name in stores(page))
    go_offline(page, host)
    page.goto(f"{host.address}other/{CHAPTERS[0]}")
    draw_charts(page)


GONE = {
    "no workers": "delete Navigator.prototype.serviceWorker;",
    "no stores": "Object.defineProperty(window, 'caches', {get() { throw new DOMException('no', 'SecurityError'); }});",
    "insecure": "Object.defineProperty(window, 'isSecureContext', {value: false});",
}


@pytest.mark.parametrize("before", GONE.values(), ids=GONE)
def test_where_it_cannot_be_kept_there_is_no_offer_but_the_zip(visit, host, before):
    page = visit(host.address + OFFER, before=before)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name=KEEP)).to_have_count(0)
    expect(page.locator(".course-offline")).to_contain_text("Where your browser allows it")
    with page.expect_download() as got:
        page.get_by_role("link", name="Download the course as a zip file").click()
    assert got.value.suggested_filename == "the-next-decision.zip"


def test_with_scripts_off_the_offer_can_be_read(visit, host):
    page = visit(host.address + OFFER, js=False)
    expect(page.locator(".course-offline")).to_contain_text(re.compile(r"It takes up [\d.]+ MB\."))
    expect(page.get_by_role("link", name="Download the course as a zip file")).to_be_visible()


def test_a_browser_that_refuses_says_so(visit, host):
    refuse = (
        "if (navigator.serviceWorker)"  # there is none on the empty page that the browser begins with
        " navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'));"
    )
    page = visit(host.address + OFFER, before=refuse)
    page.get_by_role("button", name=KEEP).click()
    expect(state(page)).to_contain_text("This browser does not allow it here")
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()
