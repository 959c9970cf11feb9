"""The facilitators' kit: what is in it, how many copies, and whether anybody can read it."""

import io
import json
import math
import re
import zipfile
from collections import Counter
from itertools import pairwise

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from courseware import cli, library
from courseware.course import course, read_data, root, written
from courseware.facilitate import kit, kit_book, kit_pages, kit_parts, kit_site, kit_words, sessions
from courseware.facilitate.kit_cache import Cache
from courseware.facilitate.kit_file import CUT, ONE_SIDE, Look
from courseware.kinds.scenario.spec import Scenario

CHAPTERS = [chapter["id"] for chapter in course()["chapters"]]
A4 = {(595, 842), (842, 595)}


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A place of these tests' own, so that what a maintainer kept is never what is looked at."""
    return Cache(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def made(cache):
    """The kits that the tests look at, each made once."""
    known = {}

    def of(chapter="4", minutes=90, **options):
        key = (chapter, minutes, *sorted(options.items()))
        if key not in known:
            known[key] = kit.build(chapter, minutes, cache=cache, **options)
        return known[key]

    return of


def pdfs(of):
    return {name: PdfReader(io.BytesIO(body)) for name, body in of.parts.items() if name.endswith(".pdf")}


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def named(of, part):
    (name,) = [name for name in of.parts if part in name and "/" not in name]
    return name


def tags_of(pdf):
    """Return the kinds of a document's structure in reading order, and whether a picture lacks its words."""
    found, wordless = [], []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node["/S"])
                if node["/S"] == "/Figure" and not node.get("/Alt"):
                    wordless.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found, wordless


# ---------------------------------------------------------------- what is in it


def test_a_kit_has_what_its_session_plays_and_asks_for(made):
    names = [name.split("-", 1)[-1] for name in made().parts if "/" not in name]
    for wanted in [
        "start-here.pdf", "run-sheet.pdf", "slides.pptx", "case-high-water-dusk.pdf", "cards-high-water-dusk.pdf",
        "what-follows-high-water-dusk.pdf", "debrief-high-water-dusk.pdf", "why-high-water-dusk.pdf", "observer.pdf",
        "voting-slips.pdf", "ground-rules.pdf", "where-to-turn.pdf", "minute-card-and-form-1.pdf", "handout-and-form-3.pdf",
        "form-2.pdf", "form-4.pdf", "signs.pdf", "letter-cards.pdf", "disclosure.pdf",
    ]:  # fmt: skip
        assert wanted in names
    assert "README.txt" in made().parts


def test_three_hours_also_have_the_opener_the_second_case_and_its_comparison(made):
    names = " ".join(made(minutes=180).parts)
    for part in [
        "opener-what-a-measure-gets",
        "opener-reasons",
        "cards-february",
        "what-follows-february",
        "two-columns",
    ]:
        assert part in names
    # Where there is most to print, the first page still has no more than two sides.
    assert len(pdfs(made(minutes=180))[kit.START].pages) == 2
    # The second case is compared, not debriefed by itself.
    assert "why-february" not in names


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("minutes", [15, 60, 90, 180])
def test_every_session_has_a_kit_with_a_sheet_for_each_step(chapter, minutes):
    session = sessions.session(chapter, minutes)
    files = kit_parts.wanted(session, Look())
    names = [each.folder + each.name for each in files]
    assert len(set(names)) == len(names)
    played = [step for step in session.steps if step.id in kit_parts.PLAYS]
    for step in played:
        assert any(f"cards-{step.exercise}" in name for name in names)
        assert any(f"what-follows-{step.exercise}" in name for name in names)
    assert any(name.endswith("run-sheet.pdf") for name in names)
    assert any("debrief-" in name for name in names) == any(step.id == "four" for step in session.steps)
    # Nothing that the kit prints is also to be brought, and nothing else is missing.
    for each in kit_parts.brought(session):
        assert not each.name.startswith(tuple(str(library.load(step.exercise).title) for step in played) or "\0")


def test_the_materials_that_a_kit_makes_are_still_called_so():
    told, found = kit_words.words(), {m.name for each in sessions.sessions() for m in each.materials}
    assert {*told["made"], *told["voted"]} <= found


def test_the_large_print_folder_has_what_people_read_and_no_other_look(made):
    large = [name for name in made().parts if name.startswith("large-print/")]
    assert {name.split("-", 2)[-1].split(".")[0].split("-")[0] for name in large} >= {
        "case",
        "cards",
        "debrief",
        "where",
        "minute",
        "handout",
    }
    for name in large:
        usual, big = (PdfReader(io.BytesIO(made().parts[each])) for each in (name.removeprefix("large-print/"), name))
        assert big.metadata.title == usual.metadata.title
        assert len(big.pages) >= len(usual.pages)
        assert sizes_of(big) >= 17.9, name


def sizes_of(pdf):
    """Return the smallest type in which words stand, in points, footnote numbers apart."""
    found = []

    def seen(text, _cm, matrix, _font, size):
        if len(text.strip()) > 3:
            found.append(abs(size * matrix[3]))

    for page in pdf.pages:
        page.extract_text(visitor_text=seen)
    return min(found)


# ---------------------------------------------------------------- copies


@pytest.mark.parametrize(
    ("size", "groups", "observers"),
    [
        (3, 1, 0),
        (4, 1, 1),
        (7, 2, 1),
        (9, 2, 2),
        (11, 3, 2),
        (12, 3, 3),
        (23, 6, 5),
        (24, 6, 6),
        (26, 6, 6),
        (120, 30, 30),
    ],
)
def test_a_room_has_its_groups_and_an_observer_in_each_of_four_or_more(size, groups, observers):
    people = kit.room(size)
    assert (people.size, people.groups, people.observers) == (size, groups, observers)


@pytest.mark.parametrize("size", [3, 5, 9, 23, 24, 25, 60])
def test_copies_are_counted_for_the_size(size):
    people = kit.room(size)
    count = {per: make(people) for per, make in kit.COPIES.items()}
    assert count["person"] == size
    assert (2 * count["half"] - size, 4 * count["quarter"] - size) == (size % 2, -size % 4)
    assert count["set"] == people.groups + 1
    assert count["pair"] == 2 * people.groups
    assert count["room"] == 1


@pytest.mark.parametrize(("options", "size"), [({}, 24), ({"size": 9}, 9)])
def test_the_first_page_adds_up(made, options, size):
    of = made(**options)
    total = must = 0
    for file in of.files:
        pages = len(PdfReader(io.BytesIO(file.body)).pages)
        assert file.pages == pages
        sheets = file.copies * (math.ceil(pages / 2) if "both sides" in file.wanted.how else pages)
        assert file.sheets() == sheets
        total += 0 if file.wanted.only else sheets
        must += sheets if file.wanted.must else 0
    assert of.sheets == total
    said = text_of(pdfs(of)[kit.START])
    assert f"{total} sheets of paper" in said
    assert f"{must} sheets" in said
    assert 0 < must < total
    case = next(file for file in of.files if "-case-" in file.name)
    # The sheet that everybody has: its numbers for help fit on its back, so one is enough.
    assert (case.copies, case.pages) == (size, 2)
    assert all(file.how == ONE_SIDE for file in of.files if file.pages == 1 and file.wanted.how != CUT)
    assert f"{size:>3} x {case.name}" in of.parts[kit.README].decode()
    # Every file that is printed is on the list, and every one on the list is there.
    # A word longer than most lines may be parted anywhere, by a mark that is not seen.
    squeezed = said.replace(" ", "").replace("\u200b", "")
    assert [file.name for file in of.files if file.name not in squeezed or file.name not in of.parts] == []


def test_the_line_for_this_room_says_what_the_list_says(made):
    of = made()
    people = kit.room(24)
    assert kit._sheets(of.files, people) == of.sheets
    nine = made(size=9)
    assert kit._sheets(of.files, kit.room(9)) == nine.sheets


def test_materials_and_copies_agree(made):
    of = made(minutes=180)
    wanted = {each.name: each.count for each in of.session.materials}
    copies = {file.name: file.copies for file in of.files}
    for part, name in [("-case-high", "the case, with"), ("-debrief-", "debrief sheet"), ("-why-", "why, choice")]:
        (count,) = [each for key, each in wanted.items() if name in key and "High water" in key]
        assert copies[named(of, part)] == count
    # One of the group's sets is the facilitator's own.
    for part, name in [("-cards-high", "a set of cards"), ("-what-follows-high", "what follows, for the reader")]:
        (count,) = [each for key, each in wanted.items() if name in key and "High water" in key]
        assert copies[named(of, part)] == count == 7
    assert copies[named(of, "two-columns")] == wanted["A sheet with the questions and two columns"]
    per_page = {"voting-slips": 4, "minute-card-and-form-1": 2, "handout-and-form-3": 1}
    asked = ["Slips of paper", "A minute card with Form 1 on its back", "The handout, with Form 3 on its back"]
    for (name, each), material in zip(per_page.items(), asked, strict=True):
        assert copies[named(of, name)] * each == wanted[material]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_an_opener_comes_in_as_many_copies_as_the_run_sheet_says(chapter):
    session = sessions.session(chapter, 180)
    (opener,) = [step for step in session.steps if step.id == "opener"]
    task, reasons, *none = [
        each for each in kit_parts.wanted(session, Look()) if "-opener-" in each.name and not each.folder
    ]
    asked, late = [each for each in opener.materials if "case" not in each.name]
    people = kit.room(session.size)
    assert none == []
    assert kit.COPIES[task.per](people) == asked.count
    assert kit.COPIES[reasons.per](people) == late.count
    # Two pairs of a group compare, so what is cut is there twice; nothing that is cut is there for each person.
    assert (task.how == CUT) == (asked.shared == ", two for each group")


# ---------------------------------------------------------------- reading it


@pytest.mark.parametrize(
    ("chapter", "minutes", "options"),
    [("4", 90, {}), ("4", 180, {}), ("0", 15, {}), ("4", 15, {}), ("4", 90, {"large": True, "contrast": True})],
)
def test_every_pdf_is_tagged_titled_in_english_and_on_a4(made, chapter, minutes, options):
    for name, pdf in pdfs(made(chapter, minutes, **options)).items():
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"], name
        assert root["/Lang"] == "en-GB", name
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], name
        assert b"pdfuaid:part>1<" in root["/Metadata"].get_data(), name
        assert pdf.metadata.title, name
        assert pdf.metadata.creation_date is None, name
        assert {tuple(map(round, page.mediabox[2:])) for page in pdf.pages} <= A4, name
        tags, wordless = tags_of(pdf)
        assert wordless == [], name
        headings = [int(tag[2:]) for tag in tags if tag[:2] == "/H" and tag[2:].isdigit()]
        assert headings, name
        assert headings[0] == 1, name
        assert all(after - before <= 1 for before, after in pairwise(headings)), name
        assert all(page.get("/StructParents") is not None for page in pdf.pages), name


def test_each_document_has_a_title_of_its_own(made):
    titles = Counter(pdf.metadata.title for name, pdf in pdfs(made(minutes=180)).items() if "/" not in name)
    assert titles.most_common(1)[0][1] == 1, titles.most_common(2)


def test_nothing_of_the_authors_estimate_is_in_a_kit(made):
    of = made(minutes=180)
    others = "quality of life|care quality commission|regulation and quality improvement authority"
    for name, pdf in pdfs(of).items():
        words = text_of(pdf).casefold()
        assert "quality" not in re.sub(others, "", words), name
    scenario = library.load("high-water")
    assert isinstance(scenario, Scenario)
    assert "quality" not in json.dumps(kit_words.told("high-water", "dusk"))


def test_no_consequence_is_on_what_players_hold(made):
    scenario = library.load("high-water")
    told = [
        " ".join(kit_words.plain(str(choice.feedback.consequence)).split())[:60]
        for name in ("forecast", "sixty", "twenty", "table", "offers")
        for choice in scenario.nodes[name].choices
    ]
    papers = pdfs(made())
    seen = "".join(
        text_of(papers[named(made(), part)]) for part in ("-case-", "-cards-", "-debrief-", "-observer")
    ).replace(" ", "")
    follows = text_of(papers[named(made(), "-what-follows-")]).replace(" ", "")
    assert len(told) > 12
    assert all(each.replace(" ", "") in follows for each in told)
    assert not any(each.replace(" ", "") in seen for each in told)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_handout_is_one_page_of_the_chapters_own_points(chapter, cache):
    session = sessions.session(chapter, 90)
    told = kit_pages.handout(session, [])
    body = cache.get(*_making("handout", told))
    pdf = PdfReader(io.BytesIO(body))
    assert len(pdf.pages) == 1
    with_form = cache.get(*_making("handout", kit_pages.handout(session, [], kit_book.form("month"))))
    assert len(PdfReader(io.BytesIO(with_form)).pages) == 2
    points = kit_words.bullets(chapter, "In short")
    outcomes = [outcome["text"] for outcome in kit_pages.chapter_of(session)["outcomes"]]
    said = text_of(pdf).replace(" ", "")
    assert all(kit_words.plain(each).replace(" ", "") in said for each in points or outcomes)
    assert "{" not in said
    assert "`" not in said


def _making(name, told):
    from courseware.facilitate.kit_file import sheet

    made = sheet(told, Look())
    return name + made.told, made.make


@pytest.mark.parametrize(("chapter", "minutes"), [("4", 90), ("0", 15)])
def test_every_kit_has_what_to_do_when_somebody_tells_of_harm_on_two_pages(made, chapter, minutes):
    """In the page's own words, in its order, with whom to tell left open and lines for what was said."""
    of = made(chapter, minutes)
    (file,) = [each for each in of.files if each.name.endswith("-disclosure.pdf")]
    pdf = pdfs(of)[file.name]
    # One page is kept and the other is given away, so they are two sheets.
    assert (file.copies, file.wanted.how, len(pdf.pages)) == (2, ONE_SIDE, 2)
    first, second = (squeezed(page.extract_text()) for page in pdf.pages)
    source = (root() / "book" / "facilitators" / "disclosure.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\d\. \*\*(.+?)\*\*", source, re.MULTILINE)
    places = [first.index(squeezed(each)) for each in steps]
    assert len(steps) == 9
    assert places == sorted(places)
    for row in re.findall(r"^\* - \d\. (.+)$", source, re.MULTILINE):
        assert squeezed(row) in first
    assert squeezed("their words, in quotation marks") in second
    assert all(squeezed(line["number"]) in second for line in read_data("support")["lines"])
    assert f"{file.copies:>3} x {file.name}" in of.parts[kit.README].decode()


def test_words_in_a_list_keep_the_space_between_them():
    (found,) = kit_pages.md("1. **Stop.** *“Ten minutes.”*")["markdown"]
    assert [part if isinstance(part, str) else part["of"][0] for part in found["of"][0]["of"]] == [
        "Stop.",
        " ",
        "“Ten minutes.”",
    ]


def test_the_sheet_that_a_session_asks_for_is_in_its_kit():
    for chapter in CHAPTERS:
        for minutes in (15, 60, 90, 180):
            session = sessions.session(chapter, minutes)
            asked = [each for each in session.materials if "unsafe care" in each.name]
            assert [each.count for each in asked] == [kit.COPIES["runner"](kit.room(session.size))]
            assert asked[0].name not in {each.name for each in kit_parts.brought(session)}


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("name", "file"),
    [("end", "-minute-card-and-form-1"), ("new", "-form-2"), ("month", "-handout-and-form-3"), ("result", "-form-4")],
)
def test_the_forms_of_a_kit_are_those_of_the_page_word_for_word(made, name, file):
    forms = kit_words.words()["forms"]
    page = (root() / f"{forms['page']}.md").read_text(encoding="utf-8")
    section = page.split(f"## {forms[name]}\n")[1].split("\n(")[0]
    said = squeezed(text_of(pdfs(made())[named(made(), file)]))
    rows = [row for row in re.findall(r"^\| (.+?) \|", section, re.MULTILINE) if row.strip("-|")]
    questions = re.findall(r"^\d\. (.+)$", section, re.MULTILINE)
    assert rows or questions
    for each in [forms[name], *rows, *questions]:
        # What is offered has a box to tick before each.
        for part in kit_words.plain(each).split(" · "):
            assert squeezed(part) in said, part
    # Nothing asks people to rate what they know: the page says why not.
    assert "How much did you learn" in page
    assert "withnotes" not in said.casefold()


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("minutes", [60, 90, 180])
def test_a_form_that_everybody_gets_has_its_moment(chapter, minutes):
    steps = {step.id: step for step in sessions.session(chapter, minutes).steps}
    assert "Form 3" in steps["plan"].do
    assert "Form 1" in steps["card"].do
    # A minute for the card, and the three that the form says it takes.
    assert steps["card"].minutes >= 4


@pytest.mark.parametrize("part", ["ground-rules", "where-to-turn", "form-2", "form-4", "observer", "letter-cards"])
def test_a_sheet_for_one_hand_is_one_page(made, part):
    assert len(pdfs(made())[named(made(), part)].pages) == 1


def test_the_support_sheet_has_every_line_with_its_number(made):
    said = text_of(pdfs(made())[named(made(), "where-to-turn")])
    for line in read_data("support")["lines"]:
        assert line["number"] in said
        assert line["name"].split(",")[0] in said
        assert "".join(f"{line['how']}: {line['who']}".split()) in "".join(said.split())
        assert line.get("note", "\0") not in said
    assert "checked on" in said


def test_a_page_is_read_without_the_course_s_own_marks():
    assert kit_words.bare("{term}`Report cards <report card>` and {term}`Oflog`") == "Report cards and Oflog"
    assert kit_words.bare("see [below](#ch4) and [x](https://example.org)") == "see below and [x](https://example.org)"
    said = kit_words.bare("**Kahneman and Klein** {cite:p}`kahnemanklein2009`. Two")
    assert said.startswith("**Kahneman and Klein** (*Conditions for intuitive expertise")
    assert said.endswith(", 2009). Two")


# ---------------------------------------------------------------- the same again


def test_the_same_kit_is_the_same_bytes_and_is_made_once(tmp_path, made):
    first = kit.packed(made())
    fresh = Cache(tmp_path)
    assert kit.packed(kit.build("4", 90, cache=fresh)) == first
    assert (fresh.counts["reused"], fresh.counts["made"] > 20) == (0, True)
    again = Cache(tmp_path)
    assert kit.packed(kit.build("4-leading-under-pressure", 90, cache=again)) == first
    assert (again.counts["made"], again.counts["reused"]) == (0, fresh.counts["made"])


def test_what_is_kept_and_damaged_is_made_again(tmp_path):
    cache = Cache(tmp_path)
    assert cache.get("told", lambda: b"body\nof it") == b"body\nof it"
    assert cache.get("told", lambda: b"never") == b"body\nof it"
    assert cache.get("other", lambda: b"other") == b"other"
    for path in [each for each in tmp_path.rglob("*") if each.is_file()]:
        path.write_bytes(path.read_bytes()[:-1])
    assert cache.get("told", lambda: b"anew") == b"anew"
    assert cache.counts == {"made": 3, "reused": 1}


def test_one_kit_is_one_folder_that_says_where_to_start(made):
    with zipfile.ZipFile(io.BytesIO(kit.packed(made()))) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {"kit-4-90"}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        readme = archive.read("kit-4-90/README.txt").decode()
    assert "START HERE: what to print tomorrow morning, in how many copies" in readme
    assert all(f"kit-4-90/{file.name}" in names for file in made().files)


def test_variants_are_named_and_look_otherwise(made):
    assert made(large=True, contrast=True).name == "kit-4-90-large-print-high-contrast"
    assert not any(name.startswith("large-print/") for name in made(large=True, contrast=True).parts)
    for file in made(large=True, contrast=True).files:
        assert sizes_of(PdfReader(io.BytesIO(file.body))) >= 14, file.name


def test_a_kit_prints_once_what_people_hold_once_and_no_more(made):
    """What only some rooms need is named apart, and a debrief sheet, which ends with a plan card, spares the cards."""
    of = made()
    asked = {file.name.split("-", 1)[1]: file.wanted.only for file in of.files if file.wanted.only}
    assert set(asked) == {"letter-cards.pdf", "form-2.pdf", "form-4.pdf"}
    assert all(words in of.parts[kit.README].decode() for words in asked.values())
    assert of.sheets == sum(file.sheets() for file in of.files if not file.wanted.only)
    assert not any("plan-cards" in name for name in of.parts)
    assert "My if–then plan" in text_of(pdfs(of)[named(of, "-debrief-")])


def test_the_reader_s_pages_wait_until_the_play(made):
    """As the guide has it: the case is on the tables, and what follows stays with whoever runs the session."""
    files = {file.name.split("-", 1)[1]: file.wanted for file in made(minutes=180).files}
    for name, wanted in files.items():
        if name.startswith(("what-follows-", "why-", "opener-reasons-")):
            assert (wanted.hidden, wanted.pile) == (True, False), name
    # Of the two cases only the first lies there when people come in.
    assert [name for name, wanted in files.items() if name.startswith("case-") and wanted.pile] == [
        "case-high-water-dusk.pdf"
    ]


def test_nothing_in_large_print_lies_on_something_else(made):
    of = made(large=True, contrast=True)
    for part in ["voting-slips", "minute-card", "disclosure"]:
        pdf = pdfs(of)[named(of, part)]
        for number, page in enumerate(pdf.pages, 1):
            assert overlaps(page) == [], (part, number)


def overlaps(page):
    """Return the words of a page that begin within a line of 18 points above or below others at the same place."""
    seen = []

    def visit(text, cm, tm, _font, _size):
        if len(text.strip()) > 3:
            x, y = (tm[4] * cm[at] + tm[5] * cm[at + 2] + cm[at + 4] for at in (0, 1))
            seen.append((round(x), y, text.strip()))

    page.extract_text(visitor_text=visit)
    return [
        (one, other)
        for at, (x, y, one) in enumerate(seen)
        for other_x, other_y, other in seen[at + 1 :]
        if x == other_x and 0.5 < abs(y - other_y) < 15
    ]


def test_cutting_is_for_one_side(made):
    assert all(file.wanted.how == CUT for file in made().files if "cards-" in file.name or "slips" in file.name)


# ---------------------------------------------------------------- asking for one


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["9"], "no chapter `9`; the chapters are 0, 1, 2, 3, 4, 5, 6"),
        (["4-leading-under-presure"], "4-leading-under-pressure"),
        (["4", "--minutes", "75"], "75 minutes; ask for one of 15, 60, 90, 180"),
        (["4", "--size", "2"], "a room of 2 people"),
        (["--size", "12"], "name a chapter too"),
    ],
)
def test_what_cannot_be_made_says_the_mend(tmp_path, arguments, said):
    result = CliRunner().invoke(cli.app, ["kit", *arguments, "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "out").write_text("mine")
    result = CliRunner().invoke(cli.app, ["kit", "4", "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "name another folder" in result.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_the_command_writes_a_folder_and_a_zip_and_says_what_it_reused(tmp_path, made, cache, monkeypatch):
    monkeypatch.setattr("courseware.facilitate.kit_cache.folder", lambda: cache.at)
    made()
    (tmp_path / "kit-4-90").mkdir()
    (tmp_path / "kit-4-90" / "old.pdf").write_bytes(b"")
    result = CliRunner().invoke(cli.app, ["kit", "4", "--minutes", "90", "--size", "24", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "0 made" in result.stderr
    assert "for 24 people in 6 groups" in result.stderr
    assert (tmp_path / "kit-4-90.zip").read_bytes() == kit.packed(made())
    on_disk = {path.relative_to(tmp_path / "kit-4-90").as_posix() for path in (tmp_path / "kit-4-90").rglob("*.*")}
    assert on_disk == set(made().parts)


def test_the_site_has_every_chapter_at_three_lengths_and_copies_what_is_unchanged(tmp_path, monkeypatch, made):
    monkeypatch.setattr(kit_site, "written", lambda: written()[4:5])
    cache = Cache(tmp_path / "kept")
    found = kit_site.make(tmp_path / "kits", cache=cache)
    assert [each["name"] for each in found] == ["kit-4-60.zip", "kit-4-90.zip", "kit-4-180.zip"]
    assert (tmp_path / "kits" / "kit-4-90.zip").read_bytes() == kit.packed(made())
    assert found[1]["bytes"] == len(kit.packed(made()))
    assert found[1]["sheets"] == made().sheets
    (tmp_path / "kits" / "kit-9-90.zip").write_bytes(b"")
    (tmp_path / "kits" / "mine.txt").write_text("a letter")
    monkeypatch.setattr(kit, "build", lambda *_, **__: pytest.fail("nothing has changed"))
    assert kit_site.make(tmp_path / "kits", cache=cache) == found
    assert not (tmp_path / "kits" / "kit-9-90.zip").exists()
    assert (tmp_path / "kits" / "mine.txt").read_text() == "a letter"


def test_kits_made_into_a_built_book_say_that_its_page_is_as_it_was(tmp_path, monkeypatch):
    made_of = [{"name": "kit-4-90.zip", "bytes": 5, "sheets": 1}]
    monkeypatch.setattr(kit_site, "make", lambda *_, **__: made_of)
    (tmp_path / "alone").mkdir()
    alone = CliRunner().invoke(cli.app, ["kit", "--out", str(tmp_path / "alone" / "kits")])
    (tmp_path / "html" / kit_site.PAGE).parent.mkdir(parents=True)
    (tmp_path / "html" / kit_site.PAGE).write_text("")
    beside = CliRunner().invoke(cli.app, ["kit", "--out", str(tmp_path / "html" / "kits")])
    assert "make build" not in alone.stderr
    assert "make build" in beside.stderr
