"""Slides as a PowerPoint file: titles in placeholders, one reading order, no text below 24 points, our own colours.

The file is the library's own empty one with our colours, fonts and places, so that whoever opens it can change any
slide as they would their own.
"""

import io
import re
from copy import deepcopy
from datetime import datetime
from typing import Any, NamedTuple
from zipfile import ZipFile

from courseware.course import course
from courseware.facilitate.slides import AFTER, LETTERED, Line, Slide
from courseware.zipped import EARLIEST, zipped

INCH = 914400
WIDE, HIGH = 13.333, 7.5
# Left, top, width and height, in inches.
TITLE = (0.6, 0.4, 12.13, 1.25)
BODY = (0.6, 1.85, 12.13, 4.55)
FIRST = (0.9, 2.1, 11.5, 1.9)
UNDER = (0.9, 4.2, 11.5, 1.6)
BAR = (0.6, 6.78, 6.6, 0.3)
CLOCK = (7.4, 6.62, 5.33, 0.62)
LEAST = 24
LAYOUTS = {"Title Slide": (FIRST, UNDER), "Title and Content": (TITLE, BODY)}


class Look(NamedTuple):
    """The colours of a face, as hexadecimal digits, and its sizes in points."""

    ground: str
    ink: str
    accent: str
    soft: str
    title: int
    text: int


# The course's own colours: tokens.css, in the light. A test holds the two together.
USUAL = Look("FBF9F4", "1B1F24", "0B5257", "DDD6C7", 32, LEAST)
CONTRAST = Look("000000", "FFFFFF", "FFE45C", "6B6B6B", 32, LEAST)
LARGER = 38, 30
FONTS = ("Georgia", "Arial")


def drawn(title: str, slides: list[Slide], *, large: bool = False, contrast: bool = False) -> bytes:
    """Return slides as a PowerPoint file: the same bytes for the same slides."""
    look = CONTRAST if contrast else USUAL
    if large:
        look = look._replace(title=LARGER[0], text=LARGER[1])
    file = _empty(title, look)
    layouts = {each.name: each for each in file.slide_layouts}
    bars: dict[int, Any] = {}
    for slide in slides:
        page = file.slides.add_slide(layouts["Title Slide" if slide.first else "Title and Content"])
        page.shapes.title.text_frame.text = slide.title
        _fill(page.placeholders[1].text_frame, slide)
        if slide.minutes is not None:
            _clock(page, slide, look, bars)
        page.notes_slide.notes_text_frame.text = slide.notes
        for frame in [
            *(shape.text_frame for shape in page.shapes if shape.has_text_frame),
            page.notes_slide.notes_text_frame,
        ]:
            _in_english(frame)
    return _settled(file)


def _empty(title: str, look: Look) -> Any:
    """Return a file without slides: wide, with two layouts, our colours and fonts."""
    from pptx import Presentation
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Emu

    small = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    file = Presentation()
    file.slide_width, file.slide_height = Emu(int(WIDE * INCH)), Emu(int(HIGH * INCH))
    for layout in list(file.slide_layouts):
        if layout.name not in LAYOUTS:
            file.slide_layouts.remove(layout)
    master = file.slide_master
    for holder in (master, *file.slide_layouts):
        for shape in list(holder.placeholders):
            # Date, footer and number would be smaller than the least size, and say nothing that the bar does not.
            if shape.placeholder_format.type in small:
                shape.element.getparent().remove(shape.element)
    for layout in file.slide_layouts:
        for shape, place in zip(layout.placeholders, LAYOUTS[layout.name], strict=True):
            _put(shape, place)
    for shape, place in zip(master.placeholders, (TITLE, BODY), strict=True):
        _put(shape, place)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = _theme(theme.blob.decode(), look).encode()  # noqa: SLF001
    _styled(master, look)
    for rel in [rel for rel in file.part.package._rels.values() if rel.reltype.endswith("/thumbnail")]:  # noqa: SLF001
        file.part.package._rels.pop(rel.rId)  # noqa: SLF001
    about = file.core_properties
    about.title, about.author, about.last_modified_by = title, course()["title"], course()["title"]
    about.language, about.subject, about.keywords, about.comments = "en-GB", course()["subtitle"], "", ""
    about.revision = 1
    about.created = about.modified = about.last_printed = datetime(*EARLIEST)  # noqa: DTZ001  # a file's time has no zone
    return file


def _put(shape: Any, place: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (int(each * INCH) for each in place)


def _theme(xml: str, look: Look) -> str:
    """Return the theme with the course's colours and fonts."""
    # In the dark face the first colour of text is light, so that what a person adds is read too.
    colours = {"dk1": look.ink, "lt1": look.ground, "dk2": look.accent, "lt2": look.soft, "accent1": look.accent,
               "accent2": "7A4503", "accent3": "4D3D8C", "accent4": "1F5FBF", "accent5": "94791C", "accent6": "5B1A6E",
               "hlink": look.accent, "folHlink": "4D3D8C"}  # fmt: skip
    inside = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    xml = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>",
        f'<a:clrScheme name="{course()["title"]}">{inside}</a:clrScheme>',
        xml,
        flags=re.DOTALL,
    )
    for name, font in zip(("major", "minor"), FONTS, strict=True):
        xml = re.sub(rf'(<a:{name}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", xml)
    return re.sub(r'(<a:theme [^>]*name=")[^"]*', rf"\g<1>{course()['title']}", xml)


def _styled(master: Any, look: Look) -> None:
    """Give the master's own styles our sizes, and the title its colour and its place above the text."""
    from pptx.oxml.ns import qn

    styles = master.element.find(qn("p:txStyles"))
    sizes = {"titleStyle": look.title, "bodyStyle": look.text, "otherStyle": look.text}
    for style, points in sizes.items():
        for each in styles.find(qn(f"p:{style}")).iter(qn("a:defRPr")):
            each.set("sz", str(points * 100))
            each.set("lang", "en-GB")
    for level in styles.find(qn("p:titleStyle")):
        level.set("algn", "l")
    for each in styles.find(qn("p:titleStyle")).iter(qn("a:defRPr")):
        each.set("b", "1")
        for colour in each.iter(qn("a:schemeClr")):
            colour.set("val", "tx2")
    for holder in (master, *master.slide_layouts):
        for shape in holder.placeholders:
            _placed(shape.element.txBody, under="b" if shape.placeholder_format.idx == 0 else "t")


def _placed(body: Any, *, under: str) -> None:
    """Let the text of a placeholder begin at its edge, in full ink, and stay of the size that it is given."""
    from pptx.oxml.ns import qn

    properties = body.find(qn("a:bodyPr"))
    properties.set("anchor", under)
    for fitted in list(properties):
        properties.remove(fitted)
    # The line under the title of the first slide is pale and in the middle: neither is read well from the back.
    for level in body.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
    for pale in list(body.iter(qn("a:tint"))):
        pale.getparent().remove(pale)


def _fill(frame: Any, slide: Slide) -> None:
    from pptx.util import Pt

    for number, line in enumerate(slide.lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _marked(paragraph, line, slide.size)
        paragraph.space_after = Pt(AFTER)
        if line.lead:
            paragraph.add_run().text = f"{line.lead} " if line.text else line.lead
            paragraph.runs[0].font.bold = True
        if line.text:
            paragraph.add_run().text = line.text
        for run in paragraph.runs:
            run.font.size = Pt(slide.size)


def _marked(paragraph: Any, line: Line, size: int) -> None:
    """Give a paragraph its bullet or its letter, as a list of the program's own and not as a character of the text."""
    from pptx.oxml.ns import qn

    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    indent = int(size * LETTERED * 12700) if line.mark else 0
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    kind = {"": "a:buNone", "•": "a:buChar"}.get(line.mark, "a:buAutoNum")
    mark = properties.makeelement(qn(kind), {})
    if kind == "a:buChar":
        mark.set("char", line.mark)
    elif kind == "a:buAutoNum":
        mark.set("type", "alphaUcPeriod")
        if line.mark != "A":
            mark.set("startAt", str(ord(line.mark) - ord("A") + 1))
    properties.append(mark)


def _clock(page: Any, slide: Slide, look: Look, drawn_before: dict[int, Any]) -> None:
    """Draw where in the session a slide stands: a bar of all its steps, and the minutes in words."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    since, until = slide.minutes or (0, 0)
    here = slide.step or 0
    if here not in drawn_before:
        drawn_before[here] = deepcopy(_bars(page, slide, look))
    else:
        # The slides of a step have the same bar; drawing one anew takes as long as all the rest of a slide.
        page.shapes.element.append(deepcopy(drawn_before[here]))
    text = page.shapes.add_textbox(*(int(each * INCH) for each in CLOCK))
    text.name = "Minutes"
    frame = text.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    run = frame.paragraphs[0].add_run()
    run.text = f"{until - since} minutes · {since} to {until} of {sum(slide.bars)}"
    run.font.size, run.font.color.rgb = Pt(LEAST), _rgb(look.ink)


def _bars(page: Any, slide: Slide, look: Look) -> Any:
    """Draw the steps of a session as one picture with words for whoever does not see it."""
    whole, here = sum(slide.bars), slide.step or 0
    group = page.shapes.add_group_shape()
    at = 0
    for number, minutes in enumerate(slide.bars):
        # The last is what is to spare, and nothing is drawn of it but its edge.
        last = number == len(slide.bars) - 1
        colour = look.accent if number == here else look.ground if last else look.soft
        bar = _bar(group, at / whole, minutes / whole, (colour, look.ink))
        bar.name = f"Step {number + 1}"
        at += minutes
    group.name = "Clock"
    since, until = slide.minutes or (0, 0)
    steps = f"A bar of the {len(slide.bars) - 1} steps of the session."
    said = f"{steps} This is step {here + 1}: minutes {since} to {until} of {whole}."
    group.element.nvGrpSpPr.cNvPr.set("descr", said)
    return group.element


def _bar(group: Any, since: float, share: float, colours: tuple[str, str]) -> Any:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    left, top, width, height = BAR
    place = (left + width * since, top, width * share, height)
    bar = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(int(each * INCH) for each in place))
    bar.shadow.inherit = False
    bar.line.color.rgb, bar.line.width = _rgb(colours[1]), Pt(1)
    bar.fill.solid()
    bar.fill.fore_color.rgb = _rgb(colours[0])
    return bar


def _rgb(digits: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(digits))  # type: ignore[no-untyped-call]


def _in_english(frame: Any) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", "en-GB")  # noqa: SLF001


def _settled(file: Any) -> bytes:
    """Return the file with no trace of when it was written."""
    written = io.BytesIO()
    file.save(written)
    with ZipFile(written) as old:
        names = sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each))
        return zipped((name, old.read(name)) for name in names)
