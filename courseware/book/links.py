"""Links as nodes: to a page of the book, to a file that comes with it, and away from it."""

from docutils import nodes
from sphinx import addnodes


def to_page(docname: str, text: str) -> addnodes.pending_xref:
    """Return a link to another page of the book."""
    about = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{docname}", "refexplicit": True, "refwarn": True}
    return addnodes.pending_xref("", nodes.inline("", text), **about)


def to_file(path: str, text: str, docname: str) -> addnodes.download_reference:
    """Return a link on this page that downloads a file of the course, named by its path in the course's folder."""
    return addnodes.download_reference("", "", nodes.inline("", text), reftarget=f"/{path}", refdoc=docname)


def away(address: str, text: str) -> nodes.reference:
    """Return a link to another host."""
    return nodes.reference("", text, refuri=address, internal=False)
