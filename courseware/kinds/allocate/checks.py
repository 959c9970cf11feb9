"""What can be wrong with an allocation beyond the shape of its fields: names, sums, a model that teaches nothing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from courseware.base import nearest, repeated
from courseware.kinds.allocate.expressions import Expression, bounds, names, with_values
from courseware.kinds.allocate.model import Model, Split, ends, grid
from courseware.problems import Finding, Place

if TYPE_CHECKING:
    from courseware.kinds.allocate.spec import Allocate

Ends = dict[str, float]
Tried = list[tuple[Split, Ends]]


def findings(exercise: "Allocate") -> Iterator[Finding]:
    """Yield everything wrong with names, splits and model. A model is run only when nothing else is wrong."""
    found = [*_ids(exercise), *_sums(exercise), *_splits(exercise)]
    yield from found
    if found:
        return
    model = Model(exercise)
    tried = [(split, ends(model.run(split))) for split in grid(exercise)]
    yield from _flat(exercise, tried)
    yield from _idle(exercise, model, tried)
    yield from _best(exercise, tried)
    yield from _said(exercise, model, tried)
    yield from _defended(exercise, model)


def _ids(exercise: "Allocate") -> Iterator[Finding]:
    yield from repeated([item.id for item in exercise.items], ("items",))
    taken = {item.id: "an item" for item in exercise.items}
    for block, what in (("stocks", "a stock"), ("constants", "a constant")):
        for name in getattr(exercise.model, block):
            if name in taken:
                yield Finding(("model", block, name), f"`{name}` is {taken[name]} too", "give one of them another name")
            taken.setdefault(name, what)


def _sums(exercise: "Allocate") -> Iterator[Finding]:
    """Yield names that stand for nothing, divisors that might be 0, and constants that no sum uses."""
    model, most = exercise.model, float(exercise.budget.amount)
    ranges = {item.id: (0.0, most) for item in exercise.items}
    ranges |= {name: (float(each.min), float(each.max)) for name, each in model.stocks.items()}
    known, used = [*ranges, *model.constants], set()
    written: list[tuple[Place, Expression]] = [
        *((("model", "stocks", name, "change"), each.change) for name, each in model.stocks.items()),
        *((("consequences", number, "when"), each.when) for number, each in enumerate(exercise.consequences)),
    ]
    for place, expression in written:
        used |= set(names(expression.tree))
        strange = [name for name in dict.fromkeys(names(expression.tree)) if name not in known]
        for name in strange:
            yield Finding(place, f"no item, stock or constant `{name}`", nearest(name, known))
        if not strange:
            try:
                _bounds(with_values(expression.tree, model.constants), ranges)
            except ZeroDivisionError:
                mend = "write `max(1, …)` round what it is divided by, or multiply"
                yield Finding(place, "this may divide by 0 for some split", mend)
    for name in model.constants.keys() - used:
        yield Finding(("model", "constants", name), f"no sum uses `{name}`", "use it, or remove it", "warning")


def _bounds(tree: object, ranges: dict[str, tuple[float, float]]) -> None:
    """Look at every sum in a condition, or at the sum itself."""
    if isinstance(tree, list) and tree[0] in {"and", "or", "not", "<", "<=", ">", ">=", "==", "!="}:
        for branch in tree[1:]:
            _bounds(branch, ranges)
    else:
        bounds(tree, ranges)


def _splits(exercise: "Allocate") -> Iterator[Finding]:
    ids, budget = [item.id for item in exercise.items], exercise.budget
    for number, other in enumerate(exercise.others):
        place: Place = ("others", number, "split")
        for name in other.split.keys() - set(ids):
            yield Finding((*place, name), f"no item `{name}`", nearest(name, ids))
        for name, amount in other.split.items():
            if amount % budget.step:
                mend = f"use {amount - amount % budget.step} or {amount - amount % budget.step + budget.step}"
                yield Finding((*place, name), f"{amount} is no amount that can be chosen", mend)
        total = sum(other.split.values())
        if total != budget.amount:
            mend = (
                f"take {total - budget.amount} away"
                if total > budget.amount
                else f"give out {budget.amount - total} more"
            )
            yield Finding(place, f"it comes to {total} {budget.unit}, not {budget.amount}", mend)
        elif any(exercise.whole(each.split) == exercise.whole(other.split) for each in exercise.others[:number]):
            yield Finding(place, "somebody before has the same split", "let them differ")


def _flat(exercise: "Allocate", tried: Tried) -> Iterator[Finding]:
    """Yield stocks that end at one of their bounds, or at one value, whatever the split."""
    for name, stock in exercise.model.stocks.items():
        values = {reached[name] for _, reached in tried}
        place: Place = ("model", "stocks", name)
        if values <= {float(stock.min), float(stock.max)}:
            where = " or ".join(f"{value:g}" for value in sorted(values))
            yield Finding(
                (*place, "change"),
                f"it ends at {where}, its bound, for each of {len(tried)} splits",
                "make it change more slowly",
            )
        elif len(values) == 1:
            yield Finding(
                (*place, "change"),
                f"it ends at {values.pop():g} for each of {len(tried)} splits",
                "let an item move it",
            )


def _idle(exercise: "Allocate", model: Model, tried: Tried) -> Iterator[Finding]:
    """Yield items that change nothing: a split ends the same when what it gives them is taken away."""
    some = tried[:: max(1, len(tried) // 60)]
    for number, item in enumerate(exercise.items):
        if all(ends(model.run(split | {item.id: 0})) == reached for split, reached in some):
            mend = "let a stock depend on it, or remove it"
            yield Finding(("items", number), f"`{item.id}` never changes how anything ends", mend, "warning")


def _good(exercise: "Allocate", reached: Ends) -> list[float]:
    return [stock.goodness(reached[name]) for name, stock in exercise.model.stocks.items()]


def _best(exercise: "Allocate", tried: Tried) -> Iterator[Finding]:
    """Yield the split that is best on every stock at once, if there is one: it would be a right answer."""
    good = [_good(exercise, reached) for _, reached in tried]
    most = [max(column) for column in zip(*good, strict=True)]
    for (split, _), each in zip(tried, good, strict=True):
        if each == most:
            shown = ", ".join(f"{name} {amount}" for name, amount in split.items() if amount)
            mend = "let it cost something, so that nothing is simply right"
            yield Finding(("model", "stocks"), f"one split is best on every stock at once: {shown}", mend, "warning")
            return


def _said(exercise: "Allocate", model: Model, tried: Tried) -> Iterator[Finding]:
    """Yield conditions that hold for no split or for all of them, and splits of which nothing is said."""
    follows = [model.follows(split, reached) for split, reached in tried]
    for number, _ in enumerate(exercise.consequences):
        count = sum(number in each for each in follows)
        if count in {0, len(tried)}:
            how = "none" if count == 0 else "every one"
            mend = "move its threshold" if count == 0 else "say it in `model.says`, or move its threshold"
            what = f"it holds for {how} of {len(tried)} splits tried"
            yield Finding(("consequences", number, "when"), what, mend, "warning")
    silent = [split for (split, _), each in zip(tried, follows, strict=True) if not each]
    if silent:
        shown = ", ".join(f"{name} {amount}" for name, amount in silent[0].items())
        what = f"nothing is said of {len(silent)} of {len(tried)} splits tried, such as {shown}"
        yield Finding(("consequences",), what, "add a consequence that they meet", "warning")


def _defended(exercise: "Allocate", model: Model) -> Iterator[Finding]:
    """Yield a split that somebody defends although another's is at least as good on every stock."""
    good = [_good(exercise, ends(model.run(exercise.whole(each.split)))) for each in exercise.others]
    for number, mine in enumerate(good):
        for other, theirs in enumerate(good):
            if other != number and theirs != mine and all(a <= b for a, b in zip(mine, theirs, strict=True)):
                what = f"it is no better on any stock than that of {exercise.others[other].by}"
                yield Finding(("others", number, "split"), what, "let each win something", "warning")
                break
