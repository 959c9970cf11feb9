"""What a learner hands in, as plain values that can be compared: many forms in, one form out.

A number may come as a whole number, a float, numpy's own or a Series of one; a list as a Series, an array or a set.
They are told apart by what they can do, so that pandas is never imported for it: an answer made with pandas brought it.
"""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sized
from itertools import islice
from numbers import Number
from typing import Any

Word = float | str

# What arithmetic on floats may add to an answer that was reached in another order: to small numbers, and in proportion.
NOISE, SHARE = 1e-9, 1e-12
# More than any lab asks for; what goes on for ever, or would fill the memory as a list, is not read to its end.
MOST = 20_000

_TIMES = {"M", "m"}  # numpy's letters for dates and for stretches of time
_DATES = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%B %d, %Y")
_ISO = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?)?$")
# Marks that a keyboard or a word processor writes in its own way.
_ALIKE = str.maketrans({"–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"'})


class NotComparable(Exception):  # noqa: N818  # what the answer is
    """What was handed in is no answer of the sort that was asked for: what it is, and where to look."""

    def __init__(self, say: str, look: str) -> None:
        self.say = say
        self.look = look
        super().__init__(say)


def number(given: Any) -> float:
    """Return one number, from a number or from anything that holds just one."""
    given = _single(_something(given))
    found = _plain(given)
    if isinstance(found, bool):
        raise NotComparable("That is True or False, and a number is asked for.", "Count or subtract; do not compare.")
    if isinstance(given, str):
        raise NotComparable(
            "That is text, and a number is asked for.", "Take away the quotation marks, and any unit or % sign."
        )
    if not isinstance(found, float):
        raise NotComparable(
            "That is no number; it may be a date, or a stretch of time.", "Which number can you get from it?"
        )
    return _not_missing(found)


def text(given: Any) -> str:
    """Return one piece of text, its case, spaces and dashes made alike; a date as `2018-03-31`."""
    found = word(_single(_something(given)))
    if isinstance(found, float):
        _not_missing(found)
        raise NotComparable("That is a number, and a word is asked for.", "Write the word in quotation marks.")
    return found


def listed(given: Any) -> list[Word]:
    """Return a list of numbers and words, from a list, set, array, Series, index or table of one column."""
    given = _something(given)
    if _is_frame(given):
        given = _only_column(given)
    if isinstance(given, Mapping):
        given = list(given)
    items = [_plain(item) for item in _items(given)] if _holds_many(given) else [_plain(given)]
    if items and all(isinstance(item, bool) for item in items):
        raise NotComparable(
            "That is a list of True and False: it says which rows to keep, and not what is in them.",
            "Put it in square brackets after the table, so that it picks the rows.",
        )
    return [word(item) for item in items]


def labelled(given: Any, *, numbered: bool = False) -> dict[str, float] | list[float]:
    """Return numbers by label, or a list of numbers where they came without labels of their own.

    `numbered` says that the labels are numbers, such as years: of two columns of numbers, the first then holds them.
    """
    given = _something(given)
    if _is_frame(given):
        given = _labels_and_numbers(given, numbered=numbered)
    if not _holds_many(given):
        raise NotComparable(
            "That is a single value, and one is asked for beside each label.",
            "Work with whole columns or rows, so that each label keeps its own value.",
        )
    if not (isinstance(given, Mapping) or _is_series(given)):
        return [number(item) for item in _items(given)]
    _bounded(given)
    pairs = [(label(name), number(value)) for name, value in given.items()]
    if _is_series(given) and _numbered_from_nought(given):
        return [value for _, value in pairs]
    if len(dict(pairs)) < len(pairs):
        raise NotComparable("A label comes up more than once.", "Keep a single row for each label.")
    return dict(pairs)


def table(given: Any) -> dict[str, Any]:
    """Return a table's rows (how many), columns, names of its index, and what each column holds."""
    given = _something(given)
    if not _is_frame(given):
        raise NotComparable(
            "That is not a table.", "A table (a DataFrame) is asked for; two pairs of square brackets keep one."
        )
    named = any(name is not None for name in given.index.names)
    plain_index = given.reset_index(allow_duplicates=True) if named else given
    return {
        "rows": len(given),
        "columns": [str(name) for name in given.columns],
        "index": [str(name) for name in given.index.names if name is not None],
        "dtypes": {str(name): _kind(dtype) for name, dtype in plain_index.dtypes.items()},
    }


def close(one: float, other: float, tolerance: float = 0) -> bool:
    """Tell whether two numbers are the same, or within `tolerance` of each other."""
    return abs(one - other) <= tolerance + NOISE + SHARE * max(abs(one), abs(other))


def label(value: Any) -> str:
    """Return what stands beside a number as text in one form: the year 2024 is the same as a number and as text."""
    found = word(value)
    try:
        return f"{float(found):.15g}"
    except ValueError:
        return str(found)


def word(value: Any) -> Word:
    """Return a number as a float, and any other value as text in one form: case, spaces, dashes and dates alike."""
    found = _plain(value)
    if isinstance(found, float):
        return found
    clean = unicodedata.normalize("NFKC", str(found)).translate(_ALIKE).strip(" .\"'\n\t")
    clean = " ".join(clean.split())
    if iso := _ISO.match(clean.casefold()):
        return iso[1]
    for form in _DATES:
        try:
            return dt.datetime.strptime(clean, form).date().isoformat()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return clean.casefold()


def _something(given: Any) -> Any:
    if given is ...:
        raise NotComparable(
            "There is no answer here yet.",
            "Write yours in place of the three dots. Run that cell, then this one again.",
        )
    if given is None:
        raise NotComparable(
            "That is None: nothing came back.",
            "Look at the last line of your cell. `print(…)` shows a value but keeps none.",
        )
    if callable(given):
        raise NotComparable(
            "That is an action that has not been done yet.",
            "Put brackets after its name: `.nunique()`, not `.nunique`.",
        )
    if hasattr(given, "ngroups"):
        raise NotComparable(
            "Those are groups, from which nothing has been worked out yet.",
            "Say after `.groupby(…)` what you want of each group: a mean, a sum, a count.",
        )
    return given


def _single(given: Any) -> Any:
    if not _holds_many(given):
        return given
    flat = given.to_numpy().ravel() if _is_frame(given) else given.values() if isinstance(given, Mapping) else given
    items = _items(flat)
    if not items:
        raise NotComparable(
            "That is empty: no row fits.", "Look at the condition in the square brackets, letter by letter."
        )
    if len(items) > 1:
        raise NotComparable(
            "That holds several values, and a single one is asked for.",
            "Which one? Keep only the rows and the column that you need, and then pick or count.",
        )
    return _single(_something(items[0]))


def _not_missing(value: float) -> float:
    if not math.isfinite(value):
        raise NotComparable(
            "A value is missing there: pandas writes nan.",
            "Did an empty cell, or two rows whose labels differ, take part in the sum?",
        )
    return value


def _plain(value: Any) -> Any:
    """Return a value as a bool, float, text or date in text: what numpy and pandas wrap comes out."""
    if type(value).__name__ in {"NAType", "NaTType", "MaskedConstant"}:
        return math.nan
    if isinstance(value, bool | str):
        return value
    if hasattr(value, "isoformat") or _dtype_kind(value) in _TIMES:
        return _time(value)
    if hasattr(value, "item") and getattr(value, "size", 1) == 1:
        return _plain(value.item())
    return _float(value) if isinstance(value, Number) and not isinstance(value, complex) else value


def _time(value: Any) -> str:
    """Return a date, or a stretch of time, as text: as a number it would have lost its unit."""
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value.astype("datetime64[s]")).replace("T", " ") if _dtype_kind(value) == "M" else str(value)


def _dtype_kind(value: Any) -> str:
    return str(getattr(getattr(value, "dtype", None), "kind", ""))


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    except ValueError:  # decimal's way of saying that there is no number
        return math.nan


def _items(given: Any) -> list[Any]:
    _bounded(given)
    as_list = hasattr(given, "tolist") and _dtype_kind(given) not in _TIMES
    items = _flat(given.tolist() if as_list else list(islice(given, MOST + 1)))
    _bounded(items)
    if any(item is ... for item in items):
        _something(...)
    return items


def _bounded(given: Any) -> None:
    if isinstance(given, Sized) and len(given) > MOST:
        raise NotComparable(
            "That holds far more values than anybody asked for.", "Which few do you need? Filter, group or pick first."
        )


def _flat(items: list[Any]) -> list[Any]:
    """Open the pairs of brackets that a row or column of an array keeps."""
    return [inner for item in items for inner in (item if isinstance(item, list | tuple) else [item])]


def _holds_many(given: Any) -> bool:
    return isinstance(given, Iterable) and not isinstance(given, str | bytes) and getattr(given, "ndim", 1) > 0


def _is_frame(given: Any) -> bool:
    return hasattr(given, "iloc") and hasattr(given, "columns")


def _is_series(given: Any) -> bool:
    return hasattr(given, "iloc") and not hasattr(given, "columns")


def _numbered_from_nought(given: Any) -> bool:
    return list(given.index) == list(range(len(given)))


def _only_column(given: Any) -> Any:
    if len(given.columns) != 1:
        raise NotComparable("That is a table of several columns.", 'Pick the one that you need: `table["column"]`.')
    return given.iloc[:, 0]


def _labels_and_numbers(given: Any, *, numbered: bool) -> Any:
    """Return a table of one column, or of labels beside numbers, as a Series."""
    kinds = [_kind(dtype) for dtype in given.dtypes]
    labels = [at for at, kind in enumerate(kinds) if kind != "number"]
    if len(kinds) == 2 and (len(labels) == 1 or (numbered and not labels)):
        at = labels[0] if labels else 0
        return given.iloc[:, 1 - at].set_axis(given.iloc[:, at])
    return _only_column(given)


def _kind(dtype: Any) -> str:
    kind = getattr(dtype, "kind", "O")
    return {"b": "true-false", "i": "number", "u": "number", "f": "number", "M": "date"}.get(kind, "text")
