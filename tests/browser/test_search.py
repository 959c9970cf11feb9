"""Search finds what an exercise asks and never what it answers."""

import json

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect
from sphinx.search.en import SearchEnglish

from courseware import checks, library
from tests.browser.site import BOOK, ROOT, built, pages
from tests.browser.words import pieces

LANGUAGE = SearchEnglish({})


def stems(text):
    return {as_indexed(word.lower()) for word in LANGUAGE.split(text)}


def as_indexed(word):
    """Return what Sphinx keeps of a word: its stem, and where that is too common a word, the word itself (willing, not will)."""
    stem = LANGUAGE.stem(word).lower()
    return word if LANGUAGE.word_filter(word) and not LANGUAGE.word_filter(stem) else stem


@pytest.fixture(scope="module")
def index():
    text = (built() / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))


@pytest.fixture(scope="module")
def open_words():
    """Return every word that a page may be found by: all that stands outside the exercises, their titles and prompts."""
    found = set()
    for address in pages():
        page = BeautifulSoup((BOOK / address).read_text(encoding="utf-8"), "html.parser")
        for exercise in page.select(".exercise"):
            for hidden in exercise.select(".exercise-data, .exercise-text"):
                hidden.decompose()
        for fold in page.select(".lab-answer"):
            fold.decompose()
        found |= stems(page.get_text(" "))
    return found


def test_no_answer_is_in_the_index(index, open_words):
    indexed = index["terms"].keys() | index["titleterms"].keys()
    secret = {
        exercise.id: {word for piece in pieces(exercise) for word in stems(piece) if len(word) > 2} - open_words
        for exercise in library.all_exercises()
    }
    assert sum(map(len, secret.values())) > 100, "too few words are left to tell by"
    leaked = {name: sorted(words & indexed) for name, words in secret.items()}
    assert not any(leaked.values()), leaked


def test_no_answer_of_a_lab_is_in_the_index(index, open_words):
    indexed = index["terms"].keys() | index["titleterms"].keys()
    secret = {}
    for address in pages():
        folds = BeautifulSoup((BOOK / address).read_text(encoding="utf-8"), "html.parser").select(".lab-answer")
        if folds:
            text = " ".join(fold.get_text(" ") for fold in folds)
            secret[address] = {word for word in stems(text) if len(word) > 2} - open_words
    assert len(secret) == len(checks.rising()), "each lab has answers, folded"
    assert all(secret.values()), "too few words are left to tell by"
    assert {address: sorted(words & indexed) for address, words in secret.items() if words & indexed} == {}


def test_every_lab_is_found_by_its_title(index):
    for path, lab in checks.rising():
        home = index["docnames"].index(path.relative_to(ROOT).with_suffix("").as_posix())
        assert [home, None] in index["alltitles"][lab.title], lab.title


def test_every_title_and_prompt_is_in_the_index(index):
    docnames = index["docnames"]
    for exercise in library.all_exercises():
        home = docnames.index(f"chapters/{exercise.chapter}")
        for word in stems(exercise.title) - LANGUAGE.stopwords:
            where = [index["terms"].get(word, []), index["titleterms"].get(word, [])]
            assert any(home == each or (isinstance(each, list) and home in each) for each in where), (exercise.id, word)


def test_the_search_page_finds_an_exercise(visit, book):
    page = visit(book)
    for exercise in library.all_exercises():
        page.goto(f"{book}search.html?q={'+'.join(exercise.title.split())}")
        # Results come one by one, and a lab's page may come first.
        found = page.locator(f"#search-results li a[href*='chapters/{exercise.chapter}.html']")
        expect(found.first).to_be_visible()


def test_the_search_page_gives_no_answer_away(visit, book, index, open_words):
    words = [word for piece in pieces(library.load("high-water")) for word in LANGUAGE.split(piece)]
    secret = next(word for word in words if len(word) > 6 and LANGUAGE.stem(word.lower()) not in open_words)
    page = visit(f"{book}search.html?q={secret}")
    expect(page.locator("#search-results")).to_contain_text("did not match any documents")


def test_a_search_from_the_menu(visit, book):
    page = visit(f"{book}index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("support")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=support")
    expect(page.locator("#search-results li a").first).to_be_visible()
