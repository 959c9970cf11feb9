"""What the repository holds and what it must not: checks of the house, not of what it does."""

import ast
import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 320  # "about 300"; a table of cases in a test may be longer
MAX_FUNCTION = 60
MAX_BYTES = 1_000_000

# Built somewhere, downloaded from somewhere: neither belongs in a repository that anyone can clone.
REGISTRY = re.compile(
    r"(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|jsr\.io|unpkg\.com|jsdelivr\.net|cdnjs\.|esm\.sh|deno\.land|googleapis\.com)"
)
MACHINE = re.compile(r"(?<![\w.:/\-])(?:/(?:home|Users|root|tmp|work|opt|mnt|var)/\w|[A-Z]:\\\\?\w)")
BY_MACHINE = re.compile(
    r"co-authored-by|generated (?:with|by) (?:an? )?(?:ai|assistant|model)\b|as an ai\b|language model", re.IGNORECASE
)
ASSETS = re.compile(r"\.(?:woff2?|ttf|otf|eot|min\.js|min\.css|map|whl|zip|gz|exe|so|dylib)$|(?:^|/)node_modules/")


def tracked() -> list[str]:
    """Return every file that is in the repository or would go into it with the next commit."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(name for name in said.stdout.split("\0") if name and (ROOT / name).exists())


FILES = tracked()


def texts(*, but=()):
    """Yield the name and text of each file that is text."""
    for name in FILES:
        if name in but or not (ROOT / name).is_file():
            continue
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def found(pattern, *, but=()):
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts(but=but)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_there_is_something_to_check():
    assert {"pyproject.toml", "README.md", "_toc.yml", "tests/test_house.py"} <= set(FILES)


def test_no_registry_is_named():
    assert found(REGISTRY, but={"tests/test_house.py"}) == []


def test_no_path_of_a_machine_is_named():
    assert found(MACHINE, but={"tests/test_house.py"}) == []


def test_nobody_else_signs_it():
    assert found(BY_MACHINE, but={"tests/test_house.py"}) == []


@pytest.mark.parametrize("said", ["see /home/me/x", "/tmp/out.txt", "C:\\Users\\me", "/Users/me/book"])
def test_a_path_of_a_machine_would_be_found(said):
    assert MACHINE.search(said)


@pytest.mark.parametrize(
    "said", ["https://example.org/home/page", "book/theme", "a/tmp/b", "and/or", "#!/usr/bin/env bash"]
)
def test_other_slashes_are_let_be(said):
    assert not MACHINE.search(said)


def test_nothing_that_others_made_is_committed():
    assert [name for name in FILES if ASSETS.search(name)] == []


def test_nothing_that_is_built_is_committed():
    assert [
        name
        for name in FILES
        if name.startswith(("_build/", "courseware/web/dist/", "book/reference/data/", ".venv/"))
        or "__pycache__" in name
    ] == []


def test_nothing_is_heavy():
    assert {name: size for name in FILES if (size := (ROOT / name).stat().st_size) > MAX_BYTES} == {}


def test_text_files_end_with_a_line_and_hold_no_tabs_or_trailing_space():
    wrong = []
    for name, text in texts(but={"Makefile", *LOCKS}):
        if text and not text.endswith("\n"):
            wrong.append(f"{name}: no line end")
        if re.search(r"[ \t]+$", text, re.MULTILINE) and not name.endswith(".ipynb"):
            wrong.append(f"{name}: space at a line's end")
        if "\r" in text:
            wrong.append(f"{name}: carriage returns")
    assert wrong == []


def test_modules_are_short():
    code = [name for name in FILES if name.startswith(("courseware/", "book/theme/")) and name.endswith((".py", ".js"))]
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in code}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_functions_need_no_scrolling():
    long = [
        f"{name}:{node.lineno}: {node.name}"
        for name in FILES
        if name.endswith(".py")
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= MAX_FUNCTION
    ]
    assert long == []


def test_derived_files_stand_in_the_table():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = [
        line.strip("|").split("|")
        for line in text.partition("## Derived files")[2].splitlines()
        if line.startswith("| ")
    ][1:]
    assert len(rows) >= 4
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for derived, source, command, fails in rows:
        for named in re.findall(r"`([^`]+)`", derived + source + fails):
            if "/" in named or "." in named:
                assert list(ROOT.glob(named.rstrip("/"))) or named.startswith("make "), f"{named} is not there"
        for target in re.findall(r"`make ([\w-]+)`", command + fails):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target} is no target"
        for module in re.findall(r"`python -m ([\w.]+)`", command):
            assert (ROOT / f"{module.replace('.', '/')}.py").exists() or (ROOT / module.replace(".", "/")).is_dir(), (
                module
            )


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_target_and_file_that_a_page_names_is_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([\w-]+)`|^make ([\w-]+)", text, re.MULTILINE):
        assert re.search(rf"^{target[0] or target[1]}:", makefile, re.MULTILINE), target
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        if not link.startswith("http"):
            assert (ROOT / link).exists(), f"{page} links to {link}"


LOCKS = {"requirements.txt": None, "binder/requirements.txt": ("lab", "build")}  # with which extras; None for all
every_lock = pytest.mark.parametrize("name", LOCKS)


def locked(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    return {canonicalize_name(entry.split("==")[0].strip()): entry for entry in entries if "==" in entry}


@every_lock
def test_every_locked_package_has_its_hashes(name):
    packages = locked(name)
    assert len(packages) > 50
    assert [name for name, entry in packages.items() if "--hash=sha256:" not in entry] == []


@every_lock
def test_the_lock_answers_to_what_is_asked_for(name):
    asked = project()["project"]
    extras = asked["optional-dependencies"]
    wanted = [*asked["dependencies"], *(each for extra in LOCKS[name] or extras for each in extras[extra])]
    packages, stale = locked(name), []
    for requirement in map(Requirement, wanted):
        entry = packages.get(canonicalize_name(requirement.name))
        version = re.search(r"==\s*([^\s;\\]+)", entry) if entry else None
        if version is None or not requirement.specifier.contains(version[1], prereleases=True):
            stale.append(f"{requirement}: the lock has {version and version[1]}; run `make lock`")
    assert stale == []


def test_a_learners_kernel_has_the_versions_that_are_tested():
    every = locked("requirements.txt")

    def versions(entry):
        return set(re.findall(r"^[a-z0-9-]+==\S+|--hash=\S+", entry, re.MULTILINE))

    differing = [
        name
        for name, entry in locked("binder/requirements.txt").items()
        if not versions(entry) <= versions(every[name])
    ]
    assert differing == [], "run `make lock`"
    assert not {"pytest", "jupyter-book", "playwright"} & locked("binder/requirements.txt").keys()


def test_every_direct_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.partition("dependencies = [")[2].partition("[project.scripts]")[0]
    bare = [line.strip() for line in block.splitlines() if re.match(r'\s*"[\w-]', line) and "#" not in line]
    named = {
        "mypy",
        "pandas-stubs",
        "pytest",
        "pytest-xdist",
        "ruff",
        "types-pyyaml",
    }  # what these are for, everyone knows
    assert [line for line in bare if Requirement(line.strip('",')).name not in named] == []


def test_the_pages_draw_with_the_plotly_that_python_draws_with():
    from plotly.offline import get_plotlyjs_version

    imports = json.loads((ROOT / "deno.json").read_text(encoding="utf-8"))["imports"]
    assert [value.rpartition("@")[2] for value in imports.values() if "plotly" in value] == [get_plotlyjs_version()]


def test_one_version_everywhere():
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    said = re.search(r"^version: [\"']?([\w.]+)", cff, re.MULTILINE)
    assert said is None or said[1] == project()["project"]["version"]


def test_what_continuous_integration_runs_is_what_the_readme_says():
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "make test" in run.read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in (ROOT / ".github" / "workflows" / "course.yml").read_text(encoding="utf-8")


def test_no_test_is_skipped_in_silence():
    # A gate that is skipped is a gate that is open. What cannot run fails, and says what to do.
    skips = re.compile(r"pytest\.(?:skip|importorskip)|mark\.(?:skip|skipif|xfail)|Deno\.test\.ignore|ignore: true")
    assert [each for each in found(skips, but={"tests/test_house.py"}) if each.startswith("tests/")] == []
