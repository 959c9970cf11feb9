"""Stored notebooks: run, holding what a reader without a kernel sees, and nothing that only a kernel can show."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from courseware import notebooks

PLOTLY = "application/vnd.plotly.v1+json"
SHOWN = {"text/html", "text/plain", PLOTLY}
STORED = [pytest.param(path, id=path.stem) for path in notebooks.files()]


def outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(cell, output) for cell in cells if cell["cell_type"] == "code" for output in cell["outputs"]]


def test_every_chapter_is_a_stored_notebook():
    assert STORED


@pytest.mark.parametrize("path", STORED)
def test_nothing_is_wrong_with_what_is_stored(path):
    assert notebooks.faults(path) == []


@pytest.mark.parametrize("path", STORED)
def test_outputs_are_what_a_page_can_show(path):
    kinds = {output["output_type"] for _, output in outputs(path)}
    assert kinds <= {"execute_result", "display_data"}
    assert {mime for _, output in outputs(path) for mime in output["data"]} <= SHOWN


@pytest.mark.parametrize("path", STORED)
def test_a_comparison_would_compare_something(path):
    # An exercise as it reads and a chart's numbers: words enough to differ if anything does.
    compared = [json.dumps(output["data"]) for _, output in outputs(path)]
    assert sum(map(len, compared)) > 1000
    assert not any(mime in {"image/png", "image/svg+xml"} for _, output in outputs(path) for mime in output["data"])


@pytest.mark.parametrize("path", STORED)
def test_what_is_stored_is_tidy(path):
    stored = path.read_text(encoding="utf-8")
    assert notebooks.text(nbformat.reads(stored, as_version=4)) == stored
    ids = [cell["id"] for cell in json.loads(stored)["cells"]]
    assert len(set(ids)) == len(ids)
    assert "0x" not in "".join(str(output["data"].get("text/plain", "")) for _, output in outputs(path)), (
        "an address in memory"
    )


@pytest.mark.parametrize("path", STORED)
def test_code_that_a_reader_did_not_ask_for_is_hidden(path):
    for cell, _ in outputs(path):
        assert set(cell["metadata"].get("tags", [])) & {"remove-input", "remove-cell", "show-input"}, "".join(
            cell["source"]
        )


# What `faults` must say, of notebooks made here.


def ran(source="1 + 1", data=None, **cell):
    output = new_output("execute_result", data=data or {"text/plain": "2"}, execution_count=1)
    return new_code_cell(source, **{"execution_count": 1, "outputs": [output], **cell})


def stored(folder: Path, *cells, **metadata) -> Path:
    path = folder / "made.ipynb"
    nbformat.write(new_notebook(cells=list(cells), metadata=metadata), path)
    return path


def test_a_sound_notebook_has_no_fault(tmp_path):
    assert (
        notebooks.faults(stored(tmp_path, new_markdown_cell("# Title"), ran(), new_code_cell("", execution_count=None)))
        == []
    )


@pytest.mark.parametrize(
    ("cells", "metadata", "said"),
    [
        ([ran()], {"widgets": {"application/vnd.jupyter.widget-state+json": {}}}, "widget state"),
        ([new_markdown_cell("Only words")], {}, "compare nothing"),
        ([ran(outputs=[])], {}, "compare nothing"),
        ([ran(outputs=[new_output("stream", text="hello")])], {}, "compare nothing"),
        ([ran(data={notebooks.VIEW: {"model_id": "x"}, "text/plain": "w"})], {}, "widget view"),
        ([ran(), ran(outputs=[new_output("error", ename="E", evalue="e", traceback=[])])], {}, "stores an error"),
        ([ran(), new_code_cell("2 + 2")], {}, "never run"),
    ],
    ids=["state", "no-code", "no-output", "stream-only", "view", "error", "not-run"],
)
def test_a_fault_is_told(tmp_path, cells, metadata, said):
    found = notebooks.faults(stored(tmp_path, *cells, **metadata))
    assert len(found) == 1
    assert said in found[0]


def test_tidying_takes_out_what_points_at_a_kernel(tmp_path):
    path = stored(
        tmp_path, ran(data={notebooks.VIEW: {"model_id": "x"}, "text/html": "<p>w</p>"}), widgets={"x": {}}, other=1
    )
    text = notebooks.text(nbformat.read(path, as_version=4))
    assert notebooks.VIEW not in text
    assert json.loads(text)["metadata"] == notebooks.METADATA
    assert notebooks.text(nbformat.reads(text, as_version=4)) == text


def test_a_notebook_runs_the_same_twice(a_course):
    path = stored(a_course, new_code_cell('from courseware import show\nshow("example-sort")'), new_code_cell("6 * 7"))
    first = notebooks.executed(path)
    path.write_text(first, encoding="utf-8")
    assert notebooks.faults(path) == []
    assert notebooks.executed(path) == first
    data = json.loads(first)["cells"][0]["outputs"][0]["data"]
    assert data.keys() == {"text/html", "text/plain"}
    assert "".join(data["text/html"]).startswith("<course-sort ")


QUICK = """
import sys
from courseware.notebooks import quick_import
with quick_import():
    from plotly.graph_objects import FigureWidget
print("jsonschema" in sys.modules, any(name.startswith("rfc3987_syntax") for name in sys.modules))
import rfc3987_syntax
with quick_import():
    print(sys.modules["rfc3987_syntax"] is rfc3987_syntax)
"""


def test_a_chart_with_controls_does_not_wait_for_a_grammar_of_addresses():
    done = subprocess.run([sys.executable, "-c", QUICK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False", "True"], "and whoever asks for the grammar itself still gets it"
