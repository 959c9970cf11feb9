"""The model in words, and what follows the others' splits: for the page without scripts and for paper."""

from typing import TYPE_CHECKING, Any

from courseware.kinds.allocate.expressions import Tree
from courseware.kinds.allocate.model import Model, ends, figure

if TYPE_CHECKING:
    from courseware.kinds.allocate.spec import Allocate

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}
_COMPARED = {
    ">=": "is at least", "<=": "is at most", ">": "is above", "<": "is below", "==": "is", "!=": "is not",
}  # fmt: skip
_GIVEN = {">=": "at least ", "<=": "at most ", ">": "more than ", "<": "less than ", "==": "", "!=": "other than "}
_OPPOSITE = {">=": "<", "<=": ">", ">": "<=", "<": ">=", "==": "!=", "!=": "=="}
TOLD = (
    "This is a teaching model. Its numbers are invented, unless a source is named: it shows how such things hang "
    "together, not how much."
)
_SHOWN_MAX = 15  # JavaScript and Python write shorter numbers alike


def context(exercise: "Allocate") -> dict[str, Any]:
    """Return what a page and a paper need beside the compiled exercise, as plain values."""
    model = Model(exercise)
    stocks = exercise.model.stocks.items()
    results = []
    for other in exercise.others:
        split = exercise.whole(other.split)
        reached = ends(model.run(split))
        results.append(
            {
                "amounts": [str(amount) for amount in split.values()],
                "ends": [figure(reached[name], stock.digits) for name, stock in stocks],
                "follows": [number + 1 for number in model.follows(split, reached)],
            }
        )
    return {
        "equations": {name: sum_in_words(exercise, stock.change.tree) for name, stock in stocks},
        "starts": {name: figure(stock.start, stock.digits) for name, stock in stocks},
        "values": {
            name: f"{each.value:.{_SHOWN_MAX}g}".replace("-", "−") for name, each in exercise.model.constants.items()
        },
        "conditions": [condition(exercise, each.when.tree) for each in exercise.consequences],
        "results": results,
        "told": TOLD,
    }


def _name(exercise: "Allocate", name: str) -> str:
    model = exercise.model
    if name in model.stocks:
        return str(model.stocks[name].label)
    if name in model.constants:
        return str(model.constants[name].label)
    item = next(each for each in exercise.items if each.id == name)
    return f"{exercise.budget.unit} on {item.label}"


def sum_in_words(exercise: "Allocate", tree: Tree, within: int = 0) -> str:
    """Return a sum as a reader would write it down: `2 × (hours on Visits − 10)`."""
    if isinstance(tree, str):
        return _name(exercise, tree)
    if not isinstance(tree, list):
        return f"{tree:.{_SHOWN_MAX}g}".replace("-", "−")
    word, *parts = tree
    if word in {"min", "max"}:
        said = [sum_in_words(exercise, each) for each in parts]
        few = "smaller" if word == "min" else "larger"
        few = few if len(said) == 2 else f"{few[:-1]}st"
        return f"the {few} of ({', '.join(said[:-1])} and {said[-1]})"
    one, other = parts
    binds = _BINDS[word]
    if word == "-" and one == 0:
        text = f"−{sum_in_words(exercise, other, 2)}"
    else:
        # After a minus or a division sign, what binds as loosely keeps its parentheses.
        inner = binds + (word in {"-", "/"})
        text = f"{sum_in_words(exercise, one, binds)}{_SIGNS[word]}{sum_in_words(exercise, other, inner)}"
    return f"({text})" if binds < within else text


def condition(exercise: "Allocate", tree: Tree, *, negated: bool = False) -> str:
    """Return a condition as a reader would say it: `Backlog is at least 60, and hours on Visits is below 10`."""
    word, *parts = tree
    if word == "not":
        return condition(exercise, parts[0], negated=not negated)
    if word in {"and", "or"}:
        join = word if not negated else {"and": "or", "or": "and"}[word]
        return f", {join} ".join(
            f"({said})" if each[0] in {"and", "or"} else said
            for each in parts
            for said in [condition(exercise, each, negated=negated)]
        )
    word = _OPPOSITE[word] if negated else word
    labels = {item.id: item.label for item in exercise.items}
    one, other = parts
    if isinstance(one, str) and one in labels and not isinstance(other, (str, list)):
        return f"{labels[one]} gets {_GIVEN[word]}{sum_in_words(exercise, other)} {exercise.budget.unit}"
    return f"{sum_in_words(exercise, one)} {_COMPARED[word]} {sum_in_words(exercise, other)}"
