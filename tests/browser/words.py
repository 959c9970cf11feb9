"""The words of an exercise, piece by piece, to be looked for in what a reader gets: a screen without scripts, paper."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bs4 import BeautifulSoup
from markupsafe import Markup

from courseware.base import Exercise

# Values that are for the machine, and fields that only a live exercise shows.
NOT_READ = {
    "id", "kind", "version", "chapter", "course", "teaches", "principle", "type", "start", "next", "show", "basis", "cite",
    "category", "if", "effects", "flags", "path", "ask_first", "words", "with", "acts", "safety", "support_url", "kind_label", "grid", "charts", "line", "minus", "take", "bands",
    "change", "when",
}  # fmt: skip
BLOCKS = ["p", "li", "blockquote", "td"]


def squashed(text: str) -> str:
    """Return text without white space and soft hyphens, and with its ligatures taken apart: line breaks are nobody's words."""
    return re.sub(r"[\s\u00ad\u200b]+", "", unicodedata.normalize("NFKC", text))


def pieces(exercise: Exercise) -> list[str]:
    """Return every paragraph and every plain text of an exercise, the feedback included."""
    return list(dict.fromkeys(piece for piece in _pieces(exercise.compiled()) if piece.strip()))


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_READ:
                yield from _pieces(item)
    elif isinstance(value, list):
        for item in value:
            yield from _pieces(item)
    elif isinstance(value, Markup):
        page = BeautifulSoup(value, "html.parser")
        yield from (block.get_text() for block in page.find_all(BLOCKS) if not block.find(BLOCKS))
    elif isinstance(value, str):
        yield value


def missing(wanted: list[str], sheets: list[str]) -> list[str]:
    """Return the pieces that stand nowhere in a text, given squashed sheet by sheet: a piece may go on over the page."""
    whole = "".join(sheets)
    return [piece for piece in wanted if (words := squashed(piece)) not in whole and not _goes_over(words, sheets)]


def _goes_over(words: str, sheets: list[str]) -> bool:
    """Say whether words begin on one sheet and end on the next, whatever a drawing adds to the text between."""
    for sheet, following in pairwise(sheets):
        cut = next((cut for cut in range(len(words) - 1, 0, -1) if words[:cut] in sheet), 0)
        if cut and words[cut:] in following:
            return True
    return False
