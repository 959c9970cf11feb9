"""The kits of the whole course: every chapter's sessions, as zips beside the book, and a list of what is in them.

`python -m courseware.facilitate.kit_site FOLDER` makes them; a build of the book runs it beside itself. Where nothing
has changed since they were made, they are only copied.
"""

import json
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from courseware.course import root, written
from courseware.facilitate import kit
from courseware.facilitate.kit_cache import PACKAGE, Cache, engine, folder

# Fifteen minutes with a team need a page of the book and slips of paper; `courseware kit` has a kit for them too.
LENGTHS = (60, 90, 180)
LIST = "kits.json"
# The list of them in a built book, whose sizes a build fills in: what it lists is in the release with its digest.
PAGE = Path("book", "facilitators", "kits.html")
# All that a kit is made from, beside what `engine` knows.
FROM = (
    "exercises/*/*.yml",
    "data/*.yml",
    "chapters/*.ipynb",
    "book/facilitators/*.md",
    "book/reference/references.bib",
)
CODE = ("base.py", "course.py", "cite.py", "library.py", "facilitate/*.py", "kinds/**/*.py")


def made_from() -> str:
    """Return a digest of everything that the kits are made from."""
    told = sha256(engine().encode())
    for start, patterns in ((root(), FROM), (PACKAGE, CODE)):
        for path in sorted({path for pattern in patterns for path in start.glob(pattern)}):
            told.update(path.relative_to(start).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def make(
    to: Path, *, cache: Cache | None = None, told: Callable[[str, int, int], None] = lambda _name, _done, _all: None
) -> list[dict[str, Any]]:
    """Write every kit and their list into a folder, and return the list. `told` hears each kit's name as it is done.

    A kit that is no longer made goes; nothing else that is in the folder does.
    """
    cache = cache or Cache()
    ready = cache.at / "site"
    digest = made_from()
    if not (ready / digest / LIST).is_file():
        shutil.rmtree(ready, ignore_errors=True)
        (ready / digest).mkdir(parents=True)
        _write(ready / digest, cache, told)
    for path in to.glob("kit-*.zip"):
        path.unlink()
    shutil.copytree(ready / digest, to, dirs_exist_ok=True)
    found: list[dict[str, Any]] = json.loads((to / LIST).read_text(encoding="utf-8"))
    return found


def _write(to: Path, cache: Cache, told: Callable[[str, int, int], None]) -> None:
    rows = []
    every = [(chapter, minutes) for chapter in written() for minutes in LENGTHS]
    for number, (chapter, minutes) in enumerate(every, 1):
        made = kit.build(chapter["id"], minutes, cache=cache)
        body = kit.packed(made)
        (to / f"{made.name}.zip").write_bytes(body)
        rows.append(
            {
                "name": f"{made.name}.zip",
                "chapter": chapter["id"],
                "minutes": minutes,
                "bytes": len(body),
                "size": made.session.size,
                "sheets": made.sheets,
                "files": len(made.parts),
            }
        )
        told(made.name, number, len(every))
    # Last, so that a folder with a list is a whole one.
    (to / LIST).write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    from courseware.problems import ExerciseError

    try:
        make(Path(sys.argv[1]), cache=Cache(folder()))
    except (ExerciseError, OSError, ValueError) as error:
        sys.exit(f"kits: {error}")
