"""A branching case. `spec` is what an author writes, `play` what a move means, `paths` what must hold of every way."""

from courseware.kinds.scenario.spec import Scenario as Spec

__all__ = ["Spec"]
