"""The slips that people make who have never written YAML: each is named, on the line where it was made, with its mend."""

import pytest

from courseware import kinds, library, slips
from courseware.facilitate import new

STOP = "text: Put a notice up at the old stop"
OPEN = 'else_text: "Not open: only your director can release the text service, and she does not know yet"'
CURLY = OPEN.replace('"Not', "“Not").replace('yet"', "yet”")
SAID = 'text: "Do I say anything? The director told the committee today that all letters were right."'
# What the slip is; the words before and after; words that the message must hold.
SLIPS = [
    ("a tab", ("    type: decision            # people", "\ttype: decision            # people"), "a tab at the start"),
    ("no-break spaces", (f"        {STOP}", f"\u00a0\u00a0       {STOP}"), "not a plain one"),
    ("no closing quotation mark", (OPEN, OPEN[:-1]), 'never closed; add "'),
    ("none at the end of the file", ('before ___"', "before ___"), 'never closed; add "'),
    ("none inside brackets", ('at: "15:12",', 'at: "15:12,'), "has no partner"),
    ("none before a bracket", ('were right."}', "were right.}"), "has no partner"),
    ("a colon in text", (STOP, "text: One thing: put it up"), "put the whole text in straight quotation marks"),
    ("curly quotation marks", (OPEN, CURLY), "use straight ones"),
    ("curly ones inside brackets", (SAID, "text: “Do I, then, say anything?”"), "put that whole text in straight quotation marks"),
    ("a curly condition", ("if: told  ", "if: “told”  "), "type straight quotation marks, not curly ones"),
    ("quotation marks inside", (STOP, 'text: "Put up a "sorry" notice"'), "write the inner ones as curly ones"),
    ("speech first", (STOP, 'text: "Sorry", say the notices'), "write the inner ones as curly ones"),
    ("an apostrophe inside", (STOP, "text: 'Put it up; it's quick'"), "an apostrophe ends this text"),
    ("too few spaces", (f"        {STOP}", f"       {STOP}"), "begins with 7 spaces, and its block"),
    ("too many spaces", (f"        {STOP}", f"         {STOP}"), "more than the one above"),
    ("a field too deep", ("        next: monday", "          next: monday"), "begin this line with fewer spaces, as `feedback:`"),
    ("a choice too far left", ("      - id: notice", "    - id: notice"), "does not fit the block"),
    ("no space after a colon", ("title: The wrong stop ", "title:The wrong stop "), "no space after `title:`; write `title: The"),
    ("none inside brackets", ("{add: {trust: 2}}, {add: {time: -3}}", "{add:{trust: 2}}, {add: {time: -3}}"), "no space after `add:`"),
    ("none before a number", ("{trust: 2}}, {add: {time: -3}}", "{trust:2}}, {add: {time: -3}}"), "put a space after the colon: `trust: 2`"),
    ("no colon", ("quality: mixed", "quality mixed"), "`quality mixed` is no field; write a name and a colon"),
    ("text at the margin", ("  You lead a small", "You lead a small"), "begin it with more spaces"),
    ("a bracket left open", ("{trust: 2}}, {add: {time: -3}}]", "{trust: 2}, {add: {time: -3}}]"), "do not come to an end"),
    ("no comma", ("{solo: 5, group: 20}", "{solo: 5 group: 20}"), "put commas between its parts"),
    ("a dash from a word processor", ("      - id: notice", "      – id: notice"), "type a plain hyphen and a space"),
    ("a bullet", ("      - id: notice", "      • id: notice"), "type a plain hyphen and a space"),
    ("a hyphen without a space", ("      - id: notice", "      -id: notice"), "put a space after the hyphen"),
    ("emphasis first", (STOP, "text: **Put** a notice up"), "put the whole text in quotation marks"),
    ("a number sign", (STOP, "text: Put it up at stop #4 and wait"), "`#4 and wait` is not read"),
    ("an at sign first", (STOP, "text: @all put it up"), "put text that starts with @"),
    ("a capital", ("    title: Twenty-nine", "    Title: Twenty-nine"), "did you mean `title`?"),
    ("a capital False", ("{told: false}", "{told: False}"), "write false, in small letters"),
    ("yes for true", ("{set: {told: true}}", "{set: {told: yes}}"), "write true or false"),
    ("spaces in an id", ("- id: notice", "- id: Put notice"), "lower-case letters, digits and hyphens"),
    ("a way to nowhere", ("next: wednesday       #", "next: wensday         #"), "did you mean `wednesday`?"),
    ("an effect without its verb", ("{add: {trust: 1}}, {add: {time: -1}}", "{trust: 1}, {add: {time: -1}}"), "neither `add` nor `set`"),
    ("one equals sign", ("if: trust >= 6", "if: trust = 6"), "two equals signs"),
    ("a law without its source", ("basis: value\n          quality: weak\n        next: monday", "basis: law\n          quality: weak\n        next: monday"), "call it practice or value"),
    ("a chapter of one's own", ("chapter: own-cases ", "chapter: my-team   "), "write `chapter: own-cases`"),
]  # fmt: skip
NEAR = {"a law without its source": 3}  # a reason's own block begins a few lines above


@pytest.fixture
def case(a_course, tmp_path_factory):
    """Return a new case, outside the course."""
    return new.write("scenario", "my-case", tmp_path_factory.mktemp("own"))[0]


@pytest.mark.parametrize(("swap", "said"), [pytest.param(*slip[1:], id=slip[0]) for slip in SLIPS])
def test_a_slip_is_named_where_it_was_made(case, swap, said, request):
    text = case.read_text(encoding="utf-8")
    assert text.count(swap[0]) >= 1, "the case has no such words"
    slipped = text.replace(*swap, 1)
    case.write_text(slipped, encoding="utf-8")
    before, after = text.splitlines(), slipped.splitlines()
    line = next(n for n, pair in enumerate(zip(before, after, strict=False), 1) if pair[0] != pair[1])
    problems = library.check([case])
    found = [problem for problem in problems if said in f"{problem.what}; {problem.mend}"]
    assert found, "\n".join(map(str, problems))
    slack = NEAR.get(request.node.callspec.id, 0)
    assert line - slack <= found[0].line <= line, f"made on {line}: {found[0]}"


def test_a_block_that_lost_its_spaces_is_named_though_reading_goes_on(case):
    text = case.read_text(encoding="utf-8").replace("  monday:\n", "monday:\n")
    case.write_text(text, encoding="utf-8")
    line = text.splitlines().index("monday:") + 1
    (problem,) = library.check([case])
    assert f"line {line} has lost the spaces at its start" in problem.mend


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04", "word processor"),
        (b"{\\rtf1 kind", "Make Plain Text"),
        ("kind: scenario".encode("utf-16"), "UTF-16"),
        (b"kind: scenario\ntitle: caf\xe9\n", "save the file as UTF-8: in Notepad"),
    ],
)
def test_what_is_no_plain_text_is_told_what_it_is(case, raw, said):
    case.write_bytes(raw)
    (problem,) = library.check([case])
    assert said in f"{problem.what}; {problem.mend}"
    assert problem.line == (2 if raw.endswith(b"\n") else 1)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_every_editors_lines_are_read(case, ending):
    text = case.read_text(encoding="utf-8")
    case.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", ending).encode())
    assert library.check([case]) == []


def test_what_the_course_holds_has_none_of_them():
    """Where nothing is wrong, nothing is said: notes, quotation marks and hashes as the course's own authors use them."""
    for kind in kinds.KINDS:
        text = (kinds.folder(kind) / "example.yml").read_text(encoding="utf-8")
        assert list(slips.unseen(text)) == []
    assert list(slips.unseen('a: "x #4"\nb: |\n  x #4\nc: x # a note\nd: [x, #4\n  y]\n')) == []


def test_a_text_of_several_lines_in_quotation_marks_is_no_slip(case):
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace(STOP, 'text: "Put a notice\n          up"').replace("monday\n      - id: text", "monda\n      - id: text"), encoding="utf-8")  # fmt: skip
    assert [problem.field for problem in library.check([case])] == ["nodes.wednesday.choices[0].next"]
