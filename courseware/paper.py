"""Any exercise on paper: handouts and cards as one tagged PDF, set by typst from the compiled exercise.

What an author wrote reaches typst as data and is set as text; no word of it is ever source that typst reads. Only the
fonts inside typst are used, so that the same exercise gives the same bytes on every machine.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from markupsafe import Markup

from courseware import kinds, library
from courseware.base import Exercise
from courseware.course import course, read_data

Node = dict[str, Any]
_VOID = {"br", "hr"}
_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Marks that only change a neighbour: without it, nothing is left to say.
_MODIFIERS = {"Cc", "Cf", "Mn", "Me", "Sk"}


# Those of a scenario; the other kinds have `task` and `why`.
PARTS = ("facilitator", "case", "cards", "follows", "debrief", "why")


def pdf(exercise: Exercise, *, answers: bool = True, act: str | None = None) -> bytes:
    """Return the exercise, or one act of a scenario, as PDF/UA-1 on A4: the same bytes for the same exercise.

    Without `answers` it holds only what learners may see before they begin: no consequence, feedback or commentary, and
    nothing for the facilitator. A character that the fonts lack is printed as its name, `[grinning face]`. Raises
    ValueError for an act that is not there, and typst.TypstError when a template cannot be set.
    """
    return set_pages(template(exercise), data(exercise, answers=answers, act=act))


def template(exercise: Exercise) -> Path:
    """Return the template that sets an exercise of this kind."""
    return kinds.folder(exercise.kind) / "paper.typ"


def set_pages(template: Path, told: dict[str, Any]) -> bytes:
    """Return what a template of this package makes of some data, as tagged PDF."""
    from typst import TypstError

    text = json.dumps(told, ensure_ascii=False)
    while True:
        try:
            return _set(template, text)
        except TypstError as error:
            # The names of the characters are ASCII, so each round leaves fewer that a font could lack.
            lacking = unshown(error.diagnostic)
            if not lacking:
                raise
            text = text.translate({ord(each): name_of(each) for each in lacking})


def _set(template: Path, told: str) -> bytes:
    from typst import compile as to_pdf

    return to_pdf(
        template,
        root=kinds.folder(".").resolve().parent,
        sys_inputs={"data": told},
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )


def data(exercise: Exercise, *, answers: bool = True, act: str | None = None) -> dict[str, Any]:
    """Return all that a kind's `paper.typ` sets, as plain JSON: Markdown is a tree, other text is text.

    `exercise` is the compiled exercise, `paper` what the kind's own `paper.context` adds, `sources` the works cited.
    Whoever prints it in parts names those of PARTS that are wanted as `parts`, and what the document is called
    as `title`; `large` and `contrast` are print of 18 points, and print without grey.
    """
    compiled = exercise.compiled()
    themes = {each["id"]: each["theme"] for each in course()["chapters"]}
    return {
        "answers": answers,
        "parts": None,
        "title": _readable(compiled["title"]),
        "large": False,
        "contrast": False,
        "course": _readable(course()["title"]),
        "theme": _readable(themes.get(exercise.chapter, "A case of our own")),
        "exercise": _readable(compiled),
        "paper": _readable(_context(exercise, act)),
        "sources": _readable(sorted(_cited(compiled), key=lambda work: work["full"].casefold())),
        "support": _readable(_support(exercise)),
    }


def _context(exercise: Exercise, act: str | None) -> dict[str, Any]:
    """Return what the kind says for paper alone, if its folder holds a `paper.py`."""
    name = f"courseware.kinds.{exercise.kind}.paper"
    if find_spec(name) is None:
        if act is not None:
            raise ValueError(f"`{exercise.id}` has no acts; only a scenario can have them")
        return {}
    found: dict[str, Any] = import_module(name).context(exercise, act)
    return found


def _cited(value: Any) -> list[dict[str, Any]]:
    works = {work["full"]: work for work in _citations(value)}
    return list(works.values())


def _citations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"label", "full", "url", "at"}:
            yield {name: value[name] for name in ("label", "full", "url")}
        for each in value.values():
            yield from _citations(each)
    elif isinstance(value, list):
        for each in value:
            yield from _citations(each)


def _support(exercise: Exercise) -> dict[str, Any] | None:
    """Return where to turn and what to do instead, when the exercise asks for care."""
    if exercise.safety is None:
        return None
    instead = library.load(exercise.safety.alternative).title if exercise.safety.alternative else None
    support = read_data("support")
    checked = date.fromisoformat(str(support["checked"]))
    return {"lines": support["lines"], "checked": f"{checked.day} {checked:%B %Y}", "instead": instead}


def _readable(value: Any) -> Any:
    if isinstance(value, Markup):
        return {"markdown": tree(value)}
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    if isinstance(value, dict):
        return {key: _readable(each) for key, each in value.items()}
    return [_readable(each) for each in value] if isinstance(value, list) else value


class _Tree(HTMLParser):
    """Builds the tree of a piece of HTML that `courseware.markup` made: well formed, and of few tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: Node = {"tag": "top", "of": []}
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        node: Node = {"tag": tag, "of": []}
        if tag == "a":
            node["to"] = given.get("href") or ""
        if tag == "ol":
            node["start"] = int(given.get("start") or 1)
        self.open[-1]["of"].append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, text: str) -> None:
        text = unicodedata.normalize("NFC", text)
        between = text == " "
        if self.open[-1]["tag"] != "code":
            text = re.sub(r"\s+", " ", text)
        # Between blocks, white space is only how the HTML is laid out; there it holds the end of a line.
        if text.strip() or between or self.open[-1]["tag"] in {"p", "strong", "em", "a", "td", "th", "code"}:
            self.open[-1]["of"].append(text)


def tree(html: str) -> list[Any]:
    """Return HTML made from Markdown as plain values: texts and `{tag, of}`, with `to` on links, `start` on lists."""
    parser = _Tree()
    parser.feed(html)
    parser.close()
    nodes: list[Any] = parser.top["of"]
    return nodes


def unshown(diagnostic: str) -> set[str]:
    """Return the characters beyond ASCII that typst's message says no font can show."""
    texts = [_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _UNSHOWN.findall(diagnostic)]
    return {each for text in texts for each in text if not each.isascii()}


def name_of(character: str) -> str:
    """Return what stands for a character: its name, its number where it has none, nothing for a mere mark."""
    if unicodedata.category(character) in _MODIFIERS:
        return ""
    return f"[{unicodedata.name(character, f'character {ord(character):X}').lower()}]"
