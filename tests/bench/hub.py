"""What a class costs on a JupyterHub: a real one on this machine alone, each learner with a server and a kernel.

`python -m tests.bench hub` sets up what it needs in _build/hub: the lock that Binder and a hub's image install, the
newest JupyterHub and its proxy. It asks nothing of another host but the package registries, and stops what it started.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from courseware import labs
from tests.bench import memory
from tests.bench.memory import MB, Memory
from tests.bench.rows import Row, run
from tests.bench.server import COURSE, Hub, Learner, prepare, running
from tests.bench.trees import copy_of_ours

LEARNERS = 10
SET_ASIDE = 0.4  # GB a learner
FOR_ALL = 1  # GB for the hub, its proxy and the system
SETTLE = 5  # seconds for what was started to come to rest


def course_to_pull(folder: Path) -> None:
    """Make a repository of everything that is, or would be, in ours, for learners to pull."""
    ours = copy_of_ours(folder / COURSE)
    git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for words in (
        ["init", "--quiet", "--initial-branch=main", "."],
        ["add", "."],
        ["commit", "--quiet", "--message", "All"],
    ):
        run([*git, *words], ours, dict(os.environ))


def rows(folder: Path, env: dict[str, str]) -> Iterator[Row]:
    """Yield what one learner takes alone, what a class takes together, and what that comes to for classes of other sizes."""
    programs = prepare(env)
    course_to_pull(folder)
    with running(folder, programs) as hub:
        yield from _versions(programs)
        hub_takes = memory.memory([hub.process.pid, *memory.below(hub.process.pid)])
        heaviest, alone = yield from _alone(hub)
        yield from _together(hub, heaviest, alone, hub_takes)


def _versions(programs: Path) -> Iterator[Row]:
    listed = subprocess.run(
        [programs / "python", "-m", "pip", "list", "--format=json"], capture_output=True, check=True
    )
    found = {each["name"]: each["version"] for each in json.loads(listed.stdout)}
    names = ("jupyterhub", "jupyterlab", "ipykernel", "nbgitpuller", "pandas", "plotly")
    total = Path("/proc/meminfo").read_text().split()[1]
    yield Row(
        "versions",
        "–",
        f"{int(total) / 1024**2:.0f} GB here",
        note=", ".join(f"{name} {found[name]}" for name in names),
    )


def _mb(taken: Memory) -> str:
    return f"{taken.fair / MB:,.0f} MB"


def _alone(hub: Hub) -> Iterator[Row]:
    """Work through every lab as one learner, alone on the machine; return the heaviest lab and that learner."""
    one = Learner(hub, "alone")
    one.start()
    one.work(labs.files()[0])  # what the first run of all pays, no class pays
    one.rest()
    time.sleep(SETTLE)
    server = memory.memory([one.server])
    kernels: dict[Path, Memory] = {}
    for lab in labs.files():
        one.work(lab)
        kernels[lab] = one.kernel
        one.rest()
    one.leave()
    heaviest = max(kernels, key=lambda lab: kernels[lab].whole)
    note = f"{server.whole / MB:,.0f} MB counting what is shared in full"
    yield Row("alone: a server with JupyterLab open", "–", _mb(server), note=note)
    lightest = min(each.whole for each in kernels.values())
    note = f"the heaviest of {len(kernels)}, {heaviest.stem}; in full {lightest / MB:,.0f} to {kernels[heaviest].whole / MB:,.0f} MB"
    yield Row("alone: a kernel after a whole lab", "–", _mb(kernels[heaviest]), note=note)
    note = f"server {one.took['server']:.1f} s, course pulled {one.took['pull']:.1f} s before it"
    yield Row("alone: every cell of that lab", "–", f"{one.took[heaviest.stem]:.1f} s", note=note)
    return heaviest, one


def _together(hub: Hub, lab: Path, alone: Learner, hub_takes: Memory) -> Iterator[Row]:
    """Have a class do at once what one did alone, all in the same lab, nobody pausing to think."""
    everybody = [Learner(hub, f"learner-{number}") for number in range(1, LEARNERS + 1)]
    with ThreadPoolExecutor(LEARNERS) as pool:
        list(pool.map(Learner.start, everybody))
        time.sleep(SETTLE)
        idle = memory.memory([each.server for each in everybody])
        before = memory.cpu([pid for each in everybody for pid in each.pids])
        with memory.watched(lambda: [pid for each in everybody for pid in each.pids]) as peak:
            list(pool.map(lambda each: each.work(lab), everybody))
        used = memory.cpu([pid for each in everybody for pid in each.pids]) - before
    time.sleep(SETTLE)
    after = memory.memory([pid for each in everybody for pid in each.pids])
    hub_after = memory.memory([hub.process.pid, *_hubs_own(hub, everybody)])
    yield Row("the hub and its proxy", "–", _mb(hub_after), note=f"{_mb(hub_takes)} before anybody came")
    yield Row(f"{LEARNERS} idle servers, each", "–", _mb(Memory(idle.fair / LEARNERS)), note=f"{_mb(idle)} together")
    kernels = sum((each.kernel.whole for each in everybody), 0.0) / LEARNERS
    note = f"{_mb(peak.most)} together, the most of {peak.looks} looks; {_mb(after)} when all had finished"
    yield Row(f"{LEARNERS} at once, at the peak, each", "–", _mb(Memory(peak.most.fair / LEARNERS)), note=note)
    note = f"counting what is shared in full; with the server {peak.most.whole / LEARNERS / MB:,.0f} MB"
    yield Row(f"{LEARNERS} at once: a kernel", "–", f"{kernels / MB:,.0f} MB", note=note)
    times = sorted(each.took[lab.stem] for each in everybody)
    first, last = times[0], times[-1]
    one = alone.took[lab.stem]
    note = f"first {first:.1f} s, last {last:.1f} s; {used / LEARNERS:.1f} s of a core each"
    yield Row(
        f"{LEARNERS} at once: every cell of {lab.stem}", "–", f"{last:.1f} s", f"{one:.1f} s", last / one, note=note
    )
    starts = sorted(each.took["server"] + each.took["pull"] for each in everybody)
    note = "a server each and the course pulled, all asked for at once"
    yield Row(f"{LEARNERS} at once: until JupyterLab is there", "–", f"{starts[-1]:.1f} s", note=note)
    yield from _classes(hub_after.fair, peak.most.fair / LEARNERS)


def _hubs_own(hub: Hub, everybody: list[Learner]) -> list[int]:
    theirs = {pid for each in everybody for pid in each.pids}
    return [pid for pid in memory.below(hub.process.pid) if pid not in theirs]


def _classes(hub: float, each: float) -> Iterator[Row]:
    """Reckon for classes of other sizes what to plan for, beside what they would take by what was measured."""
    for size in (10, 20, 30, 60):
        taken = (hub + size * each) / MB / 1024
        planned = size * SET_ASIDE + FOR_ALL
        note = f"{SET_ASIDE} GB a learner, as hub/values.yaml sets aside, and {FOR_ALL} GB for hub and system"
        yield Row(
            f"memory for {size} learners", "–", f"{planned:.0f} GB", f"{taken:.1f} GB", planned / taken, note=note
        )
