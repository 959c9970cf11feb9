"""Lists that pages make from the course's own data, so that no page repeats what a file already says.

`{chapters}` lists the chapters that exist, from data/course.yml; `{datasets}` describes every dataset of
data/datapackage.json.
"""

import json
from datetime import date
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from courseware.course import MARKER, course, root

DATA = "data"


class Chapters(SphinxDirective):
    """List the chapters of data/course.yml whose page exists: number, question as a link, theme and minutes."""

    def run(self) -> list[nodes.Node]:
        """Return one list."""
        self.env.note_dependency(str(root() / MARKER))
        listed = nodes.bullet_list(classes=["chapters"])
        for chapter in course()["chapters"]:
            docname = f"chapters/{chapter['id']}"
            if docname in self.env.found_docs:
                listed += nodes.list_item("", _question(chapter, docname), _minutes(chapter))
        return [listed]


def _question(chapter: dict[str, Any], docname: str) -> nodes.paragraph:
    link = addnodes.pending_xref(
        "", refdomain="std", reftype="doc", reftarget=f"/{docname}", refexplicit=True, refwarn=True
    )
    link += nodes.inline("", chapter["question"])
    return nodes.paragraph("", "", link)


def _minutes(chapter: dict[str, Any]) -> nodes.paragraph:
    minutes = chapter["minutes"]
    text = f"Chapter {chapter['number']}: {chapter['theme']}. {minutes['core']} minutes"
    if minutes.get("further"):
        text += f", and {minutes['further']} more if you want to go further"
    return nodes.paragraph("", f"{text}.", classes=["minutes"])


class Datasets(SphinxDirective):
    """Describe each dataset: what it holds, who published it, the licence, what it cannot show, and the file itself."""

    def run(self) -> list[nodes.Node]:
        """Return one section a dataset."""
        package = root() / DATA / "datapackage.json"
        self.env.note_dependency(str(package))
        described = json.loads(package.read_text(encoding="utf-8"))
        return [self._section(resource) for resource in described["resources"]]

    def _section(self, resource: dict[str, Any]) -> nodes.section:
        section = nodes.section(ids=[f"dataset-{resource['name'].replace('_', '-')}"], names=[])
        section += nodes.title("", resource["title"])
        if resource.get("description"):
            section += nodes.paragraph("", resource["description"])
        caveats = resource.get("caveats", [])
        if caveats:
            section += nodes.paragraph("", "What to keep in mind:")
            section += nodes.bullet_list("", *[nodes.list_item("", nodes.paragraph("", text)) for text in caveats])
        section += self._facts(resource)
        return section

    def _facts(self, resource: dict[str, Any]) -> nodes.paragraph:
        licences = ", ".join(licence.get("title") or licence["name"] for licence in resource["licenses"])
        compiled = date.fromisoformat(resource["compiled"])
        facts = nodes.paragraph("", classes=["dataset-facts"])
        facts += nodes.Text(f"Published by {resource['publisher']}. Licence: {licences}. ")
        facts += nodes.Text(f"Compiled {compiled.day} {compiled:%B %Y}. ")
        facts += nodes.Text("Put together from: ")
        for source in resource["sources"]:
            facts += nodes.reference("", source["title"], refuri=source["path"], internal=False)
            facts += nodes.Text("; " if source is not resource["sources"][-1] else ". ")
        file = f"/{DATA}/{resource['path']}"
        download = addnodes.download_reference("", "", reftarget=file, refdoc=self.env.docname)
        download += nodes.inline("", f"Download {resource['path']}")
        facts += download
        return facts


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the two directives."""
    app.add_directive("chapters", Chapters)
    app.add_directive("datasets", Datasets)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
