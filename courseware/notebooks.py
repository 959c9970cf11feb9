"""Stored notebooks: executed in place, and the same to the byte each time.

What is stored is what a reader without a kernel sees: the HTML of exercises, the data of charts, plain text.
Widget state and widget views stay out, for they point at models that only a running kernel holds.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from courseware.course import root

SOLUTION = "solution"  # the tag of what a lab's starter leaves out
VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@contextmanager
def quick_import() -> Iterator[None]:
    """Import nbformat, or what brings it, without a grammar of web addresses that nothing here asks for.

    jsonschema looks for the grammar in passing and does without it. It is compiled anew in every process, for over a
    second, which a learner would wait for at the first chart with controls.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules:
        yield
        return
    sys.modules[grammar] = None  # type: ignore[assignment]  # how Python is told that there is no such module
    try:
        yield
    finally:
        del sys.modules[grammar]


def files() -> list[Path]:
    """Return every notebook of the course that is stored executed."""
    places = ("chapters/*.ipynb", "exercises/*/labs/*.ipynb", "book/*/*.ipynb")
    return [path for place in places for path in sorted(root().glob(place))]


def executed(path: Path) -> str:
    """Return a notebook's text as it should be stored: run from the top, and tidied."""
    with quick_import():
        import nbformat
        from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    client = NotebookClient(
        notebook,
        timeout=120,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return text(notebook)


def text(notebook: Any) -> str:
    """Return a notebook as text: keys sorted, cell ids that do not change, outputs that hold no widget."""
    with quick_import():
        import nbformat

    tidy = json.loads(json.dumps(notebook))
    tidy["metadata"] = METADATA
    for number, cell in enumerate(tidy["cells"]):
        cell["id"] = cell.get("id") or _cell_id(number, cell)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
            output.pop("transient", None)
            if "metadata" in output:
                output["metadata"] = {}
    written = nbformat.writes(nbformat.from_dict(tidy))  # type: ignore[no-untyped-call]
    return json.dumps(json.loads(written), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _cell_id(number: int, cell: Any) -> str:
    source = "".join(cell["source"])
    return hashlib.sha256(f"{number}{source}".encode()).hexdigest()[:8]


def faults(path: Path) -> list[str]:
    """Return what makes a stored notebook unfit to publish, in words; nothing runs."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    found = []
    if "widgets" in notebook["metadata"]:
        found.append("it stores widget state; run `make notebooks`")
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    if not any(output.get("data") for cell in code for output in cell["outputs"]):
        found.append("it stores no output, so that a comparison would compare nothing; run `make notebooks`")
    for cell in code:
        if any(VIEW in output.get("data", {}) for output in cell["outputs"]):
            found.append(f"cell {cell['id']} stores a widget view; run `make notebooks`")
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            found.append(f"cell {cell['id']} stores an error")
        if cell["execution_count"] is None and "".join(cell["source"]).strip():
            found.append(f"cell {cell['id']} was never run; run `make notebooks`")
    return found
