"""Charts of a cohort: each with its finding as title, its numbers in words, and where they come from."""

import textwrap
from typing import TYPE_CHECKING

from courseware.facilitate.cohort import AT_RANDOM, Cohort
from courseware.figures import Figure, figure, style

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

WIDTH = 34  # characters of a label beside its bar, so that a phone has room


def partings(cohort: Cohort) -> Figure:
    """Return how far the room parted at each decision, the furthest first."""
    table = cohort.partings()
    percent = (100 * table["apart"]).round(0)
    told = "; ".join(f"{name}, {each:.0f}%" for name, each in percent.items())
    return figure(
        _bars(percent.to_frame(), height=120 + 40 * len(table)),
        title=f"The room parted most at {table.index[0]}" if percent.any() else "The room parted nowhere",
        subtitle=f"{cohort.title}: share of all pairs of groups that met the decision and chose differently",
        alt=f"Pairs of groups that met a decision and chose differently, the most first: {told}.",
        source=cohort.source,
        table=percent.astype(int).rename("Pairs that parted, %").rename_axis("Decision").reset_index(),
    )


def endings(cohort: Cohort) -> Figure:
    """Return how it ended for the groups, beside what chance alone gives."""
    table = cohort.endings()
    shares = (100 * table[["share", AT_RANDOM]]).round(0).astype(int).set_axis(["The groups", AT_RANDOM], axis=1)
    came = int((table["groups"] > 0).sum())
    told = "; ".join(f"{name}, {a}% against {b}%" for name, (a, b) in zip(shares.index, shares.to_numpy(), strict=True))
    return figure(
        _bars(shares, height=140 + 70 * len(table)),
        title=f"{cohort.counted} came to {came} {'ending' if came == 1 else 'endings'}",
        subtitle=f"{cohort.title}: how it ended, for the groups and in {cohort.chance.plays:,} plays at random",
        alt=f"Where the groups ended, against chance alone: {told}.",
        source=cohort.source,
        table=shares.add_suffix(", %").rename_axis("Ending").reset_index(),
    )


def _bars(percent: "pd.DataFrame", height: int) -> "go.Figure":
    """Return lying bars: a row a label, a colour a column, each with its percentage; one column needs no legend."""
    import plotly.graph_objects as go

    several = len(percent.columns) > 1
    chart = go.Figure()
    for number, name in enumerate(percent, 1):
        chart.add_bar(
            x=percent[name], y=_folded(percent.index), name=name if several else None, orientation="h",
            marker_color=style.series(number), text=[f"{each:.0f}%" for each in percent[name]],
            textposition="outside", cliponaxis=False,
        )  # fmt: skip
    chart.update_yaxes(autorange="reversed", automargin=True)
    chart.update_xaxes(rangemode="tozero", range=[0, 105], ticksuffix="%")
    return chart.update_layout(
        barmode="group" if several else None, showlegend=None if several else False, height=height
    )


def standing(cohort: Cohort) -> Figure:
    """Return where each group's indicators stood at the end, with the mean of plays at random."""
    import plotly.graph_objects as go

    table = cohort.standing()
    values = cohort.ends.drop(columns=["group", "ending"])
    chart = go.Figure()
    for row, label in enumerate(table.index):
        at, up = _beside(values[label])
        chart.add_scatter(
            x=at, y=[row + each for each in up], mode="markers", name="A group", showlegend=row == 0,
            marker={"color": style.series(1), "size": 11},
        )  # fmt: skip
    chart.add_scatter(
        x=table[AT_RANDOM], y=list(range(len(table))), mode="markers", name=f"{AT_RANDOM}, mean",
        marker={"color": style.series(2), "size": 15, "symbol": "diamond-open", "line": {"width": 3}},
    )  # fmt: skip
    ticks = _folded(table.index)
    chart.update_yaxes(tickvals=list(range(len(table))), ticktext=ticks, autorange="reversed", automargin=True)
    chart.update_xaxes(rangemode="tozero")
    chart.update_layout(height=140 + 90 * len(table))
    told = "; ".join(
        f"{name}, from {low} to {high}, the middle {middle:g}, chance {random:g}"
        for name, low, middle, high, random in table.itertuples()
    )
    apart = table["highest"] - table["lowest"]
    return figure(
        chart,
        title=f"The groups ended furthest apart in {apart.idxmax()}" if apart.any() else "All groups ended alike",
        subtitle=f"{cohort.title}: each indicator at the end, one point a group",
        alt=f"Indicators at the end: {told}.",
        source=cohort.source,
        table=table.rename_axis("Indicator").reset_index().rename(columns=str.capitalize),
    )


def _beside(values: "pd.Series[int]") -> tuple[list[int], list[float]]:
    """Return values with how far each stands above its line, so that equal ones stand beside each other."""
    ordered = sorted(values)
    places = [ordered[:at].count(value) for at, value in enumerate(ordered)]
    return ordered, [
        (place - (ordered.count(value) - 1) / 2) * 0.12 for value, place in zip(ordered, places, strict=True)
    ]


def _folded(labels: "pd.Index[str]") -> list[str]:
    return ["<br>".join(textwrap.wrap(str(each), WIDTH)) for each in labels]
