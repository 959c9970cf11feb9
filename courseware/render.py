"""The page without scripts: any exercise as HTML that reads whole, and that the kind's element then brings to life.

Texts stand once. The readable HTML holds them, each marked with a number; the data beside it says `{"say": 3}`
where the element finds text 3. So a page weighs half of what it would, and what is read is what is played.
"""

import json
import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from courseware import kinds, library
from courseware.base import Exercise
from courseware.markup import plain

# What stands in a `pre` keeps its empty lines; the templates' own are dropped, or Markdown would end the HTML there.
_CODE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n")


class Texts:
    """The texts that stand in the readable HTML, each with its number."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}

    def say(self, text: str, tag: str = "") -> Markup:
        """Return a text wrapped and numbered; HTML in a `div`, plain text in a `span`, or in the tag named."""
        number = self.numbers.setdefault(id(text), len(self.numbers))
        tag = tag or ("div" if isinstance(text, Markup) else "span")
        # The tag is ours, and the text is either trusted already or escaped here.
        return Markup(f'<{tag} data-say="{number}">{escape(text)}</{tag}>')  # noqa: S704

    def pointed(self, value: Any) -> Any:
        """Return compiled data with each numbered text replaced by its number: `say` for HTML, `tell` for plain."""
        if isinstance(value, dict):
            return {key: self.pointed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.pointed(item) for item in value]
        if isinstance(value, str) and id(value) in self.numbers:
            return {"say" if isinstance(value, Markup) else "tell": self.numbers[id(value)]}
        return value


def html(exercise: Exercise, *, heading: int = 3) -> str:
    """Return the custom element for an exercise, its text readable inside.

    `heading` is the level of the exercise's title; what stands inside it goes on from there.
    """
    data, texts = exercise.compiled(), Texts()
    environment = _environment()
    shared = {"exercise": data, "say": texts.say, "level": heading + 1, **exercise.page_context()}
    text = environment.get_template(f"{exercise.kind}/page.html").render(shared)
    stored = json.dumps(texts.pointed(data), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    page = environment.get_template("exercise.html").render(
        exercise=data,
        alternative=_alternative(exercise),
        text=Markup(text),  # noqa: S704  # rendered above, escaped there
        stored=Markup(stored),  # noqa: S704  # JSON with `<` escaped
        heading=heading,
    )
    pieces = (piece if piece.startswith("<pre") else _BLANK.sub("\n", piece) for piece in _CODE.split(page))
    return "".join(pieces).strip()


def _alternative(exercise: Exercise) -> str | None:
    """Return the title of the exercise that counts as complete in place of this one."""
    named = exercise.safety.alternative if exercise.safety else None
    return str(library.load(named).title) if named else None


def words(exercise: Exercise) -> tuple[str, str]:
    """Return what a search may find: the title and the prompt, never an answer."""
    return str(exercise.title), plain(exercise.prompt)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(kinds.folder(".").resolve()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["letter"] = lambda index: chr(ord("A") + index)
    environment.filters["figure"] = lambda value: f"{value:,.10g}"
    return environment
