"""The face that an author writes: statements by dimension, a scale, bands, and what each band may suggest."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from courseware.base import Exercise, Id, Part, Writing, nearest, repeated
from courseware.kinds.inventory.score import Score, rating, score, toward
from courseware.markup import Markdown, Text, plain
from courseware.problems import Finding, Place

FEWEST_STATEMENTS, MOST_STATEMENTS, MOST_TAKINGS = 6, 40, 24
_VERDICT = re.compile(r"\byou(?: are|['’]re) (?:an?|the)\b", re.IGNORECASE)


class Scale(Part):
    """What each statement is rated on: the words of its points, lowest first, worth 1, 2, 3 and so on."""

    question: Text
    points: Annotated[list[Text], Field(min_length=3, max_length=7)]
    cannot_say: Text | None = None


class Band(Part):
    """A stretch of the scale that is read in one way. Both ends are in it; scores have one decimal."""

    id: Id
    label: Text
    from_: Annotated[float, Field(ge=1, le=7, alias="from")]
    to: Annotated[float, Field(ge=1, le=7)]

    @property
    def span(self) -> str:
        """Where it begins and ends, in words."""
        return f"{self.from_:g} to {self.to:g}"


class Statement(Part):
    """Something to rate. A reversed one counts from the other end: to agree with it lowers the score."""

    id: Id
    text: Text
    reversed: bool = False


class Reading(Part):
    """What a score in one band may suggest, and a question to take to somebody."""

    suggests: Markdown
    ask: Text


class Dimension(Part):
    """Statements on one thing, and how its score may be read in each band."""

    id: Id
    label: Text
    means: Text
    statements: Annotated[list[Statement], Field(min_length=1, max_length=MOST_STATEMENTS)]
    readings: dict[Id, Reading]


class Note(Part):
    """A box for the learner's own words beside the profile."""

    label: Text
    help: Text | None = None
    rows: Annotated[int, Field(ge=2, le=12)] = 4


class Inventory(Exercise):
    """Statements rated on a scale, and a profile by dimension: no total, no type, nobody ranked."""

    kind_label: ClassVar[str] = "Inventory"

    kind: Literal["inventory"]
    about: Markdown
    not_measured: Markdown
    scale: Scale
    bands: Annotated[list[Band], Field(min_length=2, max_length=5)]
    dimensions: Annotated[list[Dimension], Field(min_length=2, max_length=8)]
    again_after_weeks: Annotated[int, Field(ge=1, le=104)]
    little_change: Annotated[float, Field(gt=0, le=6)]
    note: Note | None = None

    @property
    def statements(self) -> list[tuple[Dimension, Statement]]:
        """Every statement with its dimension, in order."""
        return [(dimension, statement) for dimension in self.dimensions for statement in dimension.statements]

    def findings(self) -> Iterator[Finding]:
        """Yield what no learner could answer, score or read, and what would tell somebody who they are."""
        yield from super().findings()
        yield from self._scale_findings()
        yield from self._band_findings()
        yield from self._statement_findings()
        yield from repeated([dimension.id for dimension in self.dimensions], ("dimensions",))
        for index, dimension in enumerate(self.dimensions):
            yield from self._dimension_findings(dimension, ("dimensions", index))

    def _scale_findings(self) -> Iterator[Finding]:
        points = list(self.scale.points)
        for index, label in enumerate(points):
            if label in points[:index]:
                what = f"two points of the scale are called “{label}”"
                yield Finding(("scale", "points", index), what, "give each point its own words")
        if self.scale.cannot_say in points:
            what = f"“{self.scale.cannot_say}” is also a point of the scale"
            yield Finding(
                ("scale", "cannot_say"), what, "a point counts in the mean and this does not; use other words"
            )
        if self.little_change >= len(points) - 1:
            what = f"no change on this scale can be larger than {len(points) - 1}"
            yield Finding(("little_change",), what, "give a smaller number of scale points")

    def _band_findings(self) -> Iterator[Finding]:
        yield from repeated([band.id for band in self.bands], ("bands",))
        top, rough = len(self.scale.points), False
        for index, band in enumerate(self.bands):
            for name, end in (("from", band.from_), ("to", band.to)):
                if end != round(end, 1):
                    rough = True
                    mend = f"scores have one decimal; write {end:.1f}"
                    yield Finding(("bands", index, name), f"no score is ever {end:g}", mend)
            if band.from_ > band.to:
                yield Finding(("bands", index), f"`{band.id}` ends before it begins", "put the lower number in `from`")
        if rough:
            return
        if self.bands[0].from_ != 1:
            what = f"the scale begins at 1 and the first band at {self.bands[0].from_:g}"
            yield Finding(("bands", 0, "from"), what, "begin at 1; the lowest band stands first")
        for index, (lower, upper) in enumerate(pairwise(self.bands), 1):
            wanted = round(lower.to + 0.1, 1)
            if upper.from_ != wanted:
                fault = "leaves out" if upper.from_ > wanted else "overlaps with"
                what = f"`{upper.id}` {fault} what lies after {lower.to:g}, where `{lower.id}` ends"
                yield Finding(("bands", index, "from"), what, f"begin at {wanted:g}")
        if self.bands[-1].to != top:
            what = f"the scale ends at {top} and the last band at {self.bands[-1].to:g}"
            yield Finding(("bands", len(self.bands) - 1, "to"), what, f"end at {top}")

    def _statement_findings(self) -> Iterator[Finding]:
        count = len(self.statements)
        if not FEWEST_STATEMENTS <= count <= MOST_STATEMENTS:
            what = f"{count} statements in all"
            yield Finding(("dimensions",), what, f"give it from {FEWEST_STATEMENTS} to {MOST_STATEMENTS}")
        ids: set[str] = set()
        texts: set[str] = set()
        for d, dimension in enumerate(self.dimensions):
            for s, statement in enumerate(dimension.statements):
                place: Place = ("dimensions", d, "statements", s)
                if statement.id in ids:
                    yield Finding((*place, "id"), f"the id `{statement.id}` is used twice", "give each its own id")
                if statement.text.casefold() in texts:
                    yield Finding((*place, "text"), "this statement stands twice", "remove one of the two")
                ids.add(statement.id)
                texts.add(statement.text.casefold())

    def _dimension_findings(self, dimension: Dimension, place: Place) -> Iterator[Finding]:
        known = [band.id for band in self.bands]
        for name, reading in dimension.readings.items():
            if name not in known:
                yield Finding((*place, "readings", name), f"no band `{name}`", nearest(name, known))
            if _VERDICT.search(plain(reading.suggests)):
                what = "it may tell the learner who they are"
                mend = "say what the score may suggest about the work: “this may mean that …”"
                yield Finding((*place, "readings", name, "suggests"), what, mend, "warning")
        for name in dict.fromkeys(known):
            if name not in dimension.readings:
                yield Finding((*place, "readings"), f"nothing is said of the band `{name}`", f"add `{name}:`")
        count = len(dimension.statements)
        if count == 1:
            what = f"`{dimension.id}` rests on one statement"
            yield Finding((*place, "statements"), what, "add another: one answer is an answer, no dimension", "warning")
        elif all(statement.reversed for statement in dimension.statements):
            what = f"every statement of `{dimension.id}` is reversed"
            mend = "turn one round, so that somebody who ticks down one side is not read as meaning it"
            yield Finding((*place, "statements"), what, mend, "warning")
        # Somebody who ticks one box beside the last has not changed: such a step must count as little.
        elif count * self.little_change < 1:
            what = (
                f"one answer moved by one point changes `{dimension.id}` by {1 / count:.2g}, more than `little_change`"
            )
            yield Finding((*place, "statements"), what, "add statements, or make `little_change` larger", "warning")

    def writings(self) -> list[Writing]:
        """Return where the learner's own words are: in the note, where there is one."""
        return [Writing(("note",), self.note.label, rows=self.note.rows)] if self.note else []

    def compiled(self, exercise: Exercise | None = None) -> dict[str, Any]:
        """Return the exercise as plain JSON, with `says`: the sentences of ours that every face of it says."""
        weeks = "a week" if self.again_after_weeks == 1 else f"{self.again_after_weeks} weeks"
        points, bands = self.scale.points, ", ".join(f"{band.label} {band.span}" for band in self.bands)
        turned = any(statement.reversed for dimension in self.dimensions for statement in dimension.statements)
        round_ = " A statement that is bad news when it is so counts the other way round." if turned else ""
        ends = f"1 is “{points[0]}” and {len(points)} “{points[-1]}”.{round_}"
        says = {
            "score": f"{ends} The bands: {bands}. There is no total.",
            "too_few": "A part with fewer than half of its statements rated has no score: it would speak for the rest.",
            "little": "Only what was rated both times is compared. "
            f"A change of {self.little_change:g} of a point or less means little.",
            "again": f"Leave about {weeks} before you take it again.",
            "room": f"{MOST_TAKINGS} takings at most are kept. None is dropped: to make room, open one and delete it.",
        }
        return super().compiled(exercise) | {"says": says, "most": MOST_TAKINGS}

    def band(self, value: float) -> Band:
        """Return the band that a score lies in."""
        return next(band for band in self.bands if value <= band.to)

    def scores(self, answers: dict[str, Any]) -> dict[str, Score]:
        """Return the score of each dimension, by its id, from the answers of one taking."""
        return {
            dimension.id: score(
                {each.id: each.reversed for each in dimension.statements}, answers, len(self.scale.points)
            )
            for dimension in self.dimensions
        }

    def result(self, record: dict[str, Any] | None) -> dict[str, Any]:
        """Return the scores by dimension of the latest taking, or None, and of the earlier ones, oldest first."""
        takings = [
            {
                "when": taking["when"],
                "scores": {name: each.value for name, each in self.scores(taking["answers"]).items()},
            }
            for taking in (record or {}).get("takings", [])
        ]
        return {
            "latest": takings[-1] if takings else None,
            "earlier": takings[:-1],
            "note": (record or {}).get("note", ""),
        }

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return one row a statement and taking; `counts` is the rating as the score takes it, None for none."""
        points = len(self.scale.points)
        return [
            {
                "taking": number,
                "when": taking["when"],
                "dimension": dimension.id,
                "statement": statement.id,
                "text": str(statement.text),
                "reversed": statement.reversed,
                "rating": value,
                "counts": None if value is None else toward(value, points, is_reversed=statement.reversed),
            }
            for number, taking in enumerate((record or {}).get("takings", []), 1)
            for dimension, statement in self.statements
            if statement.id in taking["answers"]
            for value in [rating(taking["answers"][statement.id], points)]
        ]
