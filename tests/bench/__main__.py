"""Measures everything once and prints the table. A budget that is missed is printed as missed; the exit code is 0."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import explore, hub, lighthouse, pages, python, trees
from tests.bench.rows import Row, run, settled, unmeasured

out = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
err = Console(stderr=True, highlight=False)


def builds(folder: Path, env: dict[str, str]) -> Iterator[Row]:
    """Build both books, and yield how long ours takes: clean, with one page changed, and with ten times the chapters."""
    ours, peer = trees.copy_of_ours(folder / "ours"), folder / "peer"
    peer.mkdir()
    trees.default_book(peer)
    trees.add_quiz_to_default(peer, env)
    run([trees.BOOK, "build", ".", "--quiet"], peer, env)  # what both need is compiled now
    run([trees.BOOK, "build", ".", "--quiet", "--all"], peer, env)
    trees.build_ours(ours, env)

    theirs = _clean(peer, lambda: run([trees.BOOK, "build", ".", "--quiet"], peer, env))
    clean = _clean(ours, lambda: trees.build_ours(ours, env))
    note = "the peer builds the same prose, plain, and one page of questions"
    yield Row("clean build", "≤ 30 s", f"{clean:.1f} s", f"{theirs:.1f} s", clean / theirs, clean <= 30, note)

    page = ours / "book" / "how-to-use.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    changed = trees.build_ours(ours, env)
    yield Row("one page changed", "≤ 8 s", f"{changed:.1f} s", met=changed <= 8)

    trees.add_quiz_to_ours(ours)
    trees.build_ours(ours, env)

    many = trees.copy_of_ours(folder / "many")
    trees.ten_times(many)
    # Copies of a chapter repeat its labels, of which a strict build rightly complains.
    ten = _clean(many, lambda: trees.build_ours(many, env, strict=False))
    yield Row(
        "ten times the chapters", "≤ 10 × the build", f"{ten:.1f} s", f"{clean:.1f} s", ten / clean, ten <= 10 * clean
    )


def _clean(folder: Path, build: Callable[[], float]) -> float:
    import shutil

    shutil.rmtree(folder / "_build", ignore_errors=True)
    return build()


def measured(name: str, rows: Callable[[], Iterable[Row]]) -> list[Row]:
    """Return the rows of one measurement, or a row that says plainly why there is none."""
    err.print(f"Measuring {name}…")
    found: list[Row] = []
    try:
        found.extend(rows())
    except Exception as error:  # noqa: BLE001  # one measurement that fails must not hide the others
        found.append(unmeasured(name, "", f"{type(error).__name__}: {error}"))
    return found


def main() -> None:
    """Measure, then print. Words of the command line choose what: builds, pages, models, notebooks, python, lighthouse.

    `hub` is measured only when it is named: a class on a JupyterHub takes minutes, and the whole machine.
    """
    chosen = set(sys.argv[1:]) or {"builds", "pages", "models", "notebooks", "python", "lighthouse"}
    before = python.machine()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        env = settled(folder)
        ours, peer = folder / "ours" / "_build" / "html", folder / "peer" / "_build" / "html"
        if chosen & {"builds", "pages", "lighthouse"}:
            rows += measured("builds", lambda: builds(folder, env))
        if "pages" in chosen:
            with pages.browser() as browser:
                rows += measured("weights", lambda: pages.weights(browser, ours, peer))
                rows += measured("answers", lambda: pages.answers(browser, ours, peer))
                rows += measured("quizzes", lambda: pages.quizzes(browser, ours, peer))
        if "models" in chosen:
            with pages.browser() as browser:
                rows += measured("models", lambda: explore.rows(browser, folder, env))
        if "notebooks" in chosen:
            rows += measured("notebooks", lambda: python.notebook_runs(env))
        if "python" in chosen:
            rows += measured("imports", lambda: python.imports(env))
            rows += measured("datasets", lambda: [python.datasets(env)])
            rows += measured("exploring", lambda: [python.exploring()])
        if "lighthouse" in chosen:
            rows += measured("Lighthouse", lambda: lighthouse.scores(folder, env, ours, peer))
        if "hub" in chosen:
            rows += measured("a class on a hub", lambda: hub.rows(folder, env))
    show(rows, before)


def show(rows: list[Row], before: str) -> None:
    """Print the table."""
    table = Table(
        "what", "budget", "ours", "peer", "ratio", "", "note", title=f"Budgets, measured in one run ({before})"
    )
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        word = {True: "met", False: "MISSED", None: "–"}[row.met]
        table.add_row(row.what, row.budget, row.ours, row.peer, ratio, word, row.note)
    out.print(table)


if __name__ == "__main__":
    main()
