"""Markdown as authors write it, to HTML that a page can trust: raw HTML is off, so a `<` is only ever a `<`."""

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

ADDRESSES = ("https://", "http://", "mailto:", "tel:", "#")
_BEFORE_OPENING = "([{“‘—–"
_ELIDED = re.compile(r"(?:\d\ds|tis|twas|til|em)\b", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])[*]{1,2}[^\s*][^*]*[*]{1,2}(?!\w)")
_FEET_AND_INCHES = re.compile(r"(\d)'( ?\d+)\"")


def curled(text: str) -> str:
    """Return text with the quotation marks and apostrophes that a printer would use; authors type the plain ones.

    Each character stays one character, so that places in the text stay where they are.
    """
    text = _FEET_AND_INCHES.sub(r"\1′\2″", text)
    out: list[str] = []
    for at, character in enumerate(text):
        if character not in "'\"":
            out.append(character)
            continue
        before, after = out[-1] if out else " ", text[at + 1 : at + 2]
        opens = (before.isspace() or before in _BEFORE_OPENING) and after.strip() != ""
        if character == '"':
            out.append("“" if opens else "”")
        else:
            out.append("‘" if opens and not _ELIDED.match(text, at + 1) else "’")
    return "".join(out)


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
        marked = _EMPHASIS.search(value)
        if marked:
            raise ValueError(f"`{marked[0]}` in plain text, where marks stand as they are typed; use quotation marks")
        return cls(curled(value))


class Markdown(Text):
    """Text in Markdown: paragraphs, lists, emphasis and links. Headings, images and raw HTML have no place in it.

    It stays as its author typed it; `html` and `plain` curl its quotation marks, and leave addresses and code alone.
    """

    __slots__ = ()

    @classmethod
    def _checked(cls, value: str) -> "Markdown":
        for token in _parser().parse(value):
            if token.type == "heading_open":
                raise ValueError("a heading inside an exercise; use a short paragraph in **strong**")
            for child in token.children or []:
                if child.type == "image":
                    raise ValueError("an image inside an exercise; say in words what it shows")
                address = str(child.attrs.get("href", ""))
                if child.type == "link_open" and not address.lower().startswith(ADDRESSES):
                    raise ValueError(f"a link to `{address}`, which leads nowhere from a page; write it with https://")
        return cls(value)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    parser.core.ruler.push("curl", _curl)
    return parser


def _curl(state: Any) -> None:
    """Curl the quotation marks of each block's words as one text, since emphasis and links divide it."""
    for block in state.tokens:
        tokens = block.children or []
        words = [_words(token) for token in tokens]
        text, at = curled("".join(words)), 0
        for number, (token, said) in enumerate(zip(tokens, words, strict=True)):
            if token.type == "text" and not (number and tokens[number - 1].markup == "autolink"):
                token.content = text[at : at + len(said)]
            at += len(said)


def _words(token: Any) -> str:
    return " " if token.type.endswith("break") else str(token.content)


def html(text: str) -> str:
    """Return Markdown as HTML, raw HTML in it shown as text."""
    rendered: str = _parser().render(text)
    return rendered.strip()


def tokens(text: str) -> list[Any]:
    """Return Markdown as the reader's own tokens, for what sets it elsewhere than in a page."""
    return _parser().parse(text)


def plain(text: str) -> str:
    """Return the words of a piece of Markdown, its marks gone, on one line."""
    words: list[str] = []
    for token in _parser().parse(text):
        words.extend(_words(child) for child in token.children or [])
        words.append(" ")
    return " ".join("".join(words).split())
