"""Markdown as authors write it, to HTML that a page can trust: raw HTML is off, so a `<` is only ever a `<`."""

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


_OPENS = re.compile(r"(^|[\s(\[“‘—–])(['\"])")


def curled(text: str) -> str:
    """Return text with the quotation marks and apostrophes that a printer would use; authors type the plain ones."""
    opened = _OPENS.sub(lambda found: found[1] + ("‘" if found[2] == "'" else "“"), text)
    return opened.replace("'", "’").replace('"', "”")


class Text(str):
    """Plain text of one line or more, never empty."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check it as a string with something in it."""
        return core_schema.no_info_after_validator_function(
            cls._checked, core_schema.str_schema(min_length=1, strip_whitespace=True)
        )

    @classmethod
    def _checked(cls, value: str) -> "Text":
        return cls(curled(value))


class Markdown(Text):
    """Text in Markdown: paragraphs, lists, emphasis and links. Headings, images and raw HTML have no place in it."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check it as a string that uses none of what is left out."""
        return core_schema.no_info_after_validator_function(
            cls._checked, core_schema.str_schema(min_length=1, strip_whitespace=True)
        )

    @classmethod
    def _checked(cls, value: str) -> "Markdown":
        for token in _parser().parse(value):
            if token.type == "heading_open":
                raise ValueError("a heading inside an exercise; use a short paragraph in **strong**")
            if any(child.type == "image" for child in token.children or []):
                raise ValueError("an image inside an exercise; say in words what it shows")
        return cls(curled(value))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def html(text: str) -> str:
    """Return Markdown as HTML, raw HTML in it shown as text."""
    rendered: str = _parser().render(text)
    return rendered.strip()


def plain(text: str) -> str:
    """Return the words of a piece of Markdown, its marks gone, on one line."""
    words: list[str] = []
    for token in _parser().parse(text):
        children = token.children or []
        words.extend(" " if child.type.endswith("break") else child.content for child in children)
        words.append(" ")
    return " ".join("".join(words).split())
