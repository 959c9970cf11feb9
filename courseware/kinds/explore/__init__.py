"""A model to explore: a few controls, and what follows from them over time. `spec` is what an author writes."""

from courseware.kinds.explore.spec import Explore as Spec

__all__ = ["Spec"]
