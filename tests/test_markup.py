"""Markdown that a page can trust, and the marks that a printer would use."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from courseware.markup import ADDRESSES, Markdown, Text, curled, html, plain


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("it's Kit's, the nurses' too", "it’s Kit’s, the nurses’ too"),
        ('"No," she said', "“No,” she said"),
        ("\"'No,' she said\"", "“‘No,’ she said”"),
        ("'\"No,\" she said'", "‘“No,” she said’"),
        ("'twas so in the '90s", "’twas so in the ’90s"),
        ("the 1990's, '90 per cent'", "the 1990’s, ‘90 per cent’"),
        ("5' 10\" and 6'1\"", "5′ 10″ and 6′1″"),
        ('(the "plan")—"now"', "(the “plan”)—“now”"),
        ('said "', "said ”"),
        ("", ""),
    ],
)
def test_quotation_marks_are_curled(typed, printed):
    assert curled(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('*"word"* and "*word*"', "<p><em>“word”</em> and “<em>word</em>”</p>"),
        ("**Kit**'s", "<p><strong>Kit</strong>’s</p>"),
        (
            "say `it's \"x\"` and `y`'s",
            '<p>say <code>it\'s "x"</code> and <code>y</code>’s</p>'.replace('"x"', "&quot;x&quot;"),
        ),
        ('[a](https://x.org/it\'s "A title")', '<p><a href="https://x.org/it\'s" title="A title">a</a></p>'),
        ("<https://x.org/it's>", "<p><a href=\"https://x.org/it's\">https://x.org/it's</a></p>"),
        ("one\n'two'", "<p>one\n‘two’</p>"),
        (r"\"one\"", "<p>“one”</p>"),
    ],
)
def test_markdown_curls_its_words_and_nothing_else(typed, printed):
    assert html(typed) == printed


def test_search_reads_the_same_marks():
    assert plain('*"word"* and\n`it\'s`') == "“word” and it's"


HOSTILE = [
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java&#115;cript:alert(1))", "[a](&#x6A;avascript:alert(1))",
    "<javascript:alert(1)>", "[a]: javascript:alert(1)\n\n[a]", "[a](vbscript:x)", "[a](data:text/html,<script>)",
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    '[a](https://x.org/"onmouseover="alert(1))', '[a](https://x.org "\\"onmouseover=alert(1)")', "`<b>`", "[a](\x01javascript:alert(1))",
    "[a](java\tscript:alert(1))", "[a](file:///etc/passwd)",
]  # fmt: skip


def assert_safe(text):
    page = BeautifulSoup(html(text), "html.parser")
    for tag in page.find_all():
        assert tag.name not in {"script", "img", "b", "iframe", "style"}
        assert not [name for name in tag.attrs if name not in {"href", "title", "start", "class", "style"}]
        assert "".join(tag.get("href", "").lower().split()).partition(":")[0] not in {
            "javascript",
            "vbscript",
            "data",
            "file",
        }


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_to_life(text):
    assert_safe(text)


@given(
    parts=st.lists(
        st.sampled_from([*HOSTILE, "[", "](", ")", "<", ">", "&#106;", "javascript:", "\n\n", "*", "`", '"', "'", "x"]),
        max_size=8,
    )
)
def test_no_mixture_of_it_does_either(parts):
    assert_safe("".join(parts))


@given(text=st.text())
def test_curling_keeps_every_character_in_its_place(text):
    assert len(curled(text)) == len(text)
    assert not set("'\"") & set(curled(text))


@pytest.mark.parametrize("address", ["x", "//x.org", "../y.html", "ftp://x.org", "data:image/png;base64,x"])
def test_a_link_that_leads_nowhere_is_refused(address):
    with pytest.raises(ValueError, match="leads nowhere"):
        Markdown._checked(f"[a]({address})")


@pytest.mark.parametrize("start", ADDRESSES)
def test_other_links_are_kept(start):
    assert Markdown._checked(f"[a]({start}x)")


@pytest.mark.parametrize("typed", ["the magazine *Public Servant*", "**Now.** Ring her", "open it *and* explain"])
def test_marks_in_plain_text_are_refused(typed):
    with pytest.raises(ValueError, match="in plain text, where marks stand as they are typed; use quotation marks"):
        Text._checked(typed)


@pytest.mark.parametrize("typed", ["6 * 7 and 8 * 9", "*", "rated ***", "5* hotel, 4* guest house", "a*b*c"])
def test_stars_that_mark_nothing_are_kept(typed):
    assert Text._checked(typed) == typed
