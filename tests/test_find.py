"""The tests' browser is found by its name on the path, the quickest first, and one that does not run is passed over."""

import os
import subprocess

import pytest

from tests.browser import find


@pytest.fixture
def on_path(tmp_path, monkeypatch):
    """Return a way to put programs on an empty path: their names, and what each says of its version."""

    def put(**programs):
        for name, said in programs.items():
            program = tmp_path / name.replace("_", "-")
            program.write_text(f"#!/bin/sh\necho '{said}'\n")
            program.chmod(0o755)
        return tmp_path

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    return put


@pytest.fixture
def tried(monkeypatch):
    """Return the commands that would have installed something; each of them fails."""
    commands = []

    def run(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(find.subprocess, "run", run)
    return commands


def test_a_headless_shell_is_found_before_a_whole_chromium(on_path):
    folder = on_path(chromium="Chromium 1")
    assert find.chromium() == folder / "chromium"
    on_path(chromium_headless_shell="Chromium 1")
    assert find.chromium() == folder / find.SHELL


def test_one_that_only_says_how_to_install_it_is_passed_over(on_path):
    folder = on_path(chromium_headless_shell="apt install it", chromium="Chromium 1")
    assert find.chromium() == folder / "chromium"


def test_the_one_that_is_named_is_taken_or_refused(on_path, monkeypatch):
    folder = on_path(chromium_headless_shell="Chromium 1", mine="Chromium 2", other="a text editor")
    monkeypatch.setenv("CHROMIUM", str(folder / "mine"))
    assert find.chromium() == folder / "mine"
    monkeypatch.setenv("CHROMIUM", str(folder / "other"))
    with pytest.raises(find.NoBrowserError, match="which does not run"):
        find.chromium()


def test_the_shell_is_got_once_and_only_by_root_where_there_is_apt(on_path, tried, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    find.get_shell()
    assert tried == []
    on_path(apt_get="")
    find.get_shell()  # the first command fails, and that is the end of it: no error
    assert tried == [["apt-get", "update"]]
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    find.get_shell()
    assert len(tried) == 1
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    on_path(chromium_headless_shell="Chromium 1")
    find.get_shell()
    assert len(tried) == 1
