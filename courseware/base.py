"""What every exercise has, whatever its kind, and how a checked exercise becomes plain JSON."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self

from markupsafe import Markup
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from courseware.cite import Reference, references
from courseware.course import OWN_CASES
from courseware.markup import Markdown, Text, html
from courseware.problems import Finding, Place


def _not_javascripts(name: str) -> str:
    if name == "constructor":
        raise ValueError(f"`{name}` means something of its own to a browser; choose another")
    return name


_Safe = AfterValidator(_not_javascripts)
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60), _Safe]
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60), _Safe]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Basis = Literal["evidence", "law", "practice", "value"]
MUST_CITE = {"evidence", "law"}


class Part(BaseModel):
    """Any piece of an exercise file: unknown fields are mistakes, `"5"` is no number, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, protected_namespaces=())

    def compiled(self, exercise: "Exercise") -> Any:
        """Return this piece as plain JSON values; a field declared with `exclude` stays behind."""
        return {
            field.alias or name: compile_value(getattr(self, name), exercise)
            for name, field in type(self).model_fields.items()
            if not field.exclude
        }


class Cite(Part):
    """A claim's source: the local name of one of the exercise's `sources`, and where in it."""

    source: Text
    at: Text | None = None

    def compiled(self, exercise: "Exercise") -> dict[str, Any]:
        """Return what the page shows: label, full reference, address."""
        reference = exercise.reference(self.source)
        return {"label": reference.label, "full": reference.full, "url": reference.url, "at": self.at}


class Reasoned(Part):
    """Something said to a learner, with the kind of reason it is. Evidence and law cite their source."""

    basis: Basis
    cite: Cite | None = None

    @model_validator(mode="after")
    def _cites(self) -> Self:
        if self.basis in MUST_CITE and self.cite is None:
            raise ValueError(
                f"a reason of basis `{self.basis}` without `cite`; cite a source, or call it practice or value"
            )
        return self


class Option(Reasoned):
    """An answer that can be given, and what is said when it is."""

    id: Id
    text: Text
    correct: bool = False
    feedback: Markdown


class Source(Part):
    """A source's name in this file, tied to its key in the bibliography."""

    cite: Text


class Minutes(Part):
    """How long it takes alone and in a group, in minutes."""

    solo: Annotated[int, Field(gt=0, le=240)]
    group: Annotated[int, Field(gt=0, le=480)] | None = None


class Safety(Part):
    """What to take care over: topics, the support shown, and another exercise that counts as complete."""

    topics: list[Id]
    support: Id = "uk-default"
    alternative: Id | None = None


class Writing(NamedTuple):
    """A place in a record where a learner's own words are: `path` leads there, and `label` is what they answer."""

    path: tuple[str, ...]
    label: str
    plan: bool = False
    rows: int = 3


class Exercise(Part):
    """What every kind of exercise shares. A kind subclasses it and adds its own fields and checks.

    `outside` asks for a chapter and for something taught, but not of a case of somebody's own.
    """

    kind_label: ClassVar[str]

    kind: str
    id: Id
    version: Version
    title: Text
    chapter: Id = OWN_CASES
    teaches: list[Id] = []
    principle: Id | None = None
    minutes: Minutes
    prompt: Markdown
    core: bool = True
    sources: dict[str, Source] = Field(default={}, exclude=True)
    safety: Safety | None = None

    @property
    def major(self) -> int:
        """The major version: a change of it offers saved work a restart."""
        return int(self.version.split(".")[0])

    def reference(self, source: str) -> Reference:
        """Return the work that a local source name stands for. Raises KeyError when it stands for none."""
        return references()[self.sources[source].cite]

    def compiled(self, exercise: "Exercise | None" = None) -> dict[str, Any]:
        """Return the exercise as the plain JSON that the page and the widget play."""
        from courseware.course import course

        own = {"course": course()["id"], "major": self.major, "kind_label": self.kind_label}
        fields: dict[str, Any] = super().compiled(exercise or self)
        return own | fields

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong beyond the shape of the fields. Kinds extend this."""
        used = set()
        for place, part in walk(self):
            if isinstance(part, Cite):
                used.add(part.source)
                if part.source not in self.sources:
                    yield Finding(
                        (*place, "source"),
                        f"`{part.source}` is not under `sources`",
                        nearest(part.source, self.sources),
                    )
        for name in self.sources.keys() - used:
            yield Finding(("sources", name), f"`{name}` is cited nowhere", "cite it, or remove it", "warning")

    @classmethod
    def findings_in_unfinished(cls, data: dict[str, Any]) -> Iterator[Finding]:  # noqa: ARG003  # for kinds to extend
        """Yield what can be seen in plain values whose shape is wrong, so that an author hears of it in one go."""
        yield from ()

    def page_context(self) -> dict[str, Any]:
        """Return what the kind's `page.html` needs beside the compiled exercise."""
        return {}

    def writings(self) -> list[Writing]:
        """Return the places in a record where the learner's own words are, for the portfolio. Kinds say theirs."""
        return []

    def result(self, record: dict[str, Any] | None) -> Any:  # noqa: ARG002  # for kinds to say
        """Return what a learner's saved record says, as plain Python. Each kind gives its own shape."""
        raise TypeError(f"{type(self).__name__} does not say what a record of it means")

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:  # noqa: ARG002
        """Return the record as rows for a DataFrame: one decision, answer, item or prompt a row."""
        raise TypeError(f"{type(self).__name__} does not say what the rows of its record are")


def compile_value(value: Any, exercise: Exercise) -> Any:
    """Return any value of an exercise as plain JSON: Markdown as HTML, pieces as objects, text as it is."""
    if isinstance(value, Markdown):
        return Markup(html(value))  # noqa: S704  # raw HTML is off in the Markdown reader
    if hasattr(value, "compiled"):
        return value.compiled(exercise)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {key: compile_value(item, exercise) for key, item in value.items()}
    if isinstance(value, list):
        return [compile_value(item, exercise) for item in value]
    return value


def walk(part: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every piece inside a piece, each with its place as the author wrote it."""
    yield place, part
    if isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            yield from walk(getattr(part, name), (*place, field.alias or name))
    elif isinstance(part, dict):
        for key, item in part.items():
            yield from walk(item, (*place, key))
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from walk(item, (*place, index))


def nearest(word: str, known: Any) -> str:
    """Return the mend for a name that is not known: the closest one that is, or the whole list."""
    from difflib import get_close_matches

    names = sorted(map(str, known))
    close = get_close_matches(word, names, 1)
    if close:
        return f"did you mean `{close[0]}`?"
    return f"use one of: {', '.join(names[:12])}" if names else "add it first"


def repeated(ids: list[str], place: Place) -> Iterator[Finding]:
    """Yield a finding for every id that stands twice in one list."""
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield Finding((*place, index, "id"), f"the id `{name}` is used twice", "give each its own id")
