"""Whatever is handed in gets a verdict: the right answer passes in every form that means the same, and no wrong one does."""

import datetime as dt
import itertools
import math
import types
from collections import deque
from decimal import Decimal
from fractions import Fraction
from unittest.mock import MagicMock

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from courseware.checks import UNREADABLE, Verdict, judged
from courseware.checks.spec import ListCheck, NumberCheck, SeriesCheck, TableCheck, TextCheck

SAID = {"say": "No.", "look": "Again."}


def asked(kind, value, mistakes, **more):
    """Return a check of this kind, its three mistakes far from any answer that is tried here."""
    told = [{"id": f"m{number}", "value": mistake, **SAID} for number, mistake in enumerate(mistakes)]
    return kind(
        id="asked", type=kind.model_fields["type"].annotation.__args__[0], asks="What?", value=value, right="So.",
        mistakes=told, otherwise=SAID, **more,
    )  # fmt: skip


def number(value, tolerance=0.0):
    return asked(NumberCheck, value, [9e99, 8e99, 7e99], tolerance=tolerance)


def listed(value, **more):
    return asked(ListCheck, value, [["never"], ["ever"], ["no"]], **more)


def series(value, **more):
    return asked(SeriesCheck, value, [{"never": 1}, {"ever": 1}, {"no": 1}], **more)


TEXT = asked(TextCheck, "West Side", ["North", "East", "South"])
TABLE = asked(
    TableCheck,
    {"rows": 3, "columns": ["ward", "year", "beds"], "dtypes": {"ward": "text", "beds": "number"}},
    [{"rows": 99}, {"columns": ["never"]}, {"dtypes": {"beds": "date"}}],
)
WARDS = pd.DataFrame({"ward": ["N", "E", "W"], "year": [1, 2, 3], "beds": [10, 20, 30]})
EVERY = [number(7.5), TEXT, listed(["a", 2]), listed([30, 20], ordered=True), series({"N": 1, "E": 2}), TABLE]

quick = settings(max_examples=12, deadline=None)
some_number = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6))
some_word = st.text("abcdefgh", min_size=1, max_size=6)


def each(check, answers):
    """Assert that every one of these answers is right, and read as what it is."""
    for name, answer in answers.items():
        verdict = judged(check, answer() if callable(answer) else answer)
        assert verdict.right, (name, repr(verdict))


def none(check, answers):
    for name, answer in answers.items():
        verdict = judged(check, answer() if callable(answer) else answer)
        assert not verdict.right, name


def forms_of_number(value):
    found = {
        "float": float(value),
        "numpy": np.float64(value),
        "array without dimensions": np.array(value),
        "array": np.array([value]),
        "two dimensions": np.array([[value]]),
        "list": [value],
        "nested": [[[value]]],
        "tuple": (value,),
        "set": {value},
        "frozen": frozenset({value}),
        "deque": deque([value]),
        "generator": lambda: (one for one in [value]),
        "dict": {"mean": value},
        "values": {"mean": value}.values(),
        "series": pd.Series([value], index=["mean"]),
        "nullable": pd.Series([value], dtype="Float64"),
        "objects": pd.Series([value], dtype="object"),
        "index": pd.Index([value]),
        "frame": pd.DataFrame({"wait": [value]}, index=["mean"]),
        "decimal": Decimal(repr(float(value))),
        "fraction": Fraction(value),
        "noise": (value + 0.1) - 0.1 if abs(value) < 1e6 else value * (1 + 1e-15),
    }
    if float(value).is_integer():
        found |= {"whole": int(value), "Int64": pd.Series([int(value)], dtype="Int64"), "numpy whole": np.int64(value)}
    return found


@quick
@given(some_number | st.integers(-(10**9), 10**9).map(float), st.sampled_from([0.0, 0.05, 1.0]), some_number)
def test_a_number_passes_in_every_form_and_another_in_none(value, tolerance, other):
    check = number(value, tolerance)
    each(check, forms_of_number(value))
    text = judged(check, str(value))
    assert not text
    assert "quotation marks" in repr(text)
    assume(abs(other - value) > tolerance + 1e-6 * max(1, abs(value)))
    none(check, forms_of_number(other))
    none(check, {"several": [value, other], "one more": pd.Series([value, value]), "missing": [value, None]})


@quick
@given(
    st.lists(some_word, min_size=1, max_size=6, unique=True)
    | st.lists(some_number, min_size=1, max_size=6, unique=True),
    st.randoms(),
)
def test_a_list_passes_in_every_form_and_another_in_none(value, random):
    shuffled = random.sample(value, len(value))
    kept = {"list": list, "tuple": tuple, "array": np.array, "series": lambda items: pd.Series(items, index=[9 - at for at in range(len(items))]),
            "index": pd.Index, "frame": lambda items: pd.DataFrame({"ward": items}), "keys": dict.fromkeys,
            "objects": lambda items: np.array(items, dtype="object"), "brackets": lambda items: [[item] for item in items],
            "generator": lambda items: (lambda: (item for item in items))}  # fmt: skip
    forms = {name: form(shuffled) for name, form in kept.items()}
    each(listed(value), forms | {"set": set(shuffled), "frozen": frozenset(shuffled)})
    ordered = listed(value, ordered=True)
    each(ordered, {name: form(value) for name, form in kept.items()})
    none(ordered, {"set": set(value)})
    if shuffled != value:
        none(ordered, forms)
    extra = "zzz" if isinstance(value[0], str) else 2e9
    wrong = {
        "fewer": value[1:],
        "more": [*value, extra],
        "twice": [*value, value[0]],
        "changed": [extra, *value[1:]],
        "empty": [],
    }
    for change, items in wrong.items():
        none(listed(value), {f"{change}, {name}": form(items) for name, form in kept.items() if name != "keys"})
    none(listed(value), {"fewer keys": dict.fromkeys(value[1:]), "more keys": dict.fromkeys([*value, extra])})


labels = st.dictionaries(some_word, some_number, min_size=2, max_size=6)
years = st.dictionaries(st.integers(1990, 2030).map(str), some_number, min_size=2, max_size=6)


@quick
@given(labels | years, st.randoms())
def test_numbers_by_label_pass_in_every_form_and_others_in_none(value, random):
    check = series(value)
    order = random.sample(sorted(value), len(value))
    mixed = pd.Series({name: value[name] for name in order})
    beside = mixed.rename_axis("ward").reset_index(name="beds")
    forms = {
        "dict": value,
        "another order": dict(mixed),
        "series": mixed,
        "capitals": mixed.rename(str.upper),
        "one column": mixed.to_frame("beds"),
        "beside": beside,
        "columns turned round": beside[["beds", "ward"]],
        "nullable": mixed.astype("Float64"),
        "objects": mixed.astype("object"),
        "categories": mixed.set_axis(pd.CategoricalIndex(mixed.index)),
        "noise": (mixed + 0.5) - 0.5,
        "list in the order of the question": list(value.values()),
        "array": np.array(list(value.values())),
        "generator": lambda: (one for one in value.values()),
        "numbered from nought": pd.Series(list(value.values())),
    }
    if all(name.isdigit() for name in value):
        whole = mixed.rename(int)
        turned = whole.rename_axis("year").reset_index(name="beds")
        forms |= {
            "years": whole,
            "years as floats": mixed.rename(float),
            "years beside": turned,
            "dict of years": dict(whole),
        }
    each(check, forms)
    first, second = order[:2]
    wrong = {
        "changed": {**value, first: value[first] + 1},
        "fewer": {name: number for name, number in value.items() if name != first},
        "more": {**value, "zzz": 1},
        "other label": {
            name.replace(first, "zzz") if name == first else name: number for name, number in value.items()
        },
        "missing": {**value, first: math.nan},
        "text": {**value, first: str(value[first])},
    }
    if value[first] != value[second]:
        wrong["swapped"] = {**value, first: value[second], second: value[first]}
    none(check, wrong)
    none(check, {f"{name} as series": pd.Series(numbers) for name, numbers in wrong.items()})
    none(check, {"twice": pd.Series([value[first]] * len(value), index=[first] * len(value)), "one": value[first]})


@quick
@given(st.permutations(["ward", "year", "beds"]), st.permutations([0, 1, 2]), st.sampled_from([None, "ward", "year"]))
def test_a_table_passes_however_it_is_turned(columns, rows, index):
    table = WARDS.iloc[rows][columns]
    found = table if index is None else table.set_index(index)
    each(
        TABLE,
        {
            "table": found,
            "nullable": found.astype({"beds": "Int64"}),
            "renumbered": table.reset_index(drop=True),
            "named alike": table.set_index("ward", drop=False),
        },
    )
    none(TABLE, {
        "fewer rows": found.head(2),
        "more rows": pd.concat([found, found]),
        "a column less": found.drop(columns="beds"),
        "a column more": found.assign(more=1),
        "other name": found.rename(columns={"beds": "Beds in all"}),
        "text": found.astype({"beds": str}),
        "a column alone": found["beds"],
        "dict": found.to_dict(),
        "array": found.to_numpy(),
    })  # fmt: skip


class Bad:
    """An object that answers every question with an exception."""

    def fail(self, *_):
        raise RuntimeError("no")

    __repr__ = __str__ = __iter__ = __len__ = __eq__ = __float__ = __getattr__ = __bool__ = fail
    __hash__ = None


class Endless:
    """An object that says of everything that it has it, and that holds itself."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def item(self):
        return self

    def __iter__(self):
        return itertools.repeat(self)


def holds_itself():
    found = []
    found.append(found)
    return found


STRANGE = {
    "three dots": ...,
    "three dots in a list": [..., ...],
    "three dots by label": {"N": ..., "E": ...},
    "None": None,
    "None in a list": [None],
    "object": object(),
    "class": int,
    "function": len,
    "lambda": lambda: 1,
    "bound": WARDS["beds"].mean,
    "module": types,
    "exception": ValueError("no"),
    "bad": Bad(),
    "bad in a list": [Bad()],
    "bad in a series": pd.Series([1, 2], index=["N", "E"]).astype("object").map(lambda _: Bad),
    "endless": Endless(),
    "holds itself": holds_itself(),
    "mock": MagicMock(),
    "mock in a list": [MagicMock()],
    "for ever": itertools.count(),
    "numbers for ever": itertools.repeat(7.5),
    "very long range": range(10**12),
    "a million": pd.Series(range(10**6)),
    "a million by label": pd.Series(1, index=range(10**6)),
    "huge": 10**400,
    "huge and negative": [-(10**400)],
    "infinite": math.inf,
    "nan": math.nan,
    "signalling": Decimal("sNaN"),
    "complex": 1j,
    "numpy complex": np.complex128(7.5),
    "bytes": b"\x07",
    "byte": bytearray(b"a"),
    "empty text": "",
    "long text": "7.5 " * 10**5,
    "half a character": "\ud800",
    "time": dt.time(7, 30),
    "hours": dt.timedelta(hours=7.5),
    "numpy hours": np.timedelta64(7, "h"),
    "array of hours": np.array([7], dtype="timedelta64[h]"),
    "series of hours": pd.Series(pd.to_timedelta([1, 2], unit="h"), index=["N", "E"]),
    "not a time": pd.NaT,
    "numpy not a time": np.datetime64("NaT"),
    "not available": pd.NA,
    "masked": np.ma.masked,
    "masked array": np.ma.array([7.5], mask=[True]),
    "period": pd.Period("2020"),
    "interval": pd.Interval(0, 7.5),
    "groups": WARDS.groupby("ward"),
    "groups of one column": WARDS.groupby("ward")["beds"],
    "window": WARDS["beds"].rolling(2),
    "empty list": [],
    "empty dict": {},
    "empty set": set(),
    "empty frame": pd.DataFrame(),
    "empty series": pd.Series(dtype=float),
    "no rows": WARDS.head(0),
    "columns alike": pd.DataFrame([[1, 2]], columns=["beds", "beds"]),
    "several indexes": WARDS.set_index(["ward", "year"])["beds"],
    "several column levels": WARDS.pivot_table(index="ward", columns="year", values=["beds"]),
    "columns without names": pd.DataFrame([[1, 2], [3, 4]]),
    "structured": np.array([(7.5, 1)], dtype=[("a", "f8"), ("b", "i4")]),
    "three dimensions": np.ones((2, 2, 2)),
    "zones": pd.Series(pd.to_datetime(["2020-01-01", "2020-02-01"], utc=True), index=["N", "E"]),
    "true and false": pd.Series([True, False], index=["N", "E"]),
    "dict of dicts": {"N": {"a": 1, "b": 2}, "E": {}},
    "a verdict": Verdict("What?", right=True, say="So."),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_answer_is_told_so_and_never_passes(name):
    for check in EVERY:
        verdict = judged(check, STRANGE[name])
        assert not verdict.right, check.type
        assert repr(verdict).startswith("Not yet. What?")
        assert verdict.look
        assert "<p>" in verdict._repr_html_()


def test_the_groups_and_the_dots_and_what_is_endless_are_told_apart():
    said = {
        name: {judged(check, STRANGE[name]).say for check in EVERY}
        for name in ("groups", "three dots", "very long range")
    }
    assert said["groups"] == {"Those are groups, from which nothing has been worked out yet."}
    assert said["three dots"] == {"There is no answer here yet."}
    assert any("far more values" in text for text in said["very long range"])
    assert judged(EVERY[2], [..., ...]).say == "There is no answer here yet."
    assert judged(EVERY[0], Bad()).say == UNREADABLE.say


plain_answers = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text()
    | st.binary()
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.decimals(allow_nan=False)
    | st.fractions()
    | st.complex_numbers()
    | st.sampled_from([..., pd.NA, pd.NaT, object, "West Side", "N", 7.5]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=4)
        | st.lists(inner, max_size=4).map(lambda items: pd.Series(items, dtype="object"))
        | st.lists(inner, max_size=3).map(lambda items: pd.DataFrame({"a": pd.Series(items, dtype="object")}))
        | st.lists(inner, max_size=3).map(iter)
    ),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(plain_answers)
def test_any_mixture_gets_a_verdict_in_words_of_its_own(answer):
    again = list(answer) if hasattr(answer, "__next__") else answer
    for check in EVERY:
        verdict = judged(check, again)
        assert isinstance(verdict, Verdict)
        assert verdict.say != UNREADABLE.say, "only what raises when it is looked at cannot be read"
        assert isinstance(repr(verdict), str)
