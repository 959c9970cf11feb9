"""What the page template needs to know: the course's pages, the chapter, the sections, and where support is."""

import re
from pathlib import Path, PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from courseware.book.labs import Shelved, lab_of, shelf
from courseware.course import course

SECTIONS_WORTH_A_LIST = 3
DESCRIPTION_LENGTH = 155
MINUTES = re.compile(r"(Further · )?[\d¼½¾]+ minutes?\b.*")


def navigation(app: Sphinx) -> list[dict[str, Any]]:
    """Return the parts of the table of contents: each with its pages, and for each what the menu says of it."""
    site = app.env.external_site_map  # type: ignore[attr-defined]  # set by sphinx_external_toc from _toc.yml
    labs = shelf()
    parts = []
    for subtree in site.root.subtrees:
        pages = [_entry(app, str(item), site, labs) for item in subtree.items]
        parts.append({"caption": subtree.caption, "pages": pages})
    return parts


def _entry(app: Sphinx, file: str, site: Any, labs: list[Shelved]) -> dict[str, Any]:
    docname = str(PurePosixPath(file).with_suffix("")) if file not in app.env.titles else file
    title = (site[file].title if file in site else None) or app.env.titles[docname].astext()
    chapter = chapter_of(docname)
    marks = getattr(app.env, "courseware_marks", {}).get(docname, {})
    return {
        "docname": docname,
        "title": title,
        "number": chapter["number"] if chapter else None,
        "marks": marks,
        "below": _below(app, docname, labs),
    }


def _below(app: Sphinx, docname: str, labs: list[Shelved]) -> list[dict[str, Any]]:
    """Return the labs that stand under a page in the contents, in their rising order; the menu names no others so."""
    here = app.env.toctree_includes.get(docname, [])
    return [{"docname": one.docname, "title": str(one.lab.title)} for one in labs if one.docname in here]


def chapter_of(docname: str) -> dict[str, Any] | None:
    """Return the chapter of data/course.yml that a page is, or None for any other page."""
    path = PurePosixPath(docname)
    if path.parts[0] != "chapters":
        return None
    return next((chapter for chapter in course()["chapters"] if chapter["id"] == path.name), None)


def sections_of(doctree: nodes.document | None) -> list[dict[str, str]]:
    """Return id and title of a page's sections below its title; none when a list of them would not help."""
    page = _top(doctree)
    found = [
        {"id": section["ids"][0], "title": section[0].astext()}
        for section in (page.children if page else [])
        if isinstance(section, nodes.section)
    ]
    return found if len(found) >= SECTIONS_WORTH_A_LIST else []


def description_of(doctree: nodes.document | None) -> str:
    """Return a page's first paragraph, cut at a word, for those who meet the page in a list of links."""
    page = _top(doctree)
    # A chapter opens with its minutes, a lab with its strip; what describes it is the first sentence of the case.
    paragraphs = page.findall(nodes.paragraph) if page else []
    text = next((each.astext() for each in paragraphs if not _is_furniture(each)), "")
    text = " ".join(text.split())
    return text if len(text) <= DESCRIPTION_LENGTH else text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + "…"


def _is_furniture(line: nodes.paragraph) -> bool:
    above = line.parent
    while above is not None and "lab-strip" not in above.get("classes", []):
        above = above.parent
    return above is not None or "minutes" in line["classes"]


def _top(doctree: nodes.document | None) -> nodes.section | None:
    return next((child for child in doctree.children if isinstance(child, nodes.section)), None) if doctree else None


def neighbours(parts: list[dict[str, Any]], docname: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return the chapters, or the labs, before and after one; other pages are not read in a row."""
    pages = [page for part in parts for page in part["pages"]]
    rows = [[page for page in pages if page["number"] is not None], *(page["below"] for page in pages)]
    for row in rows:
        at = next((i for i, page in enumerate(row) if page["docname"] == docname), None)
        if at is not None:
            return (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)
    return None, None


def fill(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give the template its values; context keys that Sphinx shares between pages are not touched."""
    parts = navigation(app)
    before, after = neighbours(parts, pagename)
    context |= {
        "course_id": course()["id"],
        "short_title": course()["title"],
        "html_lang": app.config.language,
        "course_nav": parts,
        "chapter": chapter_of(pagename),
        "lab": lab_of(pagename),
        "sections": sections_of(doctree) if pagename != app.config.root_doc else [],
        "description": description_of(doctree),
        "before": before,
        "after": after,
        "support_here": any(pagename.startswith(start) for start in context["support_on"]),
    }


def mark_minutes(_app: Sphinx, doctree: nodes.document) -> None:
    """Mark a line such as *2 minutes* under a heading, so that it is set as a label and not as a sentence."""
    for line in doctree.findall(nodes.paragraph):
        alone = len(line.children) == 1 and isinstance(line[0], nodes.emphasis)
        if alone and MINUTES.fullmatch(line.astext()) and isinstance(line.previous_sibling(), nodes.title):
            line["classes"].append("minutes")


def lighten(app: Sphinx, error: Exception | None) -> None:
    """Drop comments and indentation from the built stylesheet: they are for whoever changes it."""
    if error or app.builder.format != "html":
        return
    sheet = Path(app.outdir, "_static", "theme.css")
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    sheet.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the template's values and script to every page."""
    # Jupyter Book always sets this option, which belongs to an extension of its own that we do not load.
    app.add_config_value("comments_config", {}, "html")
    app.add_js_file("theme.js", loading_method="defer")
    app.connect("doctree-read", mark_minutes)
    app.connect("html-page-context", fill)
    app.connect("build-finished", lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
