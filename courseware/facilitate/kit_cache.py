"""What has been made before is kept, under a digest of all that it was made from, so that a second run only copies.

A digest is of the values that go in and of the code and templates that set them, so nothing kept can be out of date.
The folder may be removed at any time.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from courseware.course import root

PACKAGE = Path(__file__).resolve().parents[1]
# All that can change what is made of the same values.
SOURCES = ("paper.py", "markup.py", "kinds/paper.typ", "kinds/*/paper.typ", "facilitate/*.typ", "facilitate/slides*.py",
           "facilitate/run_sheet.py", "facilitate/kit*.py")  # fmt: skip
TOOLS = ("typst", "python-pptx", "courseware")


def folder() -> Path:
    """Return where made things are kept: beside the built book."""
    return root() / "_build" / "kit-cache"


@cache
def engine() -> str:
    """Return a digest of the code, the templates and the tools."""
    told = sha256()
    for path in sorted({path for pattern in SOURCES for path in PACKAGE.glob(pattern)}):
        told.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    told.update(" ".join(f"{tool} {version(tool)}" for tool in TOOLS).encode())
    return told.hexdigest()


class Cache:
    """Made things by the digest of what they were made from. `counts` says how many were made and how many reused."""

    def __init__(self, at: Path | None = None) -> None:
        self.at = folder() if at is None else at
        self.counts = Counter[str]()
        self._lock = Lock()
        self._making: dict[str, Lock] = {}

    def get(self, told: str, make: Callable[[], bytes]) -> bytes:
        """Return what `make` gives, or gave before for the same `told`."""
        name = sha256(f"{engine()}\0{told}".encode()).hexdigest()
        path = self.at / name[:2] / name
        with self._lock:
            making = self._making.setdefault(name, Lock())
        # What two ask for at once is made once.
        with making:
            kept = _whole(path)
            if kept is not None:
                return self._counted("reused", kept)
            made = make()
            _keep(path, made)
            return self._counted("made", made)

    def _counted(self, how: str, body: bytes) -> bytes:
        with self._lock:
            self.counts[how] += 1
        return body


def _whole(path: Path) -> bytes | None:
    """Return what is kept, unless there is none or part of it is lost."""
    try:
        digest, body = path.read_bytes().split(b"\n", 1)
    except (FileNotFoundError, ValueError):
        return None
    return body if sha256(body).hexdigest().encode() == digest else None


def _keep(path: Path, body: bytes) -> None:
    """Keep it, whole or not at all: another run may be reading."""
    from os import getpid
    from threading import get_ident

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{getpid()}-{get_ident()}")
    part.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
    part.replace(path)
