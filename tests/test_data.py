"""The datasets are what their description says, and the description says enough to use them honestly."""

import csv
import json
import re
import shutil
import warnings
from datetime import date

import pandas as pd
import pytest
import yaml
from pybtex.database import parse_file

from courseware import data
from courseware.course import concepts, course, root

TOP = root()
RESOURCES = {each["name"]: each for each in data.package()["resources"]}
NAMES = sorted(RESOURCES)
every = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Give a copy of the data folder to change, in place of the real one."""
    shutil.copytree(TOP / "data", tmp_path / "data")
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    return tmp_path / "data"


def fields(name):
    return {field["name"]: field for field in RESOURCES[name]["schema"]["fields"]}


def is_simulated(name):
    return name.startswith("simulated_")


def test_the_description_is_a_valid_data_package():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # frictionless's own dependencies warn as they are imported
        from frictionless import validate

        report = validate(str(TOP / data.DESCRIPTION))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_every_file_is_described_and_every_description_has_its_file():
    assert {path.stem for path in (TOP / "data").glob("*.csv")} == set(RESOURCES)


@every
def test_the_bytes_are_the_ones_described(name):
    assert (TOP / "data" / RESOURCES[name]["path"]).stat().st_size == RESOURCES[name]["bytes"]
    data.dataset(name)  # compares the SHA-256


@every
def test_provenance_is_complete(name):
    attrs = data.dataset(name).attrs
    for key in ("name", "title", "description", "publisher", "licence", "url", "compiled", "sha256"):
        assert isinstance(attrs[key], str), key
        assert attrs[key].strip(), key
    assert attrs["name"] == name
    assert attrs["url"].startswith("https://")
    assert date.fromisoformat(attrs["compiled"]) <= date.fromisoformat(RESOURCES[name]["checked"])
    assert all(source["title"] and source["path"].startswith("http") for source in attrs["sources"])
    assert len(attrs["caveats"]) >= 2
    assert all(len(caveat) > 15 and caveat.endswith(".") for caveat in attrs["caveats"])
    assert json.loads(json.dumps(attrs)) == attrs, "only plain values survive in a stored figure"


@every
def test_every_column_is_described_and_every_number_has_a_unit(name):
    with (TOP / "data" / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(fields(name))
    for field in fields(name).values():
        assert len(field["description"]) > 5, field["name"]
        assert ("unit" in field) == (field["type"] in {"integer", "number"}), field["name"]
        if field.get("unit") == "per cent":
            assert field["name"].endswith("_percent"), "a column's name says its unit"


@every
def test_types_are_the_ones_a_reader_expects(name):
    frame = data.dataset(name)
    for field in fields(name).values():
        kind = frame[field["name"]].dtype
        if field["type"] == "date":
            assert pd.api.types.is_datetime64_any_dtype(kind)
        elif field["type"] == "number":
            assert kind == "float64"
        elif field["type"] == "integer":
            assert kind == ("int64" if field.get("constraints", {}).get("required") else "Int64")
        else:
            assert pd.api.types.is_string_dtype(kind)


@every
def test_a_row_that_names_its_source_gives_an_address(name):
    frame = data.dataset(name)
    if "source_url" in frame:
        assert frame["source_url"].str.match(r"https?://\S+$").all()


# What the docstring of `dataset` says of pandas; where a release changes it, the docstring is to follow.
KEEPS = {
    "filter": lambda frame: frame[frame["year"] == 2024],
    "query": lambda frame: frame.query("year == 2024"),
    "sort": lambda frame: frame.sort_values("year").reset_index(drop=True),
    "pick a column": lambda frame: frame["p50_percent"],
    "pick columns": lambda frame: frame.loc[:, ["year", "p50_percent"]],
    "group": lambda frame: frame.groupby("year")["p50_percent"].mean(),
    "calculate": lambda frame: frame["p75_percent"] - frame["p25_percent"],
    "assign": lambda frame: frame.assign(half=frame["p50_percent"] / 2),
    "index": lambda frame: frame.set_index(["year", "question"]),
    "melt": lambda frame: frame.melt(id_vars=["year", "question"]),
}
WHOLE = "trust_type == 'All trusts'"
LOSES = {
    "pivot": lambda frame: frame.query(WHOLE).pivot(index="year", columns="question", values="trusts"),  # noqa: PD010
    "unstack": lambda frame: frame.groupby(["year", "question"])["p50_percent"].mean().unstack(),  # noqa: PD010
    "value_counts": lambda frame: frame["trust_type"].value_counts(),
    "rolling": lambda frame: frame["p50_percent"].rolling(2).mean(),
    "merge": lambda frame: frame.merge(data.dataset("council_service_spending"), how="cross"),
    "concat": lambda frame: pd.concat([frame, data.dataset("council_service_spending")]),
}


def test_the_usual_first_steps_keep_the_provenance_where_we_say_so():
    frame = data.dataset("nhs_trust_spread")
    assert [step for step, does in KEEPS.items() if does(frame).attrs != frame.attrs] == []
    assert [step for step, does in LOSES.items() if does(frame).attrs] == []
    other = data.dataset("council_service_spending")
    both = frame["p50_percent"] - other["net_current_expenditure_gbp_million"]
    assert both.attrs in (frame.attrs, other.attrs)


def test_the_list_of_datasets():
    listed = data.dataset()
    assert sorted(listed["name"]) == NAMES
    assert listed["title"].str.len().min() > 20
    assert dict(zip(listed["name"], listed["simulated"], strict=True)) == {name: is_simulated(name) for name in NAMES}


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(data.DataError, match="did you mean section_114_reports"):
        data.dataset("section_114")
    with pytest.raises(data.DataError, match=f"there are: {NAMES[0]}, {NAMES[1]}, "):
        data.dataset("zzzz")


def test_one_changed_byte_is_refused_with_the_mend(copied):
    path = copied / "trust_in_institutions.csv"
    path.write_bytes(path.read_bytes().replace(b",35,", b",36,"))
    with pytest.raises(
        data.DataError, match=r"data/trust_in_institutions\.csv .*git checkout .*python -m courseware\.data"
    ):
        data.dataset("trust_in_institutions")
    assert data.record() == ["trust_in_institutions"]
    assert data.dataset("trust_in_institutions")["trust_percent"].iloc[0] == 36
    assert data.record() == []


def test_recording_changes_nothing_but_size_and_hash(copied):
    before = (copied / "datapackage.json").read_text(encoding="utf-8")
    (copied / "trust_in_institutions.csv").write_bytes(b"institution\n")
    data.record()
    after = (copied / "datapackage.json").read_text(encoding="utf-8")
    changed = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [re.match(r'\s+"(\w+)"', line)[1] for line in changed] == ["bytes", "hash"]


def test_a_missing_file_is_named(copied):
    (copied / "trust_in_institutions.csv").unlink()
    with pytest.raises(data.DataError, match=r"data/trust_in_institutions\.csv is missing"):
        data.dataset("trust_in_institutions")
    (copied / "datapackage.json").unlink()
    with pytest.raises(data.DataError, match=r"datapackage\.json is missing"):
        data.dataset()


def test_the_numbers_that_the_caveats_and_the_chapter_rest_on():
    grades = data.dataset("ofsted_grades_by_date").set_index(["as_at", "method"])["good_or_outstanding_percent"]
    assert [grades["2018-03-31", "old"], grades["2018-03-31", "new"]] == [88, 86]
    assert [grades["2017-08-31", "old"], grades["2017-08-31", "new"]] == [89, 87]

    support = data.dataset("exceptional_financial_support_counts").set_index("financial_year")
    assert pd.isna(support.loc["2021-22", "councils_agreed"])
    assert list(support.loc["2025-26", ["councils_agreed", "councils_other_count"]]) == [30, 29]
    assert list(support.loc["2026-27", ["councils_agreed", "councils_other_count"]]) == [35, 37]

    reports = data.dataset("section_114_reports")
    assert (len(reports), reports["council"].nunique()) == (14, 9)
    assert dict(reports["kind"].value_counts())["unlawful spending"] == 2
    assert reports.set_index("issued_on").loc["2023-09-21", "kind"] == "not established"

    links = data.dataset("nhs_trust_correlations_2024")
    pair = links[(links["question_a"] == "burnt_out") & (links["question_b"] == "able_to_make_improvements")]
    found = pair.set_index("trust_type")["correlation_coefficient"].round(2)
    assert (found["All trusts"], found["Ambulance"]) == (-0.74, -0.02)
    assert sorted(found.drop(["All trusts", "Ambulance"])) == [-0.57, -0.56, -0.51, -0.49]

    spending = data.dataset("council_service_spending").set_index(["service", "financial_year"])
    for service, low, high in [("Adult social care", 14738, 15330), ("Children's social care", 6423, 8834)]:
        line = spending.loc[service, "net_current_expenditure_gbp_million"]
        assert [line["2011-12"], line["2017-18"]] == [low, high]
        assert line[["2015-16", "2016-17"]].isna().all()


def test_no_dataset_shows_the_stress_of_school_staff():
    words = " ".join(path.read_text(encoding="utf-8").lower() for path in (TOP / "data").glob("*.csv"))
    assert not re.search(r"head ?teacher|teacher wellbeing|coroner|suicid", words)


def test_the_figures_of_part_and_whole_agree():
    grades = data.dataset("ofsted_grades_by_date").dropna(subset=["outstanding_percent", "good_percent"])
    gap = grades["outstanding_percent"] + grades["good_percent"] - grades["good_or_outstanding_percent"]
    assert gap.abs().max() <= 1, "published parts are rounded: they may miss by one, never by more"
    spread = data.dataset("nhs_trust_spread")
    ordered = spread[["p10_percent", "p25_percent", "p50_percent", "p75_percent", "p90_percent"]]
    assert (ordered.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    groups = spread[spread["trust_type"] != "All trusts"].groupby(["year", "question"])[["trusts", "respondents"]].sum()
    whole = spread[spread["trust_type"] == "All trusts"].set_index(["year", "question"])[["trusts", "respondents"]]
    pd.testing.assert_frame_equal(groups.sort_index(), whole.sort_index())


def test_the_people_survey_is_what_its_caveats_and_its_labs_say():
    scores = data.dataset("people_survey_by_year").set_index(["year", "statistic", "measure"])["score"]
    mean, median = "mean of respondents", "median of organisations"
    assert [scores[2024, each, "engagement_index"] for each in (median, mean)] == [64.1, 61.2]
    assert [scores[2009, median, each] for each in ("my_manager", "leadership_and_managing_change")] == [66.4, 37.2]
    assert scores.xs("perma_index", level="measure").index.get_level_values("year").min() == 2012

    grades = data.dataset("people_survey_grades_2024")
    people = grades["respondents"]
    assert people.sum() == 323146
    assert round((grades["engagement_index"] * people).sum() / people.sum(), 1) == 61.5

    departments = data.dataset("people_survey_departments_2024")
    assert len(departments) == 19
    assert (departments["response_rate_percent"].min(), departments["response_rate_percent"].max()) == (45.6, 90.1)

    agreed = data.dataset("people_survey_engagement_questions").groupby(["statistic", "year"])["agree_percent"].mean()
    assert [round(agreed[mean, year], 2) for year in (2009, 2024)] == [35.36, 52.94]


def test_what_the_caveats_on_care_say_can_be_worked_out_again():
    care = data.dataset("adult_social_care_workforce")
    rates = care.set_index(["financial_year", "measure", "coverage", "published_in"]).sort_index()["rate_percent"]
    assert list(rates["2012/13", "turnover", "whole sector"]) == [23.1, 21.7, 20.2]
    assert list(rates["2021/22", "vacancy", "whole sector"]) == [10.7, 10.6, 10.6, 10.5]
    assert (care["figure_is"] == "derived").sum() == 4

    ranks = {"inadequate": 1, "requires improvement": 2, "good": 3, "outstanding": 4}
    inspected = data.dataset("childrens_services_inspections")
    assert inspected["inspections"].sum() == 321
    why = inspected.groupby("overall_grade_missing")["inspections"].sum()
    assert dict(why) == {"no longer given": 11, "could not be read": 2}
    both = inspected.dropna(subset=["overall_grade"])
    gap = both["leaders_grade"].map(ranks) - both["overall_grade"].map(ranks)
    assert [both["inspections"][gap == 0].sum(), both["inspections"].sum()] == [266, 308]

    pairs = data.dataset("childrens_services_transitions")
    # Every inspection of an authority but its first ends a pair: 321 inspections, 153 authorities.
    assert pairs["inspection_pairs"].sum() == 321 - 153
    assert dict(pairs.groupby("leaders_grade")["inspection_pairs"].sum()) == {
        "inadequate": 21, "requires improvement": 49, "good": 62, "outstanding": 36,
    }  # fmt: skip


def test_support_lines_reach_all_four_nations_and_are_dated():
    support = yaml.safe_load((TOP / "data" / "support.yml").read_text(encoding="utf-8"))
    assert date.fromisoformat(support["checked"])
    for line in support["lines"]:
        assert set(line) <= {"name", "number", "how", "who", "when", "nation", "caveat", "note", "url"}
        assert all(line[key].strip() for key in ("name", "number", "how", "who", "nation"))
    assert {line["nation"] for line in support["lines"]} == {"UK", "England", "Scotland", "Wales", "Northern Ireland"}
    assert support["lines"][0]["number"] == "999"


def test_the_course_file_agrees_with_concepts_and_bibliography():
    works = parse_file(str(TOP / "book" / "reference" / "references.bib")).entries
    for chapter in course()["chapters"]:
        assert ("concepts" in chapter) == ("source" in chapter), (
            "a chapter starts from a source and teaches what is in it"
        )
        if "source" in chapter:
            assert chapter["concepts"] in concepts()
            assert chapter["source"] in works
        assert chapter["id"].startswith(f"{chapter['number']}-")


def test_no_concept_is_named_twice_and_every_pointer_lands():
    found = [concept for group in concepts().values() for concept in group]
    ids = [concept["id"] for concept in found]
    assert len(ids) == len(set(ids)) == 61
    assert {other for concept in found for other in concept.get("see", [])} <= set(ids)
    assert [concept["id"] for concept in found if concept.get("text_only")] == ["human-cost"]


def test_every_work_can_be_found_and_shows_no_working_notes():
    for key, work in parse_file(str(TOP / "book" / "reference" / "references.bib")).entries.items():
        assert re.fullmatch(r"[a-z0-9]+", key)
        assert {"title", "year"} <= set(work.fields), f"{key}: of a page without a date, the year is n.d."
        assert work.fields["title"].startswith("{"), f"{key}: title in double braces, or a style loses its capitals"
        # A book or a report on paper is found by whoever brought it out.
        brought_out = {"book": "publisher", "techreport": "institution"}.get(work.type, "doi")
        assert {"doi", "url", "issn", brought_out} & set(work.fields), key
        assert "note" not in work.fields, f"{key}: state of checking goes into `keywords`, which nobody is shown"
        shown = " ".join(value for field, value in work.fields.items() if field != "keywords")
        assert not re.search(r"\b(seed|verified|from memory|unverified)\b", shown, re.IGNORECASE), key
