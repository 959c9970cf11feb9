"""The course's one bibliography, as exercises use it: a short label, the full reference, and an address."""

import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courseware.course import root

NO_DATE = "n.d."
BIBLIOGRAPHY = Path("book", "reference", "references.bib")


@dataclass(frozen=True)
class Reference:
    """One work: `label` as in the text (Lent 2023), `full` as in a list, and where to read it."""

    key: str
    label: str
    full: str
    url: str | None

    def as_dict(self) -> dict[str, Any]:
        """Give what a page shows, as plain values."""
        return asdict(self)


def references() -> dict[str, Reference]:
    """Return every work in the bibliography by its key."""
    path = root() / BIBLIOGRAPHY
    return _references(path, path.stat().st_mtime_ns)


@cache
def _references(path: Path, _changed: int) -> dict[str, Reference]:
    # Imported here: pybtex takes longer to import than all of courseware, and not every exercise cites.
    from pybtex.database import parse_file

    return {key: _reference(key, entry) for key, entry in parse_file(str(path)).entries.items()}


def _reference(key: str, entry: Any) -> Reference:
    fields = {name.lower(): _clean(value) for name, value in entry.fields.items()}
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [_clean(" ".join([*person.prelast_names, *person.last_names])) for person in people]
    year = fields.get("year", NO_DATE)
    short = names[0] if names else fields.get("title", key)
    if len(names) == 2:
        short = f"{names[0]} and {names[1]}"
    elif len(names) > 2:
        short = f"{names[0]} and others"
    where = fields.get("journal") or fields.get("booktitle") or fields.get("institution") or fields.get("publisher")
    where = where or fields.get("howpublished") or fields.get("organization")
    volume = fields.get("volume", "") + (f"({fields['number']})" if "number" in fields and "journal" in fields else "")
    pages = fields.get("pages", "").replace("--", "–")
    detail = ", ".join(part for part in [where, volume, pages] if part)
    title = fields.get("title", "").rstrip(".")
    full = f"{', '.join(names) or short} ({year}). {title}{'' if title.endswith('?') else '.'}"
    url = fields.get("url") or (f"https://doi.org/{fields['doi']}" if "doi" in fields else None)
    # A web page of a public body has a title and often no date: name it by what can be looked for.
    label = f"{short}, {title}" if year == NO_DATE else f"{short} {year}"
    return Reference(key, label, f"{full} {detail}." if detail else full, url)


def _clean(text: str) -> str:
    text = re.sub(r"\\([&%_#$])", r"\1", text.replace("--", "–"))
    return re.sub(r"[{}]", "", text).replace("``", "“").replace("''", "”").replace("`", "‘").replace("~", " ").strip()
