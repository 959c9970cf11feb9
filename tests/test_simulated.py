"""What we made up says so everywhere, and its script still makes the very same bytes."""

import json
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import plotly.graph_objects as go
import pytest

from courseware import data
from courseware.course import root
from courseware.figures import figure

TOP = root()
RESOURCES = {each["name"]: each for each in data.package()["resources"]}
SIMULATED = [name for name in RESOURCES if "simulated" in RESOURCES[name]]

NAME = "simulated_trust"
SCRIPT = """\
import numpy as np
import pandas as pd

from courseware.data import dataset, write

SEED = 7


def make() -> pd.DataFrame:
    random = np.random.RandomState(SEED)
    published = dataset("trust_in_institutions")["trust_percent"]
    return pd.DataFrame({"person": [1, 2, 3], "trust_percent": published.mean().round(1) + random.randint(0, 9, 3)})


if __name__ == "__main__":
    write(__file__, make())
"""


def made_again(name: str) -> tuple[bytes, int]:
    """Return what a simulated dataset's script would write now, and its seed; nothing in the course is written."""
    script = runpy.run_path(str(root() / data.resource(name)["simulated"]["script"]), run_name="simulated")
    with TemporaryDirectory() as folder:
        data.write(Path(folder, f"{name}.py"), script["make"]())
        return Path(folder, f"{name}.csv").read_bytes(), script["SEED"]


def faults(name: str) -> list[str]:
    """Return where a simulated dataset breaks the convention in the docstring of courseware.data."""
    about = data.resource(name)
    told = about["simulated"]
    read, content = set(), data.content
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "content", lambda each: read.add(each["name"]) or content(each))
        made, seed = made_again(name)
    rules = {
        "its name begins with simulated_": name.startswith("simulated_"),
        "its title begins with Simulated": about["title"].startswith("Simulated"),
        "its description gives script, seed and from": set(told) == {"script", "seed", "from"},
        "its script has its name": told["script"] == f"data/{name}.py",
        "its script has its seed": told["seed"] == seed,
        "its script makes the same bytes": made == (root() / "data" / about["path"]).read_bytes(),
        "`from` names every dataset that is read": all(each in told["from"] for each in read),
        "`from` names no dataset that is not read": not {each for each in RESOURCES if each in told["from"]} - read,
        "it is made from no simulated dataset": not any(each.startswith("simulated_") for each in read),
    }
    return [rule for rule, kept in rules.items() if not kept]


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Return a copy of the data folder, with one simulated dataset more."""
    folder = tmp_path / "data"
    shutil.copytree(TOP / "data", folder)
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    (folder / f"{NAME}.py").write_text(SCRIPT, encoding="utf-8")
    runpy.run_path(str(folder / f"{NAME}.py"), run_name="__main__")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    about = json.loads(json.dumps(RESOURCES["trust_in_institutions"]))
    about |= {
        "name": NAME,
        "path": f"{NAME}.csv",
        "title": "Simulated people, and whom they trust",
        "simulated": {"script": f"data/{NAME}.py", "seed": 7, "from": "trust_in_institutions: its mean."},
    }
    about["schema"] = {
        "fields": [
            {"name": "person", "type": "integer", "unit": "number", "description": "Number of the person"},
            {"name": "trust_percent", "type": "number", "unit": "per cent", "description": "Trust in everything"},
        ]
    }
    described["resources"].append(about)
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    assert data.record() == [NAME]
    return folder


def redescribe(folder, **words):
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"][-1] |= words
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")


def test_whatever_is_simulated_keeps_the_convention():
    assert {name: faults(name) for name in SIMULATED} == {name: [] for name in SIMULATED}


def test_whatever_is_called_so_is_described_so_and_the_other_way_round():
    called = {
        name for name in RESOURCES if name.startswith("simulated_") or "simulated" in RESOURCES[name]["title"].lower()
    }
    assert called == set(SIMULATED)
    assert {path.stem for path in (TOP / "data").glob("*.py")} == set(SIMULATED)


def test_a_dataset_that_keeps_it(copied):
    assert faults(NAME) == []
    frame = data.dataset(NAME)
    assert frame.attrs["simulated"] == {
        "script": f"data/{NAME}.py",
        "seed": 7,
        "from": "trust_in_institutions: its mean.",
    }
    assert data.dataset("trust_in_institutions").attrs["simulated"] is False
    assert list(data.dataset().set_index("name")["simulated"].loc[["trust_in_institutions", NAME]]) == [False, True]


def test_its_script_is_run_by_its_path(copied):
    written = copied / f"{NAME}.csv"
    before = written.read_bytes()
    written.unlink()
    subprocess.run([sys.executable, f"data/{NAME}.py"], check=True, cwd=copied.parent)
    assert written.read_bytes() == before


def test_a_changed_source_makes_it_stale(copied):
    path = copied / "trust_in_institutions.csv"
    path.write_bytes(path.read_bytes().replace(b",35,", b",85,"))
    data.record()
    assert faults(NAME) == ["its script makes the same bytes"]


def test_another_seed_in_the_script_shows(copied):
    script = copied / f"{NAME}.py"
    script.write_text(SCRIPT.replace("SEED = 7", "SEED = 8"), encoding="utf-8")
    assert faults(NAME) == ["its script has its seed", "its script makes the same bytes"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"title": "People, and whom they trust"}, "its title begins with Simulated"),
        (
            {"simulated": {"script": f"data/{NAME}.py", "seed": 7, "from": "nothing"}},
            "`from` names every dataset that is read",
        ),
        (
            {"simulated": {"script": f"data/{NAME}.py", "seed": 7, "from": "trust_in_institutions, nhs_trust_spread"}},
            "`from` names no dataset that is not read",
        ),
    ],
)
def test_a_slip_in_the_description_is_told(copied, words, fault):
    redescribe(copied, **words)
    assert faults(NAME) == [fault]


ALT = "Person 1 trusts at 50 per cent, person 2 at 52 and person 3 at 47."
BARS = go.Figure(go.Bar(x=["a", "b"], y=[1, 2]))


@pytest.mark.parametrize("subtitle", [None, "Per cent", "Per cent, not simulated"])
def test_no_chart_of_it_can_be_shown_without_saying_so(copied, subtitle):
    frame = data.dataset(NAME)
    for source in (frame, frame.attrs, [data.dataset("trust_in_institutions"), frame], frame.query("person > 1")):
        shown = figure(BARS, alt=ALT, source=source, title="Whom to trust", subtitle=subtitle)
        told = [shown.about["subtitle"], shown.about["alt"], shown.spec["layout"]["title"]["subtitle"]["text"]]
        assert all(text.startswith("Simulated figures") for text in told)
        assert ALT in shown.about["alt"]
        assert "Simulated people, and whom they trust" in repr(shown)


def test_a_chart_that_begins_by_saying_so_keeps_its_words(copied):
    words = {"subtitle": "Simulated people, per cent", "alt": f"Simulated people. {ALT}"}
    shown = figure(BARS, source=data.dataset(NAME), title="Whom to trust", **words)
    assert {key: shown.about[key] for key in words} == words


def test_no_other_chart_says_so():
    shown = figure(
        BARS, alt=ALT, source=data.dataset("trust_in_institutions"), title="Whom to trust", subtitle="Per cent"
    )
    assert not re.search("simulated", json.dumps(shown.spec), re.IGNORECASE)
