"""A release: what belongs to it, the worker that lists it, the zip of it; the same bytes for the same site."""

import io
import json
import shutil
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from courseware.book import offline, release
from courseware.web import build
from tests.small_book import settings

ABOUT = {"course": "a-course", "title": "A course", "lang": "en-GB"}
CODE = "work();"
FILES = {
    "index.html": b"<p>Home</p>",
    "book/page.html": b'<a href="a.css">a</a><!--zip--><b>\nzip</b><!--/zip-->. <!--zip-->Here.<!--folder:There.--><!--/zip-->',
    "_static/caf\xe9 1.css": b"",
}
NOT_NEEDED = [
    ".buildinfo",
    ".nojekyll",
    "_static/.hidden/x.css",
    "objects.inv",
    "_sources/index.md",
    "kits/kit-1-90.zip",
    "a-course.zip",
    release.WORKER,
]
# Sphinx and myst-nb warn of their own old ways, which are theirs to mend.
ignored = pytest.mark.filterwarnings("ignore")


def site_of(worker: bytes) -> dict:
    first, code = worker.decode().split("\n", 1)
    assert code
    return json.loads(first.removeprefix("self.SITE=").removesuffix(";"))


def written(folder: Path, files) -> Path:
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder


def test_a_site_is_all_its_files_and_nothing_that_only_builders_use(tmp_path):
    written(tmp_path, {**FILES, **dict.fromkeys(NOT_NEEDED, b"x"), "_downloads/1/data.zip": b"kept"})
    assert release.files_of(tmp_path) == {**FILES, "_downloads/1/data.zip": b"kept"}


def test_the_worker_lists_each_file_as_it_is():
    made = release.worker(FILES, CODE, ABOUT)
    site = site_of(made)
    assert made.decode().endswith(";\nwork();")
    assert site["files"] == {name: [sha256(body).hexdigest(), len(body)] for name, body in FILES.items()}
    assert site["bytes"] == sum(map(len, FILES.values()))
    assert {name: site[name] for name in ABOUT} == ABOUT


def test_the_same_site_gives_the_same_worker_in_whatever_order():
    assert release.worker(dict(reversed(FILES.items())), CODE, ABOUT) == release.worker(FILES, CODE, ABOUT)


@pytest.mark.parametrize(
    ("files", "code", "about"),
    [
        ({**FILES, "index.html": b"<p>home</p>"}, CODE, ABOUT),
        ({name: body for name, body in FILES.items() if name != "index.html"}, CODE, ABOUT),
        ({**FILES, "INDEX.html": b""}, CODE, ABOUT),
        (FILES, "work2();", ABOUT),
        (FILES, CODE, {**ABOUT, "title": "Another"}),
    ],
)
def test_any_change_is_a_new_version(files, code, about):
    before, after = (site_of(release.worker(*each))["version"] for each in ((FILES, CODE, ABOUT), (files, code, about)))
    assert before != after


def test_the_zip_is_one_folder_that_says_how_to_begin():
    made = release.packed(FILES, CODE, ABOUT, "A course: for a test")
    assert made == release.packed(dict(reversed(FILES.items())), CODE, ABOUT, "A course: for a test")
    archive = ZipFile(io.BytesIO(made))
    names = archive.namelist()
    assert names == sorted(names)
    assert set(names) == {f"a-course/{name}" for name in [*FILES, release.WORKER, "START HERE.txt"]}
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    said = archive.read("a-course/START HERE.txt").decode()
    assert said.startswith("A course: for a test\n")
    assert "Open index.html" in said


def test_the_zip_offers_no_zip_and_its_worker_knows():
    archive = ZipFile(io.BytesIO(release.packed(FILES, CODE, ABOUT, "A course")))
    page = archive.read("a-course/book/page.html")
    assert page == b'<a href="a.css">a</a>. There.'
    site = site_of(archive.read(f"a-course/{release.WORKER}"))
    assert site["files"]["book/page.html"] == [sha256(page).hexdigest(), len(page)]
    assert set(site["files"]) == set(FILES)


def test_the_manifest_stays_within_the_site():
    icons = [{"src": "_static/icon.png", "sizes": "192x192", "type": "image/png"}]
    told = json.loads(release.manifest(ABOUT, "A course: all of it", ("#000000", "#ffffff"), icons))
    assert (told["name"], told["short_name"], told["lang"]) == ("A course: all of it", "A course", "en-GB")
    assert (told["start_url"], told["scope"]) == ("./", "./")
    assert (told["theme_color"], told["background_color"]) == ("#000000", "#ffffff")
    assert told["icons"] == icons


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "10 KB"),
        (10_000, "10 KB"),
        (745_001, "750 KB"),
        (990_000, "990 KB"),
        (990_001, "1.0 MB"),
        (2_349_999, "2.3 MB"),
    ],
)
def test_a_size_is_said_as_the_page_says_it(count, said):
    assert release.size(count) == said  # as in tests/web/offline_test.js


@pytest.fixture
def book(a_course: Path):
    """Return a way to build a small book into a folder."""
    build.build()
    (a_course / "pages" / "deep").mkdir(parents=True)
    (a_course / "pages" / "index.md").write_text("# Home\n\n```{toctree}\ndeep/how\n```\n")
    (a_course / "pages" / "deep" / "how.md").write_text("# How\n\n```{offline}\n```\n")
    shutil.copy(Path(__file__).parents[1] / "book" / "theme" / "static" / "favicon.svg", a_course / "pages")

    def built(name: str) -> Path:
        own = settings(a_course, html_favicon="favicon.svg", html_last_updated_fmt=None, project="A course: all of it")
        source, out, trees = (str(a_course / part) for part in ("pages", name, f"{name}-trees"))
        with docutils_namespace():
            Sphinx(source, None, out, trees, "html", own, None, io.StringIO()).build()
        return Path(out)

    built.pages = a_course / "pages"
    return built


@ignored
def test_two_builds_of_one_book_are_one_release(book):
    made = [
        {path: (folder / path).read_bytes() for path in (release.WORKER, "a-course.zip")} for folder in map(book, "ab")
    ]
    assert made[0] == made[1]
    again = book("a")
    assert {path: (again / path).read_bytes() for path in made[0]} == made[0]
    (book.pages / "index.md").write_text("# House\n\n```{toctree}\ndeep/how\n```\n")
    assert (book("a") / release.WORKER).read_bytes() != made[0][release.WORKER]


@ignored
def test_a_built_book_lists_what_is_there_and_says_how_much_it_is(book):
    folder = book("a")
    site = site_of((folder / release.WORKER).read_bytes())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    left_out = {".buildinfo", "objects.inv", release.WORKER, "a-course.zip"}
    sources = {name for name in there if name.startswith("_sources/")}
    assert set(site["files"]) == there - left_out - sources
    for name, (digest, length) in site["files"].items():
        body = (folder / name).read_bytes()
        assert (sha256(body).hexdigest(), len(body)) == (digest, length), name
    page = (folder / "deep" / "how.html").read_text()
    zipped = (folder / "a-course.zip").stat().st_size
    assert f'<span class="offline-size">{release.size(site["bytes"])}</span>' in page
    assert '<a href="../a-course.zip" download>' in page
    assert f'<span class="zip-size">{release.size(zipped)}</span>' in page


@ignored
def test_icons_are_drawn_at_the_sizes_that_devices_ask_for(book):
    folder = book("a")
    told = json.loads((folder / release.MANIFEST).read_text())
    assert [(icon["sizes"], icon.get("purpose")) for icon in told["icons"]] == [
        ("any", None),
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in told["icons"][1:]:
        picture = (folder / icon["src"]).read_bytes()
        wide, high = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        assert picture.startswith(b"\x89PNG")
        assert f"{wide}x{high}" == icon["sizes"]
    assert told["theme_color"] == "#0b5257"


@ignored
def test_a_book_that_makes_no_offer_has_no_worker(book):
    (book.pages / "deep" / "how.md").write_text("# How\n")
    folder = book("a")
    assert not [name for name in (release.WORKER, release.MANIFEST, "a-course.zip") if (folder / name).exists()]


def test_a_colour_that_is_not_there_is_named():
    with pytest.raises(LookupError, match="--cw-mauve"):
        offline._colour("mauve")
