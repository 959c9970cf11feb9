"""How long a play takes: what the decisions on its longest way take, and no way takes longer."""

import random

import pytest

from courseware import library
from courseware.facilitate import minutes
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Scenario

ACTS = [
    pytest.param(exercise.id, act, id=f"{exercise.id}-{act or 'whole'}")
    for path in library.files()
    if (exercise := library.read(path)[0]) and isinstance(exercise, Scenario)
    for act in (None, *(each.id for each in exercise.acts))
]


def walked(scenario, act, seed):
    """Return the decisions that a play at random meets."""
    chance, met = random.Random(seed), []
    state = play.start(scenario, seed=seed, act=act)
    while not play.over(scenario, state, act):
        ways = [choice.id for choice, is_open in play.options(scenario, state) if is_open]
        met += [state.node] if ways else []
        state = play.advance(scenario, state, chance.choice(ways) if ways else None)
    return met


@pytest.mark.parametrize(("name", "act"), ACTS)
def test_no_way_takes_longer_than_the_longest(name, act):
    scenario = library.load(name)
    lengths = {stop.id: stop.minutes or 0 for stop in minutes.stops(scenario, act)}
    seen = [walked(scenario, act, seed) for seed in range(60)]
    assert {node for met in seen for node in met} <= lengths.keys()
    taken = [sum(lengths[node] for node in met) for met in seen]
    assert max(taken) <= minutes.longest(scenario, act)
    assert max(map(len, seen)) <= minutes.most_decisions(scenario, act)
    if act:
        # An act is explored state by state: chance play comes upon its longest way soon.
        assert max(map(len, seen)) == minutes.most_decisions(scenario, act)
        assert minutes.longest(scenario, act) <= minutes.own(scenario, act)


def test_what_is_taken_by_count_is_shorter_and_never_longer_than_it_was():
    scenario = library.load("the-compact")
    skip = [stop.id for stop in minutes.stops(scenario, "fears") if stop.skip]
    assert skip == ["julian", "advert"]
    assert minutes.playing(scenario, "fears") == 30
    assert minutes.playing(scenario, "fears", skip[:1]) == 27
    assert minutes.playing(scenario, "fears", skip) == 24


def test_a_play_takes_its_decisions_minutes_and_where_none_are_said_a_groups():
    assert minutes.playing(library.load("red-for-a-reason")) == 15
    assert minutes.playing(library.load("how-do-they-know")) == 15
    assert minutes.playing(library.load("as-things-stand")) == 7  # alone: nobody does it in a group


def test_a_story_that_goes_round_is_walked_once(a_course):
    path = a_course / "exercises" / "my-chapter" / "example-scenario.yml"
    scenario, _ = library.read(path)
    first = next(name for name, node in scenario.nodes.items() if node.type == "decision")
    ways = minutes.Ways([first, "b"], [[1], [0]])
    minutes._KNOWN[(id(scenario), None)] = (scenario, ways)
    assert minutes._heaviest(scenario, None, {first: 5, "b": 2}) == 7
