"""Python's vectors, run through the page's engine: what one of the two says, the other must say too."""

import json
import os
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[1]


def run(folder: Path, kind: str, vectors: Any) -> str:
    """Run a kind's agreement test over these vectors, and return what it prints. It fails where the two differ."""
    path = folder / "vectors.json"
    path.write_text(json.dumps(vectors, ensure_ascii=False), encoding="utf-8")
    deno = Path(sysconfig.get_path("scripts")) / "deno"
    options = [f"--allow-read={path}", "--allow-env=COURSEWARE_VECTORS"]
    ran = subprocess.run(
        [deno, "test", *options, f"tests/web/agreement/{kind}_test.js"],
        cwd=PROJECT,
        env={**os.environ, "COURSEWARE_VECTORS": str(path), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "passed" in ran.stdout
    return ran.stdout
