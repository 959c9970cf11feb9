"""The sheets of a kit whose words stand on a page of the book, so that they are written once.

`data/kit.yml` names the pages, and the sections of them that a sheet is made of.
"""

import re
from collections.abc import Iterator
from typing import Any

from courseware.facilitate import chapters, kit_words
from courseware.facilitate.kit_pages import md, page, support_lines

_DIRECTIVE = re.compile(r"^```\{([\w-]+)\}.*?\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
# A fold of the page lies open on paper, and what it says before it is opened is of no use there.
_FOLD = re.compile(r"^<(?:/?details>|summary>.*)$", re.MULTILINE)
_ROW = re.compile(r"^\* - (.*)\n[ ]+-(.*)$", re.MULTILINE)
_POINT = re.compile(r"^\d+\. ", re.MULTILINE)
_TABLE = re.compile(r"(?:^\|.*\n?)+", re.MULTILINE)
# A question of a form, on as many lines as it takes; what it offers to tick stands at its end.
_QUESTION = re.compile(r"^\d+\. (.+(?:\n[ ]+\S.*)*)", re.MULTILINE)
_OFFERED = re.compile(r"^(.*?)\s*\*([^*]+ · [^*]+)\*$", re.DOTALL)


def disclosure() -> dict[str, Any]:
    """Return what to do when somebody tells of harm: in order, with whom to tell, and a page to write it down on."""
    told = kit_words.words()["disclosure"]
    title, *rest = chapters.sections_of(told["page"]).items()
    # What is asked for under this lead is asked for again above the lines that it is written on.
    points = [point for _, text in rest for point in _POINT.split(text)[1:]]
    record = next(point for point in points if point.startswith(f"**{told['record']}"))
    it = {
        "heading": title[0],
        "lead": list(_parts(title[1])),
        "sections": [{"heading": heading, "parts": list(_parts(text))} for heading, text in rest],
        "record": md(kit_words.bare(record)),
    }
    return page("disclosure", title[0], "for you, and for the second person", it)


def form(name: str) -> dict[str, Any]:
    """Return a form of evaluation: its heading, its tables, and its questions with what each offers to tick."""
    told = kit_words.words()["forms"]
    text = chapters.sections_of(told["page"]).get(told[name])
    if text is None:
        raise ValueError(f"no section “{told[name]}” on {told['page']}; mend `forms:` in data/kit.yml")
    return {
        "heading": told[name],
        "tables": [_table(each) for each in _TABLE.findall(text)],
        "questions": [_question(each) for each in _QUESTION.findall(text)],
    }


def _table(text: str) -> dict[str, Any]:
    # Below the head stands a line of dashes.
    head, _, *rows = ([md(each.strip()) for each in line.strip("| ").split("|")] for line in text.splitlines())
    return {"head": head, "rows": [row[0] for row in rows]}


def _question(text: str) -> dict[str, Any]:
    offered = _OFFERED.match(text)
    said, options = (offered[1], offered[2].split(" · ")) if offered else (text, [])
    return {"text": md(kit_words.bare(said)), "options": options}


def _parts(text: str) -> Iterator[dict[str, Any]]:
    """Yield what a section is made of, in its order: Markdown, tables to fill in, and the support lines."""
    text = _FOLD.sub("", text)
    at = 0
    for found in _DIRECTIVE.finditer(text):
        yield from _said(text[at : found.start()])
        if found[1] == "support":
            yield {"lines": support_lines()}
        elif found[1] == "list-table":
            head, *rows = _ROW.findall(found[2])
            yield {"head": [md(each.strip()) for each in head], "rows": [md(each) for each, _ in rows]}
        at = found.end()
    yield from _said(text[at:])


def _said(text: str) -> Iterator[dict[str, Any]]:
    if text.strip():
        yield {"say": md(kit_words.bare(text))}
