"""Runs a notebook in a kernel that a Jupyter server holds, as its page does: a web socket, and a message a cell."""

import json
import struct
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

SECONDS = 300


def run_notebook(address: str, token: str, path: Path) -> None:
    """Run every code cell of a notebook in turn. Raises RuntimeError at the first that fails or checks wrong."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [(cell["id"], "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    with closing(create_connection(address, timeout=SECONDS, header=[f"Authorization: token {token}"])) as socket:
        session = uuid.uuid4().hex
        for name, source in code:
            said = _executed(socket, session, source)
            if source.startswith("check(") and "Right." not in said:
                raise RuntimeError(f"{path.name}, cell {name}: the answer is not right there: {said[:200]}")


def _executed(socket: WebSocket, session: str, source: str) -> str:
    """Run a cell until the kernel is idle again; return the plain text of what it shows."""
    request = uuid.uuid4().hex
    header = {
        "msg_id": request,
        "msg_type": "execute_request",
        "username": "",
        "session": session,
        "version": "5.3",
        "date": "",
    }
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    message = {
        "channel": "shell",
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
        "buffers": [],
    }
    socket.send(json.dumps(message))
    shown, idle, replied = "", False, False
    while not (idle and replied):
        told = _message(socket.recv())
        if told["parent_header"].get("msg_id") != request:
            continue
        kind, content = told["header"]["msg_type"], told["content"]
        if kind == "error":
            raise RuntimeError(f"{content['ename']}: {content['evalue']}")
        idle = idle or (kind == "status" and content["execution_state"] == "idle")
        replied = replied or kind == "execute_reply"
        shown += content.get("data", {}).get("text/plain", "") if kind == "execute_result" else ""
    return shown


def _message(received: str | bytes) -> dict[str, Any]:
    """Return a message without its buffers: text, or, where there are buffers, their number, their places and all of them."""
    if isinstance(received, bytes):
        start, end = struct.unpack("!ii", received[4:12])
        received = received[start:end].decode()
    found: dict[str, Any] = json.loads(received)
    return found
