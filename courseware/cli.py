"""The `courseware` command: check the exercises, list them, print them, run the notebooks."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup

from courseware import cli_cases, cli_kit
from courseware.problems import ExerciseError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Command(TyperGroup):
    """The command, which ends with a message and exit code 1 where a file or an exercise cannot be used."""

    def invoke(self, ctx: Any) -> Any:
        """Run what was asked for."""
        try:
            return super().invoke(ctx)
        except ExerciseError as error:
            _say("\n".join(map(str, error.problems)))
        except OSError as error:
            if error.errno and error.filename is None:  # a closed pipe and the like: no file's fault
                raise
            # What we raise ourselves says it in words; the system's own errors name the file apart.
            _say(
                f"{error.filename}: {error.strerror}; check its name and who may use it" if error.errno else str(error)
            )
        raise typer.Exit(1)


app = typer.Typer(
    cls=Command, no_args_is_help=True, add_completion=False, help="The engine of the course, from the command line."
)
app.add_typer(cli_cases.app)
app.add_typer(cli_kit.app)


def _say(text: str) -> None:
    err.print(text, soft_wrap=True, markup=False)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Exercise files; all of them when none is named.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON, for machines.")] = False,
) -> None:
    """Say everything that is wrong with the exercises: FILE:LINE: FIELD: what is wrong; the mend."""
    from courseware import checks, launch, library
    from courseware.facilitate import clashes, session_check

    of_labs = [path for path in files or [] if path.name.endswith(checks.SUFFIX)]
    exercises = [path for path in files or [] if path not in of_labs]
    problems = [] if files and not exercises else library.check(exercises or None)
    problems += [] if files and not of_labs else checks.problems(of_labs or None)
    problems += [] if files else [*launch.problems(), *session_check.problems(), *clashes.problems()]
    if as_json:
        typer.echo(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            out.print(str(problem), soft_wrap=True, markup=False)
        errors = sum(problem.level == "error" for problem in problems)
        _say(f"{len(files or library.files())} checked: {errors} wrong, {len(problems) - errors} to look at")
    if any(problem.level == "error" for problem in problems):
        raise typer.Exit(1)


@app.command(name="list")
def list_exercises() -> None:
    """List every exercise: id, kind, chapter, minutes and title."""
    from courseware import library

    table = Table("id", "kind", "chapter", "minutes", "title")
    for exercise in library.all_exercises():
        table.add_row(exercise.id, exercise.kind, exercise.chapter, str(exercise.minutes.solo), exercise.title)
    out.print(table)


@app.command()
def notebooks(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks; all that are stored when none is named.")
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Change nothing: exit 1 if running one would change it.")
    ] = False,
) -> None:
    """Run the stored notebooks from the top and keep what they show, the same to the byte each time."""
    from nbclient.exceptions import CellExecutionError
    from nbformat.reader import NotJSONError

    from courseware import notebooks as stored

    changed = []
    for path in files or stored.files():
        try:
            text = stored.executed(path)
        except (CellExecutionError, NotJSONError) as error:
            _say(f"{path}: it cannot be run, and stays as it was; mend the cell\n{error}")
            raise typer.Exit(1) from None
        if text != path.read_text(encoding="utf-8"):
            changed.append(path)
            if not stale:
                path.write_text(text, encoding="utf-8")
        out.print(f"{path.name}: {'changed' if path in changed else 'as it was'}", markup=False)
    if stale and changed:
        _say("Run `make notebooks` and commit what it changes.")
        raise typer.Exit(1)


@app.command()
def starters(
    stale: Annotated[
        bool, typer.Option("--stale", help="Change nothing: exit 1 if a starter is not up to date.")
    ] = False,
) -> None:
    """Make what learners open from each lab's solution, and the list of the labs."""
    from courseware import labs

    found = labs.stale()
    for path, text in found.items():
        if not stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        out.print(f"{path.name}: {'stale' if stale else 'written'}", markup=False)
    if stale and found:
        _say("Run `make notebooks` and commit what it changes.")
        raise typer.Exit(1)


@app.command()
def paper(
    name: Annotated[str, typer.Argument(metavar="ID|FILE", help="An exercise's id, or a file of your own.")],
    to: Annotated[Path | None, typer.Option("--out", help="The file to write; ID.pdf here when none is named.")] = None,
    answers: Annotated[
        bool, typer.Option("--with-answers/--learner", help="All of it, or only what learners may see beforehand.")
    ] = True,
    act: Annotated[str | None, typer.Option("--act", help="One act of a scenario by itself.")] = None,
) -> None:
    """Make cards and handouts to print from an exercise, with the facilitator's pages: one PDF."""
    from courseware import library
    from courseware import paper as printed

    try:
        exercise = library.sound(library.place(name))
        made = printed.pdf(exercise, answers=answers, act=act)
    except (KeyError, ValueError) as error:
        _say(str(error.args[0]).strip())
        raise typer.Exit(1) from None
    to = to or Path("-".join(filter(None, [exercise.id, act, None if answers else "learner"])) + ".pdf")
    to.write_bytes(made)
    _say(f"{to}: {len(made):,} bytes")


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="The folder of the built book.")] = Path("_build/html"),
    port: Annotated[int, typer.Option(help="The first port to try; the next free one is taken.")] = 8000,
) -> None:
    """Serve the built book on this machine only, until Ctrl-C."""
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    if not (folder / "index.html").is_file():
        err.print(f"{folder}: no book is built here; run `make build`", markup=False)
        raise typer.Exit(1)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing of each request."""

    for free in range(port, port + 100):
        try:
            server = ThreadingHTTPServer(("127.0.0.1", free), partial(Quiet, directory=folder))
        except OSError:
            continue
        out.print(f"The book is at http://127.0.0.1:{free}/ (Ctrl-C stops it)", markup=False)
        with server, suppress(KeyboardInterrupt):
            server.serve_forever()
        return
    err.print(f"no port is free from {port} to {port + 99}; name another with --port", markup=False)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
