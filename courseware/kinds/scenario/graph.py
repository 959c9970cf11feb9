"""Questions about a graph whose nodes are numbered from 0: `ways[n]` lists the numbers that n leads to.

A scenario's states run to a hundred thousand; as plain numbers, each question is answered in a tenth of a second.
"""

from collections.abc import Iterable

Ways = list[list[int]]


def reaching(ways: Ways, goals: Iterable[int]) -> set[int]:
    """Return every number from which a goal can be reached, the goals among them."""
    back: Ways = [[] for _ in ways]
    for number, out in enumerate(ways):
        for after in out:
            back[after].append(number)
    found = set(goals)
    todo = list(found)
    while todo:
        for before in back[todo.pop()]:
            if before not in found:
                found.add(before)
                todo.append(before)
    return found


def fewest(ways: Ways, counted: list[bool]) -> list[int | None]:
    """Return for each number how many counted ones a way from 0 passes at least before it; None where none leads."""
    least: list[int | None] = [None] * len(ways)
    layer, passed = [0], 0
    while layer:
        following: list[int] = []
        while layer:
            number = layer.pop()
            if least[number] is None:
                least[number] = passed
                (following if counted[number] else layer).extend(ways[number])
        layer, passed = following, passed + 1
    return least


def most(ways: Ways, counted: list[bool]) -> int | None:
    """Return how many counted numbers the longest way passes, or None where a way can go round for ever."""
    waiting = [0] * len(ways)
    for out in ways:
        for after in out:
            waiting[after] += 1
    longest = [0] * len(ways)
    ready, done = [number for number, count in enumerate(waiting) if count == 0], 0
    while ready:
        number = ready.pop()
        done += 1
        passed = longest[number] + counted[number]
        for after in ways[number]:
            longest[after] = max(longest[after], passed)
            waiting[after] -= 1
            if waiting[after] == 0:
                ready.append(after)
    return max(longest) if done == len(ways) else None
