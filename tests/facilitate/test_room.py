"""What a case's page for a room holds, and that every scenario has one, however the book is built."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from courseware import library
from courseware.book import rooms
from courseware.course import read_data
from courseware.facilitate import room
from courseware.kinds.scenario.spec import Decision, Scenario

SCENARIOS = rooms.scenarios()
TITLES = [each.id for each in SCENARIOS]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return the folder of a book that has the list of cases."""
    page = tmp_path / f"{rooms.FOLDER}.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Rooms\n", encoding="utf-8")
    return tmp_path


def written(source: Path) -> dict[str, str]:
    rooms.write_pages(SimpleNamespace(srcdir=source), None)
    return {path.stem: path.read_text(encoding="utf-8") for path in (source / rooms.FOLDER).iterdir()}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=TITLES)
def test_the_notes_stand_apart_and_the_authors_estimate_stays_behind(scenario):
    played, notes = room.played(scenario), room.notes(scenario)
    whole = json.dumps([played, notes])
    assert '"quality"' not in whole
    assert "facilitator" not in json.dumps(played)
    # Nobody runs a decision of the course without a question to ask and something to listen for.
    assert set(notes) == {name for name, node in scenario.nodes.items() if isinstance(node, Decision)}
    for each in notes.values():
        assert each["minutes"] > 0
        assert each["ask"]
        assert each["listen_for"]
        assert each["if_short"] in {"skip", "keep"}


def test_the_decisions_of_an_act_are_those_that_it_can_come_to():
    acts = room.played(library.load("what-the-minutes-say"))["decisions"]
    # Links lead from June to the end of the story; a play of June does not.
    assert [len(names) for names in acts.values()] == [4, 4, 4, 4, 3]
    assert len({name for names in acts.values() for name in names}) == 19


@pytest.mark.parametrize("scenario", SCENARIOS, ids=TITLES)
def test_a_page_says_what_to_take_care_over_and_what_to_do_without_scripts(scenario):
    html = rooms.room_html(scenario)
    assert rooms.INSTEAD in html
    assert ("course-support" in html) == bool(scenario.safety)
    if scenario.safety and scenario.safety.alternative:
        assert str(library.load(scenario.safety.alternative).title) in html
        shown = html.split('class="room-support"')[1].split("</div>")[0]
        for line in read_data("support")["lines"]:
            assert line["name"] in shown
            assert f"<b>{line['number']}</b>" in shown
            assert line["nation"] in {"UK", "England"} or line["nation"] in shown
    data = html.split('class="room-data">')[1].split("</script>")[0]
    assert json.loads(data)["id"] == scenario.id


def test_every_scenario_has_its_page(source):
    pages = written(source)
    assert set(pages) == set(TITLES)
    assert "```{room} high-water\n```" in pages["high-water"]


def test_pages_are_written_again_only_when_they_differ_and_go_with_their_scenario(source):
    written(source)
    folder = source / rooms.FOLDER
    kept, changed = folder / "high-water.md", folder / "february.md"
    before = kept.stat().st_mtime_ns
    changed.write_text("old", encoding="utf-8")
    (folder / "gone.md").write_text("gone", encoding="utf-8")
    pages = written(source)
    assert kept.stat().st_mtime_ns == before
    assert "{room} february" in pages["february"]
    assert "gone" not in pages


def test_a_book_without_the_list_gets_no_pages(tmp_path):
    rooms.write_pages(SimpleNamespace(srcdir=tmp_path), None)
    assert not list(tmp_path.iterdir())


def test_minutes_are_a_groups_where_the_case_says_them():
    case = next(each for each in SCENARIOS if each.minutes.group)
    assert isinstance(case, Scenario)
    assert room.minutes(case) == case.minutes.group
    alone = case.model_copy(update={"minutes": case.minutes.model_copy(update={"group": None})})
    assert room.minutes(alone) == case.minutes.solo
