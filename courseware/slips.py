"""What a beginner's slip in a YAML file is called, where it stands, and how to mend it.

YAML's own complaint names the place where reading broke down, which may lie far below the slip: a quotation mark that
is never closed is noticed at the next one. So the lines above are looked through for what people do get wrong.
"""

import re
from collections.abc import Iterator

import yaml

from courseware.problems import Finding

Slip = tuple[int, str, str]  # its line, from 1; what is wrong; the mend

_KEY = re.compile(r"^ *(?:- )*[\w-]+:(?: |$)")
_OPENS = re.compile(r"""^ *(?:- )*(?:[\w-]+: +)?(?P<quote>["'])""")
_GLUED = re.compile(r"^ *(?:- )*(?P<key>[A-Za-z_]+):(?P<rest>[^\s/:].*)$")
_GLUED_INSIDE = re.compile(r"[{,] *(?P<key>[A-Za-z_]+):(?P<rest>[^\s/:])")
_BULLET = re.compile(r"^\s*(?P<mark>[–—•·*]) +[\w-]+: ")
_DASHED = re.compile(r"^ *-(?P<key>[A-Za-z_]+:(?: |$))")
_ODD_SPACE = re.compile(r"^ *[\u00a0\u2000-\u200b\u202f\u3000]")
# What may follow a text in quotation marks: nothing, a note, or the rest of what stands in brackets.
_ENDED = re.compile(r"\s*(?:$|#|:|[}\]]|,.*[},\]]\s*(?:$|#))")
_CURLY = "“”„‟"
_HASH = re.compile(r"[ \t]+#(?=[^\s#])")


def not_plain_text(raw: bytes) -> Slip | None:
    """Say what sort of file this is, where it is not plain text in UTF-8; None where it is."""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return 1, "this is a word processor's document, not plain text", "copy its words into a plain text editor"
    if raw.startswith(b"{\\rtf"):
        return (
            1,
            "this is rich text, not plain text",
            "in TextEdit, choose Format, then Make Plain Text, and save again",
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 1, "this is saved as UTF-16", "save it again with the encoding UTF-8"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return line, "a byte that is not UTF-8", "save the file as UTF-8: in Notepad, Save as, then Encoding"
    return None


def named(text: str, error: yaml.MarkedYAMLError) -> Slip:
    """Name the slip that a complaint of YAML comes from."""
    lines = text.splitlines() or [""]
    at = _line(error.problem_mark or error.context_mark)
    began = _line(error.context_mark or error.problem_mark)
    problem = str(error.problem or error.context)
    found = (
        _odd_indent(lines, at)
        or _quoted(lines, at)
        or _mark(lines, {at, at - 1, began})
        or _glued(lines, {at, at - 1, began})
        or _lone(lines, problem, at, began)
        or _by_complaint(lines, problem, at, began, error)
    )
    return found or (
        at,
        f"not YAML: {problem}",
        "check the indentation, the colons and the quotation marks on this line and the one above",
    )


def unseen(text: str) -> Iterator[tuple[int, Finding]]:
    """Yield what YAML takes without a word though the author meant something else: text cut off by a `#`."""
    if not _HASH.search(text):
        return
    lines = text.splitlines()
    for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if not isinstance(token, yaml.ScalarToken) or not token.plain:
            continue
        # A note is `# like this`; a number, a hashtag or a room is `#4`.
        number = token.end_mark.line
        if number < len(lines) and _HASH.match(lines[number][token.end_mark.column :]):
            cut = lines[number][token.end_mark.column :].strip()
            what = f"`{cut[:30]}` is not read: what follows a space and a # is a note"
            yield (
                number + 1,
                Finding((), what, "put the whole text in quotation marks, or a space after the #", "warning"),
            )


def _line(mark: yaml.Mark | None) -> int:
    return 1 if mark is None else int(mark.line) + 1


def _odd_indent(lines: list[str], at: int) -> Slip | None:
    for number, line in enumerate(lines[:at], 1):
        if re.match(r"^ *\t", line) and line.strip():
            return (
                number,
                "not YAML: a tab at the start of the line",
                "put spaces in its place, as many as its neighbours have",
            )
        if _ODD_SPACE.match(line):
            return (
                number,
                "not YAML: a space that is not a plain one starts the line",
                "delete the spaces, and type them again",
            )
    return None


def _quoted(lines: list[str], at: int) -> Slip | None:
    """Find a text in quotation marks that does not end where its author thought: the first one, up to a line."""
    number, block = 0, -1
    while number < min(at, len(lines)):
        line = lines[number]
        number += 1
        indent = _indent(line)
        if block >= 0 and (indent > block or not line.strip()):
            continue  # inside `|` or `>`, where a quotation mark is only that
        block = indent if re.search(r": *[|>][-+]?\s*(?:#.*)?$", line) else -1
        opens = _OPENS.match(line)
        if not opens:
            continue
        quote, rest = opens["quote"], line[opens.end() :]
        close = _closing(rest, quote)
        if close is None:
            ends = _ends_below(lines, number, quote)
            if ends is None:
                return (
                    number,
                    "not YAML: a quotation mark opens here and is never closed",
                    f"add {quote} where the text ends",
                )
            number = ends
        elif not _ENDED.match(rest[close + 1 :]):
            if quote == "'":
                mend = 'put the text between double quotation marks: "It\'s late"'
                return number, "not YAML: an apostrophe ends this text too early", mend
            mend = "write the inner ones as curly ones: “no”"
            return number, "not YAML: quotation marks inside quotation marks end this text too early", mend
    return None


def _closing(text: str, quote: str) -> int | None:
    found = re.search(r'(?<!\\)(?:\\\\)*"' if quote == '"' else r"(?<!')(?:'')*'(?!')", text)
    return found.end() - 1 if found else None


def _ends_below(lines: list[str], number: int, quote: str) -> int | None:
    """Return the line that a text of several lines ends on; None where another field begins before it does."""
    for below in range(number, len(lines)):
        if _KEY.match(lines[below]):
            return None
        if _closing(lines[below], quote) is not None:
            return below + 1
    return None


def _mark(lines: list[str], numbers: set[int]) -> Slip | None:
    for number in sorted(numbers):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if found := _BULLET.match(line):
            what = f"not YAML: `{found['mark']}` begins no list"
            return number, what, "type a plain hyphen and a space: `- id: …`"
        if _DASHED.match(line):
            return number, "not YAML: a hyphen without a space", "put a space after the hyphen: `- id: …`"
    return None


def _glued(lines: list[str], numbers: set[int]) -> Slip | None:
    for number in sorted(numbers):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        found = _GLUED.match(line) or _GLUED_INSIDE.search(line)
        if found:
            key, rest = found["key"], found["rest"]
            return number, f"not YAML: no space after `{key}:`", f"write `{key}: {rest[:20].rstrip()}`"
    return None


def _lone(lines: list[str], problem: str, at: int, began: int) -> Slip | None:
    """Find a quotation mark without its partner inside brackets, where the complaint is of a bracket or a comma."""
    if "',' or" not in problem and "end of stream" not in problem:
        return None
    for number in range(began, min(at, len(lines)) + 1):
        if len(re.findall(r'(?<!\\)"', lines[number - 1])) % 2:
            return number, "not YAML: a quotation mark on this line has no partner", 'add the " that is missing'
    return None


def _by_complaint(  # noqa: PLR0911  # one a complaint
    lines: list[str], problem: str, at: int, began: int, error: yaml.MarkedYAMLError
) -> Slip | None:
    line = lines[at - 1] if at <= len(lines) else ""
    if "mapping values are not allowed" in problem:
        return _colon(lines, line, at, error)
    if "found character" in problem and "cannot start any token" in problem:
        mend = "use spaces, not tabs, and put text that starts with @, % or ` in quotation marks"
        return at, f"not YAML: {problem}", mend
    if "alphabetic or numeric" in problem or "while scanning an a" in str(error.context):
        return at, "not YAML: text that begins with * or &", "put the whole text in quotation marks"
    if "could not find expected ':'" in problem:
        word = lines[began - 1].strip()[:30] if began <= len(lines) else ""
        mend = "write a name and a colon before it; if it goes on with the text above, begin it with more spaces"
        return began, f"not YAML: `{word}` is no field", mend
    if "',' or" in problem:
        at = began
        mend = "close it with } or ], put commas between its parts, and text with a comma in quotation marks"
        return at, "not YAML: the brackets that open here do not come to an end", mend
    if "expected key" in problem or "expected <block end>" in problem or "expected '-'" in problem:
        return _indented(lines, at, began, error)
    return None


def _colon(lines: list[str], line: str, at: int, error: yaml.MarkedYAMLError) -> Slip:
    column = error.problem_mark.column if error.problem_mark else 0
    before = line[:column]
    if re.fullmatch(r" *(?:- )*[\w-]+", before):
        above = next((each for each in reversed(lines[: at - 1]) if each.strip()), "")
        more = _indent(line) - _indent(above)
        if more > 0:
            what = f"not YAML: this line begins with {_spaces(more)} more than the one above"
            return at, what, "begin the fields of one block with the same number of spaces"
    if any(mark in before for mark in _CURLY):
        what = "not YAML: curly quotation marks do not hold a text with a colon together"
        return at, what, 'use straight ones around the text: "…"'
    return at, "not YAML: a colon and a space inside a text", "put the whole text in straight quotation marks"


def _indented(lines: list[str], at: int, began: int, error: yaml.MarkedYAMLError) -> Slip:
    line = lines[at - 1] if at <= len(lines) else ""
    here = _indent(line)
    block = error.context_mark.column if error.context_mark else 0
    what = f"not YAML: this line begins with {_spaces(here)}, and its block (from line {began}) with {_spaces(block)}"
    if here == block:
        what = f"not YAML: this line does not fit the block that starts on line {began}"
    mend = "begin the fields of one block with the same number of spaces; give each a name and a colon"
    stray = [n for n in range(began + 1, at) if _KEY.match(lines[n - 1]) and _indent(lines[n - 1]) == block]
    if here > block and stray:
        mend += f"; or line {stray[-1]} has lost the spaces at its start"
    return at, what, mend


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}" if count else "no space"
