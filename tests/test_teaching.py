"""The rules of teaching that a machine can check, chapter by chapter."""

import re
from datetime import date
from fractions import Fraction

import pytest
from docutils.nodes import make_id

from courseware import library
from courseware.base import Exercise
from courseware.cite import references
from courseware.course import concepts, course, root, written
from tests.readability import grade, syllables
from tests.sections import CITE, LABEL, QUOTE, chapter_file, number, sections

CHAPTERS = {chapter["id"]: chapter for chapter in written()}
EACH = pytest.mark.parametrize("chapter", CHAPTERS)
# The first chapter and the last start from no source: they owe nobody an account of one, or of what became of it.
SOURCED = pytest.mark.parametrize("chapter", [name for name, chapter in CHAPTERS.items() if "source" in chapter])
MAX_WORDS = 600
MAX_GRADE = 11
FEW_WORDS = 60  # a grade of less than this says nothing
OPENING = re.compile(r"[*]{2}([^*]+)[*]{2}")
DATED = re.compile(r"(?:\d{1,2} )?(?:[A-Z][a-z]+ )?20\d\d(?: to (?:\d{1,2} )?(?:[A-Z][a-z]+ )?20\d\d)?\.?")


def exercises(chapter) -> dict[str, Exercise]:
    return {each.id: each for each in library.all_exercises() if each.chapter == chapter}


def shown(chapter):
    return [name for section in sections(chapter) for name in section.having("exercise")]


def named(chapter, words):
    return next(section for section in sections(chapter) if section.title.startswith(words))


def test_minutes_and_outcomes_come_with_the_page():
    assert CHAPTERS, "no chapter has a page"
    for chapter in course()["chapters"]:
        promised = {"minutes", "outcomes"} & set(chapter)
        assert promised == ({"minutes", "outcomes"} if chapter["id"] in CHAPTERS else set()), chapter["id"]


@EACH
def test_outcomes_name_exercises_that_practise_them(chapter):
    outcomes = CHAPTERS[chapter]["outcomes"]
    assert 4 <= len(outcomes) <= 6
    for outcome in outcomes:
        assert outcome["exercises"], outcome["id"]
        assert set(outcome["exercises"]) <= set(shown(chapter)), outcome["id"]


@EACH
def test_outcomes_begin_with_what_can_be_seen(chapter):
    vague = {"understand", "know", "learn", "appreciate", "be", "become", "realise"}
    for outcome in CHAPTERS[chapter]["outcomes"]:
        assert outcome["text"].split()[0].lower() not in vague, outcome["text"]


@EACH
def test_every_exercise_stands_in_its_chapter_once(chapter):
    own = exercises(chapter)
    assert sorted(name for name in shown(chapter) if name in own) == sorted(own)
    guests = [name for name in shown(chapter) if name not in own]
    assert len(guests) == len(set(guests)), "an exercise of another chapter may come back once, to be taken again"


@EACH
def test_no_heading_takes_the_anchor_of_an_exercise(chapter):
    headings = {make_id(section.title): section.title for section in sections(chapter)}
    assert {name: headings[name] for name in shown(chapter) if name in headings} == {}, (
        "call one of them something else"
    )


@SOURCED
def test_every_concept_is_explained_practised_and_cited(chapter):
    practised = {concept for exercise in exercises(chapter).values() for concept in exercise.teaches}
    for concept in concepts()[CHAPTERS[chapter]["concepts"]]:
        label = f"concept-{concept['id']}"
        homes = [section for section in sections(chapter) if label in section.labels]
        if concept.get("see") and not homes:
            continue  # taught once, elsewhere
        assert len(homes) == 1, f"{label} marks {len(homes)} sections"
        assert homes[0].cites, f"{label}: its section cites nothing"
        if concept.get("text_only"):
            assert concept["id"] not in practised
        else:
            assert concept["id"] in practised, f"{label}: no exercise practises it"


@EACH
def test_sections_are_short(chapter):
    assert {section.title: section.words for section in sections(chapter) if section.words > MAX_WORDS} == {}


@EACH
def test_sections_read_easily(chapter):
    grades = {section.title: grade(section.text) for section in sections(chapter) if section.words >= FEW_WORDS}
    assert grades
    assert {title: round(found, 1) for title, found in grades.items() if found > MAX_GRADE} == {}


@pytest.mark.parametrize("name", [path.stem for path in library.files()])
def test_an_exercise_reads_easily(name):
    from tests.browser.words import pieces

    text = "\n\n".join(piece for piece in pieces(library.load(name)) if len(piece.split()) > 3)
    assert round(grade(text), 1) <= MAX_GRADE


@EACH
def test_every_citation_is_in_the_bibliography(chapter):
    cited = {key for section in sections(chapter) for key in section.cites}
    assert cited
    assert cited - references().keys() == set()
    for page in (root() / "book").rglob("*.md"):
        keys = {key.strip() for keys in CITE.findall(page.read_text(encoding="utf-8")) for key in keys.split(",")}
        assert keys - references().keys() == set(), page.name


@EACH
def test_links_of_a_chapter_lead_somewhere(chapter):
    # A label may be on any page.
    places = {label for name in CHAPTERS for section in sections(name) for label in section.labels}
    places |= {
        each for page in (root() / "book").rglob("*.md") for each in LABEL.findall(page.read_text(encoding="utf-8"))
    }
    places |= {name for section in sections(chapter) for what in ("exercise", "chart") for name in section.having(what)}
    for section in sections(chapter):
        for target in section.links:
            if target.startswith("#"):
                assert target[1:] in places, f"{section.title}: {target}"
            elif not target.startswith(("http://", "https://", "mailto:")):
                assert (chapter_file(chapter).parent / target.partition("#")[0]).exists(), f"{section.title}: {target}"


# Everyday words that the glossary also has, for the narrow sense in which a chapter or an exercise uses them.
EVERYDAY = {
    "basis",
    "claim",
    "confidence",
    "debrief",
    "fact",
    "indicator",
    "judgement",
    "measure",
    "recovery",
    "target",
}


def glossary():
    page = (root() / "book" / "reference" / "glossary.md").read_text(encoding="utf-8")
    return [
        line for line in page.split("```{glossary}")[1].split("```")[0].splitlines() if line.strip() and line[0] != " "
    ]


@EACH
def test_a_term_is_linked_where_a_chapter_first_uses_it(chapter):
    # Not in a quotation, nor in what stands in italics: those are somebody's words, or a title.
    prose = QUOTE.sub("", "\n".join(line for section in sections(chapter) for line in section.raw))
    prose = re.sub(r"(?<![*])[*][^*\n]+[*](?![*])", "", CITE.sub("", prose))
    bare = {}
    for term in sorted(set(glossary()) - EVERYDAY):
        first = re.search(rf"\{{term\}}`[^`]*{re.escape(term)}[^`]*`|(?<![\w-]){re.escape(term)}s?(?![\w-])", prose)
        if first and not first[0].startswith("{term}"):
            bare[term] = prose[max(0, first.start() - 60) : first.end() + 30]
    assert bare == {}


@SOURCED
def test_what_has_changed_is_dated_and_cited(chapter):
    section = named(chapter, "What has changed")
    checked = next(line for line in section.raw if "Last checked" in line)
    day = re.search(r"\*\*(\d{1,2} [A-Z][a-z]+ 20\d\d)\*\*", checked)
    assert day, checked
    entries = [line for line in section.raw if line.startswith("- ")]
    assert len(entries) >= 3
    for entry in entries:
        opening = OPENING.search(entry)
        assert opening, entry
        assert DATED.fullmatch(opening[1]), entry
        assert CITE.search(entry), entry


@EACH
def test_every_section_says_how_long_it_takes(chapter):
    silent = [
        section.title for section in sections(chapter)[1:] if section.minutes is None and not section.having("exercise")
    ]
    assert silent == []


def taken(chapter, *, further):
    """Return the minutes of the core, or of what is further: what headings say, and exercises that they do not count.

    A heading counts an exercise under it when it states at least the exercise's own minutes. Of two routes one is taken,
    the one that points to the other.
    """
    total = Fraction(0)
    other_routes = {target[1:] for section in sections(chapter) for target in re.findall(r"#[\w-]+", section.aside)}
    for section in sections(chapter):
        if section.further is not further or other_routes & set(section.labels):
            continue
        stated = section.minutes or Fraction(0)
        inside = Fraction(sum(library.load(name).minutes.solo for name in section.having("exercise")))
        total += stated if stated >= inside else stated + inside
    return total


@EACH
def test_minutes_add_up(chapter):
    minutes = CHAPTERS[chapter]["minutes"]
    assert (taken(chapter, further=False), taken(chapter, further=True)) == (minutes["core"], minutes["further"])


@EACH
def test_what_is_further_is_marked_so_in_both_places(chapter):
    for section in sections(chapter):
        for name in section.having("exercise"):
            assert library.load(name).core is not section.further, f"{name}: `core` and its section disagree"


@EACH
def test_there_is_a_stretch_for_a_phone_and_a_version_for_a_team(chapter):
    ways = named(chapter, "Ways through")
    assert "Twelve minutes on a phone" in ways.text
    assert "Fifteen minutes with a team" in ways.text
    assert named(chapter, "Fifteen minutes with a team").minutes == 15


@EACH
def test_scenarios_of_one_principle_are_compared(chapter):
    principles = [each.principle for each in exercises(chapter).values() if each.kind == "scenario"]
    assert len(principles) >= 2
    assert len(set(principles)) == 1
    assert named(chapter, "Two cases, one principle").words > 50


@EACH
def test_there_is_a_plan(chapter):
    kinds = [each.compiled() for each in exercises(chapter).values() if each.kind == "reflect"]
    assert any(each["if_then"] for each in kinds)


def test_the_bibliography_has_no_work_twice():
    seen = {}
    for key, reference in references().items():
        assert reference.full not in seen, f"{key} and {seen.get(reference.full)}"
        seen[reference.full] = key


# Counted by ear, in Standard Southern British.
SPOKEN = {
    "table": 2, "late": 1, "wanted": 2, "asked": 1, "radio": 3, "manager": 3, "leadership": 3, "people": 2, "council": 2, "decision": 3,
    "responsibility": 6, "judgement": 2, "houses": 2, "created": 3, "measure": 2, "school": 1, "library": 3, "idea": 3, "night": 1,
    "experience": 4, "evidence": 3, "director": 3, "early": 2, "trust": 1, "authority": 4, "services": 3, "situation": 4, "gone": 1,
}  # fmt: skip


def test_syllables_are_right_on_average():
    counted = {word: syllables(word) for word in SPOKEN}
    wrong = {word: count for word, count in counted.items() if count != SPOKEN[word]}
    assert len(wrong) <= len(SPOKEN) / 8, wrong
    assert abs(sum(counted.values()) / sum(SPOKEN.values()) - 1) <= 0.03


def test_the_grade_tells_hard_from_easy():
    easy = "The water came up in the night. We rang her. She did not pick up. So we went."
    hard = "Organisational accountability necessitates comprehensive documentation of administrative deliberation, notwithstanding operational exigencies."
    assert grade(easy) < 3
    assert grade(hard) > 20


def test_minutes_are_read_as_written():
    assert [number(text) for text in ("12", "1½", "½")] == [12, Fraction(3, 2), Fraction(1, 2)]


def test_dates_in_course_are_not_in_the_future():
    text = (root() / "data" / "support.yml").read_text(encoding="utf-8")
    checked = re.search(r'checked: "(\d{4}-\d\d-\d\d)"', text)
    assert checked
    date.fromisoformat(checked[1])
