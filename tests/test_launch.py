"""The links that open a lab elsewhere: exact to the letter, none while nothing is set, and told plainly when set wrong."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from courseware import cli, labs, launch
from courseware.checks.spec import LEVELS
from courseware.course import root
from courseware.problems import ExerciseError
from courseware.web import build

PLACE = "https://github.com/example/next-decision"
REAL = labs.files()[0]
LAB = "exercises/my-chapter/labs/my-lab.ipynb"


@pytest.fixture
def set_to(a_course):
    """Return a way to write the setting, as the lines that stand under `launch:` or as one value."""

    def write(text):
        path = a_course / "data" / "course.yml"
        path.write_text(f"id: a-course\ntitle: A course\nlaunch:{text}\nchapters: []\n", encoding="utf-8")
        return a_course

    return write


def addresses(folder, lab=LAB):
    return {link.name: link.address for link in launch.links(folder / lab)}


@pytest.mark.parametrize("text", ["", " {}", " {repository: , branch: main, hub: }", "\n  repository:\n  hub:"])
def test_while_nothing_is_set_there_is_no_link(set_to, text):
    assert launch.links(set_to(text) / LAB) == []
    assert launch.fetch() == ""
    assert launch.problems() == []


def test_a_course_without_the_setting_has_no_link(a_course):
    assert launch.links(a_course / LAB) == []


def test_each_link_opens_the_starter(set_to):
    folder = set_to(f" {{repository: {PLACE}, hub: 'https://hub.example.org/course'}}")
    starter = "exercises/my-chapter/labs/starters/my-lab.ipynb"
    expected = {
        "Binder": f"https://mybinder.org/v2/gh/example/next-decision/main?urlpath=lab/tree/{starter}",
        "Colab": f"https://colab.research.google.com/github/example/next-decision/blob/main/{starter}",
        "Hub": "https://hub.example.org/course/hub/user-redirect/git-pull"
        "?repo=https%3A%2F%2Fgithub.com%2Fexample%2Fnext-decision&branch=main"
        f"&urlpath=lab/tree/next-decision/{starter}",
    }
    assert addresses(folder) == expected
    assert addresses(folder, starter) == expected, "the same of the starter itself"
    assert all(link.note.endswith(".") for link in launch.links(folder / LAB))


def test_the_branch_is_the_one_set(set_to):
    folder = set_to(f" {{repository: {PLACE}, branch: v1.2, hub: 'https://hub.example.org'}}")
    found = addresses(folder)
    assert "/next-decision/v1.2?urlpath=" in found["Binder"]
    assert "/blob/v1.2/exercises/" in found["Colab"]
    assert "&branch=v1.2&urlpath=" in found["Hub"]


def test_a_path_is_quoted(set_to):
    folder = set_to(f" {{repository: {PLACE}, hub: 'https://hub.example.org'}}")
    path = "exercises/my%20chapter/labs/starters/caf%C3%A9%20%231%26.ipynb"
    found = addresses(folder, "exercises/my chapter/labs/café #1&.ipynb")
    assert found["Binder"].endswith(f"?urlpath=lab/tree/{path}")
    assert found["Colab"].endswith(f"/blob/main/{path}")
    assert found["Hub"].endswith(f"&urlpath=lab/tree/next-decision/{path}")


@pytest.mark.parametrize(
    ("repository", "binder"),
    [
        ("https://gitlab.com/group/part/name", "https://mybinder.org/v2/gl/group%2Fpart%2Fname/main?urlpath="),
        (
            "https://git.example.org/a/b",
            "https://mybinder.org/v2/git/https%3A%2F%2Fgit.example.org%2Fa%2Fb/main?urlpath=",
        ),
    ],
)
def test_what_colab_cannot_open_is_not_offered(set_to, repository, binder):
    found = addresses(set_to(f" {{repository: '{repository}'}}"))
    assert found.keys() == {"Binder"}
    assert found["Binder"].startswith(binder)


@pytest.mark.parametrize(
    ("text", "line", "field", "said"),
    [
        (" {repository: http://github.com/a/b}", 3, "launch.repository", "`http://github.com/a/b` is not the https address"),
        (" {repository: git@github.com:a/b}", 3, "launch.repository", "`git@github.com:a/b` is not the https address"),
        (" {repository: https://me:word@github.com/a/b}", 3, "launch.repository", "is not the https address of a page; write"),
        (f"\n  branch: main\n  repository: {PLACE}.git", 5, "launch.repository", f"`{PLACE}.git` ends with .git; leave that"),
        (f" {{repository: {PLACE}/}}", 3, "launch.repository", "ends with a slash or holds a space; leave it out"),
        (" {repository: https://github.com/a}", 3, "launch.repository", "names no repository; write https://host/owner/name"),
        (" {repository: 7}", 3, "launch.repository", "7 is not text; put it in quotation marks"),
        (f" {{repository: {PLACE}, branch: a/b}}", 3, "launch.branch", "`a/b` cannot stand in a link as a branch; use letters"),
        (" {branch: }", 3, "launch.branch", "there is nothing here; write something, or remove the field"),
        (f"\n  repository: {PLACE}\n  hub: http://a.example.org", 5, "launch.hub", "`http://a.example.org` is not the https"),
        (" {hub: 'https://a.example.org'}", 3, "launch.hub", "the hub has nothing to pull; set `repository:` too"),
        (f"\n  repository: {PLACE}\n  brnch: main", 5, "launch.brnch", "no field `brnch` here; did you mean `branch`?"),
        (f" {PLACE}", 3, "launch", "not a block of fields; write `launch: {repository: , hub: }`"),
        (" {repository: &a x}", 3, "file", "an anchor or alias"),
    ],
)  # fmt: skip
def test_a_wrong_setting_names_file_line_field_and_mend(set_to, text, line, field, said):
    folder = set_to(text)
    with pytest.raises(ExerciseError) as told:
        launch.links(folder / LAB)
    found = str(told.value).strip()
    assert found.startswith(f"data/course.yml:{line}: {field}: ")
    assert said in found
    with pytest.raises(ExerciseError):
        launch.fetch()
    done = CliRunner().invoke(cli.app, ["check"])
    assert done.exit_code == 1
    assert found in done.output


def test_a_change_of_the_setting_is_seen(set_to):
    folder = set_to("")
    assert launch.links(folder / LAB) == []
    set_to(f" {{repository: {PLACE}}}")
    assert addresses(folder).keys() == {"Binder", "Colab"}


# What the first cell of a starter does, with nothing fetched in earnest.


def ran(code, monkeypatch, folder, *, installed):
    """Run the cell where the course is installed or not; return what it would have run."""
    commands = []

    def run(command, *, check):
        assert check
        commands.append(command)
        if command[0] == "git":
            Path(command[-1]).mkdir()

    monkeypatch.chdir(folder)
    monkeypatch.delenv("COURSE_ROOT")
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object() if installed else None)
    exec(compile(code, "fetch", "exec"), {})
    return commands


def test_the_cell_fetches_the_course_where_it_is_not_installed(set_to, tmp_path_factory, monkeypatch):
    set_to(f" {{repository: {PLACE}, branch: v1}}")
    code, folder = launch.fetch(), tmp_path_factory.mktemp("elsewhere")
    course = str(folder / "next-decision")
    install = [sys.executable, "-m", "pip", "install", "--quiet", course]
    clone = ["git", "clone", "--quiet", "--depth=1", "--branch", "v1", PLACE, course]
    assert ran(code, monkeypatch, folder, installed=False) == [clone, install]
    assert os.environ["COURSE_ROOT"] == course
    assert ran(code, monkeypatch, folder, installed=False) == [install], "what was cloned is not cloned again"
    assert ran(code, monkeypatch, folder, installed=True) == []
    assert os.environ["COURSE_ROOT"] == course, "a kernel that was restarted finds the course again"


def test_the_cell_does_nothing_where_the_course_is_installed(set_to, tmp_path_factory, monkeypatch):
    set_to(f" {{repository: {PLACE}}}")
    code, folder = launch.fetch(), tmp_path_factory.mktemp("elsewhere")
    assert ran(code, monkeypatch, folder, installed=True) == []
    assert "COURSE_ROOT" not in os.environ
    assert list(folder.iterdir()) == []


def test_only_a_course_with_a_repository_puts_the_cell_into_its_starters(set_to):
    set_to("")
    plain = json.loads(labs.derived(REAL))["cells"]
    assert "fetch" not in {cell["id"] for cell in plain}
    set_to(f" {{repository: {PLACE}}}")
    first, *rest = json.loads(labs.derived(REAL))["cells"]
    assert rest == plain
    assert "".join(first["source"]) == launch.fetch()
    assert first["metadata"]["jupyter"] == {"source_hidden": True}
    assert not {line[:1] for line in launch.fetch().splitlines()} & {"%", "!"}, "plain Python, so that tests can run it"


# The page that `make lab` opens.


def test_the_list_of_labs_is_what_the_labs_make():
    assert (root() / labs.START).read_text(encoding="utf-8") == labs.start(), "run `make notebooks`"


def test_every_lab_is_in_the_list_the_easiest_first():
    text = labs.start()
    links = re.findall(r"\]\((\S+)\)", text)
    assert len(links) == len(set(links)) + 1 == len(labs.files()) + 1, "each once, and the first one twice"
    assert links[0] == links[1]
    assert {(root() / labs.START).parent / unquote(link) for link in links} == {
        labs.starter_path(path) for path in labs.files()
    }
    words = re.findall(r"^## (.*)", text, re.MULTILINE)
    assert words == [word for word, _ in LEVELS.values() if word in words]


def test_a_list_that_is_not_there_is_stale_until_it_is_written(a_course):
    def starters(*options):
        return CliRunner().invoke(cli.app, ["starters", *options])

    assert starters("--stale").exit_code == 1
    done = starters()
    assert (done.exit_code, done.output) == (0, "START-HERE.md: written\n")
    assert "# Labs: start here" in (a_course / labs.START).read_text(encoding="utf-8")
    assert (starters("--stale").exit_code, starters("--stale").output) == (0, "")


def test_the_course_as_it_stands_has_a_sound_setting():
    assert launch.problems() == []
    offered = [[link.name for link in launch.links(path)] for path in labs.files()]
    assert all(names == offered[0] for names in offered)


# The package, installed from a clone as the cell installs it.


def test_the_front_end_is_built_where_pip_keeps_deno_apart(tmp_path, monkeypatch):
    # pip builds in a folder of its own: there the deno package is found, but not by itself its program.
    def gone():
        raise FileNotFoundError("bin/deno")

    monkeypatch.setattr("deno.find_deno_bin", gone)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(build.BuildError, match="install deno again"):
        build._program()
    program = tmp_path / ("deno.exe" if os.name == "nt" else "deno")
    program.touch(mode=0o755)
    assert build._program() == str(program)
