"""The course's one bibliography, as exercises use it: a short label, the full reference, and an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courseware.course import root
from courseware.markup import curled
from courseware.problems import ExerciseError, Problem

NO_DATE = "n.d."
# Where a work appeared: the fields that say so, the first that is there.
PLACES = ("journal", "booktitle", "institution", "publisher", "howpublished", "organization")
BIBLIOGRAPHY = Path("book", "reference", "references.bib")


@dataclass(frozen=True)
class Reference:
    """One work: `label` as in the text (Lent 2023), its title, `full` as in a list, and where to read it."""

    key: str
    label: str
    title: str
    full: str
    url: str | None


def references() -> dict[str, Reference]:
    """Return every work in the bibliography by its key. Raises ExerciseError where the file is not BibTeX."""
    path = root() / BIBLIOGRAPHY
    return _references(path, path.stat().st_mtime_ns)


@cache
def _references(path: Path, _changed: int) -> dict[str, Reference]:
    # Imported here: pybtex takes longer to import than all of courseware, and not every exercise cites.
    from pybtex.database import parse_file
    from pybtex.exceptions import PybtexError

    try:
        entries = parse_file(str(path), "bibtex", encoding="utf-8").entries
    except PybtexError as error:
        mend = "mend the entry on this line or above it"
        raise ExerciseError(
            [Problem(BIBLIOGRAPHY.as_posix(), getattr(error, "lineno", 1), "", str(error), mend)]
        ) from error
    return {key: _reference(key, entry) for key, entry in entries.items()}


def _reference(key: str, entry: Any) -> Reference:
    fields = {name.lower(): value for name, value in entry.fields.items()}
    words = {name: _words(value) for name, value in fields.items() if name not in {"url", "doi"}}
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_words(" ".join([*person.prelast_names, *person.last_names])) for person in people]
    title = words.get("title", key).rstrip(".")
    year = words.get("year") or words.get("date", NO_DATE)[:4]
    who = _names_in_text(names) or title
    # A web page of a public body has a title and often no date: name it by what can be looked for.
    undated = title if who == title else f"{who}, {title}"
    listed = ", ".join(names).replace(", others", " and others")
    where = next((words[name] for name in PLACES if name in words), None)
    volume = words.get("volume", "") + (f"({words['number']})" if "number" in words and "journal" in words else "")
    detail = ", ".join(filter(None, [where, volume, words.get("pages", "").replace("-", "–").replace("––", "–")]))
    full = f"{listed} ({year}). {title}{'' if title.endswith(('?', '!')) else '.'}" if listed else f"{title} ({year})."
    label = undated if year == NO_DATE else f"{who} {year}"
    return Reference(key, label, title, f"{full} {detail}." if detail else full, _address(fields))


def _names_in_text(names: list[str]) -> str:
    """Return who is named in a sentence: one, two, or the first and others (BibTeX's own word for the rest)."""
    return " and ".join(names) if len(names) < 3 else f"{names[0]} and others"


def _address(fields: Mapping[str, str]) -> str | None:
    """Return where to read a work. An address is kept as it is written, but for what LaTeX would need in it."""
    doi = fields.get("doi", "").removeprefix("https://doi.org/")
    written = fields.get("url") or (f"https://doi.org/{doi}" if doi else None)
    return re.sub(r"\\url|\\(?=[&%_#])|[{}]", "", written) if written else None


def _words(latex: str) -> str:
    """Return LaTeX as text on one line: accents, dashes and quotation marks as they print."""
    from pybtex.richtext import Text

    return curled(" ".join(str(Text.from_latex(latex)).split()))
