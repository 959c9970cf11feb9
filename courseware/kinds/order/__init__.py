"""Items put in order, against a known order or somebody's ranking. `spec` is what an author writes."""

from courseware.kinds.order.spec import Order as Spec

__all__ = ["Spec"]
