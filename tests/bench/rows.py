"""One line of the table: a budget, what we measure, what a peer measures in the same run."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """What was measured. `met` is None where there is no budget or nothing was measured; `note` says what a reader must know."""

    what: str
    budget: str
    ours: str
    peer: str = ""
    ratio: float | None = None
    met: bool | None = None
    note: str = ""


def unmeasured(what: str, budget: str, why: object) -> Row:
    """Return the row of something that could not be measured here, and says so."""
    return Row(what, budget, "not measured", note=" ".join(str(why).split())[:160])


def kb(size: float) -> str:
    """Return bytes as thousands of them."""
    return f"{size / 1000:,.1f} KB"


def ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1000:,.0f} ms"


def settled(folder: Path) -> dict[str, str]:
    """Return an environment in which bytecode is kept, in a folder of its own, so that a second run measures no compiling."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "COURSE_ROOT"}
    kept = {key: value for key, value in os.environ.items() if key not in left_out}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHONHASHSEED": "0",
        "DENO_NO_UPDATE_CHECK": "1",
        "NO_COLOR": "1",
    }


def run(command: Sequence[str | Path], folder: Path, env: dict[str, str]) -> float:
    """Run a command to its end and return how long it took, in seconds. Raises RuntimeError with the end of what it said."""
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout)[-400:]}")
    return took


def median(measure: Callable[[], float], times: int) -> float:
    """Return the median of a measurement taken several times."""
    return statistics.median(measure() for _ in range(times))
