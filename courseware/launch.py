"""Where a lab can be opened with a kernel and nothing installed: Binder, Colab, or a JupyterHub of one's own.

All of it hangs on one setting, `launch:` in `data/course.yml`. Until it is set there is no link, and a lab's starter
has no cell that fetches anything.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from courseware import mends, reading
from courseware.course import MARKER, root
from courseware.problems import ExerciseError, Finding, Problem, field_name

STARTERS = "starters"


@dataclass(frozen=True)
class Launch:
    """A link that opens a lab's starter: whose machine it runs on, and what that means to a learner."""

    name: str
    address: str
    note: str


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"`{text}` is not the https address of a page; write it as https://…, without a name or a `?`")
    if text.endswith("/") or any(character.isspace() for character in text):
        raise ValueError(f"`{text}` ends with a slash or holds a space; leave it out")
    return text


def _repository(text: str) -> str:
    if text.endswith(".git"):
        raise ValueError(f"`{text}` ends with .git; leave that out: the address is the one that a reader opens")
    if len([part for part in urlsplit(text).path.split("/") if part]) < 2:
        raise ValueError(f"`{text}` names no repository; write https://host/owner/name")
    return text


def _branch(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", text, re.ASCII):
        raise ValueError(f"`{text}` cannot stand in a link as a branch; use letters, digits, hyphens, dots and `_`")
    return text


class Setting(BaseModel):
    """The public copy of the course, its branch, and the address of a JupyterHub; each may be left empty."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    repository: Annotated[str, AfterValidator(_address), AfterValidator(_repository)] | None = None
    branch: Annotated[str, AfterValidator(_branch)] = "main"
    hub: Annotated[str, AfterValidator(_address)] | None = None

    @property
    def name(self) -> str:
        """What the repository is called, which is what a clone's folder is called."""
        return (self.repository or "").rpartition("/")[2]


class _Course(BaseModel):
    launch: Setting = Setting()


def setting() -> Setting:
    """Return the setting. Raises ExerciseError with file, line, field, what is wrong, and the mend."""
    found, wrong = _read(root() / MARKER, (root() / MARKER).stat().st_mtime_ns)
    if wrong:
        raise ExerciseError(wrong)
    return found


def problems() -> list[Problem]:
    """Return every mistake in the setting."""
    return list(_read(root() / MARKER, (root() / MARKER).stat().st_mtime_ns)[1])


@cache
def _read(path: Path, _changed: int) -> tuple[Setting, tuple[Problem, ...]]:
    try:
        data, lines = reading.read(path)
    except reading.Unreadable as error:
        return Setting(), (_problem(error.line, error.finding),)
    given = data.get("launch") if isinstance(data, dict) else None
    found, findings = _validated({} if given is None else {"launch": given})
    return found, tuple(_problem(reading.line_of(each.place, lines), each) for each in findings)


def _validated(data: dict[str, Any]) -> tuple[Setting, list[Finding]]:
    if not isinstance(data.get("launch", {}), dict):
        return Setting(), [Finding(("launch",), "not a block of fields", "write `launch: {repository: , hub: }`")]
    try:
        found = _Course.model_validate(data).launch
    except ValidationError as error:
        return Setting(), list(mends.findings(error, data, _Course))
    if found.hub and not found.repository:
        what = "the hub has nothing to pull"
        return Setting(), [Finding(("launch", "hub"), what, "set `repository:` too, or leave `hub:` empty")]
    return found, []


def _problem(line: int, found: Finding) -> Problem:
    return Problem(MARKER.as_posix(), line, field_name(found.place), found.what, found.mend)


def opened(notebook: Path) -> Path:
    """Return what a learner opens of a lab: the starter, whichever of the two is given."""
    return notebook if notebook.parent.name == STARTERS else notebook.parent / STARTERS / notebook.name


def links(notebook: Path) -> list[Launch]:
    """Return the links that open a lab's starter; none while nothing is set.

    Parameters
    ----------
    notebook
        The lab's solution or its starter, below the course's folder.

    Raises
    ------
    ExerciseError
        The setting has mistakes in it.
    """
    chosen = setting()
    if not chosen.repository:
        return []
    path = quote(opened(notebook.resolve()).relative_to(root()).as_posix())
    return [*_public(chosen, chosen.repository, path), *_own(chosen, chosen.repository, path)]


def _public(chosen: Setting, repository: str, path: str) -> list[Launch]:
    host, owned = str(urlsplit(repository).hostname), urlsplit(repository).path.strip("/")
    whole = {"github.com": f"gh/{owned}", "gitlab.com": f"gl/{quote(owned, safe='')}"}
    place = whole.get(host, f"git/{quote(repository, safe='')}")
    binder = Launch(
        "Binder",
        f"https://mybinder.org/v2/{place}/{chosen.branch}?urlpath=lab/tree/{path}",
        "A free public service, with no account. What you write is gone when you leave, unless you download it.",
    )
    if host != "github.com":
        return [binder]  # Colab opens no other host's repositories
    colab = Launch(
        "Colab",
        f"https://colab.research.google.com/github/{owned}/blob/{chosen.branch}/{path}",
        "Google’s service, with a Google account. The first cell fetches the course, which takes a minute or two.",
    )
    return [binder, colab]


def _own(chosen: Setting, repository: str, path: str) -> list[Launch]:
    if not chosen.hub:
        return []
    asked = f"repo={quote(repository, safe='')}&branch={chosen.branch}&urlpath=lab/tree/{quote(chosen.name)}/{path}"
    address = f"{chosen.hub}/hub/user-redirect/git-pull?{asked}"
    return [Launch("Hub", address, "Your organisation’s own server, with your account there. It keeps what you write.")]


_FETCH = """\
# @title Fetch the course
# Where it is not installed, as in Colab, this fetches it: a minute or two. Elsewhere it does nothing.
import importlib.util
import os
import subprocess
import sys

course = os.path.abspath({name!r})
if importlib.util.find_spec("courseware") is None:
    if not os.path.isdir(course):
        clone = ["git", "clone", "--quiet", "--depth=1", "--branch", {branch!r}]
        subprocess.run([*clone, {repository!r}, course], check=True)
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", course], check=True)
    importlib.invalidate_caches()
if os.path.isdir(course):
    os.environ["COURSE_ROOT"] = course
if "google.colab" in sys.modules:  # where controls that redraw a chart are off until asked for
    from google.colab import output

    output.enable_custom_widget_manager()"""


def fetch() -> str:
    """Return the code with which a starter opened alone gets the course; empty while no repository is set."""
    chosen = setting()
    if not chosen.repository:
        return ""
    return _FETCH.format(name=chosen.name, branch=chosen.branch, repository=chosen.repository)
