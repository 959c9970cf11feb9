"""The preview's server: what it answers, to whom, and when it stops. What a browser makes of it is in tests/browser."""

import json
import socket
import threading
import time
from http.client import HTTPConnection

import pytest
from typer.testing import CliRunner

from courseware.cli import app
from courseware.facilitate import new, preview
from courseware.kinds import KINDS

run = CliRunner().invoke


@pytest.fixture
def assets(a_course, monkeypatch):
    """Leave the front end alone: these tests ask for no script."""
    script = a_course / "book.js"
    script.write_text("/* a script */")
    monkeypatch.setattr(preview, "_assets", lambda: {"book.js": script})
    return a_course


@pytest.fixture
def case(assets, tmp_path_factory):
    return new.write("scenario", "my-own", tmp_path_factory.mktemp("own"))[0]


@pytest.fixture
def served(case):
    with preview.serve(case, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def ask(server, path, host="127.0.0.1"):
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    connection.request("GET", path, headers={"Host": f"{host}:{server.server_port}"})
    return connection.getresponse()


def test_the_page_reads_by_itself_and_may_load_nothing_from_elsewhere(served):
    answer = ask(served, "/")
    text = answer.read().decode()
    assert (answer.status, "A mother rings." in text, "<svg" in text) == (200, True, True)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert ask(served, "/book.js").read() == b"/* a script */"
    assert ask(served, "/theme.css").status == 200


@pytest.mark.parametrize("path", ["/my-own.yml", "/../my-own.yml", "/nothing.js", "//etc/hosts"])
def test_nothing_else_is_served(served, path):
    assert ask(served, path).status == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", ""])
def test_nobody_is_answered_under_another_name(served, host):
    assert ask(served, "/", host).status == 403


def test_it_listens_on_this_machine_alone(served):
    assert served.server_address[0] == "127.0.0.1"


def test_an_open_page_hears_of_each_save(served, case):
    news = ask(served, "/saved")
    assert news.headers["Content-Type"].startswith("text/event-stream")
    assert news.readline() == b"data: 1\n"
    news.readline()
    whole = case.with_name("written.part")  # put in the file's place at once: half a file would be seen as another save
    whole.write_text(case.read_text(encoding="utf-8").replace("A mother rings.", "A father rings."), encoding="utf-8")
    whole.replace(case)
    lines = iter(news.readline, b"")
    assert (
        next(line for line in lines if line.startswith(b"data:")) == b"data: 2\n"
    )  # it may say before that it is there
    seen = json.loads(ask(served, "/case").read())
    assert (seen["version"], "A father rings." in seen["exercise"]) == (2, True)


def test_a_file_that_is_gone_for_a_moment_comes_back(case):
    watched = preview.Watched(case)
    text = case.read_text(encoding="utf-8")
    case.unlink()
    watched.look()
    assert "it cannot be read" in watched.seen.problems
    case.write_text(text, encoding="utf-8")
    watched.look()
    assert (watched.seen.problems, watched.seen.version) == ("", 3)


def test_what_an_author_wrote_is_shown_and_never_markup(case):
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("next: monday\n", 'next: "<script>alert(1)</script>"\n', 1), encoding="utf-8")
    seen = preview.read(case)
    assert (seen.exercise, seen.drawn) == ("", "")
    assert "<script>" not in seen.problems
    assert "no node <code>&lt;script&gt;alert(1)&lt;/script&gt;</code>" in seen.problems


def test_a_warning_stands_beside_a_case_that_plays(case):
    renamed = case.rename(case.with_name("other.yml"))
    seen = preview.read(renamed)
    assert "To look at: Line" in seen.problems
    assert "to mend" not in seen.problems.partition("</h2>")[0]
    assert "course-scenario" in seen.exercise


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_shown(assets, tmp_path_factory, kind):
    seen = preview.read(new.write(kind, "my-own", tmp_path_factory.mktemp("own"))[0])
    assert f"<course-{kind}" in seen.exercise
    assert bool(seen.drawn) is (kind == "scenario")


def test_it_stops_at_once_though_a_page_is_open(case):
    with preview.serve(case, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        ask(server, "/saved").readline()
        began = time.perf_counter()
        server.shutdown()
        thread.join()
    assert time.perf_counter() - began < preview.BEAT_S - 1


def test_a_port_that_is_taken_is_passed_over(case):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with preview.serve(case, port) as server:
            assert server.server_port != port


def test_the_command_says_where_and_ends_with_ctrl_c(case, monkeypatch):
    def interrupted(self, *_, **__):
        raise KeyboardInterrupt

    opened = []
    monkeypatch.setattr(preview.Server, "serve_forever", interrupted)
    monkeypatch.setattr("webbrowser.open", opened.append)
    found = run(app, ["preview", str(case)])
    assert (found.exit_code, found.exception) == (0, None)
    assert f"my-own.yml is at {opened[0]}" in found.output
    assert opened[0].startswith("http://127.0.0.1:")
    run(app, ["preview", str(case), "--no-open"])
    assert len(opened) == 1
    missing = run(app, ["preview", "nothing.yml"])
    assert (missing.exit_code, "courseware new scenario my-case" in missing.output) == (1, True)
