"""The commands for a case of one's own: begin it, play it, draw it, look at it while it is written."""

import random
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from courseware.kinds.scenario.spec import Scenario

app = typer.Typer()
err = Console(stderr=True, highlight=False)

Named = Annotated[str, typer.Argument(metavar="ID|FILE", help="A scenario's id in the course, or a file of your own.")]


def _say(text: str) -> None:
    err.print(text, soft_wrap=True, markup=False)


def _fail(error: Exception) -> typer.Exit:
    _say(str(error.args[0] if error.args else error).strip())
    return typer.Exit(1)


def _program() -> str:
    """Return what to type for this command: as it was typed, where it cannot be found by its name alone."""
    typed = Path(sys.argv[0])
    return str(typed) if typed.stem == "courseware" and not shutil.which("courseware") else "courseware"


def _scenario(name: str) -> "Scenario":
    from courseware import library
    from courseware.kinds.scenario.spec import Scenario

    try:
        found = library.sound(library.place(name))
    except KeyError as error:
        raise _fail(error) from None
    if not isinstance(found, Scenario):
        raise _fail(ValueError(f"`{found.id}` is of the kind `{found.kind}`; only a scenario can be played and drawn"))
    return found


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="What it is to be: scenario, quiz, sort, order, reflect and so on.")],
    name: Annotated[str, typer.Argument(help="What the file is to be called, for instance my-case.")],
    folder: Annotated[Path, typer.Option(help="Where to write it.")] = Path(),
) -> None:
    """Write a file to begin with, whole and commented, that you change into a case of your own."""
    from courseware.facilitate import new as starters

    try:
        made = starters.write(kind, name, folder)
    except (ValueError, FileExistsError) as error:
        raise _fail(error) from None
    _say(f"{' and '.join(map(str, made))}: written. Open it in a text editor, and beside it run:")
    typer.echo(f"  {_program()} preview {made[0]}")


@app.command()
def play(
    name: Named,
    path: Annotated[
        str, typer.Option(help="Choices to make first, by id: tell,calm. Outcomes of luck may be among them.")
    ] = "",
    seed: Annotated[int | None, typer.Option(help="Where luck is drawn from: the same number, the same luck.")] = None,
    act: Annotated[str | None, typer.Option(help="One act of it by itself.")] = None,
) -> None:
    """Play a scenario in the terminal."""
    from courseware.base import nearest
    from courseware.facilitate import terminal

    scenario = _scenario(name)
    acts = {each.id for each in scenario.acts}
    if act is not None and act not in acts:
        mend = nearest(act, acts) if acts else "leave --act out: it is one whole"
        raise _fail(ValueError(f"no act `{act}` in `{scenario.id}`; {mend}"))
    steps = [each.strip() for each in path.split(",") if each.strip()]
    # With a path it goes on asking only where somebody can answer.
    asks = not steps or (sys.stdin.isatty() and sys.stdout.isatty())
    drawn = random.randint(1, 0xFFFF) if seed is None else seed  # noqa: S311  # luck in a story, not a secret
    try:
        terminal.play_it(
            scenario,
            Console(highlight=False),
            _line if asks else None,
            again=[_program(), "play", name],
            seed=drawn,
            act=act,
            path=steps,
        )
    except ValueError as error:
        raise _fail(error) from None


def _line() -> str:
    if sys.stdin.isatty():
        return input("> ")
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


@app.command()
def graph(
    name: Named,
    to: Annotated[Path | None, typer.Option("--out", help="The file to write; ID.svg here when none is named.")] = None,
    as_text: Annotated[bool, typer.Option("--text", help="Print it in words in place of drawing it.")] = False,
) -> None:
    """Draw a scenario from above: what leads where, and the paths that somebody defends. One SVG."""
    from courseware.facilitate import chart
    from courseware.facilitate import graph as above

    scenario = _drawable(name)
    found = above.graph(scenario)
    if as_text:
        typer.echo(above.outline(found), nl=False)
        return
    drawn = chart.svg(found)
    to = to or Path(f"{scenario.id}.svg")
    to.write_text(drawn, encoding="utf-8")
    _say(f"{to}: {len(drawn.encode()):,} bytes")


def _drawable(name: str) -> "Scenario":
    """Return a scenario that can be drawn: what is wrong with the play of it is said, and shows in the drawing."""
    from courseware import library
    from courseware.facilitate.graph import leads_on
    from courseware.kinds.scenario.spec import Scenario

    try:
        found, problems = library.read(library.place(name))
    except KeyError as error:
        raise _fail(error) from None
    if not isinstance(found, Scenario) or not leads_on(found):
        return _scenario(name)
    errors = sum(problem.level == "error" for problem in problems)
    if errors:
        _say(f"{errors} wrong with it: `courseware check {name}` says what")
    return found


@app.command()
def preview(
    file: Annotated[Path, typer.Argument(help="Your file, for instance my-case.yml.")],
    port: Annotated[int, typer.Option(help="The first port to try; the next free one is taken.")] = 8700,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
) -> None:
    """Show an exercise in a browser while you write it: each time you save, the page shows it. Ctrl-C stops."""
    import webbrowser
    from contextlib import suppress

    from courseware.facilitate import preview as page

    if not file.is_file():
        raise _fail(ValueError(f"{file}: there is no such file here; `courseware new scenario my-case` writes one"))
    try:
        server = page.serve(file, port)
    except OSError as error:
        raise _fail(ValueError(str(error))) from None
    with server, suppress(KeyboardInterrupt):
        address = f"http://127.0.0.1:{server.server_port}/"
        typer.echo(
            f"{file.name} is at {address} on this machine only. Save the file, and the page shows it. Ctrl-C stops."
        )
        if not no_open:
            webbrowser.open(address)
        server.serve_forever(poll_interval=0.2)
