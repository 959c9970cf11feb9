"""The course without a connection: the offer to keep it on the device, and what a built site needs to make it good.

A book has all this where one of its pages makes the offer, with the directive `offline`.
"""

import re
import shutil
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from courseware.book import release
from courseware.book.part import STATIC, STATIC_FOLDER, part
from courseware.course import course
from courseware.web import build

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = ("offer.js", "update.js", "offline.css")
AFTER_ALL = 900  # the list is made when every other part of the build has written its files
_OFFER = b'class="course-offline"'
_BYTES = re.compile(rb'(class="course-offline" data-bytes=")\d*')
_SIZE = re.compile(rb'(<span class="offline-size">)[^<]*')
_ZIP_SIZE = re.compile(rb'(<span class="zip-size">)[^<]*')
# As web/offline/offer.js says it of a folder that was not unpacked from the zip.
FOLDER = "You are reading the course from a folder. It is on this device already, and needs no connection."
WORDS = "Keep the course on this device, without a connection, offline. Download the course as a zip file."

# Drawn by typst, which is here for the printed cards: no other picture library is needed.
_ICON = """\
#let given = sys.inputs
#set page(width: 192pt, height: 192pt, margin: 0pt, fill: if given.ground == "" { none } else { rgb(given.ground) })
#align(center + horizon, image(bytes(given.mark), format: "svg", width: float(given.share) * 192pt))
"""


class OfflineDirective(SphinxDirective):
    """Offer to keep the course on the device, and as a zip: ```` ```{offline} ````."""

    def run(self) -> list[nodes.Node]:
        """Return the offer as it stands where no script runs; its sizes are filled in when the site is whole."""
        here = self.env.app.builder.get_target_uri(self.env.docname)
        zipped = escape(relative_uri(here, f"{course()['id']}.zip"))
        html = (
            f'<link rel="stylesheet" href="{STATIC}/offline.css">'
            '<div class="course-offline" data-bytes="0"><p class="offline-instead"><!--zip-->Where your browser allows '
            "it, and scripts run, this page can keep the course on your device. It takes up "
            f'<span class="offline-size"></span>.<!--folder:{FOLDER}--><!--/zip--></p>'
            f'<!--zip--><p class="offline-zip"><a href="{zipped}" download>Download the course as a zip file</a> '
            '(<span class="zip-size"></span>). Unpack it, then open <code>index.html</code> in it with a browser. '
            "That works from a memory stick too.</p><!--/zip--></div>"
            f'<script defer src="{STATIC}/offer.js"></script>'
        )
        return [part(html, words=WORDS)]


def write(app: "Sphinx", error: Exception | None) -> None:
    """Make the built site one that can be kept and handed on: its worker, manifest, icons and zip."""
    site = Path(app.outdir)
    if error or app.builder.format != "html" or not _offered(site):
        return
    for name in PARTS:
        shutil.copyfile(build.DIST / name, site / STATIC_FOLDER / name)
    code = (build.DIST / "worker.js").read_text(encoding="utf-8")
    about = {"course": course()["id"], "title": course()["title"], "lang": app.config.language or "en"}
    name = str(app.config.project)
    accent, paper = _colour("accent"), _colour("paper")
    icons = _icons(app, site, accent)
    (site / release.MANIFEST).write_bytes(release.manifest(about, name, (accent, paper), icons))

    files = release.files_of(site)
    bare = {path: _said(body, b"0", b"", b"") for path, body in files.items()}
    total = sum(map(len, bare.values()))
    said = (str(total).encode(), release.size(total).encode())
    zipped = release.packed({path: _said(body, *said, b"") for path, body in bare.items()}, code, about, name)
    (site / f"{about['course']}.zip").write_bytes(zipped)

    whole = {path: _said(body, *said, release.size(len(zipped)).encode()) for path, body in bare.items()}
    for path, body in whole.items():
        if body != files[path]:
            (site / path).write_bytes(body)
    (site / release.WORKER).write_bytes(release.worker(whole, code, about))


def _offered(site: Path) -> bool:
    return any(_OFFER in page.read_bytes() for page in site.rglob("*.html"))


def _said(body: bytes, total: bytes, size: bytes, zip_size: bytes) -> bytes:
    """Return a page with its sizes filled in, over those of an earlier build; any other file as it is."""
    if _OFFER not in body:
        return body
    body = _BYTES.sub(rb"\g<1>" + total, body)
    body = _SIZE.sub(rb"\g<1>" + size, body)
    return _ZIP_SIZE.sub(rb"\g<1>" + zip_size, body)


def _colour(token: str) -> str:
    """Return a colour of tokens.css, as it is in the light."""
    found = re.search(rf"--cw-{token}:\s*(#[0-9a-f]{{6}})", (build.WEB / "tokens.css").read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"tokens.css has no colour --cw-{token}")
    return found[1]


def _icons(app: "Sphinx", site: Path, accent: str) -> list[dict[str, str]]:
    """Draw the site's icon at the sizes that devices ask for; return what the manifest says of each."""
    mark = site / "_static" / Path(str(app.config.html_favicon or "")).name
    if mark.suffix != ".svg" or not mark.is_file():
        return []
    svg = mark.read_text(encoding="utf-8")
    icons = [{"src": f"_static/{mark.name}", "sizes": "any", "type": "image/svg+xml"}]
    for pixels, purpose in ((192, "any"), (512, "any"), (512, "maskable")):
        # A device cuts a maskable icon to its own shape: the ground goes to the edge, and the mark keeps away from it.
        ground, share = (accent, "0.85") if purpose == "maskable" else ("", "1")
        name = f"_static/icon-{pixels}{'-maskable' if ground else ''}.png"
        (site / name).write_bytes(_drawn(pixels, {"mark": svg, "ground": ground, "share": share}))
        icons.append({"src": name, "sizes": f"{pixels}x{pixels}", "type": "image/png", "purpose": purpose})
    return icons


def _drawn(pixels: int, inputs: dict[str, str]) -> bytes:
    from typst import compile as to_png

    made: Any = to_png(_ICON.encode(), format="png", ppi=72 * pixels / 192, sys_inputs=inputs)
    return bytes(made)
