"""What reaches paper: a tagged PDF that holds the whole exercise, and of what is not a learner's yet, nothing."""

import io
import json
import re
import unicodedata

import pytest
import typst
from markupsafe import Markup
from pypdf import PdfReader

from courseware import kinds, library, paper

# Plain fields that a learner or facilitator reads; ids and the like stay behind.
READ = {
    "text", "label", "title", "by", "means", "help", "if_hint", "then_hint", "example", "else_text", "unit", "from",
    "at", "expected", "happened", "why_different", "learned", "full", "first", "last", "who", "shown", "ask", "question", "points", "cannot_say",
}  # fmt: skip
AFTERWARDS = {
    "consequence", "why", "feedback", "argues", "commentary", "misconception", "if_placed", "caveat", "grounds", "differ",
    "then", "suggests", "notice",
}  # fmt: skip


def reader(exercise, **options):
    return PdfReader(io.BytesIO(paper.pdf(exercise, **options)))


def squeezed(text):
    """Return text without the spaces, line ends and break marks that differ between a page and its source."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


def text_of(exercise, **options):
    return squeezed("\n".join(page.extract_text() for page in reader(exercise, **options).pages))


def words_of(value):
    """Yield every text in a tree of Markdown."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from words_of(value.get("of", []))
    else:
        for each in value:
            yield from words_of(each)


def read_by_people(value, key=""):
    """Yield every text of a compiled exercise that paper must hold."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from read_by_people(each, name if isinstance(each, str) else key)
    elif isinstance(value, list):
        for each in value:
            yield from read_by_people(each, key)
    elif isinstance(value, Markup):
        yield "".join(words_of(paper.tree(value)))
    elif isinstance(value, str) and key in READ:
        yield from re.split(r"\[[a-z0-9-]+\]", value)


def said_afterwards(value, key=""):
    """Yield every text that is said only to somebody who has chosen, answered or written."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from said_afterwards(each, key if key == "if_placed" else name)
    elif isinstance(value, list):
        for each in value:
            yield from said_afterwards(each)
    elif isinstance(value, Markup) and key in AFTERWARDS:
        yield "".join(words_of(paper.tree(value)))


def fonts_of(pdf):
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            yield font["/BaseFont"].split("+")[1]


@pytest.fixture
def shown(a_course, monkeypatch):
    """Return a way to an example, with typst's warnings made into failures."""

    def strict(*args, **options):
        made, warnings = typst.compile_with_warnings(*args, **options)
        assert [warning.message for warning in warnings] == []
        return made

    monkeypatch.setattr(typst, "compile", strict)
    return lambda kind: library.load(f"example-{kind}")


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_everything_said_is_on_paper(shown, kind):
    exercise = shown(kind)
    text = text_of(exercise)
    missing = [each for each in read_by_people(exercise.compiled()) if squeezed(each) not in text]
    assert missing == []


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_learner_is_told_nothing_too_soon(shown, kind):
    exercise = shown(kind)
    text = text_of(exercise, answers=False)
    told = list(said_afterwards(exercise.compiled()))
    assert told
    assert [each for each in told if squeezed(each) in text] == []
    assert squeezed(str(exercise.title)) in text


@pytest.mark.parametrize("kind", kinds.KINDS)
@pytest.mark.parametrize("answers", [True, False])
def test_it_is_tagged_and_titled_in_its_language_on_a4(shown, kind, answers):
    exercise = shown(kind)
    pdf = reader(exercise, answers=answers)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == exercise.title
    assert pdf.metadata.creation_date is None
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert {tuple(map(round, page.mediabox[2:])) for page in pdf.pages} == {(595, 842)}
    assert all(font.startswith(("LibertinusSerif-", "DejaVuSansMono")) for font in fonts_of(pdf))


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_pages_carry_the_course_and_their_number(shown, kind):
    pages = [squeezed(page.extract_text()) for page in reader(shown(kind)).pages]
    for number, page in enumerate(pages, 1):
        assert "Acourse" in page
        assert f"Page{number}of{len(pages)}" in page


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_the_same_exercise_is_the_same_bytes(shown, kind):
    assert paper.pdf(shown(kind)) == paper.pdf(shown(kind))


PROMPTS = {
    "scenario": "text: The figures will not be ready on Thursday. Your manager is still in the building.",
    "quiz": "prompt: Which of these is a decision?",
    "sort": "why: There is a date.",
    "order": "why: It learns from a caller.",
    "allocate": "argues: The pile is what I am asked about.",
    "inventory": "not_measured: It does not measure how good anybody is, and it cannot say why things are as they are.",
    "explore": "prompt: An invented office answers letters. Move the controls, and see how many wait.",
    "reflect": "prompt: Think of a time when you held news back. Name nobody.",
}
CHOICES = {
    "scenario": "text: Wait for Thursday; it may come right by itself",
    "quiz": "text: Waiting and hoping",
    "sort": "text: The office opened in May.",
    "order": "text: The night shift",
    "allocate": "means: You answer what has come in.",
    "inventory": "text: People said what they did not know yet.",
    "explore": "ask: Three people and two hours more each week. Does the queue shrink?",
    "reflect": "label: What did you hold back",
}


@pytest.mark.parametrize("kind", kinds.KINDS)
@pytest.mark.parametrize("where", [PROMPTS, CHOICES])
@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("plain #let x = 1 #panic() $x$ //", "plain #let x = 1 #panic() $x$ //"),
        ("a <script>alert(1)</script> b", "a <script>alert(1)</script> b"),
        ("a #eval(sys.inputs.data) @x <x> b", "a #eval(sys.inputs.data) @x <x> b"),
        ("x" * 150, "x" * 150),
        ("Dŵr a thŷ: w\u0302", "Dŵr a thŷ: ŵ"),
        ("ready \U0001f600\u200d\U0001f692\ufe0f \ue000 \u6f22", "[grinning face][fire engine]"),
    ],
)
def test_what_an_author_writes_is_only_ever_text(shown, example, kind, where, written, printed):
    field, _, words = where[kind].partition(": ")
    exercise, problems = library.read(
        example(kind, (f"{field}: {words}", f"{field}: {json.dumps(written, ensure_ascii=False)}"))
    )
    assert [problem for problem in problems if problem.level == "error"] == []
    assert squeezed(printed) in text_of(exercise)


def test_text_from_right_to_left_keeps_its_letters(shown, example):
    arabic = "سلام عليكم"
    exercise, _ = library.read(example("reflect", ("label: What did you hold back", f"label: {arabic}")))
    assert set(squeezed(arabic)) <= set(text_of(exercise))


def test_markdown_becomes_a_tree_and_stays_one():
    written = (
        '<p>A <strong>b</strong> <a href="https://x.org/?a=1&amp;b=2">c</a><br>\nd</p>\n<ol start="3"><li>e</li></ol>'
    )
    assert paper.tree(written) == [
        {
            "tag": "p",
            "of": [
                "A ",
                {"tag": "strong", "of": ["b"]},
                " ",
                {"tag": "a", "of": ["c"], "to": "https://x.org/?a=1&b=2"},
                {"tag": "br", "of": []},
                " d",
            ],
        },
        {"tag": "ol", "of": [{"tag": "li", "of": ["e"]}], "start": 3},
    ]


MARKDOWN = r"""commentary: |
  One *two* **three** `#four` [five](https://example.org/five) [six](#six) and \* seven.

  3. eight
  4. nine
     - ten

  > eleven

  | twelve | thirteen |
  |---|---|
  | fourteen | |

  ***
"""


def test_all_of_markdown_prints(shown, example):
    path = example("reflect")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"commentary: \|\n(  .*\n)+", lambda _: MARKDOWN, text), encoding="utf-8")
    printed = text_of(library.load("example-reflect"))
    for word in ["One two three #four five", "six and * seven", "3.eight", "nine", "ten", "eleven", "twelve",
                 "fourteen", "https://example.org/five"]:  # fmt: skip
        assert squeezed(word) in printed
    assert "#six" not in printed


def test_the_estimate_of_a_choice_never_leaves_the_file(shown, example):
    before = paper.pdf(shown("scenario"))
    exercise, _ = library.read(
        example("scenario", ("quality: strong", "quality: mixed"), ("quality: weak", "quality: mixed"))
    )
    assert paper.pdf(exercise) == before
    assert "quality" not in json.dumps(paper.data(exercise))


ROOM = """\
    facilitator: {minutes: 6, ask: ["Who else could know?"], listen_for: ["I had no time"], if_short: skip}
  weather:
"""


def test_what_is_for_the_facilitator_is_on_those_pages_only(shown, example):
    exercise, problems = library.read(example("scenario", ("  weather:\n", ROOM)))
    assert problems == []
    pages = [squeezed(page.extract_text()) for page in reader(exercise).pages]
    theirs = [page for page in pages if "Forthefacilitator·" in page]
    for said in ["Who else could know?", "I had no time", "6 minutes", "may be skipped"]:
        assert any(squeezed(said) in page for page in theirs)
    assert not any(squeezed("Who else could know?") in page for page in pages if page not in theirs)
    assert squeezed("Who else could know?") not in text_of(exercise, answers=False)


def test_a_scenario_says_where_each_choice_leads(shown):
    made = paper.data(shown("scenario"))["paper"]
    assert made["follows"]["news"]["tell"] == {
        "if": "",
        "effects": "Staff trust +2; Time in hand −2; note “told”.",
        "turn": 2,
    }
    assert made["follows"]["thursday"]["share"]["if"] == "“told” is noted, and Staff trust at least 5"
    assert made["routes"]["close"] == [{"if": "Staff trust at least 6", "turn": 5}, {"if": "", "turn": 6}]
    assert [(each["first"], each["last"]) for each in made["lots"]["weather"]["outcomes"]] == [(1, 3), (4, 4)]
    assert made["defended"][0] == {"steps": ["1A", "2 (lot 1)", "3A"], "end": 5}


ACTS = """\
acts:
  - {id: first, title: The first half, start: news, minutes: 10}
  - id: second
    title: The second half
    start: thursday
    so_far: Kit has been *rung*, and knows what you know.
    with: {trust: 8, told: true}
    minutes: 8
debrief:
"""


def test_one_act_has_its_own_passages_and_score(shown, example):
    exercise, problems = library.read(example("scenario", ("\ndebrief:\n", f"\n{ACTS}")))
    assert problems == []
    first = paper.data(exercise, act="first")["paper"]
    assert first["passages"] == ["news", "weather"]
    assert (first["start"], first["stop"]) == (1, 3)
    assert first["notes"] == []
    assert first["follows"]["news"]["tell"]["effects"] == "Staff trust +2; Time in hand −2."
    assert first["defended"][0] == {"steps": ["1A", "2 (lot 1)"], "end": None}
    second = paper.data(exercise, act="second")["paper"]
    assert second["passages"] == ["thursday", "close", "shared"]  # not "alone": its own score leads past it
    assert second["scores"] == {"trust": 8, "time": 5}
    assert second["notes"] == [{"label": "told", "ticked": True, "word": None}]
    assert squeezed("3 · The act ends here") in text_of(exercise, act="first")
    assert squeezed("Rings Kit") not in text_of(exercise, act="second")
    so_far = squeezed("So far. Kit has been rung, and knows what you know.")
    assert so_far in text_of(exercise, act="second")
    assert so_far in text_of(exercise, act="second", answers=False)
    assert so_far not in text_of(exercise, act="first")
    with pytest.raises(ValueError, match="no act `third` in `example-scenario`"):
        paper.pdf(exercise, act="third")
    with pytest.raises(ValueError, match="`example-quiz` has no acts"):
        paper.pdf(shown("quiz"), act="first")


def test_the_range_of_a_stock_is_a_sentence(shown):
    exercise = shown("allocate")
    stock = next(iter(exercise.model.stocks.values()))
    word = "more" if stock.better == 1 else "less"
    assert squeezed(f"between {stock.min:g} and {stock.max:g}; {word} is better.") in text_of(exercise)


def test_an_exercise_that_asks_for_care_says_where_to_turn(shown, example, a_course):
    (a_course / "data" / "support.yml").write_text(
        'checked: "2026-11-02"\nlines:\n'
        '  - {name: A line, number: "0800 1", how: call, who: anybody, nation: UK, note: kept back}\n'
    )
    example("quiz", ("confidence:", "safety: {topics: [loss], alternative: example-sort}\nconfidence:"))
    text = text_of(library.load("example-quiz"), answers=False)
    assert squeezed("“Fact or opinion” counts as complete") in text
    assert squeezed("A line 0800 1 (call): anybody") in text
    assert squeezed("checked on 2 November 2026") in text
    assert squeezed("kept back") not in text


def test_a_character_that_no_font_has_is_named():
    assert paper.unshown(r'the text `"a\u{200d}漢"` could not be displayed with font') == {"\u200d", "漢"}
    assert paper.unshown("unknown variable: x") == set()
    assert [paper.name_of(each) for each in "👍\u200d\ue000"] == ["[thumbs up sign]", "", "[character e000]"]


def test_an_error_in_a_template_is_not_hidden(shown, monkeypatch):
    monkeypatch.setattr(paper, "data", lambda *_, **__: {})
    with pytest.raises(typst.TypstError):
        paper.pdf(shown("quiz"))


@pytest.mark.parametrize("path", library.files(), ids=lambda path: path.stem)
def test_every_exercise_of_the_course_prints(path):
    exercise, problems = library.read(path)
    assert exercise is not None, problems
    assert squeezed(str(exercise.title)) in squeezed(reader(exercise).pages[0].extract_text())
