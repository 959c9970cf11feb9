"""Plotly's values as plain JSON that reads the same on every run: no arrays in base64, no dates at midnight, no NaN."""

import base64
import math
from collections.abc import Mapping
from typing import Any

# Digits that a float keeps: more would be the noise of one machine's arithmetic, and change the stored notebook.
DIGITS = 10
MIDNIGHT = "T00:00:00"


def plain(value: Any) -> Any:
    """Return `value` as dicts, lists, text, numbers, booleans and None. Raises TypeError for anything else."""
    if isinstance(value, Mapping):
        if "bdata" in value and "dtype" in value:
            return plain(_unpacked(value))
        return {str(key): plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, str)):
        return _date(value) if isinstance(value, str) else value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return _foreign(value)


def _foreign(value: Any) -> Any:
    """Return a date, or what numpy or pandas holds."""
    if hasattr(value, "isoformat"):
        return _date(str(value.isoformat()))
    if type(value).__module__.startswith(("numpy", "pandas")):
        return _array(value)
    raise TypeError(f"{type(value).__name__} cannot be stored in a chart; use numbers, text or dates")


def _array(value: Any) -> Any:
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if kind == "M":
        import numpy as np

        # As text, since .tolist() gives nanoseconds as whole numbers.
        text = np.datetime_as_string(np.asarray(value), unit="s")
        return plain(text.tolist() if text.ndim else str(text))
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return None  # pandas.NA


def _unpacked(packed: Mapping[str, Any]) -> Any:
    import numpy as np

    array = np.frombuffer(base64.b64decode(packed["bdata"]), dtype=np.dtype(packed["dtype"]))
    if "shape" in packed:
        array = array.reshape([int(size) for size in str(packed["shape"]).split(",")])
    return array.tolist()


def _number(value: float) -> int | float | None:
    if not math.isfinite(value):
        return None
    rounded = float(f"{value:.{DIGITS}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def _date(text: str) -> str | None:
    if text == "NaT":
        return None
    head, at, rest = text.partition(MIDNIGHT)
    return head if at and not rest.strip(".0") else text
