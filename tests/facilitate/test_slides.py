"""The slides of a session: what the room may see, when, and whether anybody can read them."""

import io
import re
from collections import Counter

import pytest
from pptx import Presentation
from pptx.util import Pt

from courseware import library
from courseware.course import course
from courseware.facilitate import kit_words, sessions, slides, slides_file
from courseware.web import build

CHAPTERS = [chapter["id"] for chapter in course()["chapters"]]


@pytest.fixture(scope="module")
def outline():
    known = {}

    def of(chapter="4-leading-under-pressure", minutes=90, **options):
        key = (chapter, minutes, *options.items())
        if key not in known:
            known[key] = slides.outline(sessions.session(chapter, minutes), **options)
        return known[key]

    return of


def opened(said, **options):
    return Presentation(io.BytesIO(slides.drawn("A session", said, **options)))


def shown(slide):
    return " ".join(filter(None, [slide.title, *(f"{line.lead} {line.text}" for line in slide.lines)]))


@pytest.mark.parametrize("minutes", [15, 60, 90, 180])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_step_has_a_slide_with_its_minutes(outline, chapter, minutes):
    session, said = sessions.session(chapter, minutes), outline(chapter, minutes)
    for number, step in enumerate(session.steps):
        of_it = [slide for slide in said if slide.step == number]
        assert of_it, step.id
        assert {slide.minutes for slide in of_it} == {(step.start, step.end)}
        assert any(f"Minutes {step.start} to {step.end} of {minutes}." in slide.notes for slide in of_it)
    steps = [slide.step for slide in said if slide.step is not None]
    assert steps == sorted(steps)
    assert all(count == 1 for count in Counter(slide.title for slide in said).values())
    assert all(slide.notes for slide in said)
    assert all(slide.lines for slide in said)


def test_every_sort_of_step_says_something_to_the_room():
    kinds = {step.id.partition("-")[0] for each in sessions.sessions() for step in each.steps} - {"team"}
    assert kinds == set(kit_words.words()["slides"])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_decision_has_its_letters_and_no_slide_tells_what_follows(outline, chapter):
    session, said = sessions.session(chapter, 180), outline(chapter, 180)
    on_slides = " ".join(shown(slide) for slide in said)
    decisions = 0
    for step in session.steps:
        if step.id not in {"vote", "play", "again"}:
            continue
        scenario = library.load(step.exercise)
        for each in step.decisions:
            node = scenario.nodes[each.id]
            texts = [str(choice.text) for choice in node.choices]
            (slide,) = {
                id(one): one for one in said if one.lines[0].mark == "A" and one.lines[0].text.startswith(texts[0])
            }.values()
            lettered = [line for line in slide.lines if line.mark]
            assert [line.mark for line in lettered] == list("ABCDEF")[: len(lettered)]
            assert "What follows, for your eyes." in slide.notes
            for choice in node.choices:
                told = kit_words.plain(str(choice.feedback.consequence))
                assert told in slide.notes
                assert told[:50] not in on_slides
                assert kit_words.plain(str(choice.feedback.why))[:50] not in slide.notes
            decisions += 1
    assert decisions >= 6


def test_notes_say_nothing_of_the_authors_estimate(outline):
    everything = " ".join(slide.notes + shown(slide) for chapter in CHAPTERS for slide in outline(chapter, 180))
    assert not re.search(r"\b(quality: |strong choice|weak choice)", everything)


def test_the_questions_and_the_plan_are_there(outline):
    said = [shown(slide) for slide in outline()]
    debrief = library.load("high-water").debrief
    for question in debrief.after_action.compiled(library.load("high-water")).values():
        assert any(str(question) in each for each in said)
    assert any(each.startswith("My plan") and "happens, I will" in each for each in said)
    assert any(each.startswith("The case: High water, Dusk") for each in said)


@pytest.mark.parametrize(("options", "least"), [({}, 24), ({"large": True}, 30)])
def test_what_stands_on_a_slide_fits(outline, options, least):
    for chapter in CHAPTERS:
        for slide in outline(chapter, 180, **options):
            assert slide.size >= least
            assert sum(line.height(slide.size) for line in slide.lines) <= slides.HEIGHT, slide.title


def test_no_text_is_lost_where_a_card_takes_several_slides(outline):
    said = "".join(shown(slide) for slide in outline()).replace(" ", "")
    for name in ("forecast", "sixty", "twenty", "table", "offers"):
        node = library.load("high-water").nodes[name]
        assert all(
            each.replace(" ", "") in said for each in re.split(r"(?<=[.?!”])\s+", kit_words.plain(str(node.text)))
        )
        assert all(str(each.text).replace(" ", "") in said for each in node.messages)


@pytest.mark.parametrize("options", [{}, {"contrast": True}, {"large": True}])
def test_the_file_opens_with_titles_words_for_pictures_and_notes(outline, options):
    said = outline(large=True) if "large" in options else outline()
    file = opened(said, **options)
    assert len(file.slides) == len(said)
    titles = [slide.shapes.title.text_frame.text for slide in file.slides]
    assert titles == [slide.title for slide in said]
    for slide, wanted in zip(file.slides, said, strict=True):
        shapes = list(slide.shapes)
        # The order in which they stand is the order in which they are read.
        assert shapes[0] == slide.shapes.title
        assert shapes[1].is_placeholder
        assert shapes[1].text_frame.text.split("\n")[0].strip()
        assert slide.notes_slide.notes_text_frame.text.replace("\v", "\n") == wanted.notes
        if wanted.minutes:
            assert [shape.name for shape in shapes[2:]] == ["Clock", "Minutes"]
            assert f"minutes {wanted.minutes[0]} to {wanted.minutes[1]}" in shapes[2]._element.nvGrpSpPr.cNvPr.get(
                "descr"
            )
        ids = [each.get("id") for each in slide._element.iter() if each.tag.endswith("}cNvPr")]
        assert len(set(ids)) == len(ids)
        for shape in shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else []:
                for run in paragraph.runs:
                    assert run.font.size is None or run.font.size >= Pt(24)
                    assert run._r.rPr.get("lang") == "en-GB"
    assert file.core_properties.language == "en-GB"
    assert file.core_properties.title == "A session"


def test_nothing_in_the_master_is_smaller_than_24_points(outline):
    file = opened(outline()[:2])
    sizes = [
        int(each.get("sz"))
        for each in file.slide_master._element.iter()
        if each.tag.endswith("}defRPr") and each.get("sz")
    ]
    assert sizes
    assert min(sizes) >= 2400
    assert sorted(layout.name for layout in file.slide_layouts) == ["Title Slide", "Title and Content"]


def test_letters_are_a_list_of_the_program_s_own(outline):
    (choice,) = [slide for slide in outline() if slide.title == "High water, card 1: what do you do?"]
    (slide,) = opened([choice]).slides
    marks = [each.tag.split("}")[1] for each in slide.placeholders[1]._element.iter() if "buAuto" in each.tag]
    assert marks == ["buAutoNum"] * len(choice.lines)


def test_the_same_slides_are_the_same_bytes(outline):
    assert slides.drawn("A", outline()) == slides.drawn("A", outline())


def test_the_colours_are_the_course_s_own_and_can_be_read():
    tokens = (build.WEB / "tokens.css").read_text(encoding="utf-8")
    for name, value in [("paper", "ground"), ("ink", "ink"), ("accent", "accent"), ("hairline", "soft")]:
        assert f"--cw-{name}: #{getattr(slides_file.USUAL, value).lower()};" in tokens
    for look in (slides_file.USUAL, slides_file.CONTRAST):
        assert contrast(look.ink, look.ground) >= 7
        assert contrast(look.accent, look.ground) >= 4.5


def contrast(one, other):
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted([light(one), light(other)])
    return (high + 0.05) / (low + 0.05)
