"""A facilitator's kit: everything to print, show and hand out for one session, with the number of copies of each.

`build` makes it and `packed` puts it into one zip. Every PDF is tagged, titled and in its language, and the same
session gives the same bytes.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from courseware.base import nearest
from courseware.course import written
from courseware.facilitate.kit_cache import Cache
from courseware.facilitate.kit_file import BOTH_SIDES, CUT_BOTH, ONE_SIDE, Look, Making, Wanted
from courseware.facilitate.kit_parts import LARGE, start_page, wanted
from courseware.facilitate.sessions import session as session_of
from courseware.facilitate.sheet import Session
from courseware.facilitate.wording import Room, room
from courseware.zipped import zipped

START, README = "00-start-here.pdf", "README.txt"
SIZES = (9, 12, 16, 20, 24, 30, 40)


COPIES: Mapping[str, Callable[[Room], int]] = {
    "person": lambda room: room.size,
    "half": lambda room: -(-room.size // 2),
    "quarter": lambda room: -(-room.size // 4),
    "set": lambda room: room.groups + 1,
    "group": lambda room: room.groups,
    "pair": lambda room: 2 * room.groups,
    "observer": lambda room: room.observers,
    "runner": lambda _: 2,
    "room": lambda _: 1,
}


@dataclass(frozen=True)
class File:
    """One file of a kit as it is made: its bytes, its pages and how many copies of it to print."""

    name: str
    body: bytes
    wanted: Wanted
    pages: int
    copies: int

    @property
    def how(self) -> str:
        """How it is printed: a single page has one side."""
        return ONE_SIDE if self.pages == 1 and self.wanted.how == BOTH_SIDES else self.wanted.how

    def sheets(self, copies: int | None = None) -> int:
        """Return how much paper its copies take."""
        each = -(-self.pages // 2) if self.wanted.how in {BOTH_SIDES, CUT_BOTH} else self.pages
        return each * (self.copies if copies is None else copies)


@dataclass(frozen=True)
class Kit:
    """A kit: its name, the session it is for, what to print, and everything that goes into its zip, by path."""

    name: str
    session: Session
    files: list[File]
    parts: dict[str, bytes]

    @property
    def sheets(self) -> int:
        """How much paper it takes, without what only some sessions want."""
        return sum(file.sheets() for file in self.files if not file.wanted.only)


def find(name: str) -> str:
    """Return the id of a chapter named by its number or its id. Raises ValueError with the nearest."""
    chapters = {str(chapter["number"]): chapter["id"] for chapter in written()}
    ids: list[str] = [*chapters.values()]
    if name in ids:
        return name
    if name in chapters:
        return str(chapters[name])
    mend = f"the chapters are {', '.join(chapters)}" if name.lstrip("-").isdigit() else nearest(name, ids)
    raise ValueError(f"no chapter `{name}`; {mend}")


def build(  # noqa: PLR0913  # each is a choice of whoever prints
    chapter: str,
    minutes: int,
    *,
    size: int | None = None,
    large: bool = False,
    contrast: bool = False,
    cache: Cache | None = None,
    told: Callable[[str, int, int], None] = lambda _name, _done, _all: None,
) -> Kit:
    """Make the kit of a session. `told` hears each file's name as it is done, how many are, and of how many.

    Raises ValueError for a chapter, a length or a size that there is no kit for, ExerciseError where the plan of the
    sessions or an exercise cannot be used.
    """
    session = session_of(find(chapter), minutes, size=size)
    name = f"kit-{session.number}-{minutes}" + "-large-print" * large + "-high-contrast" * contrast
    people, cache, look = room(session.size), cache or Cache(), Look(large, contrast)
    needed = [each for each in wanted(session, look) if COPIES[each.per](people)]
    bodies = _made([each.made for each in needed], [each.name for each in needed], cache, told)
    files = [
        File(each.name, body, each, _pages(body) if each.name.endswith(".pdf") else 0, COPIES[each.per](people))
        for each, body in zip(needed, bodies, strict=True)
    ]
    printed = [file for file in files if file.pages and not file.wanted.folder]
    counted = _started(people, printed, files, large=large)
    page = start_page(session, [file.wanted for file in printed], counted, look)
    first = cache.get(page.told, page.make)
    parts = {START: first, README: readme(name, session, people, printed).encode()}
    parts |= {f"{file.wanted.folder}{file.name}": file.body for file in files}
    return Kit(name, session, printed, parts)


def _made(makings: list[Making], names: list[str], cache: Cache, told: Callable[[str, int, int], None]) -> list[bytes]:
    """Make everything, two at a time: typst and the slides wait for nobody."""
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(cache.get, making.told, making.make) for making in makings]
        bodies = []
        for number, (name, body) in enumerate(zip(names, waiting, strict=True), 1):
            bodies.append(body.result())
            told(name, number, len(names))
    return bodies


def _pages(body: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(body)).pages)


def _sheets(files: Iterable[File], people: Room, *, must: bool = False) -> int:
    """Return how much paper a kit takes for a room. The tables have a page each among the signs."""
    total = 0
    for file in files:
        if file.wanted.only or (must and not file.wanted.must):
            continue
        here = file if not file.name.endswith("-signs.pdf") else replace(file, pages=2 + people.groups)
        total += here.sheets(COPIES[file.wanted.per](people))
    return total


def _started(people: Room, printed: list[File], files: list[File], *, large: bool) -> dict[str, Any]:
    """Return what the first page says beside the session: copies, sheets, and the same for other rooms."""
    rooms = [room(size) for size in sorted({*SIZES, people.size})]
    return {
        "size": people.size,
        "groups": people.groups,
        "observers": people.observers,
        "sheets": {"all": _sheets(printed, people), "must": _sheets(printed, people, must=True)},
        "files": [_row(file) for file in printed if not file.wanted.only],
        "only": [_row(file) for file in printed if file.wanted.only],
        "screen": [{"name": file.name, "who": file.wanted.who} for file in files if not file.pages],
        "sizes": [
            {
                "size": each.size,
                "groups": each.groups,
                "sets": COPIES["set"](each),
                "halves": COPIES["half"](each),
                "quarters": COPIES["quarter"](each),
                "sheets": _sheets(printed, each),
            }
            for each in rooms
        ],
        "large": None if large else LARGE,
    }


def _row(file: File) -> dict[str, Any]:
    wanted = file.wanted
    counted = {"copies": file.copies, "pages": file.pages, "sheets": file.sheets()}
    return {"name": file.name, "who": wanted.who, "how": file.how, "must": wanted.must, "only": wanted.only} | counted


def readme(name: str, session: Session, people: Room, printed: list[File]) -> str:
    """Return the zip's own first words, for somebody who opens nothing else."""
    rows = "\n".join(_line(file) for file in printed if not file.wanted.only)
    only = "\n".join(_line(file) for file in printed if file.wanted.only)
    observers = f", {people.observers} of them with an observer" if people.observers else ""
    return (
        f"{session.title}\n{session.question}\n\n"
        "START HERE: what to print tomorrow morning, in how many copies\n\n"
        "1. If you see this inside a zip file, unpack it first: copy this whole folder to where you want to keep it.\n"
        f"2. Open {START}. It has the sheets of each, what to cut, what to bring, and other sizes of room.\n"
        f"3. For {people.size} people in {people.groups} groups{observers}, print on A4:\n\n{rows}\n\n"
        f"   Only where it is wanted:\n\n{only}\n\n"
        "4. The slides are shown and not printed. Their notes say what to do, and what follows each choice.\n"
        f"5. The folder {LARGE}, where there is one, is for whoever reads large print: as many as are asked for.\n\n"
        f"All of it is {_sheets(printed, people)} sheets of paper. The PDF files are tagged for screen readers.\n"
        "Nothing here sends anything anywhere. No sheet asks for the name of anybody who takes part.\n\n"
        f"{name}: words under CC BY 4.0.\n"
    )


def _line(file: File) -> str:
    wanted = file.wanted
    return f"  {file.copies:>3} x {file.name}  ({'; '.join(filter(None, [file.how, wanted.who, wanted.only]))})"


def packed(kit: Kit) -> bytes:
    """Return a kit as a zip of one folder: the same bytes for the same kit."""
    return zipped((f"{kit.name}/{path}", body) for path, body in sorted(kit.parts.items()))
