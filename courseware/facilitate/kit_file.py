"""A file of a kit before it is made: what it is called, who gets it, how it is printed, and what it is made from."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from courseware import paper
from courseware.base import Exercise

TEMPLATE = Path(__file__).with_name("kit.typ")
ONE_SIDE, BOTH_SIDES, SCREEN = "one side", "both sides", "shown, not printed"
CUT, CUT_BOTH = "one side, then cut", "both sides, then cut"


class Look(NamedTuple):
    """Print of 18 points, and print without grey."""

    large: bool = False
    contrast: bool = False

    def on(self, told: dict[str, Any]) -> dict[str, Any]:
        """Return what a template is told, with this look."""
        return told | self._asdict()


@dataclass(frozen=True)
class Making:
    """How a file is made. `told` is all that goes into it, by which what was made once is found again."""

    told: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Wanted:
    """A file that a session needs. `per` says how its copies are counted.

    `must` is what a session cannot do without, `pile` lies on each table, `hidden` is kept until it is handed out, and
    `only` says when it is wanted at all, where most sessions do not want it.
    """

    name: str
    who: str
    per: str
    how: str
    made: Making
    must: bool = False
    hidden: bool = False
    pile: bool = False
    only: str = ""
    folder: str = ""

    @property
    def reader(self) -> bool:
        """Whether somebody reads it by themselves, so that it is there in large print too."""
        return self.per in {"person", "half"} and not self.only

    @property
    def stem(self) -> str:
        """What it is called where a list names several."""
        return self.name.removesuffix(".pdf")


def text(*told: Any) -> str:
    """Return values as the text that they are known by."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def printed(case: Exercise, told: dict[str, Any], look: Look, **changed: Any) -> Making:
    """Return how the pages of an exercise are made."""
    return set_by(paper.template(case), look.on(told | changed))


def sheet(told: dict[str, Any], look: Look) -> Making:
    """Return how one of the kit's own sheets is made."""
    return set_by(TEMPLATE, look.on(told))


def set_by(template: Path, told: dict[str, Any]) -> Making:
    """Return how a template's pages are made."""
    return Making(text(template.parent.name, template.name, told), lambda: paper.set_pages(template, told))
