"""What Python pays: imports, exploring a scenario, and running the notebooks."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from courseware import data, library, notebooks
from courseware.kinds.scenario.explore import Explorer
from courseware.kinds.scenario.spec import Scenario
from tests.bench.rows import Row, median, ms, run
from tests.browser.site import ROOT

TIMES = 9


def _import_seconds(code: str, env: dict[str, str], before: str = "") -> float:
    script = f"import time\n{before}\nbegun = time.perf_counter()\n{code}\nprint(time.perf_counter() - begun)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return float(done.stdout)


def imports(env: dict[str, str]) -> Iterator[Row]:
    """Yield what importing us costs above importing anywidget, as a notebook of one exercise does it."""
    lines = ["import anywidget", "import courseware", "from courseware import show"]
    for line in lines:
        _import_seconds(line, env)  # compiled now, measured below
    base, package, show = (median(lambda line=line: _import_seconds(line, env), TIMES) for line in lines)
    budget = "≤ 60 ms more than anywidget"
    note = f"median of {TIMES}, bytecode compiled"
    yield Row("import courseware", budget, ms(package), ms(base), package / base, package - base <= 0.06, note)
    first = f"what a notebook pays at its first exercise, anywidget included; {note}"
    yield Row("from courseware import show", "–", ms(show), ms(base), show / base, note=first)


def datasets(env: dict[str, str]) -> Row:
    """Return what the slowest dataset costs a notebook that has pandas: importing us, then reading it; and once more."""
    names = [about["name"] for about in data.package()["resources"]]
    for name in names:
        data.dataset(name)  # what pandas pays once is paid now
    again = {name: median(lambda name=name: _called(data.dataset, name), TIMES) for name in names}
    slowest = max(again, key=lambda name: again[name])
    code = f"from courseware import dataset\ndataset({slowest!r})"
    _import_seconds(code, env, before="import pandas")  # compiled now, measured below
    first = median(lambda: _import_seconds(code, env, before="import pandas"), TIMES)
    note = f"{slowest}, the slowest of {len(names)}; a later call {ms(again[slowest])}; median of {TIMES}, bytecode compiled"
    return Row('dataset("name"), pandas imported', "< 20 ms", ms(first), met=first < 0.02, note=note)


def _called(action: Callable[[str], object], name: str) -> float:
    begun = time.perf_counter()
    action(name)
    return time.perf_counter() - begun


def exploring() -> Row:
    """Return how fast the scenario with the most states is explored, whole."""
    best = ("", 0, 0.0)
    for exercise in library.all_exercises():
        if isinstance(exercise, Scenario):
            begun = time.perf_counter()
            states = len(Explorer(exercise).explore().edges)
            took = time.perf_counter() - begun
            best = max(best, (exercise.id, states, took), key=lambda each: each[1])
    name, states, took = best
    rate = states / took
    ours = f"{rate:,.0f} a second; {took:.2f} s"
    met = rate >= 100_000 and took < 1
    return Row(
        "exploring the largest scenario",
        "≥ 100,000 states a second, < 1 s",
        ours,
        met=met,
        note=f"{name}: {states:,} states",
    )


def notebook_runs(env: dict[str, str]) -> Iterator[Row]:
    """Yield nbval, serial and parallel, beside nbclient on the same notebooks in the same run."""
    files = [str(path) for path in notebooks.files()]
    code = "import sys, nbformat\nfrom nbclient import NotebookClient\nfor path in sys.argv[1:]:\n"
    code += "    NotebookClient(nbformat.read(path, 4), timeout=120, resources={'metadata': {'path': 'chapters'}}).execute()"
    client = [sys.executable, "-c", code, *files]
    nbval = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.notebooks_timed",
        "--nbval",
        *files,
        "-p",
        "no:cacheprovider",
        "-q",
    ]
    parallel = [*nbval, "-n", "2", "--dist", "loadfile"]
    for command in (client, nbval):
        run(command, ROOT, env)  # compiled now, measured below
    base, serial, spread = (
        median(lambda command=command: run(command, ROOT, env), 3) for command in (client, nbval, parallel)
    )
    note = f"{len(files)} notebook{'s' * (len(files) > 1)}; median of 3, bytecode compiled"
    yield Row(
        "nbval, serial", "≤ 1.00 × nbclient", f"{serial:.1f} s", f"{base:.1f} s", serial / base, serial <= base, note
    )
    few = " One notebook cannot be shared out: the budget speaks of several." if len(files) < 2 else ""
    met = spread <= 0.65 * base if len(files) > 1 else None
    yield Row(
        "nbval, parallel", "≤ 0.65 × nbclient", f"{spread:.1f} s", f"{base:.1f} s", spread / base, met, note + few
    )


def machine() -> str:
    """Return in a line what this was measured on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    about = {"python": sys.version.split()[0], "cores": os.cpu_count(), "load before": round(load, 1)}
    return json.dumps(about).strip("{}").replace('"', "")
