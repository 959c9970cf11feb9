"""A file is data: what is not plain YAML is refused, with its line and the mend, in good time."""

import contextlib
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from courseware import reading


def read(tmp_path: Path, text: str | bytes):
    path = tmp_path / "x.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reading.read(path)


def test_every_place_has_its_line(tmp_path):
    data, lines = read(tmp_path, "a: 1\nb:\n  - x\n  - {c: y}\n")
    assert data == {"a": 1, "b": ["x", {"c": "y"}]}
    assert lines["a",] == 1
    assert lines["b", 1, "c"] == 4
    assert reading.line_of(("b", 1, "missing", 0), lines) == 4


@pytest.mark.parametrize("text", ["yes", "no", "on", "2020-01-01", "1e3", "0x1F", "12:30", "1_000", "True"])
def test_what_yaml_would_guess_at_stays_text(tmp_path, text):
    assert read(tmp_path, f"a: {text}")[0] == {"a": text}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: &x 2\n", 2, "anchor"),
        ("a: 1\nb: *x\n", 2, "anchor"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "tag"),
        ("a: 1\nb: 2\na: 3\n", 3, "twice"),
        ("a: 1\nb: c: d\n", 2, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: [1, 2\n", 1, "not YAML"),
        ("a: \x07\n", 1, "not YAML"),
        ('a: 1\nb: "\\e[31m"\n', 2, "control character"),
        ("", 1, "empty"),
        ("a: 1\n? [b]\n: 2\n", 2, "key"),
        ("a: " + "[" * 40 + "]" * 40, 1, "deep"),
        (b"a: 1\nb: \xff\n", 2, "UTF-8"),
        ("a: " + "x" * 200_001, 1, "bytes"),
    ],
)
def test_refused_with_its_line(tmp_path, text, line, what):
    with pytest.raises(reading.Unreadable) as caught:
        read(tmp_path, text)
    assert caught.value.line == line
    assert what in caught.value.finding.what
    assert caught.value.finding.mend


@pytest.mark.parametrize(
    "text", ["a: '" + "x" * 199_000 + "'", "a: " + "9" * 190_000, "- " * 25 + "x\n", "a: [" + "1," * 90_000 + "]"]
)
def test_nothing_hangs(tmp_path, text):
    began = time.process_time()
    with contextlib.suppress(reading.Unreadable):
        read(tmp_path, text)
    assert time.process_time() - began < 20  # its own: what else the machine does is not counted


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**14), 10**14)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(data=st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), plain, min_size=1, max_size=4))
def test_plain_values_survive(tmp_path_factory, data):
    found, _ = read(tmp_path_factory.mktemp("yaml"), yaml.safe_dump(data, allow_unicode=True))
    assert found == data


def test_what_cannot_be_opened_is_told(tmp_path):
    for path, why in ((tmp_path / "none.yml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(reading.Unreadable) as caught:
            reading.read(path)
        assert why in caught.value.finding.what
