"""A server on the loopback that serves what a test tells it to, faults included."""

from __future__ import annotations

import io
import threading
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def workbook(text: str = "first", size: int = 200_000) -> bytes:
    """A zip file that passes for an Excel workbook, stored so that its size is the given one and a bit."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        # A ZipInfo bears the same time always; a name would bear today's.
        archive.writestr(zipfile.ZipInfo("xl/workbook.xml"), text)
        archive.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), (text * size)[:size])
    return file.getvalue()


@dataclass
class Answer:
    """How the server answers one request."""

    body: bytes = b""
    status: int = 200
    content_type: str = XLSX
    headers: dict[str, str] = field(default_factory=dict)
    # Bytes after which the line breaks, though the whole length was promised.
    cut: int | None = None
    takes_ranges: bool = True
    # Sends the rest even where If-Range names another content.
    careless: bool = False
    says_length: bool = True
    hangs: bool = False


def redirect(target: str) -> Answer:
    """An answer that sends elsewhere."""
    return Answer(status=302, headers={"Location": target})


class Site:
    """Answers by path, in turn, the last one for ever; and every request that came."""

    def __init__(self, port: int) -> None:
        """Serve on a port that the system chose."""
        self.host = f"127.0.0.1:{port}"
        self.url = f"http://{self.host}"
        self.answers: dict[str, list[Answer]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.count: defaultdict[str, int] = defaultdict(int)
        self.released = threading.Event()

    def serves(self, path: str, *answers: Answer) -> str:
        """Answer a path from now on in this way; returns the address."""
        self.answers[path] = list(answers)
        self.count[path] = 0
        return self.url + path

    def next_answer(self, path: str) -> Answer:
        """The answer whose turn it is."""
        answers = self.answers.get(path, [Answer(b"no such page", status=404, content_type="text/plain")])
        self.count[path] += 1
        return answers[min(self.count[path], len(answers)) - 1]

    def asked(self, path: str) -> list[dict[str, str]]:
        """Headers of the requests for a path."""
        return [headers for asked, headers in self.requests if asked == path]


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    """The class that answers for a site."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer as told."""
            site.requests.append((self.path, {name.lower(): text for name, text in self.headers.items()}))
            answer = site.next_answer(self.path)
            self.close_connection = True
            if answer.hangs:
                site.released.wait(5)
                return
            status, body, headers = answer.status, answer.body, dict(answer.headers)
            etag, start = headers.get("ETag"), self.headers.get("Range")
            if etag and self.headers.get("If-None-Match") == etag and status == 200:
                status, body = 304, b""
            elif start and answer.takes_ranges and (answer.careless or self.headers.get("If-Range") == etag):
                first = int(start.removeprefix("bytes=").rstrip("-"))
                headers.setdefault("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
                status, body = 206, body[first:]
            self.send_response(status)
            headers.setdefault("Content-Type", answer.content_type)
            if answer.says_length:
                headers.setdefault("Content-Length", str(len(body)))
            # Said aloud, or the client would ask again on a line that is being closed.
            self.send_header("Connection", "close")
            for name, text in headers.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body if answer.cut is None else body[: answer.cut])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running() -> Iterator[Site]:
    """A site that runs in a thread of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        site = Site(server.server_port)
        server.RequestHandlerClass = handler(site)
        # A client that has had enough is no fault of the server.
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield site
        site.released.set()
        server.shutdown()
