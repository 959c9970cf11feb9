"""Care over what may hurt: the rules for a subject that is taught in text only, held to the letter.

A concept marked `text_only` in data/concepts.yml is such a subject. It has one short section of its own, which nobody has to
read, with help before it and after it; nothing is done with it, and nothing is made of it.
"""

import re
from pathlib import Path

import nbformat
import pytest
import yaml

from courseware import library
from courseware.course import concepts, root, written
from tests.sections import Section, sections

MAX_WORDS = 200
NATIONS = {"UK", "England", "Scotland", "Wales", "Northern Ireland"}

# Words that blame, that make a success or a drama of a death, or that say how: Samaritans' media guidelines give the reasons.
NEVER = [
    r"commit(?:s|ted|ting)? suicide", r"kill(?:s|ed|ing)? (?:her|him|them)sel(?:f|ves)", r"(?:successful|failed|unsuccessful|completed) suicide",
    r"suicide (?:note|victim|epidemic|bid|pact|hotspot|attempt)s?", r"suicidal (?:leader|teacher|head)s?", r"drove (?:her|him|them) to (?:it|suicide|death|her|his|their)", r"driven to (?:suicide|death)",
    r"end(?:ed|ing)? it all", r"easy way out", r"cry for help", r"took an overdose", r"hanged (?:her|him|them)sel", r"jumped (?:from|in front)", r"could have been saved",
    r"could you have (?:prevented|stopped|saved)",
]  # fmt: skip
# An exercise neither names the subject nor comes near it.
NOT_IN_EXERCISES = [
    r"suicid", r"\bRuth Perry\b", r"\bPerry\b", r"Caversham", r"\bcoroner", r"\binquest", r"self-?harm", r"(?:took|taken|take|taking) (?:her|his|their) own li",
    r"head ?teacher", r"headmaster", r"headmistress",
]  # fmt: skip
NOT_IN_SCENARIOS = [r"\bOfsted\b", r"school inspect", r"inspect(?:s|ed|ing)? (?:a|the|your|her|his) school"]


def words_of(path: Path) -> str:
    """Return what an author wrote in a file; of a notebook, its cells and not what they print."""
    if path.suffix == ".ipynb":
        return "\n\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    return path.read_text(encoding="utf-8")


def content() -> list[Path]:
    """Return every file whose words a reader may meet."""
    top = root()
    found = [
        *top.glob("*.md"),
        *top.glob("chapters/*.ipynb"),
        *top.glob("exercises/**/*.yml"),
        *top.glob("exercises/**/*.ipynb"),
        *top.glob("data/*.yml"),
    ]
    return sorted([*found, *top.glob("book/**/*.md"), *top.glob("data/*.json"), *top.glob("courseware/**/*.html")])


FILES = [pytest.param(path, id=path.relative_to(root()).as_posix()) for path in content()]
EXERCISES = [pytest.param(path, id=path.stem) for path in library.files()]


def grave() -> list[tuple[str, int, Section]]:
    """Return each text-only section: its chapter, its place among the sections, the section."""
    labels = {
        f"concept-{concept['id']}" for group in concepts().values() for concept in group if concept.get("text_only")
    }
    return [
        (chapter["id"], at, section)
        for chapter in written()
        for at, section in enumerate(sections(chapter["id"]))
        if labels & set(section.labels)
    ]


GRAVE = [pytest.param(*found, id=found[2].labels[0]) for found in grave()]
EACH = pytest.mark.parametrize(("chapter", "at", "section"), GRAVE)


@pytest.mark.parametrize("path", FILES)
def test_no_phrase_that_hurts(path):
    text = " ".join(words_of(path).split())
    assert [match[0] for phrase in NEVER for match in re.finditer(phrase, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("path", EXERCISES)
def test_no_exercise_comes_near(path):
    text = words_of(path)
    banned = NOT_IN_EXERCISES + (NOT_IN_SCENARIOS if "kind: scenario" in text else [])
    assert [match[0] for phrase in banned for match in re.finditer(phrase, text, re.IGNORECASE)] == []


def test_the_subject_has_a_section_where_it_is_due():
    due = {chapter["concepts"] for chapter in written() if "concepts" in chapter}
    owed = {each["id"] for group in due for each in concepts().get(group, []) if each.get("text_only")}
    assert {label.removeprefix("concept-") for _, _, section in grave() for label in section.labels} >= owed


@EACH
def test_nothing_is_done_with_it_or_made_of_it(chapter, at, section):
    assert set(section.parts) <= {"text", "support"}
    assert not re.search(r"!\[|<img|<video|<audio|<iframe", "\n".join(section.raw))
    assert section.words <= MAX_WORDS


@EACH
def test_it_links_only_within_the_chapter_and_to_what_it_cites(chapter, at, section):
    assert section.cites
    assert [link for link in section.links if not link.startswith("#")] == []
    assert not re.search(r"https?://|www\.", "\n".join(section.raw))


@EACH
def test_a_note_before_it_gives_support_and_another_way(chapter, at, section):
    before = sections(chapter)[at - 1]
    assert "support" in before.parts
    routes = {link[1:] for link in before.links if link.startswith("#")}
    after = {label for later in sections(chapter)[at + 1 :] for label in later.labels}
    assert routes & after, "no way round it is offered"
    assert "complete" in before.text, "the other way must count as complete, and say so"


@EACH
def test_support_follows_it_at_once(chapter, at, section):
    assert section.parts[-1] == "support"
    assert section.parts.count("support") == 1


@EACH
def test_the_other_way_does_not_lead_back(chapter, at, section):
    routes = {link[1:] for link in re.findall(r"#[\w-]+", section.aside)}
    other = next(each for each in sections(chapter) if routes & set(each.labels))
    assert not set(other.links) & {f"#{label}" for label in section.labels}
    text = other.text.lower()
    assert not [phrase for phrase in NOT_IN_EXERCISES if re.search(phrase, text, re.IGNORECASE)]


@EACH
def test_the_finding_is_given_in_full_and_in_its_own_words(chapter, at, section):
    text = " ".join("\n".join(section.raw).split())
    assert "“Suicide, contributed to by an Ofsted inspection carried out in November 2022”" in text


@EACH
def test_it_is_named_nowhere_else_but_with_warning(chapter, at, section):
    # Elsewhere in the chapter the person is not named: who takes the other way meets her nowhere.
    for place, other in enumerate(sections(chapter)):
        if place != at:
            assert "Ruth Perry" not in " ".join([other.title, *other.raw]), other.title


def test_support_covers_all_four_nations_and_says_when_it_was_checked():
    support = yaml.safe_load((root() / "data" / "support.yml").read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", support["checked"])
    assert {line["nation"] for line in support["lines"]} == NATIONS
    assert support["lines"][0]["number"] == "999"
    assert {"116 123"} <= {line["number"] for line in support["lines"]}


@pytest.mark.parametrize("path", [param for param in FILES if param.id != "data/support.yml"])
def test_numbers_to_ring_stand_in_one_file(path):
    support = yaml.safe_load((root() / "data" / "support.yml").read_text(encoding="utf-8"))
    text = words_of(path)
    for line in support["lines"]:
        digits = line["number"].replace(" ", "")
        spaced = r"[\s-]?".join(digits)
        # A short number is also just a number; it is a number to ring after a word that says so.
        pattern = rf"\b{spaced}\b" if len(digits) > 3 else rf"(?:ring|call|phone|dial|text)\w*\s+(?:NHS\s+)?{digits}\b"
        assert not re.search(pattern, text, re.IGNORECASE), f"{line['name']}: put it through data/support.yml"


@pytest.mark.parametrize(
    "said",
    [
        "She committed suicide.",
        "He killed himself",
        "a suicide note",
        "It drove her to it",
        "the EASY WAY OUT",
        "Could you have prevented it?",
    ],
)
def test_the_list_of_phrases_finds_them(said):
    assert [phrase for phrase in NEVER if re.search(phrase, said, re.IGNORECASE)]


@pytest.mark.parametrize(
    "said", ["She died by suicide.", "She took her own life.", "Suicide, contributed to by", "It ended at five."]
)
def test_the_list_of_phrases_leaves_plain_words_alone(said):
    assert [phrase for phrase in NEVER if re.search(phrase, said, re.IGNORECASE)] == []
