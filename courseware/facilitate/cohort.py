"""The cohort's picture: what a room's groups chose, where they parted and how it ended, against chance and the paths.

`read` takes room codes, and `Cohort` answers the questions as frames and charts. The page for facilitators asks the
same of `web/facilitate/cohort.js`; tests hold the two to the same numbers. Nothing here ranks a group.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from courseware.facilitate import codes, simulate
from courseware.kinds.scenario import play
from courseware.kinds.scenario.spec import Decision, Ending, Scenario

if TYPE_CHECKING:
    import pandas as pd

SURE_WORDS = {"guess": "a guess", "fairly-sure": "fairly sure", "sure": "sure"}
NOT_SAID = "not said"
ACT_OVER = "At the end of the act"
AT_RANDOM = "Chance alone"
# More lines than this are counted, and not named, in what is said of them.
LINES_AT_MOST = 6


@dataclass(frozen=True)
class Line:
    """Something pasted that may be a code: its line, from 1, and what stood before a colon, as the group's label."""

    number: int
    label: str
    text: str


def lines(pasted: str) -> list[Line]:
    """Return what was pasted, code by code: one a line, or with commas, semicolons or tabs between."""
    found = []
    for number, row in enumerate(re.split(r"\r\n?|\n", pasted), 1):
        for each in re.split(r"[,;\t]", row):
            label, _, text = each.rpartition(":")
            if text.strip():
                found.append(Line(number, label.strip(), text.strip()))
    return found


@dataclass(frozen=True)
class Cohort:
    """The groups of one scenario, or of one act of it: `runs` by label, in the order in which they were given.

    `lines` has the line of each, where they were pasted.
    """

    scenario: Scenario
    act: str | None
    runs: dict[str, codes.Run]
    lines: list[int] = field(default_factory=list)
    simulated: bool = False

    @property
    def source(self) -> dict[str, Any]:
        """Where the numbers come from, as `figure` asks for it."""
        publisher = "{} made up by strategies and dice" if self.simulated else "Room codes of {}"
        licence = "CC BY 4.0" if self.simulated else "kept in the room"
        about = {"title": self.title, "publisher": publisher.format(self.counted), "licence": licence}
        return {**about, "simulated": self.simulated}

    @property
    def counted(self) -> str:
        """How many groups there are, in words."""
        return f"{len(self.runs)} {'group' if len(self.runs) == 1 else 'groups'}"

    @property
    def title(self) -> str:
        """What they played."""
        acts = {act.id: act.title for act in self.scenario.acts}
        return f"{self.scenario.title}: {acts[self.act]}" if self.act else str(self.scenario.title)

    @cached_property
    def chance(self) -> simulate.Baseline:
        """What plays at random give."""
        return simulate.baseline(self.scenario, self.act)

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """One row a decision of a group: `group`, `node`, `decision`, `choice`, `chosen` in words, and `sure`."""
        import pandas as pd

        rows = [
            {"group": group, **row} for group, run in self.runs.items() for row in _decided(self.scenario, run.moves)
        ]
        frame = pd.DataFrame(rows, columns=["group", "node", "decision", "choice", "chosen", "sure"])
        levels = [*SURE_WORDS.values(), NOT_SAID]
        return frame.assign(sure=pd.Categorical(frame["sure"], levels, ordered=True))

    @cached_property
    def ends(self) -> "pd.DataFrame":
        """One row a group: how it ended, and every indicator then."""
        import pandas as pd

        labels = {name: str(each.label) for name, each in self.scenario.indicators.items()}
        rows = [
            {"group": group, "ending": self.ending(run.state.node), **run.state.indicators}
            for group, run in self.runs.items()
        ]
        return pd.DataFrame(rows, columns=["group", "ending", *labels]).rename(columns=labels)

    def ending(self, node: str) -> str:
        """Return the story's own name for where a run stopped."""
        found = self.scenario.nodes[node]
        return str(found.title) if isinstance(found, Ending) else ACT_OVER

    def choices(self) -> "pd.DataFrame":
        """Return every choice of every decision that was met: how many took it, the share, and who would defend it."""
        import pandas as pd

        counts = self.frame.groupby(["node", "choice"]).size()
        rows = []
        for name, node in self._met():
            met = sum(int(counts.get((name, choice.id), 0)) for choice in node.choices)
            for choice in node.choices:
                count = int(counts.get((name, choice.id), 0))
                defended = ", ".join(by for by, path in self._paths().items() if path.get(name) == choice.id)
                rows.append([str(node.label or name), str(choice.text), count, met, count / met, defended])
        columns = ["decision", "choice", "groups", "met", "share", "defended by"]
        return pd.DataFrame(rows, columns=columns).set_index(["decision", "choice"])

    def partings(self) -> "pd.DataFrame":
        """Return the decisions by how far the room parted there, the furthest first, with what to ask.

        `apart` is the share of all pairs of groups that both met the decision and chose differently: it is small where
        they agreed, and where few met it.
        """
        import pandas as pd

        pairs = len(self.runs) * (len(self.runs) - 1) / 2
        rows = []
        for name, node in self._met():
            counts = self.frame.loc[self.frame["node"] == name, "choice"].value_counts()
            met = int(counts.sum())
            differ = (met * (met - 1) - int((counts * (counts - 1)).sum())) / 2
            ask = " ".join(map(str, node.facilitator.ask)) if node.facilitator else ""
            rows.append([str(node.label or name), met, differ / pairs if pairs else 0.0, ask])
        frame = pd.DataFrame(rows, columns=["decision", "met", "apart", "ask"]).set_index("decision")
        return frame.sort_values("apart", ascending=False, kind="stable")

    def endings(self) -> "pd.DataFrame":
        """Return how it ended: how many groups, the share, the share of plays at random, and whose path leads there."""
        import pandas as pd

        counts = self.ends["ending"].value_counts()
        random = {self.ending(node): count / self.chance.plays for node, count in self.chance.endings.items()}
        named = [str(node.title) for node in self.scenario.nodes.values() if isinstance(node, Ending)]
        where = {by: self.ending(node) for by, node in self._ends().items()}
        rows = [
            [
                each,
                int(counts.get(each, 0)),
                counts.get(each, 0) / len(self.runs),
                random.get(each, 0.0),
                ", ".join(by for by, end in where.items() if end == each) if self.act is None else "",
            ]
            for each in [*named, ACT_OVER]
            if each in counts or each in random
        ]
        columns = ["ending", "groups", "share", AT_RANDOM, "defended by"]
        return pd.DataFrame(rows, columns=columns).set_index("ending")

    def sureness(self) -> "pd.DataFrame":
        """Return how sure the groups said they were, in decisions where that was asked, by how it ended for them."""
        import pandas as pd

        asked = [name for name, node in self._met() if "confidence" in node.ask_first]
        said = self.frame[self.frame["node"].isin(asked)].merge(self.ends[["group", "ending"]], on="group")
        table = pd.crosstab(said["ending"], said["sure"], dropna=False)
        return table.reindex(index=[each for each in self.endings().index if each in table.index]).rename_axis(
            columns=None
        )

    def standing(self) -> "pd.DataFrame":
        """Return each indicator at the end: the groups' lowest, middle and highest, and the mean of chance alone."""
        import pandas as pd

        values = self.ends.drop(columns=["group", "ending"])
        labels = [str(each.label) for each in self.scenario.indicators.values()]
        random = [self.chance.indicators[name] for name in self.scenario.indicators]
        columns = {"lowest": values.min(), "middle": values.median(), "highest": values.max()}
        return pd.DataFrame({**columns, AT_RANDOM: pd.Series(random, labels)}).rename_axis("indicator")

    def agreement(self) -> "pd.DataFrame":
        """Return how often the groups chose as each defended path does, where both met a decision; and chance alone."""
        import pandas as pd

        rows = []
        for (by, path), (met, alike) in zip(self._paths().items(), self.chance.agreed, strict=True):
            own = self.frame[self.frame["node"].isin(list(path))]
            same = int((own["choice"] == own["node"].map(path)).sum())
            rows.append([by, len(own), same, same / len(own) if len(own) else None, alike / met if met else None])
        columns = ["defended by", "met", "chose alike", "share", AT_RANDOM]
        return pd.DataFrame(rows, columns=columns).set_index("defended by")

    def _met(self) -> list[tuple[str, Decision]]:
        met = set(self.frame["node"])
        return [
            (name, node) for name, node in self.scenario.nodes.items() if isinstance(node, Decision) and name in met
        ]

    def _paths(self) -> dict[str, dict[str, str]]:
        return {str(each.by): simulate.chosen(self.scenario, each.path) for each in self.scenario.debrief.defended}

    def _ends(self) -> dict[str, str]:
        return {str(each.by): play.walk(self.scenario, each.path).node for each in self.scenario.debrief.defended}


@dataclass(frozen=True)
class Reading:
    """What was pasted, read: a cohort for each scenario or act, the largest first, and what could not be used."""

    cohorts: list[Cohort]
    wrong: list[tuple[Line, codes.CodeError]] = field(default_factory=list)

    @property
    def account(self) -> str:
        """How many codes are read and how many cannot be used, and which are of another case than the most."""
        count = sum(len(each.runs) for each in self.cohorts)
        told = "1 code is read" if count == 1 else f"{count or 'No'} codes are read"
        if self.wrong:
            told += f", {len(self.wrong)} cannot be used"
        others = self.cohorts[1:]
        if not others:
            return told
        of = sum(len(each.runs) for each in others)
        what = ["case", "act"] if any(map(self._like_the_most, others)) else ["case"]
        several = len(others) > 1
        whose = f"{'other' if several else 'another'} {' or '.join(f'{each}s' if several else each for each in what)}"
        named = ", ".join(f"{each.title} ({_on(each.lines)})" for each in others)
        return f"{told}. Of the {count}, {of} {'is' if of == 1 else 'are'} of {whose}: {named}"

    def aside(self) -> "pd.DataFrame":
        """Return every line that is not of the first cohort, with what is to be said of it."""
        import pandas as pd

        rows = [[line.number, line.label, str(error)] for line, error in self.wrong]
        for each in self.cohorts[1:]:
            said = f"It is of another {'act' if self._like_the_most(each) else 'case'}: {each.title}."
            rows += [[number, label, said] for number, label in zip(each.lines, each.runs, strict=True)]
        return pd.DataFrame(sorted(rows), columns=["line", "group", "what to know of it"]).set_index("line")

    def _like_the_most(self, other: Cohort) -> bool:
        return other.scenario.id == self.cohorts[0].scenario.id


def read(pasted: str, scenarios: Iterable[Scenario], *, simulated: bool = False) -> Reading:
    """Return the cohorts that pasted codes make. A wrong code is named with its line, and the others count.

    Where the groups are made up, say `simulated`, and every chart of them says so.
    """
    reader = codes.Reader(scenarios)
    wrong: list[tuple[Line, codes.CodeError]] = []
    found: dict[tuple[str, str | None], Cohort] = {}
    for count, line in enumerate(lines(pasted), 1):
        try:
            run = reader.read(line.text)
        except codes.CodeError as error:
            wrong.append((line, error))
            continue
        new = Cohort(run.scenario, run.act, {}, simulated=simulated)
        own = found.setdefault((run.scenario.id, run.act), new)
        label = line.label or f"Group {count}"
        own.runs[next(each for each in _names(label, line.number) if each not in own.runs)] = run
        own.lines.append(line.number)
    return Reading(sorted(found.values(), key=lambda each: -len(each.runs)), wrong)


def _names(label: str, line: int) -> Iterator[str]:
    """Yield what a group may be called, until it is called as no other is."""
    yield label
    yield f"{label} ({line})"
    yield from (f"{label} ({line}, {again})" for again in itertools.count(2))


def _on(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    if len(numbers) > LINES_AT_MOST:
        return f"{len(numbers)} lines"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _decided(scenario: Scenario, moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}  # a decision met twice counts as it was met first
    for move in moves:
        node = scenario.nodes[move["at"]]
        if isinstance(node, Decision) and move["at"] not in rows:
            rows[move["at"]] = {
                "node": move["at"],
                "decision": str(node.label or move["at"]),
                "choice": move["move"],
                "chosen": next(str(each.text) for each in node.choices if each.id == move["move"]),
                "sure": SURE_WORDS.get(move.get("confidence", ""), NOT_SAID),
            }
    return list(rows.values())
