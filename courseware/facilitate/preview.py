"""A case in the page's own look while it is written: the page changes when the file is saved.

Everything is served on this machine alone, and only to it: an address under another name is turned away, and the page
may load nothing from elsewhere. No built book is needed. The learner's place is the store's business: a case that is
put in again goes on with the moves that it still has.
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from courseware import library, render
from courseware.course import root
from courseware.facilitate import chart, graph
from courseware.facilitate.graph import Graph
from courseware.kinds.scenario.spec import Scenario
from courseware.problems import Problem

SCRIPTS = ("book.js", "models.js", "debrief.js", "preview.js")
STYLES = ("theme.css", "style.css", "preview.css")
WATCH_S, BEAT_S = 0.25, 10  # how often the file is looked at, and how often an open page is told that we are there
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Seen:
    """What a file holds as it was last saved. `exercise` and `drawn` are HTML, empty where there is none to show."""

    version: int
    title: str
    exercise: str
    drawn: str
    problems: str
    said: str


class Watched:
    """A file that somebody is writing: what it holds now, made again when it is saved."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.changed = threading.Condition()
        self.stopped = False
        self._stamp: Any = None
        self.seen = Seen(0, "", "", "", "", "")
        self.look()

    def look(self) -> None:
        """Read the file again if it was saved since."""
        stamp = self._stat()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        seen = read(self.file, self.seen.version + 1)
        with self.changed:
            self.seen = seen
            self.changed.notify_all()

    def _stat(self) -> Any:
        found = []
        for path in (self.file, self.file.with_suffix(".py")):
            try:
                state = path.stat()
                found.append((state.st_mtime_ns, state.st_size))
            except OSError:  # some editors take a file away for a moment while they save it
                found.append((0, 0))
        return found

    def watch(self) -> None:
        """Look at the file again and again, until `stopped`."""
        while not self.stopped:
            self.look()
            time.sleep(WATCH_S)

    def after(self, version: int) -> Seen | None:
        """Wait until there is something newer than a version, or return None when nothing came for a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.seen.version > version or self.stopped, BEAT_S)
            return self.seen if self.seen.version > version else None


def read(file: Path, version: int = 1) -> Seen:
    """Return what a file holds, ready for the page: the exercise, or what is wrong with it."""
    exercise = library.read(file)[0]
    problems = library.check([file])
    errors = [problem for problem in problems if problem.level == "error"]
    shown = f"<h2>As it plays</h2>{render.html(exercise)}" if exercise and not errors else ""
    drawn = _drawn(graph.graph(exercise)) if isinstance(exercise, Scenario) and graph.leads_on(exercise) else ""
    title = str(exercise.title) if exercise else file.name
    said = f"{_things(len(errors))} to mend" if errors else f"{title}, as it was last saved"
    return Seen(version, title, shown, drawn, _problems(problems, file), said)


def _drawn(found: Graph) -> str:
    return (
        f'<h2>From above</h2><div class="preview-graph" tabindex="0" role="region" aria-label="The story from above">'
        f"{chart.svg(found, alone=False)}</div>"
        f"<details><summary>The same in words</summary><pre>{escape(graph.outline(found))}</pre></details>"
    )


def _problems(problems: list[Problem], file: Path) -> str:
    if not problems:
        return ""
    errors = sum(problem.level == "error" for problem in problems)
    lines = _lines(file)
    head = (
        f"{_things(errors)} to mend before it can be played"
        if errors
        else "It plays, and there is something to look at"
    )
    return f"<h2>{head}</h2><ol>{''.join(_problem(problem, lines) for problem in problems)}</ol>"


def _things(count: int) -> str:
    return "One thing" if count == 1 else f"{count} things"


def _problem(problem: Problem, lines: list[str]) -> str:
    text = lines[problem.line - 1].strip() if problem.line <= len(lines) else ""
    mark = "To look at: " if problem.level == "warning" else ""
    field = f" <code>{escape(problem.field)}</code>" if problem.field else ""
    quoted = f"<pre>{escape(text[:160])}</pre>" if text else ""
    return (
        f"<li><p><strong>{mark}Line {problem.line}</strong>{field}: {_code(problem.what)}.</p>{quoted}"
        f"<p>{_code(problem.mend[:1].upper() + problem.mend[1:])}</p></li>"
    )


def _code(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []


def page(seen: Seen, file: Path) -> str:
    """Return the whole page, which reads without scripts too."""
    scripts = "".join(f'<script defer src="{name}"></script>' for name in SCRIPTS)
    styles = "".join(f'<link rel="stylesheet" href="{name}">' for name in STYLES)
    return f"""<!doctype html>
<html lang="en-GB" data-theme="light"><head><meta charset="utf-8"><title>{escape(seen.title)}: preview</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
{styles}{scripts}</head>
<body class="preview"><header><h1>Preview of {escape(file.name)}</h1>
<p id="state" role="status" data-version="{seen.version}">{escape(seen.said)}</p></header>
<main><div id="case"><section id="problems" aria-label="What the check says">{seen.problems}</section>
<div id="exercise">{seen.exercise}</div></div>
<section id="graph" aria-label="From above">{seen.drawn}</section></main></body></html>
"""


@cache
def _assets() -> dict[str, Path]:
    """Return the files that a page loads, by name, made first where they are stale."""
    from courseware.web import build

    try:
        build.build()
    except (ImportError, build.BuildError):  # what was made before will do
        missing = [name for name in (*SCRIPTS, *STYLES[1:]) if not (build.DIST / name).is_file()]
        if missing:
            raise
    made = {name: build.DIST / name for name in (*SCRIPTS, *build.LATER, *STYLES[1:])}
    theme = root() / "book" / "theme" / "static" / STYLES[0]
    return made | ({STYLES[0]: theme} if theme.is_file() else {})


class Handler(BaseHTTPRequestHandler):
    """Answers with the page, its scripts and styles, the case as it is now, and the news that it was saved."""

    def __init__(self, watched: Watched, *args: Any) -> None:
        self.watched = watched
        super().__init__(*args)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""

    def do_GET(self) -> None:
        """Answer."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        path = self.path.partition("?")[0]
        if host not in {"127.0.0.1", "localhost"}:
            self.send_error(403, "This preview is for this machine only")
        elif path == "/":
            self._send("text/html", page(self.watched.seen, self.watched.file).encode())
        elif path == "/case":
            self._send("application/json", json.dumps(vars(self.watched.seen), ensure_ascii=False).encode())
        elif path == "/saved":
            self._news()
        elif path[1:] in _assets():
            kind = "text/css" if path.endswith(".css") else "text/javascript"
            self._send(kind, _assets()[path[1:]].read_bytes())
        elif path[1:] in STYLES:
            self._send("text/css", b"")
        else:
            self.send_error(404)

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self._end()
        self.wfile.write(body)

    def _end(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _news(self) -> None:
        """Send the number of each version as it comes, for as long as the page is open."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self._end()
        for text in self._beats():
            try:
                self.wfile.write(text.encode())
                self.wfile.flush()
            except OSError:  # the page was closed
                return

    def _beats(self) -> Iterator[str]:
        told = 0
        while not self.watched.stopped:
            seen = self.watched.after(told)
            told = seen.version if seen else told
            yield f"data: {told}\n\n" if seen else ": still here\n\n"


class Server(ThreadingHTTPServer):
    """Serves one file's preview on this machine. Leaving it stops the watching too."""

    daemon_threads = True

    def __init__(self, file: Path, port: int) -> None:
        self.watched = Watched(file)
        super().__init__(("127.0.0.1", port), partial(Handler, self.watched))
        threading.Thread(target=self.watched.watch, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that closes while it is being answered is no error."""

    def server_close(self) -> None:
        """Stop watching, and let every open page go."""
        self.watched.stopped = True
        with self.watched.changed:
            self.watched.changed.notify_all()
        super().server_close()


def serve(file: Path, port: int) -> Server:
    """Return a server for a file's preview, on the first free port from this one; 0 is any. Raises OSError."""
    _assets()
    for free in range(port, port + 100) if port else (0,):
        try:
            return Server(file, free)
        except OSError:
            continue
    raise OSError(f"no port is free from {port} to {port + 99}; name another with --port")
