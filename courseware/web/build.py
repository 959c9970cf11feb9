"""Makes the front end from its modules: one script for the book, one for the live widget, one stylesheet.

`python -m courseware.web.build` makes what is older than its sources; `--force` makes everything. The results are not
committed. The wheel's build hook loads this file by its path, so it imports nothing of the package.

The first bundle on a machine needs the npm registry: deno fetches its bundler (esbuild) from there, then keeps it.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

WEB = Path(__file__).resolve().parent
DIST = WEB / "dist"
# Chrome refuses `type=module` over `file://`, so the book gets a classic script; anywidget asks for a module.
SCRIPTS = {"book.js": ("entry.js", "iife"), "widget.js": ("widget.js", "esm")}
STYLES = ("tokens.css", "style.css", "kinds.css", "figure.css")


class BuildError(RuntimeError):
    """The front end could not be made; the message says what to do."""


def sources() -> list[Path]:
    """Return every module that a bundle may hold: those beside this file, and each kind's."""
    return sorted([*WEB.glob("*.js"), *(WEB.parent / "kinds").rglob("*.js")])


def stale(target: Path, made_from: Iterable[Path]) -> bool:
    """Say whether a file is missing, or older than anything that it is made from, this file included."""
    if not target.exists():
        return True
    made = target.stat().st_mtime
    return any(source.stat().st_mtime > made for source in [*made_from, Path(__file__)])


def bundle(entry: Path, target: Path, *options: str) -> None:
    """Bundle and minify one entry, a module or a stylesheet, with deno. Raises BuildError with deno's own words."""
    from deno import find_deno_bin

    # Made beside its place and moved there whole, so that nobody reads half a file while another process builds.
    part = target.with_name(f".{os.getpid()}.{target.name}")
    command = [find_deno_bin(), "bundle", "--quiet", "--no-lock", "--platform", "browser", "--minify", *options]
    made = subprocess.run(  # noqa: S603  # a fixed command on our own files
        [*command, "--output", str(part), str(entry)], capture_output=True, text=True, check=False, cwd=WEB.parent
    )
    if made.returncode or not part.exists():
        hint = "\nThe first bundle on a machine needs the npm registry." if "esbuild" in made.stderr else ""
        raise BuildError(f"deno could not bundle {entry.name}:\n{made.stderr.strip()}{hint}")
    part.replace(target)


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
    for name, (entry, form) in SCRIPTS.items():
        if force or stale(DIST / name, sources()):
            bundle(WEB / entry, DIST / name, "--format", form)
            made.append(DIST / name)
    parts = [WEB / name for name in STYLES]
    if force or stale(DIST / "style.css", parts):
        join(parts, DIST / "style.css")
        made.append(DIST / "style.css")
    return made


def main() -> None:
    """Build from the command line, and say what was made and how heavy it is."""
    import gzip

    for path in build(force="--force" in sys.argv[1:]):
        size = len(gzip.compress(path.read_bytes(), 9))
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes, {size:,} gzipped\n")


if __name__ == "__main__":
    main()
