"""What is said of a code that cannot be used: what is wrong, where, and what to do.

`kinds/scenario/code-words.js` says the same, name for name.
"""

from collections.abc import Iterator

from courseware.facilitate.symbols import GROUP, grouped
from courseware.kinds.scenario.spec import Scenario

# How many characters nearly every code has; only a story that goes on for long has a longer one.
USUAL = (8, 12, 16)


class CodeError(ValueError):
    """A code that cannot be used. The message says what is wrong, and where; `mend` is what it most likely was."""

    def __init__(self, message: str, mend: str | None = None) -> None:
        super().__init__(f"{message} Was it {mend}?" if mend else message)
        self.mend = mend


def impossible(scenario: Scenario, length: int) -> CodeError:
    """Return what is said of characters that fit together and are no play."""
    if length > USUAL[-1]:  # codes that were run together fit together, by the way that their check characters are made
        return CodeError(misfit(length))
    return CodeError(f"It is no play that “{scenario.title}” allows: something in it is wrong.")


def misfit(length: int) -> str:
    """Say what may be wrong with so many characters that are no code together, and what to do."""
    if length in USUAL:
        return "The characters do not fit together: some were misread or mixed up, or a group of four is missing."
    missing = next((f"{_are(each - length)} missing" for each in USUAL if each > length), None)
    spare = next((f"{_are(length - each)} too many" for each in reversed(USUAL) if each < length), "more")
    usual = f"{', '.join(map(str, USUAL[:-1]))} or {USUAL[-1]}"
    has = f"It has {length} {'character' if length == 1 else 'characters'}. Codes have {usual} as a rule"
    if missing:
        return f"{has}: {missing}, or {spare}. Ask for it again, group by group."
    return f"{has}: {spare}. If it is several codes, give each a line of its own."


def _are(count: int) -> str:
    return f"{count} {'is' if count == 1 else 'are'}"


def where(code: str, at: int) -> str:
    """Say in which group a character stands."""
    start = at - at % GROUP
    return f"in group {start // GROUP + 1} ({code[start : start + GROUP]})"


def place(code: str, mend: str) -> str:
    """Say in which group a mend changes something."""
    at = next((at for at, (one, other) in enumerate(zip(code, mend, strict=False)) if one != other), len(code) - 1)
    return f" The slip is {where(code, at)}."


def halves(code: str) -> Iterator[tuple[str, str]]:
    """Yield every way to take a code for two that were run together."""
    for at in range(USUAL[0], len(code) - USUAL[0] + 1, GROUP):
        yield code[:at], code[at:]


def two(one: str, other: str) -> CodeError:
    """Return what is said of two codes that were run together."""
    return CodeError(
        "These are two codes, run together: put a comma between them.", f"{grouped(one)}, {grouped(other)}"
    )
