"""Text that survives being read aloud: 32 characters not mistaken for each other, with two that check the rest.

The alphabet is Douglas Crockford's: no I, L, O or U. The two characters at the end of a block make it a Reed–Solomon
code over the field of 32 elements (I. S. Reed and G. Solomon, 1960). Any two sound texts of one length differ in three
characters at least. So one wrong character, two wrong characters, or two that have changed places are always noticed,
and of one wrong character it can be told which it is. `symbols.js` says the same, name for name.
"""

import re
from collections.abc import Iterator, Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")
GROUP = 4
CHECKS = 2
# A block is whole groups, and no longer than the 31 places that this field can tell apart.
BLOCK = 28

_NUMBER = {character: number for number, character in enumerate(ALPHABET)}
# What stands between groups when somebody types or pastes: spaces, hyphens and dashes, dots, underscores.
_BETWEEN = re.compile(r"[\s\x1c-\x1f\x85\u200b\ufeff\-\u2010-\u2015\u2212._]+")
# The powers of 2 in the field, whose polynomial is x⁵ + x² + 1, and back.
_POWERS = [1]
for _ in range(30):
    _POWERS.append(_POWERS[-1] << 1 ^ (0b100101 if _POWERS[-1] & 16 else 0))
_LOG = {power: exponent for exponent, power in enumerate(_POWERS)}


def _times(one: int, other: int) -> int:
    return _POWERS[(_LOG[one] + _LOG[other]) % 31] if one and other else 0


def tidy(text: str) -> str:
    """Return what was typed as capital letters and digits alone, I and L read as 1, O as 0; other characters stay."""
    return _BETWEEN.sub("", text).upper().translate(MISREAD)


def grouped(text: str) -> str:
    """Return a code as it is printed, in fours."""
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def blocks(length: int) -> int:
    """Return how many blocks a text of this length is; each has its own check characters."""
    return -(-length // BLOCK)


def holds(room: int) -> int:
    """Return how many numbers a text of this length holds beside its check characters."""
    return room - CHECKS * blocks(room)


def sealed(numbers: Sequence[int], room: int) -> str:
    """Return numbers from 0 to 31, as many as `holds(room)`, as text with each block's check characters."""
    inside = room // blocks(room) - CHECKS
    parts = [list(numbers[at : at + inside]) for at in range(0, len(numbers), inside)]
    return "".join(ALPHABET[number] for part in parts for number in _with_checks(part))


def room_for(count: int) -> int:
    """Return how many characters hold this many numbers: whole groups, in blocks of one size."""
    parts = -(-count // (BLOCK - CHECKS))
    size = -(-count // parts) + CHECKS
    return parts * -(-size // GROUP) * GROUP


def _with_checks(numbers: list[int]) -> list[int]:
    total, weighed = _syndromes(numbers)
    first, second = _POWERS[len(numbers)], _POWERS[len(numbers) + 1]
    last = _times(weighed ^ _times(total, first), _POWERS[-_LOG[first ^ second] % 31])
    return [*numbers, total ^ last, last]


def _syndromes(numbers: Sequence[int]) -> tuple[int, int]:
    total = weighed = 0
    for power, number in zip(_POWERS, numbers, strict=False):
        total ^= number
        if number:
            weighed ^= _times(number, power)
    return total, weighed


def opened(text: str) -> list[int] | None:
    """Return the numbers that a tidy text holds, or None where it is not whole, or a character in it is wrong."""
    if not text or len(text) % GROUP or len(text) % blocks(len(text)):
        return None
    numbers = [_NUMBER.get(character, -1) for character in text]
    size = len(text) // blocks(len(text))
    if min(numbers) < 0 or size <= CHECKS:
        return None
    parts = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    if any(_syndromes(part) != (0, 0) for part in parts):
        return None
    return [number for part in parts for number in part[:-CHECKS]]


def strange(text: str) -> list[int]:
    """Return where a tidy text has something that is no character of a code."""
    return [at for at, character in enumerate(text) if character not in _NUMBER]


def slips(text: str) -> Iterator[str]:
    """Yield every whole text that is one slip away.

    A slip is a character misread, left out or put in, or two neighbours that changed places.
    """
    spare = len(text) % GROUP
    near: list[str] = []
    if spare == 0:
        near = [*_misread(text), *_swapped(text)]
    elif spare == 1:
        near = [text[:at] + text[at + 1 :] for at in range(len(text))]
    elif spare == GROUP - 1:
        near = [_fitted(text[:at], text[at:]) for at in range(len(text) + 1)]
    for each in dict.fromkeys(near):
        if opened(each) is not None:
            yield each


def _misread(text: str) -> Iterator[str]:
    # Where a character is none of a code's, it must be the one that is wrong.
    for at in strange(text) or range(len(text)):
        yield _fitted(text[:at], text[at + 1 :])


def _fitted(before: str, after: str) -> str:
    """Return two parts with the one character between them that can make its block whole: the others give its sum."""
    length = len(before) + 1 + len(after)
    size = -(-length // blocks(length))
    start = len(before) // size * size
    total = 0
    for each in f"{before}0{after}"[start : start + size]:
        total ^= _NUMBER.get(each, 0)
    return before + ALPHABET[total] + after


def _swapped(text: str) -> Iterator[str]:
    for at in range(len(text) - 1):
        if text[at] != text[at + 1]:
            yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]
