"""A host for a site whose ways are tried: it goes away and comes back at the same address, fails half-way, makes one wait."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.browser.site import Server


class Host:
    """Serves a folder on this machine, always on the port that it first got.

    Attributes
    ----------
    breaks
        The end of an address whose answer breaks off half-way; none when empty.
    alters
        The end of an address that is answered with other bytes than are there.
    holds
        The end of an address whose answer waits until `go` is set.
    asked
        The paths asked for, in order.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.breaks = self.alters = self.holds = ""
        self.go = threading.Event()
        self.asked: list[str] = []
        self.port = 0
        self.server: Any = None
        self.start()

    @property
    def address(self) -> str:
        """Return the address of the root, which ends with a slash."""
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Answer, from now on."""
        self.server = Server(("127.0.0.1", self.port), partial(_Handler, self))
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Refuse every connection, from now on."""
        if self.server:
            self.go.set()
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, host: Host, *args: Any) -> None:
        self.host = host
        super().__init__(*args, directory=str(host.folder))

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Forbid the browser to keep anything by itself, so that what it has without us is what it was asked to keep."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def do_GET(self) -> None:
        """Answer as the host was told to."""
        path = self.path.partition("?")[0]
        self.host.asked.append(path)
        if self.host.holds and path.endswith(self.host.holds):
            self.host.go.wait(120)  # a test that forgets it ends all the same
        cut = bool(self.host.breaks) and path.endswith(self.host.breaks)
        other = bool(self.host.alters) and path.endswith(self.host.alters)
        if not cut and not other:
            super().do_GET()
            return
        file = Path(self.translate_path(self.path))
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body) + (0 if cut else 1)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body + b"\n")
