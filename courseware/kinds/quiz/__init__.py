"""Questions whose every answer says why. `spec` is what an author writes."""

from courseware.kinds.quiz.spec import Quiz as Spec

__all__ = ["Spec"]
