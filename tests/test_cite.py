"""The bibliography as exercises use it."""

import pytest

from courseware.cite import references
from courseware.problems import ExerciseError


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


ODD = r"""
@misc{many, author={A and B and others}, title={T}, year={2020}, url={https://x.org/~me/a--b_c%20d}}
@misc{accents, author={G{\"o}del, K. and {Office for X} and Caf\'e, X}, title={Th{\'e}orie \& Co: ``x'' 10--12}, date={2021-03-02}}
@misc{nobody, title={A "page"!}}
@book{edited, editor={van der Berg, J.}, title={Is it?}, year={2001}, publisher={OUP}, doi={https://doi.org/10.1/a--b_c}}
@misc{bare, year={2020}}
@misc{escaped, author={Ofsted}, title={X}, year={2020}, url={https://a.b/c\_d}}
"""


@pytest.mark.parametrize(
    ("key", "label", "full", "url"),
    [
        ("many", "A and others 2020", "A, B and others (2020). T.", "https://x.org/~me/a--b_c%20d"),
        ("accents", "Gödel and others 2021", "Gödel, Office for X, Café (2021). Théorie & Co: “x” 10–12.", None),
        ("nobody", "A “page”!", "A “page”! (n.d.).", None),
        ("edited", "van der Berg 2001", "van der Berg (2001). Is it? OUP.", "https://doi.org/10.1/a--b_c"),
        ("bare", "bare 2020", "bare (2020).", None),
        ("escaped", "Ofsted 2020", "Ofsted (2020). X.", "https://a.b/c_d"),
    ],
)
def test_an_odd_entry_is_read_too(a_course, key, label, full, url):
    (a_course / "book" / "reference" / "references.bib").write_text(ODD, encoding="utf-8")
    found = references()[key]
    assert (found.label, found.full, found.url) == (label, full, url)


@pytest.mark.parametrize("text", ["@article{x, title = {", "@misc{x, title={a}}\n@misc{x, title={b}}", "@misc{"])
def test_a_bibliography_that_is_none_is_told_with_its_line(a_course, text):
    (a_course / "book" / "reference" / "references.bib").write_text(text)
    with pytest.raises(ExerciseError) as caught:
        references()
    assert "references.bib:" in str(caught.value)
