"""Statements rated on a scale, and a profile to talk about. `spec` is what an author writes."""

from courseware.kinds.inventory.spec import Inventory as Spec

__all__ = ["Spec"]
