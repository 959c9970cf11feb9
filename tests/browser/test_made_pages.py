"""The pages that are made of a lab, a dataset or a session, looked at as test_pages.py looks at the others.

They share one template and one stylesheet a kind, so colours and the wide layout are looked at on some of each kind.
What differs from page to page, in headings, ids, tables and long words, shows in a narrow window, and there all are.
"""

import pytest

from courseware import data
from courseware.book import run_sheets
from courseware.book.labs import DATASETS, shelf
from tests.browser import axe
from tests.browser.test_pages import MADE, NARROW, look_at

PACKAGE = data.package()["resources"]
# A lab of each level; a dataset that was published, one that was made up; the longest run-sheet, and the days.
OF_EACH_KIND = {f"{one.docname}.html" for one in {one.lab.level: one for one in shelf()}.values()}
OF_EACH_KIND |= {f"{run_sheets.FOLDER}/{name}.html" for name in ("4-leading-under-pressure-180", run_sheets.PROGRAMME)}
OF_EACH_KIND |= {"book/facilitators/room/high-water.html"}
OF_EACH_KIND |= {f"{DATASETS}/{name}.html" for name in {"simulated" in one: one["name"] for one in PACKAGE}.values()}


@pytest.mark.parametrize("address", sorted(OF_EACH_KIND))
def test_a_made_page_of_each_kind(visit, book, address):
    look_at(visit(book + address))


@pytest.mark.parametrize("address", [page for page in MADE if page not in OF_EACH_KIND])
def test_any_other_made_page(visit, book, address):
    look_at(visit(book + address, width=NARROW[0], height=NARROW[1]), sizes=[NARROW], find=axe.violations)
