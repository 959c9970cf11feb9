"""`courseware play`: a scenario in the terminal, for a person and for a pipe."""

import io
import re
import subprocess
import sys

import pytest
from rich.console import Console
from typer.testing import CliRunner

from courseware import library
from courseware.cli import app
from courseware.facilitate import new as starters
from courseware.facilitate import terminal
from courseware.kinds.scenario import play

run = CliRunner().invoke
LATE = "example-scenario"


def played(*arguments, said=""):
    """Return what the command prints for somebody who types these lines."""
    found = run(app, ["play", LATE, "--seed", "1", *arguments], input=said, env={"COLUMNS": "80", "NO_COLOR": "1"})
    assert found.exit_code == 0, found.output
    return found.output


def told(text):
    return " ".join(text.split())


def test_a_path_plays_to_the_debrief(a_course):
    text = told(played("--path", "tell,holds,share"))
    assert text.index("She is not pleased.") < text.index("It holds.") < text.index("It is used within the hour.")
    end, debrief = text.index("The end · Late and known"), text.index("Debrief =")
    assert text.index("It is used within the hour.") < end < debrief
    assert debrief < text.index("Early news can still be used.")
    for words in (
        "Basis: evidence. Okafor and Lund 2020, page 4",
        "None of these is the answer.",
        "Your manager I can plan",
    ):
        assert words in text[debrief:]
    assert "It ends: Late and known" in text[debrief:]


def test_the_numbers_kept_for_the_debrief_are_kept(a_course):
    text = played("--path", "tell,holds,share")
    before, _, after = text.partition("The end · Late and known")
    assert "Staff trust: 7 of 10" in before
    assert "Time in hand" not in before
    assert "Time in hand: 3 of 10" in after


def test_luck_is_drawn_from_the_seed_and_forced_by_its_name(a_course):
    by_seed = {seed: run(app, ["play", LATE, "--path", "tell,hold", "--seed", str(seed)]).output for seed in range(12)}
    assert by_seed[3] == run(app, ["play", LATE, "--path", "tell,hold", "--seed", "3"]).output
    scenario = library.load(LATE)
    for seed, text in by_seed.items():
        state = play.advance(scenario, play.start(scenario, seed=seed), "tell")
        fell = play.advance(scenario, state, None).path[-1]
        assert ("It fails for half a day." in text) is (fell == "fails")
    assert len({"It fails" in text for text in by_seed.values()}) == 2
    assert "It fails for half a day." in played("--path", "tell,fails,hold")


def test_quality_changes_nothing_that_is_shown(a_course, example):
    before = played("--path", "tell,holds,share")
    swaps = [("strong     #", "weak     #"), ("weak\n", "strong\n"), ("mixed}", "strong}")]
    example("scenario", *((f"quality: {old}", f"quality: {new}") for old, new in swaps))
    assert played("--path", "tell,holds,share") == before


def test_a_locked_choice_says_why_and_cannot_be_made(a_course):
    text = played(said="B\n\nA\n\nquit\n")
    assert "[locked] Not open: nobody upstairs knows that there are two halves" in told(text)
    assert "A is not open. Not open: nobody upstairs knows" in told(text)
    found = run(app, ["play", LATE, "--path", "wait,holds,share"])
    assert (found.exit_code, type(found.exception)) == (1, SystemExit)
    assert "`share` is not open at `thursday`: Not open: nobody upstairs" in told(found.output)
    assert "here one can go on with: hold, guess" in told(found.output)


def test_letters_reasons_and_how_sure(a_course):
    text = told(played(said="a sure: Kit is waiting\n\n b. \n\n"))
    assert "Your reason: Kit is waiting How sure you were: sure" in text
    assert "Decision 2: B Hold everything" in text


def test_back_and_restart_lose_nothing(a_course):
    text = played(said="back\na\n<\nc\nb\nback\na\nrestart\nquit\n")
    assert text.count("Back one step.") == 2
    assert "This is the first step." in text
    assert "That is none of them." in text
    assert "A new start. The run that you leave was: tell" in text
    assert text.count("Decision 1 · Tuesday, 16:40") == 4


def test_whoever_leaves_can_go_on(a_course):
    text = played(said="a\n\nquit\n")
    again = re.search(r"courseware play (.+)", text)[1].split()
    assert again == [LATE, "--seed", "1", "--path", "tell"]
    # The luck was drawn, and is drawn again alike.
    on = run(app, ["play", *again[:-1], "tell,hold"]).output
    whole = played(said="a\n\nb\n\n")
    assert told(on).partition("Debrief")[2] == told(whole).partition("Debrief")[2].partition(" Type restart")[0]


def test_a_pipe_that_ends_is_somebody_who_leaves(a_course):
    assert "Nothing is kept. To go on from here:" in played(said="a\n")
    assert "The path stops here. It can go on with: share, hold, guess" in told(played("--path", "tell"))


def test_one_goes_back_from_the_debrief_and_plays_again(a_course):
    text = played(said="a\n\nb\nback\nc\nrestart\na\n\na\n\n")
    assert text.count("\nDebrief\n") == 3
    assert "The end · Late and lonely" in text
    assert text.index("The end · Late and lonely") < text.rindex("The end · Late and known")


def test_an_act_stops_where_the_next_begins(a_course, example):
    acts = (
        "acts:\n  - {id: one, title: The news, start: news, minutes: 5}\n"
        "  - {id: two, title: Thursday, start: thursday, so_far: She knows., with: {told: true}, minutes: 5}\n"
    )
    example("scenario", ("debrief:\n  defended", f"{acts}\ndebrief:\n  defended"))
    assert "An act alone: --act one (5 minutes), --act two (5 minutes)" in told(played("--path", "tell"))
    one = played("--act", "one", "--path", "tell")
    assert "The end of this act" in one
    assert "This is as far as “The news” goes; the rest is not told here." in told(one)
    assert "It ends:" not in one
    assert "I can plan around what I know." not in told(one)
    two = played("--act", "two", "--path", "share")
    assert told(two).index("She knows.") < told(two).index("It is Thursday.")
    argued = told(two).partition("Paths that someone would defend")[2]
    assert "I can plan around what I know." in argued
    assert "It ends:" in argued
    assert "Tell your manager now" not in argued  # the first act's choice
    assert "--act two" in played("--act", "two", said="quit\n")
    found = run(app, ["play", LATE, "--act", "tow"])
    assert (found.exit_code, "did you mean `two`" in found.output) == (1, True)


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("name", ["high-water", "the-compact"])
def test_it_keeps_within_its_width_without_colour(name, width):
    path = [*library.load(name).debrief.defended[0].path]
    found = run(app, ["play", name, "--path", ",".join(path)], env={"COLUMNS": str(width), "NO_COLOR": "1"})
    assert found.exit_code == 0, found.output
    assert "\x1b" not in found.output
    lines = found.output.splitlines()
    # An address is one word, and no line breaks it.
    assert [line for line in lines if len(line) > width and "://" not in line and " " in line.strip()] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_at_most_eighty_characters_on_a_wide_screen(a_course):
    found = run(app, ["play", LATE, "--path", "tell,holds,share"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert max(map(len, found.output.splitlines())) <= 80


def test_ctrl_c_leaves_as_quit_does(a_course):
    def interrupted():
        raise KeyboardInterrupt

    out = Console(record=True, width=80, file=io.StringIO())
    assert not terminal.play_it(library.load(LATE), out, interrupted, again=["play", "it"], seed=2)
    assert out.export_text().rstrip().endswith("play it --seed 2")


def test_a_file_of_ones_own_is_played(a_course, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("own")
    starters.write("scenario", "my-own", folder)
    monkeypatch.chdir(folder)
    found = run(app, ["play", "my-own.yml", "--path", "tell,text-all"])
    assert (found.exit_code, "The end · Thirty aboard" in found.output) == (0, True)
    for name, said in [
        ("my-own", "for the file in this folder, write `my-own.yml`"),
        ("example-quiz", "only a scenario can be played and drawn"),
        ("nothing.yml", "it cannot be read: No such file"),
        ("exampel-scenario", "did you mean `example-scenario`"),
    ]:
        found = run(app, ["play", name])
        assert (found.exit_code, type(found.exception)) == (1, SystemExit)
        assert said in told(found.output)


def test_what_is_broken_is_told_with_its_line_and_not_played(a_course, example):
    path = example("scenario", ("next: thursday", "next: friday"))
    found = run(app, ["play", str(path)])
    assert found.exit_code == 1
    assert "no node `friday`" in found.output
    assert "The late report" not in found.output


def test_the_command_itself_answers_a_pipe(a_course):
    whole = [sys.executable, "-m", "courseware.cli", "play", LATE, "--seed", "1"]
    done = subprocess.run(whole, input="a\n\nb\n\n", capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Paths that someone would defend" in done.stdout
