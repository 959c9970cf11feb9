"""A lab's notebook as a page: what is only for JupyterLab goes, its answers fold, and its code scrolls in a frame.

The notebook is changed as it is read, and the page once it is parsed. The file stays as it is.
"""

import ast
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes

from courseware.book.labs import lab_of
from courseware.notebooks import SOLUTION

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STRIP = "```{lab}\n```"
ANSWER = "A worked answer"
TASK = "Your turn"
# The line under a lab's title says in JupyterLab what the strip says in the page.
_UNDER_TITLE = re.compile(r"\A(# .+)\n+(?:\*A data lab\b.*\*\n*)?")
_CHECKED = 'class="lab-check"'


class Fold(nodes.comment):  # type: ignore[misc]  # docutils has no types
    """An answer, folded. To the search index it is a comment, which it passes over, with all that is in it."""


class Frame(nodes.General, nodes.Element):  # type: ignore[misc]
    """What may be wider than the page, in a frame that scrolls, by keyboard too. Attribute: `label`."""


def shape(_app: "Sphinx", docname: str, source: list[str]) -> None:
    """Make a lab's notebook a page, as it is read; any other page stays as it is."""
    if lab_of(docname):
        source[0] = json.dumps(shaped(json.loads(source[0])))


def shaped(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a lab's notebook with its strip, with a line at each live chart, and without words for its own copy."""
    cells = [cell for each in notebook["cells"] for cell in _cells(each)]
    title = next(cell for cell in cells if cell["cell_type"] == "markdown")
    title["source"] = _UNDER_TITLE.sub(rf"\1\n\n{STRIP}\n\n", "".join(title["source"]), count=1)
    return {**notebook, "cells": cells}


def _cells(cell: dict[str, Any]) -> Iterator[dict[str, Any]]:
    source, is_code = "".join(cell["source"]), cell["cell_type"] == "code"
    if not is_code and SOLUTION in cell["metadata"].get("tags", []):
        return
    controls = _controls(source) if is_code else None
    if controls is not None:
        text = f"In JupyterLab, the controls above this chart{controls} change it. Here it stays as it first was."
        yield {"cell_type": "markdown", "id": f"{cell['id']}-live", "metadata": {}, "source": f"{{.lab-live}}\n{text}"}
    yield dict(cell)


def _controls(source: str) -> str | None:
    """Return what the controls of a live chart are called, in brackets; None where a cell has no such chart."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    lives = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "live"]
    if not lives:
        return None
    described = [
        keyword.value.value
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "description"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    ]
    return f" ({', '.join(f'*{each}*' for each in described)})" if described else ""


def fold(app: "Sphinx", doctree: nodes.document) -> None:
    """Fold each answer under its task, and frame the code and what it gives."""
    if lab_of(app.env.docname):
        _frame_code(doctree)
        _fold_answers(doctree)


def _frame_code(doctree: nodes.document) -> None:
    for block in list(doctree.findall(nodes.literal_block)):
        made = "cell_output" in block.parent["classes"] or block.parent.get("mime_type")
        frame, above = Frame("", label="What the code gives" if made else "Code"), block.parent
        above[above.index(block)] = frame
        frame += block


def _fold_answers(doctree: nodes.document) -> None:
    for cell in [each for each in doctree.findall(nodes.container) if _is_answer(each)]:
        parent = cell.parent
        if isinstance(parent, Fold):  # a check, folded with the answer before it
            continue
        at = parent.index(cell)
        until = next((n for n in range(at + 1, len(parent)) if not _is_check(parent[n])), len(parent))
        folded = parent.children[at:until]
        parent[at:until] = [*_task(cell), Fold("", "", *folded)]


def _is_answer(node: nodes.Node) -> bool:
    """Say whether a node is an answer or, where it has lost its answer, a check: no verdict stands open on a page."""
    return _is_cell(node) and (f"tag_{SOLUTION}" in node["classes"] or _is_check(node))


def _is_check(node: nodes.Node) -> bool:
    return _is_cell(node) and any(_CHECKED in raw.astext() for raw in node.findall(nodes.raw))


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _task(cell: nodes.container) -> Iterator[nodes.paragraph]:
    """Take the comment at the top of an answer out of its code, and yield it as the task."""
    block = next(cell.findall(nodes.literal_block), None)
    lines = block.astext().splitlines() if block else []
    code = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    if block is None or not code:
        return
    text = "\n".join(lines[code:]).strip("\n")
    block[:] = [nodes.Text(text)]
    block.rawsource = text
    said = " ".join(line.lstrip("# ") for line in lines[:code])
    said = re.sub(rf"^{TASK}:\s*", "", said)
    yield nodes.paragraph(
        "",
        "",
        nodes.strong("", f"{TASK}."),
        nodes.Text(" "),
        *_words(said[:1].upper() + said[1:]),
        classes=["lab-task"],
    )


def _words(text: str) -> Iterator[nodes.Node]:
    """Yield a comment's words, and what stands in it between backticks as code."""
    for number, piece in enumerate(text.split("`")):
        if piece:
            yield nodes.literal("", piece) if number % 2 else nodes.Text(piece)


def visit_fold(writer: Any, _node: Fold) -> None:
    """Open the fold: the browser's own, which needs no script."""
    writer.body.append(f'<details class="lab-answer"><summary>{ANSWER}</summary>\n')


def depart_fold(writer: Any, _node: Fold) -> None:
    """Close the fold."""
    writer.body.append("</details>\n")


def visit_frame(writer: Any, node: Frame) -> None:
    """Open the frame: a group, since a page has many and none is a landmark."""
    writer.body.append(f'<div class="lab-code" role="group" tabindex="0" aria-label="{node["label"]}">')


def depart_frame(writer: Any, _node: Frame) -> None:
    """Close the frame."""
    writer.body.append("</div>\n")
