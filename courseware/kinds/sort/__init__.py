"""Items put into categories. `spec` is what an author writes."""

from courseware.kinds.sort.spec import Sort as Spec

__all__ = ["Spec"]
