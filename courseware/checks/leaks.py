"""Whether a text gives an answer away, be it in figures, in words or as a date."""

import re

from courseware.checks.answers import Word, close, word

_WORDS = [
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
_IN_TEXT = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[a-z]+")
_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip


def holds(text: str, secret: Word) -> bool:
    """Tell whether a text gives a secret away, be it in figures or in words."""
    if isinstance(secret, str):
        return any(re.search(rf"\b{re.escape(form)}\b", str(word(text))) for form in [secret, *_in_words(secret)])
    found = _IN_TEXT.findall(text.casefold())
    numbers = [float(_WORDS.index(each)) for each in found if each in _WORDS]
    numbers += [float(each.replace(",", "")) for each in found if each[0].isdigit()]
    return any(close(number, abs(secret)) for number in numbers)


def _in_words(secret: str) -> list[str]:
    """Return a date as text would write it."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", secret):
        return []
    year, month, day = (int(part) for part in secret.split("-"))
    return [f"{day} {_MONTHS[month - 1]}", f"{_MONTHS[month - 1]} {year}"]
