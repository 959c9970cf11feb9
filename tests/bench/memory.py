"""What processes take, as Linux tells it in /proc: memory, shared out fairly or as each would have it alone, and CPU time."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
MB = 1024 * 1024
_FIELDS = {"Pss": "fair", "Rss": "whole"}


@dataclass(frozen=True)
class Memory:
    """Bytes. `fair` counts a page that n processes share as an nth (PSS), `whole` counts it in full (RSS)."""

    fair: float = 0
    whole: float = 0

    def __add__(self, other: "Memory") -> "Memory":
        """Add what another takes."""
        return Memory(self.fair + other.fair, self.whole + other.whole)


def memory(pids: list[int]) -> Memory:
    """Return what these processes take together. One that ends meanwhile takes nothing."""
    total = Memory()
    for pid in pids:
        try:
            lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found = {
            name: int(rest.split()[0]) * 1024
            for name, _, rest in (line.partition(":") for line in lines[1:])
            if name in _FIELDS
        }
        total += Memory(**{_FIELDS[name]: size for name, size in found.items()})
    return total


def cpu(pids: list[int]) -> float:
    """Return the seconds of a core that these processes have used, and their children that have ended."""
    ticks = 0
    for pid in pids:
        try:
            after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        ticks += sum(map(int, after_name[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """Return a process's children, theirs, and so on."""
    try:
        folders = list((PROC / str(pid) / "task").iterdir())
        children = [int(each) for folder in folders for each in (folder / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [each for child in children for each in (child, *below(child))]


@dataclass
class Peak:
    """The most that was taken at one time, of all the times looked at."""

    most: Memory = field(default_factory=Memory)
    looks: int = 0


@contextmanager
def watched(pids: Callable[[], list[int]], every: float = 1.0) -> Iterator[Peak]:
    """Look at what processes take, again and again, until the block ends; `pids` says which there are now."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        while not over.is_set():
            now = memory(pids())
            peak.most = Memory(max(peak.most.fair, now.fair), max(peak.most.whole, now.whole))
            peak.looks += 1
            over.wait(every)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()
