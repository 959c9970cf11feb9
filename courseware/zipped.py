"""Files as one zip, the same bytes for the same files on every machine and day."""

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier day
_UNIX = 3  # wherever it is made
_READABLE = 0o644 << 16


def zipped(files: Iterable[tuple[str, bytes]], *, level: int = 6) -> bytes:
    """Return a zip of these files, each by its path in it, in this order. `level` is how hard it is pressed, to 9."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=level) as archive:
        for path, body in files:
            info = ZipInfo(path, EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = _READABLE
            archive.writestr(info, body)
    return made.getvalue()
