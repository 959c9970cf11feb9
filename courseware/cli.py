"""The `courseware` command: check the exercises, list them."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The engine of the course, from the command line.")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Exercise files; all of them when none is named.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON, for machines.")] = False,
) -> None:
    """Say everything that is wrong with the exercises: FILE:LINE: FIELD: what is wrong; the mend."""
    from courseware import library

    for path in files or []:
        if not path.is_file():
            err.print(f"{path}:1: file: there is no such file; check its name", soft_wrap=True, markup=False)
            raise typer.Exit(1)
    problems = library.check(files)
    if as_json:
        typer.echo(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            out.print(str(problem), soft_wrap=True, markup=False)
        errors = sum(problem.level == "error" for problem in problems)
        count = len(files or library.files())
        err.print(f"{count} checked: {errors} wrong, {len(problems) - errors} to look at", markup=False)
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
    from courseware import notebooks as stored

    changed = []
    for path in files or stored.files():
        text = stored.executed(path)
        if text != path.read_text(encoding="utf-8"):
            changed.append(path)
            if not stale:
                path.write_text(text, encoding="utf-8")
        out.print(f"{path.name}: {'changed' if path in changed else 'as it was'}", markup=False)
    if stale and changed:
        err.print("Run `make notebooks` and commit what it changes.", markup=False)
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
