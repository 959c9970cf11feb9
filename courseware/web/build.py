"""Makes the front end from its modules: the book's script, those that come later, the worker, the widget, the styles.

`python -m courseware.web.build` makes what is older than its sources; `--force` makes everything. The results are not
committed. The wheel's build hook loads this file by its path, so it imports nothing of the package.

The first bundle on a machine needs the npm registry: deno fetches its bundler (esbuild) from there, then keeps it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

WEB = Path(__file__).resolve().parent
DIST = WEB / "dist"
# Chrome refuses `type=module` over `file://`, so the book gets a classic script; anywidget asks for a module.
FIRST = ("book.js", "entry.js")
# What only some readers need comes after the first script, and uses the modules that it brought: none is sent twice.
LATER = {
    "models.js": "../kinds/models.js",
    "debrief.js": "../kinds/scenario/after.js",
    "code.js": "../kinds/scenario/code-face.js",
    "cohort.js": "facilitate/cohort-page.js",
    "desk.js": "desk/desk.js",
    "run-sheet.js": "facilitate/run-sheet.js",
    "room.js": "facilitate/room.js",
}
SCRIPTS = {
    "offer.js": ("offline/offer.js", "iife"),
    "update.js": ("offline/update.js", "iife"),
    "worker.js": ("offline/worker.js", "iife"),
    "widget.js": ("widget.js", "esm"),
    "preview.js": ("facilitate/preview.js", "iife"),
}
STYLES = {
    "style.css": ("tokens.css", "style.css", "kinds.css", "figure.css"),
    "desk.css": ("desk.css",),
    "cohort.css": ("facilitate/cohort.css",),
    "lab.css": ("lab.css",),
    "run-sheet.css": ("facilitate/run-sheet.css",),
    "room.css": ("facilitate/room.css", "facilitate/room-projector.css"),
    "offline.css": ("offline.css",),
    "preview.css": ("preview.css",),
}


class BuildError(RuntimeError):
    """The front end could not be made; the message says what to do."""


def sources() -> list[Path]:
    """Return every module that a bundle may hold: those here, in the folders of pages of their own, and each kind's."""
    beside = [
        each for folder in (WEB, WEB / "desk", WEB / "facilitate", WEB / "offline") for each in folder.glob("*.js")
    ]
    return sorted([*beside, *(WEB.parent / "kinds").rglob("*.js")])


def stale(target: Path, made_from: Iterable[Path]) -> bool:
    """Say whether a file is missing, or older than anything that it is made from, this file included."""
    if not target.exists():
        return True
    made = target.stat().st_mtime
    return any(source.stat().st_mtime > made for source in [*made_from, Path(__file__)])


def _program() -> str:
    from deno import find_deno_bin

    try:
        return str(find_deno_bin())
    except FileNotFoundError:
        # pip builds a wheel in a folder of its own, where the package does not look, but the path leads.
        found = shutil.which("deno")
        if found is None:
            raise BuildError("The deno package is here, but not its program; install deno again.") from None
        return found


def _deno(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # a fixed command on our own files
        [_program(), *arguments], capture_output=True, text=True, check=False, cwd=WEB.parent
    )


def bundle(entry: Path, target: Path, *options: str) -> None:
    """Bundle and minify one entry, a module or a stylesheet, with deno. Raises BuildError with deno's own words."""
    # Made beside its place and moved there whole, so that nobody reads half a file while another process builds.
    part = target.with_name(f".{os.getpid()}.{target.name}")
    always = ("--quiet", "--no-lock", "--platform", "browser", "--minify")
    made = _deno("bundle", *always, *options, "--output", str(part), str(entry))
    if made.returncode or not part.exists():
        hint = "\nThe first bundle on a machine needs the npm registry." if "esbuild" in made.stderr else ""
        raise BuildError(f"deno could not bundle {entry.name}:\n{made.stderr.strip()}{hint}")
    part.replace(target)


OURS = "file:"  # a package's modules have other addresses
_EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|class|const) (\w+)", re.MULTILINE)


def graph(entry: Path) -> dict[Path, set[Path]]:
    """Return every module that an entry brings, itself included, each with those that it imports."""

    def path(address: str) -> Path:
        return Path(url2pathname(urlsplit(address).path))

    def imported(module: dict[str, Any]) -> set[Path]:
        named = (each["code"]["specifier"] for each in module.get("dependencies", []) if "code" in each)
        return {path(each) for each in named if each.startswith(OURS)}

    found = json.loads(_deno("info", "--json", "--no-lock", str(entry)).stdout)["modules"]
    every = {path(each["specifier"]): imported(each) for each in found if each["specifier"].startswith(OURS)}
    # What only a type names is told of too, but brought by nobody.
    brought, waiting = dict[Path, set[Path]](), [entry.resolve()]
    while waiting:
        module = waiting.pop()
        if module not in brought:
            brought[module] = every[module]
            waiting.extend(every[module])
    return brought


@contextmanager
def shared() -> Iterator[tuple[Path, Path]]:
    """Yield an entry for the first script that hands its modules on, and an import map that finds them there."""
    entry = WEB / FIRST[1]
    first = graph(entry)
    later = [one for each in LATER.values() for one in graph(WEB / each).items()]
    handed = sorted({path for module, used in later if module not in first for path in used if path in first})
    folder = DIST / f".{os.getpid()}.shared"
    folder.mkdir()
    lines, found = [], {}
    for number, path in enumerate(handed):
        names = ", ".join(_EXPORTED.findall(path.read_text(encoding="utf-8")))
        stand_in = folder / f"{number}.js"
        stand_in.write_text(f"export const {{ {names} }} = globalThis.courseModules[{number}];\n", encoding="utf-8")
        lines.append(f'import * as m{number} from "{path.as_uri()}";')
        found[path.as_uri()] = stand_in.as_uri()
    every = ", ".join(f"m{number}" for number in range(len(handed)))
    hand_on = folder / "first.js"
    hand_on.write_text("\n".join([*lines, f'import "{entry.as_uri()}";', f"globalThis.courseModules = [{every}];\n"]))
    import_map = folder / "map.json"
    # This map takes the place of deno.json's, which pins the packages.
    packages = json.loads((WEB.parents[1] / "deno.json").read_text(encoding="utf-8"))["imports"]
    import_map.write_text(json.dumps({"imports": {**packages, **found}}))
    try:
        yield hand_on, import_map
    finally:
        shutil.rmtree(folder)


def join(parts: Iterable[Path], target: Path) -> None:
    """Make one minified stylesheet of several, in their order."""
    whole = target.with_name(f".{os.getpid()}.whole.css")
    whole.write_text("\n".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
    try:
        bundle(whole, target)
    finally:
        whole.unlink()


def build(*, force: bool = False) -> list[Path]:
    """Make what is out of date, or everything, and return the files that were made."""
    DIST.mkdir(exist_ok=True)
    made = []
    first = [FIRST[0], *LATER]
    if force or any(stale(DIST / name, sources()) for name in first):
        with shared() as (handing_on, import_map):
            bundle(handing_on, DIST / FIRST[0], "--format", "iife")
            for name, each in LATER.items():
                bundle(WEB / each, DIST / name, "--format", "iife", "--import-map", str(import_map))
        made += [DIST / name for name in first]
    for name, (entry, form) in SCRIPTS.items():
        if force or stale(DIST / name, sources()):
            bundle(WEB / entry, DIST / name, "--format", form)
            made.append(DIST / name)
    for name, sheets in STYLES.items():
        parts = [WEB / sheet for sheet in sheets]
        if force or stale(DIST / name, parts):
            join(parts, DIST / name)
            made.append(DIST / name)
    return made


def main() -> None:
    """Build from the command line, and say what was made and how heavy it is."""
    import gzip

    for path in build(force="--force" in sys.argv[1:]):
        size = len(gzip.compress(path.read_bytes(), 9))
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes, {size:,} gzipped\n")


if __name__ == "__main__":
    main()
