"""Datasets with their provenance: `dataset("name")` reads one, `dataset()` lists them.

What each holds, where it is from and what to beware of stands in `data/datapackage.json` (Frictionless). A file that
differs by one byte from its description is refused: a number on a page is the number that was checked. After a
change on purpose, `python -m courseware.data` writes the new sizes and SHA-256 into the description.

A dataset that we made up is called `simulated_…`, its title begins "Simulated", and its description says how it came
about: `"simulated": {"script": "data/simulated_….py", "seed": 7, "from": "nhs_trust_spread: …"}`. `from` names every
dataset that the script reads. The script holds the recipe and nothing else:

    from courseware.data import dataset, write

    SEED = 7

    def make() -> pd.DataFrame:
        random = np.random.RandomState(SEED)  # its stream never changes
        ...

    if __name__ == "__main__":
        write(__file__, make())

It is run as `python data/simulated_….py`. Tests make it again and compare the bytes, so that a change in the script or
in a dataset that it reads shows. `.attrs["simulated"]` goes with the frame, and `figure` says "Simulated" by itself.
"""

import difflib
import hashlib
import json
import sys
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from courseware.course import root

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTION = Path("data", "datapackage.json")
RECORD = "python -m courseware.data"


class DataError(Exception):
    """A dataset that is not there, or is not what its description says; the message gives the mend."""


@cache
def _read(path: Path, _changed: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def package() -> dict[str, Any]:
    """Return the description of all datasets; read again when it changes. Do not change what it returns."""
    path = root() / DESCRIPTION
    if not path.is_file():
        raise DataError(f"{DESCRIPTION.as_posix()} is missing: it describes every dataset. Bring it back.")
    return _read(path, path.stat().st_mtime_ns)


def resource(name: str) -> dict[str, Any]:
    """Return one dataset's description. Raises DataError that names the nearest datasets when there is none."""
    described = {each["name"]: each for each in package()["resources"]}
    if name in described:
        found: dict[str, Any] = described[name]
        return found
    near = difflib.get_close_matches(name, described, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(sorted(described))}."
    raise DataError(f"No dataset is called {name!r}; {hint} `dataset()` lists them all.")


def dataset(name: str | None = None) -> "pd.DataFrame":
    """Return a dataset as a DataFrame, with its provenance in `.attrs`; without a name, the list of all datasets.

    Parameters
    ----------
    name
        The dataset's name, which is its file's name without `.csv`.

    Returns
    -------
    pandas.DataFrame
        Dates are datetime64, whole numbers Int64 where one may be missing (else int64), other numbers float64, the rest
        text. Units are in the column names. `.attrs` holds name, title, description, publisher, licence, url, sources,
        compiled (ISO date), caveats, units (by column), simulated (False, or its script, seed and what it was made
        from) and sha256, all plain values.

        pandas keeps `.attrs` while you filter, sort, pick columns, group, calculate and `melt`; it may lose them in
        `pivot`, `unstack`, `value_counts` and `rolling`, and does when it joins two datasets. In `one - other` those of
        one of the two stay. So give `figure` the datasets that were read, not what became of them.

    Raises
    ------
    DataError
        For an unknown name (with the nearest ones), a missing file, and a file changed by as little as one byte.
    """
    import pandas as pd

    if name is None:
        return pd.DataFrame([_listed(each) for each in package()["resources"]])
    about = resource(name)
    fields = about["schema"]["fields"]
    frame = pd.read_csv(
        BytesIO(content(about)),
        dtype={field["name"]: _dtype(field) for field in fields if field["type"] != "date"},
        parse_dates=[field["name"] for field in fields if field["type"] == "date"],
        date_format="%Y-%m-%d",
        keep_default_na=False,
        na_values=about["schema"].get("missingValues", [""]),
    )
    frame.attrs.update(provenance(about))
    return frame


def provenance(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a reader must be told about a dataset, from its description (see `resource`), as plain values."""
    return {
        "name": about["name"],
        "title": about["title"],
        "description": about["description"],
        "publisher": about["publisher"],
        "licence": "; ".join(licence["title"] for licence in about["licenses"]),
        "url": about["sources"][0]["path"],
        "sources": [dict(source) for source in about["sources"]],
        "compiled": about["compiled"],
        "caveats": list(about["caveats"]),
        "simulated": dict(about["simulated"]) if "simulated" in about else False,
        "units": {field["name"]: field["unit"] for field in about["schema"]["fields"] if "unit" in field},
        "sha256": about["hash"].removeprefix("sha256:"),
    }


def write(script: str | Path, made: "pd.DataFrame") -> None:
    """Write what a script in `data/` made to the CSV beside it. `python -m courseware.data` then records its hash."""
    Path(script).with_suffix(".csv").write_bytes(made.to_csv(index=False, lineterminator="\n").encode())


def record() -> list[str]:
    """Write every file's size and SHA-256 into the description; return the names of the datasets that had changed."""
    described = json.loads(json.dumps(package()))
    changed = []
    for each in described["resources"]:
        found = _file(each).read_bytes()
        now = {"bytes": len(found), "hash": f"sha256:{hashlib.sha256(found).hexdigest()}"}
        if any(each.get(key) != value for key, value in now.items()):
            each.update(now)
            changed.append(each["name"])
    if changed:
        text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        (root() / DESCRIPTION).write_text(text, encoding="utf-8")
    return changed


def _file(about: Mapping[str, Any]) -> Path:
    path = root() / DESCRIPTION.parent / str(about["path"])
    if not path.is_file():
        raise DataError(
            f"data/{path.name} is missing, though {DESCRIPTION.as_posix()} describes it. Restore it with git."
        )
    return path


def content(about: Mapping[str, Any]) -> bytes:
    """Return the file's bytes. Raises DataError if they are not the ones described."""
    found = _file(about).read_bytes()
    if f"sha256:{hashlib.sha256(found).hexdigest()}" != about["hash"]:
        raise DataError(
            f"data/{about['path']} is not the file that {DESCRIPTION.as_posix()} describes: its SHA-256 differs. "
            f"If you did not mean to change it, `git checkout data/{about['path']}`; if you did, check the numbers "
            f"against their source and run `{RECORD}`."
        )
    return found


def _dtype(field: Mapping[str, Any]) -> str:
    required = field.get("constraints", {}).get("required", False)
    return {"integer": "int64" if required else "Int64", "number": "float64"}.get(field["type"], "str")


def _listed(about: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: about[key] for key in ("name", "title", "publisher", "compiled")}
    return {**told, "simulated": "simulated" in about}


if __name__ == "__main__":
    said = "\n".join(f"Recorded data/{name}.csv" for name in record()) or "Every dataset is as described."
    sys.stdout.write(said + "\n")
