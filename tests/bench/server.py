"""A real JupyterHub on this machine alone, and learners who each have a server and a kernel there."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from tests.bench import memory
from tests.bench.kernels import run_notebook
from tests.bench.memory import Memory
from tests.bench.rows import run
from tests.browser.lab import free_ports
from tests.browser.site import ROOT

HOME = ROOT / "_build" / "hub"
COURSE = "course"
# Logins and spawners for a trial on one machine: everybody is the user that runs it. hub/values.yaml is for a real one.
CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{inner}/"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.cookie_secret_file = "cookie"
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r}
c.Spawner.cmd = [{single!r}]
c.Spawner.args = ["--allow-root"]
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
c.JupyterHub.concurrent_spawn_limit = 0
c.JupyterHub.services = [{{"name": "bench", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "bench", "scopes": ["admin:users", "admin:servers", "access:servers"], "services": ["bench"]}}
]
"""


def prepare(env: dict[str, str]) -> Path:
    """Return the folder of the programs: what a learner's server needs, from the lock, a hub and its proxy."""
    programs = HOME / "venv" / "bin"
    lock = ROOT / "binder" / "requirements.txt"
    ready = HOME / "ready"
    here = {**env, "PATH": f"{programs}{os.pathsep}{env['PATH']}"}
    if ready.is_file() and ready.stat().st_mtime > lock.stat().st_mtime:
        run([ROOT / "binder" / "postBuild"], ROOT, here)  # the package as it is now
        return programs
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([sys.executable, "-m", "venv", HOME / "venv"], HOME, env)
    run([*pip, "--require-hashes", "-r", lock], HOME, env)
    run([ROOT / "binder" / "postBuild"], ROOT, here)
    run([*pip, "jupyterhub>=5"], HOME, env)
    run(
        ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", HOME, "configurable-http-proxy"],
        HOME,
        env,
    )
    ready.touch()
    return programs


@dataclass
class Hub:
    """A hub that runs: its address, the word that lets us in, and its process."""

    address: str
    token: str
    password: str
    homes: Path
    process: "subprocess.Popen[bytes]"

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """Ask the hub, or a learner's server behind it; return the answer as plain values, or as text."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {self.token}", "Content-Type": "application/json"}
        request = Request(f"{self.address}{path}", data=data, headers=headers, method=method)
        with urlopen(request, timeout=300) as answer:
            text = answer.read().decode()
        return json.loads(text) if text[:1] in {"{", "["} else text


@contextmanager
def running(folder: Path, programs: Path) -> Iterator[Hub]:
    """Run a hub on this machine alone; everything it writes goes below `folder`. Raises RuntimeError with its log."""
    port, inner, api = free_ports(3)
    homes = folder / "homes"
    homes.mkdir()
    token, password = secrets.token_hex(16), secrets.token_hex(16)
    config = folder / "jupyterhub_config.py"
    words = {
        "port": port, "inner": inner, "api": api, "token": token, "password": password,
        "proxy": str(HOME / "node_modules" / ".bin" / "configurable-http-proxy"),
        "single": str(programs / "jupyterhub-singleuser"), "homes": f"{homes}/{{username}}",
    }  # fmt: skip
    config.write_text(CONFIG.format(**words), encoding="utf-8")
    env = {key: value for key, value in os.environ.items() if key not in {"COURSE_ROOT", "PYTHONDONTWRITEBYTECODE"}}
    env |= {"PATH": f"{programs}{os.pathsep}{env['PATH']}", "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16)}
    log = folder / "hub.log"
    with log.open("w") as out:
        command = [programs / "jupyterhub", "--config", config]
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out)
        hub = Hub(f"http://127.0.0.1:{port}", token, password, homes, process)
        try:
            until(lambda: _answers(hub), 60, f"the hub did not start; see its log:\n{log.read_text()[-2000:]}")
            yield hub
        finally:
            process.terminate()
            process.wait(60)


def _answers(hub: Hub) -> bool:
    if hub.process.poll() is not None:
        raise RuntimeError("the hub ended before it answered")
    try:
        return bool(hub.ask("/hub/api/"))
    except OSError:
        return False


def until(done: Callable[[], object], seconds: float, otherwise: str) -> None:
    """Wait until something is so. Raises RuntimeError with what to say when it is not in time."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise RuntimeError(otherwise)
        time.sleep(0.2)


@dataclass
class Learner:
    """Somebody with a server of their own, who gets the course and works through a lab; `took` has the seconds of each."""

    hub: Hub
    name: str
    took: dict[str, float] = field(default_factory=dict)
    server: int = 0
    kernel: Memory = field(default_factory=Memory)

    def start(self) -> None:
        """Ask for a server, wait for it, pull the course into it as a hub's link does, and open JupyterLab's page."""
        begun = time.perf_counter()
        self.hub.ask(f"/hub/api/users/{self.name}", "POST")
        self.hub.ask(f"/hub/api/users/{self.name}/server", "POST")
        until(self._ready, 300, f"{self.name} has no server")
        self.server = next(pid for pid in memory.below(self.hub.process.pid) if _belongs(pid, self.name))
        self.took["server"] = time.perf_counter() - begun
        begun = time.perf_counter()
        source = urlencode({"repo": f"file://{self.hub.homes.parent / COURSE}", "branch": "main"})
        said = self.hub.ask(f"/user/{self.name}/git-pull/api?{source}")
        if '"phase": "finished"' not in said:
            raise RuntimeError(f"{self.name} has not got the course: {said[-300:]}")
        self.hub.ask(f"/user/{self.name}/lab")
        self.took["pull"] = time.perf_counter() - begun

    def _ready(self) -> bool:
        servers = self.hub.ask(f"/hub/api/users/{self.name}")["servers"]
        return bool(servers.get("", {}).get("ready"))

    def work(self, lab: Path) -> None:
        """Open a lab, run every cell one after another without a pause for thought, and leave its kernel running."""
        begun = time.perf_counter()
        before = set(memory.below(self.server))
        path = f"{COURSE}/{lab.relative_to(ROOT).as_posix()}"
        asked = {"path": path, "name": lab.stem, "type": "notebook", "kernel": {"name": "python3"}}
        kernel = self.hub.ask(f"/user/{self.name}/api/sessions", "POST", asked)["kernel"]["id"]
        address = f"{self.hub.address.replace('http', 'ws', 1)}/user/{self.name}/api/kernels/{quote(kernel)}/channels"
        run_notebook(address, self.hub.token, lab)
        self.took[lab.stem] = time.perf_counter() - begun
        self.kernel = memory.memory(sorted(set(memory.below(self.server)) - before))

    def rest(self) -> None:
        """End every kernel, and wait until their processes have gone."""
        for each in self.hub.ask(f"/user/{self.name}/api/sessions"):
            self.hub.ask(f"/user/{self.name}/api/sessions/{each['id']}", "DELETE")
        until(lambda: not memory.below(self.server), 30, f"a kernel of {self.name} did not end")

    def leave(self) -> None:
        """Give the server back."""
        self.hub.ask(f"/hub/api/users/{self.name}/server", "DELETE")
        until(lambda: not Path(f"/proc/{self.server}").exists(), 60, f"the server of {self.name} did not end")

    @property
    def pids(self) -> list[int]:
        """Return the processes that are this learner's."""
        return [self.server, *memory.below(self.server)]


def _belongs(pid: int, name: str) -> bool:
    try:
        held = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return f"JUPYTERHUB_USER={name}".encode() in held
