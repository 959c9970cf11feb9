"""Prompts to write on, a commentary after writing, and an if–then plan. `spec` is what an author writes."""

from courseware.kinds.reflect.spec import Reflect as Spec

__all__ = ["Spec"]
