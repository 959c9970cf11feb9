"""The kinds of exercise. One kind is one folder here, with all its faces, and one line in `KINDS`."""

from importlib import import_module
from pathlib import Path

from courseware.base import Exercise

KINDS = ("scenario", "quiz", "sort", "order", "inventory", "allocate", "explore", "reflect")


def spec(kind: str) -> type[Exercise]:
    """Return the model that an exercise of this kind is checked against."""
    found: type[Exercise] = import_module(f"courseware.kinds.{kind}").Spec
    return found


def folder(kind: str) -> Path:
    """Return the folder that holds a kind's faces: `page.html`, `paper.typ`, `example.yml` and the scripts."""
    return Path(__file__).parent / kind
