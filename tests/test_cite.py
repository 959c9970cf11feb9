"""The bibliography as exercises use it."""

from courseware.cite import references


def test_a_reference_reads_as_in_a_list(a_course):
    study = references()["my-study"]
    assert study.label == "Okafor and Lund 2020"
    assert study.full == "Okafor, Lund (2020). A study of Late Reports. Journal of Offices, 3(2), 10–12."
    assert study.url == "https://doi.org/10.1000/x"


def test_every_work_of_the_course_has_a_label_and_a_title():
    for reference in references().values():
        undated = "(n.d.)" in reference.full and ", " in reference.label
        assert undated or reference.label.split()[-1][:4].isdigit(), reference
        assert len(reference.full) > 20
        assert not set("{}\\") & set(reference.full), reference
        assert reference.url is None or reference.url.startswith("https://") or reference.url.startswith("http://")
