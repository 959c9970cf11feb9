"""A pytest plugin for `make notebooks-test`: starts sooner, and says what the run took beside its parts one after another."""

import time

import pytest

from courseware.notebooks import quick_import

with quick_import():
    import nbformat  # noqa: F401  # nbval brings it, in each of the processes

BEGUN = time.perf_counter()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the time of the run, and that of its kernels and cells added up, which is what they take one after another."""
    if hasattr(config, "workerinput"):
        return
    took = time.perf_counter() - BEGUN
    # Every phase of every cell: with the first of a notebook comes the start of its kernel, with the last its end.
    phases = [each for kind in terminalreporter.stats.values() for each in kind if isinstance(each, pytest.TestReport)]
    cells = {each.nodeid for each in phases}
    apart = sum(each.duration for each in phases)
    terminalreporter.write_line(
        f"{len({cell.partition('::')[0] for cell in cells})} notebooks, {len(cells)} cells: {took:.1f} s; "
        f"kernels and cells one after another {apart:.1f} s ({took / apart if apart else 0:.2f} times)"
    )
