"""A real JupyterLab on this machine alone, with folders of its own, for as long as a test needs it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

READY_SECONDS = 90


@contextmanager
def running(folder: Path, notebooks: Path, course: Path) -> Iterator[str]:
    """Run JupyterLab over a folder of notebooks; yield its address. What it writes goes below `folder`.

    Raises RuntimeError with the log when it does not start.
    """
    [port] = free_ports()
    address = f"http://127.0.0.1:{port}/"
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    # Or it asks jupyter.org for news.
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
    own = {"COURSE_ROOT": str(course), **own_folders(folder)}
    options = [
        "--no-browser", "--allow-root", f"--ServerApp.root_dir={notebooks}", "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--LabApp.extension_manager=readonly",
        "--ServerApp.use_redirect_file=False", "--LabApp.news_url=None",
    ]  # fmt: skip
    log = folder / "lab.log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "jupyterlab", *options]
        server = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder, env={**os.environ, **own})
        try:
            _wait(server, address, log)
            yield address
        finally:
            server.terminate()
            server.wait(READY_SECONDS)


def own_folders(folder: Path) -> dict[str, str]:
    """Return what to set so that all that Jupyter keeps of a person, and all it knows of this one, is below a folder."""
    kept = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    return {name: str(folder / place) for name, place in kept.items()}


def free_ports(count: int = 1) -> list[int]:
    """Return ports of this machine that nothing uses, no two the same."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(each.getsockname()[1]) for each in held]
    for each in held:
        each.close()
    return ports


def _wait(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urlopen(f"{address}api") as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
