"""Notes what a browser asks for and what it complains of, so that a test fails on a request to another host."""

from collections.abc import Iterable
from typing import Any

# Made by the page itself: they leave for nowhere.
INWARD = ("data:", "blob:", "about:")


class Watch:
    """Listens to one browser context, all its tabs included.

    Parameters
    ----------
    context
        Playwright's browser context.
    homes
        How the addresses that may be asked for begin.
    forgive
        Words of complaints that are not the page's fault.
    """

    def __init__(self, context: Any, homes: Iterable[str], *forgive: str) -> None:
        self.forgive = tuple(filter(None, forgive))
        self.homes = tuple(homes)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("page", self._opened)

    def _opened(self, page: Any) -> None:
        page.on("websocket", lambda socket: self.requests.append(socket.url))

    def _said(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def strangers(self) -> list[str]:
        """Return the addresses asked for that lie elsewhere."""
        at_home = (*self.homes, *INWARD)
        # A socket to http's own host and port is no stranger: ws:// is to http:// as wss:// is to https://.
        return [
            url for url in self.requests if not url.startswith(at_home) and not ("http" + url[2:]).startswith(at_home)
        ]

    def faults(self) -> list[str]:
        """Return everything that no page may do."""
        complaints = [each for each in self.complaints if not any(words in each for words in self.forgive)]
        return [*(f"asked for {url}" for url in self.strangers()), *complaints]
