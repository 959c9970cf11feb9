"""A file to begin with: a whole exercise of any kind, commented, to be changed bit by bit into somebody's own."""

import re
from pathlib import Path

from courseware import kinds, library
from courseware.base import nearest
from courseware.course import OWN_CASES, course, root

# A kind has its own beginning where its example, which shows every field, is too much to begin with.
STARTER, EXAMPLE = "starter.yml", "example.yml"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEAD = re.compile(r"Copy it into exercises/<chapter>/<id>\.yml(?:, and example\.py to <id>\.py beside it)?")
_SOURCES = re.compile(r"^sources:.*\n(?:[ ]+.*\n)+", re.MULTILINE)
_CITED = re.compile(r"basis: (?:evidence|law)(?:,| *\n *) *cite: \{[^}]*\}")


def write(kind: str, name: str, folder: Path | None = None) -> list[Path]:
    """Write the files of a new exercise into a folder, the working one when none is given, and return them.

    In a chapter's folder it belongs to that chapter. Anywhere else it is a case of somebody's own. Raises ValueError
    for a kind or name that cannot be, and FileExistsError rather than overwrite anything.
    """
    folder = folder or Path()
    if kind not in kinds.KINDS:
        raise ValueError(f"no kind `{kind}`; {nearest(kind, kinds.KINDS)}")
    name = name.removesuffix(".yml")
    if not _NAME.fullmatch(name) or len(name) > 60:
        likely = "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:60].strip("-") or "my-case"
        raise ValueError(f"`{name}` cannot be a name; use small letters, digits and hyphens, for instance `{likely}`")
    taken = next((path for path in library.files() if path.stem == name), None)
    if taken:
        raise ValueError(f"the course has an exercise `{name}` already; choose another name")
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder; make it first, or name another with --folder")
    texts = files(kind, name, _chapter(folder))
    for file in texts:
        if (folder / file).exists():
            raise FileExistsError(f"{folder / file} is there already, and stays as it is; choose another name")
    made = []
    for file, text in texts.items():
        with (folder / file).open("x", encoding="utf-8") as out:
            out.write(text)
        made.append(folder / file)
    return made


def files(kind: str, name: str, chapter: str = OWN_CASES) -> dict[str, str]:
    """Return the files of a new exercise by their names."""
    home = kinds.folder(kind)
    starter = home / STARTER
    text = (starter if starter.exists() else home / EXAMPLE).read_text(encoding="utf-8")
    if not starter.exists():
        text = _without_sources(_HEAD.sub("Change the words to yours", text))
    id_line = "id: {name}" if starter.exists() else "id: {name}  # the name of this file without .yml"
    text = re.sub(r"^id: \S+", id_line.format(name=name), text, count=1, flags=re.MULTILINE)
    if chapter == OWN_CASES:
        text = re.sub(r"^teaches: .*\n", "", text, flags=re.MULTILINE)
        text = re.sub(
            r"^chapter: (?!own-cases).*", f"chapter: {OWN_CASES}  # it belongs to no chapter", text, flags=re.MULTILINE
        )
    else:
        teaches = "teaches: []  # ids from data/concepts.yml"
        text = re.sub(r"^teaches: .*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r"^chapter: .*", f"chapter: {chapter}\n{teaches}", text, count=1, flags=re.MULTILINE)
    found = {f"{name}.yml": text}
    model = home / "example.py"
    if model.exists():
        found[f"{name}.py"] = model.read_text(encoding="utf-8")
    return found


def _without_sources(text: str) -> str:
    """Return an example that cites nothing: what it cites is in no bibliography."""
    return _SOURCES.sub("", _CITED.sub("basis: practice", text))


def _chapter(folder: Path) -> str:
    parent = folder.resolve()
    known = {chapter["id"] for chapter in course()["chapters"]}
    return parent.name if parent.parent == (root() / "exercises").resolve() and parent.name in known else OWN_CASES
