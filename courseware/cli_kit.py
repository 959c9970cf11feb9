"""The command that makes a facilitator's kit: everything to print, show and hand out for one session."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

if TYPE_CHECKING:
    from courseware.facilitate.kit import Kit

app = typer.Typer()
err = Console(stderr=True, highlight=False)


def _say(text: str) -> None:
    err.print(text, soft_wrap=True, markup=False)


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description:<40}"), BarColumn(), MofNCompleteColumn(), console=err, transient=True
    )


@app.command()
def kit(  # noqa: PLR0913, PLR0917  # each is an option of the command
    chapter: Annotated[
        str | None, typer.Argument(help="A chapter, by its number or its id; every chapter when none is named.")
    ] = None,
    minutes: Annotated[int, typer.Option(help="How long the session is: 15, 60, 90 or 180.")] = 90,
    size: Annotated[
        int | None, typer.Option(help="How many people; as many as data/sessions.yml says by itself.")
    ] = None,
    to: Annotated[Path, typer.Option("--out", help="The folder to write into; it is made if it is not there.")] = Path(
        "kits"
    ),
    large: Annotated[bool, typer.Option("--large-print", help="All of it in print of 18 points.")] = False,
    contrast: Annotated[
        bool, typer.Option("--high-contrast", help="No grey, heavy lines; slides are light on black.")
    ] = False,
) -> None:
    """Make a kit for a session: run-sheet, cards, slides, signs, forms, and how many of each to print."""
    from courseware.facilitate import kit as kits
    from courseware.facilitate import kit_site
    from courseware.facilitate.kit_cache import Cache

    cache = Cache()
    if to.exists() and not to.is_dir():
        _say(f"{to}: a file of that name is there; name another folder with --out")
        raise typer.Exit(1)
    if chapter is None and (size is not None or large or contrast):
        _say("all kits at once are of one size and print; name a chapter too, for instance courseware kit 4 --size 12")
        raise typer.Exit(1)
    try:
        with _progress() as progress:
            task = progress.add_task("Reading the run-sheets", total=None)

            def told(name: str, done: int, every: int) -> None:
                progress.update(task, description=name, completed=done, total=every)

            if chapter is None:
                found = kit_site.make(to, cache=cache, told=told)
                said = [f"{to / each['name']}: {each['bytes']:,} bytes" for each in found]
                if (to.resolve().parent / kit_site.PAGE).is_file():
                    said.append("The book beside them says how large they were when it was built: make build")
            else:
                made = kits.build(chapter, minutes, size=size, large=large, contrast=contrast, cache=cache, told=told)
                said = _written(made, to)
    except ValueError as error:
        _say(str(error.args[0] if error.args else error))
        raise typer.Exit(1) from None
    _say("\n".join(said))
    _say(f"{cache.counts['made']} made, {cache.counts['reused']} reused from {cache.at}")


def _written(made: "Kit", to: Path) -> list[str]:
    """Write a kit as a folder to print from and as a zip to send; return what is to be said of it."""
    from courseware.facilitate import kit as kits

    folder, zipped = to / made.name, to / f"{made.name}.zip"
    # What another session of the same name left there would be printed as well.
    if folder.is_dir():
        shutil.rmtree(folder)
    for name, body in made.parts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    body = kits.packed(made)
    zipped.write_bytes(body)
    session = made.session
    return [
        f"{session.title}, for {session.size} people in {session.groups} groups: {made.sheets} sheets of paper",
        f"{folder / kits.START}: start here",
        f"{zipped}: {len(body):,} bytes, {len(made.parts)} files",
    ]
