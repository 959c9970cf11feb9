"""What the browser is pointed at: the book as built, and a page of each kind's example that depends on no chapter."""

import gzip
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from courseware import kinds, library, render
from courseware.web import build
from tests.conftest import CONCEPTS, COURSE, REFERENCES

ROOT = Path(__file__).resolve().parents[2]
# Another build may be named, for instance to look at one made elsewhere.
BOOK = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
SOURCES = ("_config.yml", "_toc.yml", "index.md", "book", "chapters", "exercises", "data", "courseware")

PAGE = """<!doctype html>
<html lang="en-GB" data-theme="light"><head><meta charset="utf-8"><title>Examples</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css"><script defer src="book.js"></script></head>
<body><main><h1>Examples</h1>
{exercises}
</main></body></html>
"""


def built() -> Path:
    """Return where the book is. A test that needs it fails when it is not there, or is older than what it is made from."""
    if not (BOOK / "searchindex.js").exists():
        pytest.fail(f"There is no book in {BOOK}: run `make build` first.")
    if "BOOK_HTML" not in os.environ:
        made = (BOOK / "searchindex.js").stat().st_mtime
        files = (path for name in SOURCES for path in [ROOT / name, *(ROOT / name).rglob("*")])
        newer = [path for path in files if path.is_file() and not _made(path) and path.stat().st_mtime > made]
        if newer:
            pytest.fail(f"The book is older than {newer[0].relative_to(ROOT)}: run `make build` first.")
    return BOOK


def _made(path: Path) -> bool:
    # JupyterLab keeps a copy of whatever is opened in it, as `make lab` does: .ipynb_checkpoints.
    return bool({"dist", "__pycache__", ".ipynb_checkpoints"} & set(path.parts)) or path.suffix == ".png"


def pages() -> list[str]:
    """Return every page of the built book, as an address below its root; the front page alone when none is built."""
    found = [path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html") if "_static" not in path.parts]
    return sorted(found) or ["index.html"]


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Compressing(_Handler):
    """As a host on the network serves: text gzipped, connections kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file, gzipped where that helps."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(str(path))
        if not path.is_file() or not (kind.startswith("text/") or kind.endswith(("javascript", "json", "svg+xml"))):
            return super().do_GET()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        headers = {
            "Content-Type": kind,
            "Content-Encoding": "gzip",
            "Content-Length": str(len(body)),
            "Cache-Control": "max-age=600",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        return None


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that closes while it is being answered is no error."""


@contextmanager
def served(folder: Path, *, compressed: bool = False) -> Iterator[str]:
    """Serve a folder on this machine alone, on a port that is free; yield its address, which ends with a slash."""
    handler = _Compressing if compressed else _Handler
    with Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def write_page(folder: Path, exercises: list[str]) -> None:
    """Write a page that holds this HTML, with the front end beside it, as `index.html`."""
    folder.mkdir(parents=True, exist_ok=True)
    build.build()
    for name in (build.FIRST[0], *build.LATER, "style.css"):
        (folder / name).write_bytes((build.DIST / name).read_bytes())
    parts = [f"<h2>Part {number}</h2>\n{each}" for number, each in enumerate(exercises, 1)]
    (folder / "index.html").write_text(PAGE.format(exercises="\n".join(parts)), encoding="utf-8")


def write_examples(folder: Path) -> None:
    """Write a page of every kind's example, out of a course of its own."""
    course = folder / "course"
    (course / "data").mkdir(parents=True)
    (course / "book" / "reference").mkdir(parents=True)
    (course / "data" / "course.yml").write_text(COURSE)
    (course / "data" / "concepts.yml").write_text(CONCEPTS)
    (course / "book" / "reference" / "references.bib").write_text(REFERENCES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(course))
        read = [library.read(kinds.folder(kind) / "example.yml") for kind in kinds.KINDS]
        write_page(folder / "site", [render.html(exercise) for exercise, _ in read if exercise])
