"""A fixed budget spent over a few items, and what a declared model makes of it. `spec` is what an author writes."""

from courseware.kinds.allocate.spec import Allocate as Spec

__all__ = ["Spec"]
