"""A release of the built site: which files belong to it, the worker that can keep it on a device, the zip to hand on.

All of it is made from the files alone, path by path and byte by byte, so the same site gives the same release.
"""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from courseware.zipped import zipped

Files = dict[str, bytes]

WORKER = "service-worker.js"
MANIFEST = "manifest.webmanifest"
# The facilitators' kits stay on the site: they are larger than the course itself, and few who keep it run sessions.
KITS = "kits"
# The part of a page that stands only where there is a zip beside it; in the zip itself, what the last comment says.
ZIP_PART = re.compile(rb"<!--zip-->.*?(?:<!--folder:(.*?)-->)?<!--/zip-->", re.DOTALL)
_NOT_NEEDED = {WORKER, "objects.inv"}
START = """\
{title}

1. If you see this inside a zip file, unpack it first: copy this whole folder to where you want to keep it.
2. Open index.html in a web browser.

It needs no connection, no account and nothing to install. Your answers stay in the browser that you open it with.
"""


def files_of(folder: Path) -> Files:
    """Return every file that the site needs, by its path below the folder: not what only builders use, nor its zip."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if _needed(name)}


def _needed(name: str) -> bool:
    hidden = any(part.startswith(".") for part in name.split("/"))
    zipped = "/" not in name and name.endswith(".zip")
    return not (hidden or zipped or name in _NOT_NEEDED or name.startswith(("_sources/", f"{KITS}/")))


def worker(files: Files, code: str, about: Mapping[str, str]) -> bytes:
    """Return the site's service worker: the list of the files with their digests and sizes, and the code that uses it.

    `about` is the course's id, its title and language. The version names this list and this code, and no other.
    """
    listed = {name: [sha256(body).hexdigest(), len(body)] for name, body in sorted(files.items())}
    site = {**about, "bytes": sum(map(len, files.values())), "files": listed}
    version = sha256(_json(site).encode() + code.encode()).hexdigest()[:16]
    return f"self.SITE={_json({**site, 'version': version})};\n{code}".encode()


def manifest(about: Mapping[str, str], name: str, colours: tuple[str, str], icons: list[dict[str, str]]) -> bytes:
    """Return what a browser needs to put the course beside the device's own programs.

    `colours` are those of its window's bar and of the ground before the first page is drawn.
    """
    bar, ground = colours
    told = {
        "name": name,
        "short_name": about["title"],
        "lang": about["lang"],
        "start_url": "./",
        "scope": "./",
        # A window of its own, with a way back where the system has one to give.
        "display": "standalone",
        "display_override": ["minimal-ui"],
        "theme_color": bar,
        "background_color": ground,
        "icons": icons,
    }
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def packed(files: Files, code: str, about: Mapping[str, str], name: str) -> bytes:
    """Return the site as a zip of one folder, with a file that says how to begin; the same bytes for the same site."""
    here = {path: ZIP_PART.sub(rb"\1", body) if path.endswith(".html") else body for path, body in files.items()}
    # Somebody may serve the folder again: then its worker must list it as it is here.
    whole = {**here, WORKER: worker(here, code, about), "START HERE.txt": START.format(title=name).encode()}
    return zipped(((f"{about['course']}/{path}", body) for path, body in sorted(whole.items())), level=9)


def size(count: int) -> str:
    """Return a number of bytes as it is said, as `size` in web/offline/site.js does: 640 KB, 2.3 MB."""
    return f"{-(-count // 10_000) * 10} KB" if count <= 990_000 else f"{count / 1_000_000:.1f} MB"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
