"""Run-sheets: laid out from the exercises' own minutes, whole for every chapter, and every slip told with its line."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from courseware import cli, library
from courseware.course import root, written
from courseware.facilitate import chapters, layout, minutes, session_check, sessions, sheet_page, wording
from courseware.facilitate.plan import LENGTHS, Timed
from courseware.facilitate.sheet import enough_slack
from courseware.kinds.scenario.spec import Scenario
from courseware.problems import ExerciseError
from tests.test_care import NOT_IN_EXERCISES

PRESSURE = "4-leading-under-pressure"
ALL = [
    pytest.param(chapter["id"], length, id=f"{chapter['id']}-{length}") for chapter in written() for length in LENGTHS
]
EVERY = pytest.mark.parametrize(("chapter", "length"), ALL)
PLAIN = (root() / sessions.FILE).read_text(encoding="utf-8")


# ---------------------------------------------------------------- as they stand


def test_nothing_is_wrong_with_the_sessions_as_they_stand():
    assert session_check.problems() == []


def test_ninety_minutes_of_an_act_of_five_decisions_follow_the_pattern():
    sheet = sessions.session(PRESSURE, 90)
    assert [step.minutes for step in sheet.steps] == [8, 4, 26, 12, 23, 6, 5]
    assert sheet.spare == 6
    assert [step.start for step in sheet.steps] == [0, 8, 12, 38, 50, 73, 79]
    play = sheet.steps[2]
    assert (play.exercise, play.act, len(play.decisions)) == ("high-water", "dusk", 5)


@EVERY
def test_a_sheet_fits_its_time_and_leaves_some(chapter, length):
    sheet = sessions.session(chapter, length)
    at = 0
    for step in sheet.steps:
        assert step.start == at
        assert step.minutes > 0
        at = step.end
    assert at + sheet.spare == length == sheet.minutes
    assert enough_slack(length, sheet.spare)
    assert len({step.id for step in sheet.steps}) == len(sheet.steps)


@EVERY
def test_what_goes_first_is_said_in_order_and_can_be_given_up(chapter, length):
    sheet = sessions.session(chapter, length)
    assert [step.cut for step in sheet.cuts] == list(range(1, len(sheet.cuts) + 1))
    assert sheet.cuts
    for step in sheet.cuts:
        assert 0 < step.saves < step.minutes
        assert step.shorter
    kept = {"welcome", "vote", "plan", "card", "break"}
    assert not kept & {step.id for step in sheet.cuts}


@EVERY
def test_each_step_says_who_and_what_and_leaves_no_name_in_braces(chapter, length):
    sheet = sessions.session(chapter, length)
    words = sheet.model_dump_json()
    assert "{case}" not in words
    assert not re.search(
        r"\{\w+\}", " ".join([*(step.do for step in sheet.steps), *(each.do for each in sheet.online)])
    )
    for step in sheet.steps:
        assert step.who
        assert step.do
        assert all(each.count > 0 for each in step.materials)
    assert sheet.online[0].step is None
    assert "card" in sheet.boss[0].do
    assert "last" in sheet.boss[0].do


@EVERY
def test_nothing_is_played_longer_than_its_own_minutes(chapter, length):
    for step in sessions.session(chapter, length).steps:
        if step.id not in {"opener", "play", "again"}:
            continue
        exercise = library.load(step.exercise)
        own = minutes.own(exercise, step.act)
        assert step.minutes <= own + (minutes.SETTLE if isinstance(exercise, Scenario) else 0)
        if isinstance(exercise, Scenario):
            counted = [each.id for each in step.decisions if each.counted]
            assert step.minutes - minutes.SETTLE >= minutes.longest(exercise, step.act, counted)


def test_each_chapter_says_its_own_words():
    """No question, and nothing to listen for, is asked of two chapters: stock phrases are filler."""
    said = Counter()
    for chapter in sessions.plan().chapters.values():
        steps = (
            chapter.welcome,
            chapter.opener,
            chapter.vote,
            chapter.play,
            chapter.four,
            chapter.after,
            chapter.again,
        )
        for step in (*steps, chapter.compare, chapter.plan, *chapter.team):
            said.update(map(str, [*step.ask, *step.listen_for, *filter(None, [step.first])]))
    assert [text for text, times in said.items() if times > 1] == []


@EVERY
def test_who_speaks_first_and_what_silence_is_for_are_said_where_people_talk(chapter, length):
    by_id = {step.id: step for step in sessions.session(chapter, length).steps}
    for name in {"after", "compare", "again"} & by_id.keys():
        assert by_id[name].first, name
    for name in {"after", "compare", "vote"} & by_id.keys():
        assert by_id[name].silence, name
    if length == 15:
        assert any(step.silence for step in by_id.values())
        assert any(step.first for step in by_id.values())


@pytest.mark.parametrize("chapter", [each["id"] for each in written()])
def test_fifteen_minutes_are_the_chapters_own(chapter):
    sheet = sessions.session(chapter, 15)
    own = chapters.team(chapter, "Fifteen minutes with a team")
    assert [step.minutes for step in sheet.steps] == [step.minutes for step in own.steps]
    for step, there in zip(sheet.steps, own.steps, strict=True):
        assert there.text in step.do


@pytest.mark.parametrize("chapter", [each["id"] for each in written()])
def test_nobody_votes_by_hand_in_the_fifteen_minutes(chapter):
    """What is asked for where the boss is in the room is slips, so the step itself asks for nothing else."""
    sheet = sessions.session(chapter, 15)
    assert not any(re.search(r"(?<!-)\bhands?\b", f"{step.title} {step.do}", re.IGNORECASE) for step in sheet.steps)
    assert not any("hands" in each.do and "no hands" not in each.do for each in sheet.boss)


@pytest.mark.parametrize("length", LENGTHS)
def test_the_chapter_that_asks_for_care_says_how(length):
    sheet = sessions.session(PRESSURE, length)
    words = " ".join(sheet.care)
    assert "text-only matter" in words
    if length != 15:
        assert "second person" in words
        assert "quiet room" in words
        assert "February" in words
    played = [step.exercise for step in sheet.steps if step.exercise]
    assert "fact-claim-judgement" not in played


def test_no_sheet_comes_near_what_is_taught_in_text_only():
    assert [match[0] for phrase in NOT_IN_EXERCISES for match in re.finditer(phrase, PLAIN, re.IGNORECASE)] == []


def test_the_days_hold_every_chapter_once_with_breaks_a_lunch_and_an_evening():
    programme = sessions.programme()
    assert len(programme.days) == 2
    held = [slot.session.chapter for day in programme.days for slot in day.slots if slot.session]
    assert sorted(held) == sorted(each["id"] for each in written())
    for day in programme.days:
        kinds = [slot.kind for slot in day.slots]
        assert kinds.count("lunch") == 1
        assert kinds.count("break") >= 2
        assert [slot.start for slot in day.slots] == [
            sum(slot.minutes for slot in day.slots[:at]) for at in range(len(day.slots))
        ]
        assert day.spare >= 0
    assert programme.days[0].evening


# ---------------------------------------------------------------- sizes


@given(st.integers(3, 120))
def test_groups_are_of_three_to_five_and_online_rooms_of_three_or_four(size):
    people = wording.room(size)
    assert people.groups * 3 <= size <= people.groups * 5
    assert people.rooms * 3 <= size


@pytest.mark.parametrize(("size", "groups"), [(3, 1), (5, 1), (6, 2), (11, 3), (24, 6), (30, 8)])
def test_materials_are_counted_for_the_room(size, groups):
    sheet = sessions.session(PRESSURE, 90, size=size)
    counts = {each.name: each.count for each in sheet.materials}
    assert sheet.groups == groups
    assert counts["High water, *Dusk*: a set of cards"] == groups + 1
    assert counts["Slips of paper"] == size
    assert counts["A box for the slips"] == 1


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (("4-leading-under-presure", 90, 24), "did you mean `4-leading-under-pressure`?"),
        ((PRESSURE, 45, 24), "15, 60, 90, 180"),
        ((PRESSURE, 90, 2), "from 3"),
        ((PRESSURE, 90, 121), "to 120"),
    ],
)
def test_what_there_is_no_sheet_for_is_said(given_, said):
    chapter, length, size = given_
    with pytest.raises(ValueError, match=re.escape(said)):
        sessions.session(chapter, length, size=size)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 20)), min_size=1, max_size=8),
    st.integers(0, 200),
)
def test_steps_grow_in_order_and_never_beyond_their_most(sizes, until):
    steps = [Timed(step="welcome", between=[few, few + more]) for few, more in sizes]
    laid = layout.timed(sessions.plan().chapters[PRESSURE], steps, until)
    fewest, most = sum(few for few, _ in sizes), sum(few + more for few, more in sizes)
    assert sum(each.minutes for each in laid) == max(fewest, min(until, most))
    for each, (few, more) in zip(laid, sizes, strict=True):
        assert few <= each.minutes <= few + more
    # Whoever stands first has all that it can have before the next gets more than its fewest.
    full = [each.minutes == each.timed.most for each in laid]
    grown = [each.minutes > each.timed.fewest for each in laid]
    assert not any(later and not all(full[:at]) for at, later in enumerate(grown))


# ---------------------------------------------------------------- slips


@pytest.fixture
def slip(tmp_path, monkeypatch):
    """Return a way to read the sessions with words in their file replaced: an author's slip."""

    def read(*swaps):
        text = PLAIN
        for old, new in swaps:
            assert old in text, f"the file has no `{old}` to replace"
            text = text.replace(old, new, 1)
        path = tmp_path / "sessions.yml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(sessions, "FILE", path)
        return text, session_check.problems()

    return read


SLIPS = [
    (("act: dusk", "act: dust"), "act: dust", "no act `dust` in `high-water`; did you mean `dusk`?"),
    (("exercise: february", "exercise: febuary"), "exercise: febuary", "did you mean `february`?"),
    (("decision: sixty", "decision: larkfield"), "decision: larkfield", "no decision of what is played"),
    (("exercise: what-a-measure-gets", "exercise: who-could-tell"), "exercise: who-could-tell", "is of chapter"),
    (("exercise: what-a-measure-gets", "exercise: high-water"), 'exercise: high-water\n      why: "Twelve', "open with something shorter"),
    (("exercise: february", "exercise: who-is-trusted"), "exercise: who-is-trusted", "is no scenario"),
    (("minutes: 7\n", "minutes: 8\n"), "minutes: 8\n", "8 minutes, and `as-things-stand` has 7 in its own file"),
    (("exercise: february\n", "exercise: february\n      minutes: 60\n"), "minutes: 60\n      why", "a scenario takes what"),
    (("spare: 6\n", "spare: 4\n"), "spare: 4\n    steps:\n      - {step: welcome, minutes: 8}", "4 of 90 minutes"),
    (("do: |\n      Read the first card, “{first}”", "do: |\n      Read the first card, “{fist}”"), "do: |\n      Read the first card", "did you mean `first`?"),
    (("{step: vote, minutes: 4}", "{step: vote}"), "{step: vote}", "either `minutes` or `between"),
    (("{step: opener, cut", "{step: opener, minutes: 3, cut"), "{step: opener, minutes: 3", "has the minutes of what it plays"),
    (("between: [16, 28]", "between: [28, 16]"), "between: [28, 16]", "smaller number first"),
    (("{step: four, minutes: 12, cut: 2, save: 3}", "{step: vote, minutes: 12}"), None, "`vote` stands twice"),
    (('"90": two-short-90', '"90": two-short-180'), '"90": two-short-180', "a pattern of 180 minutes"),
    (('"90": two-short-90', '"90": two-shot-90'), '"90": two-shot-90', "did you mean `two-short-90`?"),
    (("team: Fifteen minutes with a team", "team: A quarter of an hour"), None, "no numbered steps under"),
    (("{step: 5, title: A date, listen_for", "{step: 6, title: A date, listen_for"), "{step: 6, title: A date", "no step 6"),
    (("{kind: break, title: Break, minutes: 15}", "{kind: whole, title: Talk, minutes: 15}"), None, "minutes without a break"),
    (("session: 0-start, minutes: 60", "session: 0-start, minutes: 90"), None, "the day of 450 minutes takes 455"),
    (("session: 0-start, minutes: 60", "session: 0-start, minutes: 50"), "session: 0-start, minutes: 50", "no session of 50"),
    (("session: 0-start, minutes: 60", "session: 0-stat, minutes: 60"), "session: 0-stat", "did you mean `0-start`?"),
    (("exercise: my-next-decision, minutes: 40", "exercise: my-next-decision, minutes: 45"), "minutes: 45, do", "has 40 in its own"),
    (('starts: "09:15"', 'starts: "9:15"'), 'starts: "9:15"', "has the wrong form"),
    (('invitation: "What does pressure', 'invite: "What does pressure'), "invite: ", "no field `invite` here"),
    (("size: 24\n", "size: 2\n"), "size: 2\n", "of at least 3"),
]  # fmt: skip


@pytest.mark.parametrize(("swap", "where", "said"), SLIPS)
def test_a_slip_is_told_with_its_line(slip, swap, where, said):
    text, problems = slip(swap)
    told = [each for each in problems if said in str(each)]
    assert told, [str(each) for each in problems]
    if where is not None:
        assert told[0].line == text[: text.index(where)].count("\n") + 1
    assert all(re.match(r".*sessions\.yml:\d+: ", str(each)) for each in problems)


def test_a_session_that_overruns_is_told(slip):
    _, problems = slip(
        ("between: [16, 28]", "between: [23, 40]"), ("{step: card, minutes: 5}", "{step: card, minutes: 9}")
    )
    told = [str(each) for each in problems if "`" not in each.field and "the session of 90 minutes takes" in str(each)]
    assert any("4-leading-under-pressure.play" in each and "takes 88 and leaves 2 to spare" in each for each in told)
    _, problems = slip(("between: [16, 28]", "between: [30, 40]"))
    assert any("overruns by" in str(each) or "to spare" in str(each) for each in problems)


def test_a_chapter_taught_in_text_only_must_say_how_people_are_looked_after(slip):
    start = PLAIN.index("    care:\n", PLAIN.index(f"  {PRESSURE}:"))
    end = PLAIN.index("\n  5-collaborative-leadership:")
    _, problems = slip((PLAIN[start:end], ""))
    assert [each.field for each in problems] == [f"chapters.{PRESSURE}"]
    assert "text only" in problems[0].what


def test_a_chapter_with_a_page_has_sessions(slip):
    start, end = PLAIN.index(f"  {PRESSURE}:"), PLAIN.index("  5-collaborative-leadership:")
    _, problems = slip((PLAIN[start:end], ""))
    assert any(f"chapter `{PRESSURE}` has a page and no sessions" in str(each) for each in problems)


def test_another_chapters_slip_does_not_keep_a_sheet_back(slip):
    slip(("act: two-lists", "act: three-lists"))
    assert sessions.session(PRESSURE, 90).spare == 6
    with pytest.raises(ExerciseError, match="no act `three-lists`"):
        sessions.session("1-management-mission", 90)


def test_a_sheet_reads_no_exercise_of_another_chapter(monkeypatch):
    """To explore the scenarios of the whole course takes seconds, and a kit waits for it."""
    asked, load = set(), library.load
    monkeypatch.setattr(library, "load", lambda name: asked.add(name) or load(name))
    session_check._known.cache_clear()
    sessions.session(PRESSURE, 90)
    assert {load(name).chapter for name in asked} == {PRESSURE}


@pytest.mark.parametrize("text", ["", "- a list", "size: [", "size: 24\nsize: 25"])
def test_a_file_that_is_no_plan_is_refused(tmp_path, monkeypatch, text):
    path = tmp_path / "sessions.yml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(sessions, "FILE", path)
    assert session_check.problems()
    with pytest.raises(ExerciseError):
        sessions.session(PRESSURE, 90)


def test_the_command_checks_the_sessions_too(slip, monkeypatch):
    slip(("act: dusk", "act: dust"))
    monkeypatch.setattr(library, "check", lambda _=None: [])
    ran = CliRunner().invoke(cli.app, ["check"])
    assert ran.exit_code == 1
    assert "no act `dust` in `high-water`" in ran.output


def test_a_course_without_sessions_has_nothing_wrong(a_course):
    assert session_check.problems() == []


@pytest.mark.parametrize("length", [60, 90, 180])
def test_the_groups_that_the_words_count_are_counted_for_another_room_too(length):
    # The page finds them by the words around them, so these words of data/sessions.yml cannot change alone.
    links = dict.fromkeys(["chapter", "kit", "support", "screen", "harm"], "")
    for chapter in written():
        session = sessions.session(chapter["id"], length)
        page = sheet_page.session_html(session, links)
        assert f'<span data-per="groups">{session.groups}</span> groups of three to five' in page
        assert f'reakouts of three, <span data-per="breakouts">{session.rooms_online}</span> of them' in page
