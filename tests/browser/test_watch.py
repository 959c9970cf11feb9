"""The watch itself: it must see what it is there to see, or every test that relies on it is worth nothing."""

from tests.browser.watch import Watch


def watched(browser, home, script):
    context = browser.new_context()
    watch = Watch(context, [home])
    page = context.new_page()
    page.goto(home)
    page.evaluate(script)
    # The browser tells of things in their order: once the last word is heard, so is all that went before it.
    with page.expect_console_message(lambda message: message.text == "the last word"):
        page.evaluate("console.debug('the last word')")
    context.close()
    return watch


def test_a_request_to_another_host_is_a_fault(browser, examples):
    watch = watched(browser, examples, "fetch('http://127.0.0.1:9/x.js').catch(() => {})")
    assert watch.strangers() == ["http://127.0.0.1:9/x.js"]


def test_a_socket_to_another_host_is_a_fault(browser, examples):
    watch = watched(browser, examples, "new Promise(r => new WebSocket('ws://127.0.0.1:9/x').onerror = r)")
    assert watch.strangers() == ["ws://127.0.0.1:9/x"]


def test_what_is_missing_at_home_is_a_fault(browser, examples):
    watch = watched(browser, examples, "fetch('nothing-here.js')")
    assert watch.strangers() == []
    assert "404" in watch.faults()[0]


def test_an_error_nobody_caught_is_a_fault(browser, examples):
    watch = watched(browser, examples, "new Promise(r => setTimeout(() => { setTimeout(r); oops(); }))")
    assert "oops" in watch.faults()[0]


def test_a_page_without_fault_is_let_pass(browser, examples):
    watch = watched(browser, examples, "fetch('book.js')")
    assert watch.faults() == []
    assert any(url.endswith("book.js") for url in watch.requests)
