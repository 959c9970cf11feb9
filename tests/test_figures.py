"""A chart cannot leave Python without its words, its numbers and its source; and it is the same on every run."""

import datetime as dt
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import plotly
import plotly.express as px
import plotly.graph_objects as go
import pytest

from courseware.figures import MIME, figure, label_lines, style
from courseware.figures.labels import NAME, apart
from courseware.figures.plain import plain

ALT = "Late reports fall from 12 in 2019 to 5 in 2021; early ones do not change."
SOURCE = {
    "name": "reports",
    "title": "Reports by year",
    "publisher": "The Office of Offices",
    "licence": "Open Government Licence v3.0",
    "url": "https://example.org/reports",
    "compiled": "2026-11-22",
    "caveats": ["The count changed in 2020."],
    "sha256": "not for readers",
}


def frame() -> pd.DataFrame:
    found = pd.DataFrame(
        {"year": [2019, 2020, 2021] * 2, "kind": ["late"] * 3 + ["early"] * 3, "reports": [12, None, 5, 3, 3, 3.25]}
    )
    found.attrs.update(SOURCE)
    return found


def lines() -> go.Figure:
    labels = {"reports": "Reports", "year": "Year"}
    return px.line(
        frame(), x="year", y="reports", color="kind", markers=True, labels=labels, title="Fewer reports are late"
    )


def shown(fig: go.Figure | None = None, **words):
    given = {"alt": ALT, "source": SOURCE, "title": "Fewer reports are late"} | words
    return figure(fig or lines(), **given)


def test_a_chart_is_shown_as_plotly_and_as_words():
    bundle = figure(lines(), alt=ALT, source=frame())._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/plain"}
    assert bundle["text/plain"] == (
        f"Fewer reports are late\n{ALT}\nSource: The Office of Offices, Reports by year. 2026-11-22. Open Government Licence v3.0."
    )
    assert json.loads(json.dumps(bundle[MIME], allow_nan=False)) == bundle[MIME]


def test_the_same_chart_is_the_same_text():
    assert json.dumps(shown().spec) == json.dumps(shown().spec)


def test_the_figure_given_is_not_changed():
    given = lines()
    before = given.to_json()
    shown(given)
    assert given.to_json() == before


def test_what_is_stored_is_readable():
    spec = shown().spec
    assert "template" not in spec["layout"]
    assert spec["data"][0]["y"] == [12, None, 5]
    assert "bdata" not in json.dumps(spec)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"alt": "Short."}, "`alt` has 6 characters"),
        ({"alt": ""}, "say what the chart shows"),
        ({"alt": "A line chart of the number of late reports by year and by kind."}, "begin with what it shows"),
        ({"alt": "Chart showing the number of late reports by year and by kind."}, "begin with what it shows"),
        ({"source": {}}, "lacks title, publisher, licence"),
        ({"source": SOURCE | {"licence": ""}}, "lacks licence"),
        ({"source": "Office of Offices"}, "lacks title"),
        ({"source": []}, "`source` is empty"),
        ({"name": "Late reports"}, "kebab-case"),
        ({"table": pd.DataFrame({"year": []})}, "0 rows"),
        ({"table": pd.DataFrame({"Year": range(300)})}, "300 rows"),
        ({"table": pd.DataFrame({"mean_percent": [1]})}, "rename it in words"),
    ],
)
def test_what_is_missing_is_refused_with_the_mend(words, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        shown(**words)


def test_a_chart_needs_its_finding():
    with pytest.raises(ValueError, match="the finding in one sentence"):
        figure(go.Figure(go.Bar(x=[1], y=[1])), alt=ALT, source=SOURCE)


@pytest.mark.parametrize(
    ("fig", "said"),
    [
        (go.Figure(go.Box(y=[1, 2])), "pages draw bar, pie, scatter and not box"),
        (go.Figure(go.Scattergl(x=[1], y=[1])), "render_mode='svg'"),
        (go.Figure(), "add a trace"),
        (go.Figure(go.Bar(x=[1], y=[1], marker_color="red")), "data[0].marker.color is 'red'"),
        (go.Figure(go.Bar(x=[1], y=[1], marker={"color": [1], "colorscale": "Viridis"})), "colour"),
        (
            px.bar(frame(), x="year", y="reports").update_yaxes(title="late_reports"),
            "'late_reports' is a column's name",
        ),
    ],
)
def test_what_a_page_cannot_show_well_is_refused(fig, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        shown(fig)


def test_every_colour_names_its_token():
    fig = go.Figure(go.Scatter(x=[1], y=[1], fillcolor=style.series(2, 0.2), line_color=style.colour("ink-soft")))
    colours = shown(fig).about["colours"]
    assert colours[style.series(2, 0.2)] == ["series-2", 0.2]
    assert colours[style.colour("ink-soft")] == ["ink-soft", 1.0]


def test_plotly_expresss_palette_becomes_ours():
    data = shown().spec["data"]
    assert [trace["line"]["color"] for trace in data] == [style.series(1), style.series(2)]


def test_the_palette_is_the_pages_own_and_six_long():
    css = (Path(style.__file__).parents[1] / "web" / "tokens.css").read_text()
    assert [style.series(number) for number in range(1, 7)] == re.findall(r"--cw-series-\d: (#\w{6});", css)[:6]
    assert style.series(7) == style.series(1)
    with pytest.raises(ValueError, match="use one of"):
        style.colour("care")  # the colour of support is for support


def test_lines_differ_by_shape_as_well():
    assert [trace["marker"]["symbol"] for trace in shown().spec["data"]] == ["circle", "square"]


def test_the_author_has_the_last_word_on_layout():
    layout = shown(lines().update_layout(height=500, margin_l=99)).spec["layout"]
    assert (layout["height"], layout["margin"]["l"], layout["margin"]["r"]) == (500, 99, 16)


def test_nothing_catches_a_thumb():
    layout = shown().spec["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]


def test_bars_stand_on_zero_and_lines_on_the_edge():
    bars, drawn = shown(go.Figure(go.Bar(x=["a"], y=[1]))).spec["layout"], shown().spec["layout"]
    assert bars["yaxis"]["zeroline"]
    assert not bars["xaxis"]["showline"]
    assert drawn["xaxis"]["showline"]


def test_lines_over_the_same_years_make_one_table():
    table = shown().about["table"]
    assert table["columns"] == ["Year", "late", "early"]
    assert table["rows"] == [[2019, 12, 3], [2020, None, 3], [2021, 5, 3.25]]


def test_lying_bars_are_named_by_their_categories():
    fig = go.Figure(go.Bar(y=["Late", "Early"], x=[5, 3], orientation="h", name="Reports"))
    assert shown(fig).about["table"] == {"columns": ["Category", "Reports"], "rows": [["Late", 5], ["Early", 3]]}


def test_points_that_share_nothing_read_down():
    fig = go.Figure([go.Scatter(x=[1, 1], y=[2, 3], name="a"), go.Scatter(x=[5], y=[6], name="b")])
    assert shown(fig).about["table"]["rows"] == [["a", 1, 2], ["a", 1, 3], ["b", 5, 6]]


def test_a_pie_and_a_table_of_ones_own():
    assert shown(go.Figure(go.Pie(labels=["a", "b"], values=[1, 2]))).about["table"]["rows"] == [["a", 1], ["b", 2]]
    own = pd.DataFrame({"Late reports": [1.0]}, index=pd.Index(["2019"], name="Year"))
    assert shown(table=own).about["table"] == {"columns": ["Year", "Late reports"], "rows": [["2019", 1]]}


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (np.array(["2018-08-31"], dtype="datetime64[us]"), ["2018-08-31"]),
        (np.datetime64("2018-08-31T12:30"), "2018-08-31T12:30:00"),
        (pd.Timestamp("2018-08-31"), "2018-08-31"),
        (dt.date(2018, 8, 31), "2018-08-31"),
        (pd.NaT, None),
        (pd.NA, None),
        (float("nan"), None),
        (0.1 + 0.2, 0.3),
        (14738.0, 14738),
        (np.int64(3), 3),
        (np.bool_(True), True),  # noqa: FBT003
        ((1, 2), [1, 2]),
        (go.Figure(go.Bar(y=np.array([[1.5, 2], [3, 4]]).ravel())).to_plotly_json()["data"][0]["y"], [1.5, 2, 3, 4]),
        ({"dtype": "i1", "bdata": "AQIDBA==", "shape": "2, 2"}, [[1, 2], [3, 4]]),
    ],
)
def test_values_are_stored_plain(value, stored):
    assert plain(value) == stored


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError, match="cannot be stored"):
        plain(object())


def test_lines_carry_their_names():
    fig = lines()
    label_lines(fig)
    names = [(note.text, note.x, note.y) for note in fig.layout.annotations if note.name == NAME]
    assert names == [("early", 2021, 3.25), ("late", 2021, 5)]
    assert fig.layout.showlegend is False
    first, last = fig.layout.xaxis.range
    assert first < 2019
    assert last > 2021


def test_dates_keep_their_axis_and_a_range_of_ones_own_stays():
    fig = go.Figure(go.Scatter(x=pd.to_datetime(["2020-01-01", "2021-01-01"]), y=[5, 6], name="a")).update_yaxes(
        range=[0, 10]
    )
    label_lines(fig)
    assert [str(end)[:10] for end in fig.layout.xaxis.range] == ["2019-12-21", "2021-01-11"]
    assert fig.layout.yaxis.range == (0, 10)


def test_labels_never_touch():
    wanted = [(0, 18), (4, 36), (5, 18), (200, 18)]
    places = apart(wanted)
    for (low, below), (high, above) in zip(
        zip(places, wanted, strict=True), list(zip(places, wanted, strict=True))[1:], strict=False
    ):
        assert high - low >= (below[1] + above[1]) / 2 - 1e-9
    assert places[3] == 200


def test_more_lines_than_a_reader_tells_apart_are_refused():
    fig = go.Figure([go.Scatter(x=[1, 2], y=[at, at], name=str(at)) for at in range(9)])
    with pytest.raises(ValueError, match="9 lines"):
        label_lines(fig)


def test_the_page_draws_with_the_plotly_that_python_knows():
    with (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").open(encoding="utf-8") as script:
        embedded = re.search(r"plotly\.js v([\d.]+)", script.read(200))
    imports = json.loads((Path(__file__).parents[1] / "deno.json").read_text())["imports"]
    assert embedded
    assert imports["plotly.js-basic-dist-min"] == f"npm:plotly.js-basic-dist-min@{embedded[1]}"
