"""Refuses two scenarios whose room codes could not be told apart."""

from collections.abc import Iterable, Iterator

from courseware import library, reading
from courseware.course import root
from courseware.facilitate.codes import number
from courseware.kinds.scenario.spec import Scenario
from courseware.problems import Finding, Problem


def collisions(scenarios: Iterable[Scenario]) -> Iterator[tuple[Scenario, Finding]]:
    """Yield every scenario whose short number another has already: their codes could not be told apart."""
    seen: dict[int, Scenario] = {}
    for scenario in scenarios:
        other = seen.setdefault(number(scenario.id), scenario)
        if other.id != scenario.id:
            what = f"`{scenario.id}` has the same short number in room codes as `{other.id}`"
            yield scenario, Finding(("id",), what, "give it another id, in its file's name too")


def problems() -> list[Problem]:
    """Return what makes the codes of the course's scenarios clash, each with its file and line."""
    found = {each.id: (path, each) for path in library.files() if (each := library.read(path)[0])}
    clashes = collisions(each for _, each in found.values() if isinstance(each, Scenario))
    told = []
    for scenario, finding in clashes:
        path = found[scenario.id][0]
        line = reading.line_of(finding.place, reading.read(path)[1])
        told.append(Problem(path.relative_to(root()).as_posix(), line, "id", finding.what, finding.mend))
    return told
