"""Requests that are polite: one at a time, spaced out, named, and patient when a server is busy."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import tenacity
from urllib3.exceptions import HTTPError as TransportError
from urllib3.exceptions import InvalidHeader
from urllib3.util.retry import Retry

from scripts.download.errors import PassingError, RefusedError

USER_AGENT = "council-productivity/0.1 (fetches a few official statistics, one request at a time)"
SECONDS_BETWEEN_REQUESTS = 2.0
ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 2.0, 120.0
# A server that asks for more patience than this is left alone until the next run.
LONGEST_RETRY_AFTER = 300.0
MOST_REDIRECTS = 5
# What has come of a chunk is lost when the line breaks within it.
CHUNK = 16 * 1024
BUSY = {408, 429, 500, 502, 503, 504}
ANSWERS = {200, 206, 304, 416}
# What requests and urllib3 raise when the line breaks, before or within the content.
BROKEN = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    TransportError,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Clock:
    """Time, so that tests need not wait for it."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def retry_after(response: requests.Response) -> float | None:
    """Seconds the server asks to wait, from either form of the header."""
    header = response.headers.get("Retry-After")
    try:
        return Retry().parse_retry_after(header) if header else None
    except InvalidHeader:
        return None


@dataclass
class Client:
    """Asks servers for addresses; ``schemes`` is open to tests, whose server has no certificate."""

    clock: Clock = field(default_factory=Clock)
    schemes: Collection[str] = ("https",)
    timeout: tuple[float, float] = (15.0, 60.0)

    def __post_init__(self) -> None:
        """Open a session and remember when each host was last asked."""
        self.session = requests.Session()
        # Unpacked on the way, a file's bytes could neither be counted nor resumed.
        self.session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
        self.asked: dict[str, float] = {}

    def wait_for_turn(self, host: str) -> None:
        """Sleep until this host may be asked again."""
        if host in self.asked:
            due = self.asked[host] + SECONDS_BETWEEN_REQUESTS - self.clock.now()
            if due > 0:
                self.clock.sleep(due)
        self.asked[host] = self.clock.now()

    def checked(self, url: str, hosts: Collection[str], came_from: str) -> str:
        """The host of an address, if it is one that may be asked."""
        parts = urlsplit(url)
        before = f"{came_from} leads to {url}" if came_from else url
        if parts.scheme not in self.schemes:
            raise RefusedError(
                f"{before}: the scheme is {parts.scheme or 'missing'}, expected {' or '.join(self.schemes)}."
            )
        if parts.netloc not in hosts:
            raise RefusedError(
                f"{before}: the host is {parts.netloc}, expected one that the register allows "
                f"({', '.join(sorted(hosts))})."
            )
        return parts.netloc

    def get(
        self, url: str, hosts: Collection[str], headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """One answer with its content unread, redirects followed to allowed hosts only."""
        came_from, seen = "", [url]
        while True:
            self.wait_for_turn(self.checked(url, hosts, came_from))
            try:
                response = self.session.get(
                    url, headers=headers, stream=True, allow_redirects=False, timeout=self.timeout
                )
            except BROKEN as error:
                raise PassingError(f"{url}: no answer ({type(error).__name__}), expected one.") from error
            target = self.session.get_redirect_target(response)
            if target is None:
                return self.answered(response)
            response.close()
            came_from, url = url, urljoin(url, target)
            if url in seen or len(seen) > MOST_REDIRECTS:
                raise RefusedError(
                    f"{seen[0]}: redirected in a loop or more than {MOST_REDIRECTS} times, last to {url}."
                )
            seen.append(url)

    def answered(self, response: requests.Response) -> requests.Response:
        """The answer, if its status says that there is something to read or nothing new."""
        if response.status_code in ANSWERS:
            return response
        response.close()
        said = (
            f"{response.url}: the server answered {response.status_code} {response.reason}, expected 200 OK."
        )
        if response.status_code not in BUSY:
            raise RefusedError(said)
        wait = retry_after(response)
        if wait and wait > LONGEST_RETRY_AFTER:
            raise RefusedError(
                f"{said} It asks to wait {wait:.0f} seconds, and no more than {LONGEST_RETRY_AFTER:.0f} are "
                "waited here: try again later."
            )
        raise PassingError(said, wait)

    def patiently(self, attempt: Callable[[], T]) -> T:
        """Try until it works, waiting longer each time and at least as long as the server asks."""
        longer = tenacity.wait_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT)

        def wait(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.retry_after if isinstance(error, PassingError) else None
            return max(longer(state), asked or 0)

        retrying = tenacity.Retrying(
            sleep=self.clock.sleep,
            wait=wait,
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            retry=tenacity.retry_if_exception_type(PassingError),
            reraise=True,
        )
        try:
            return retrying(attempt)
        except PassingError as error:
            raise RefusedError(f"{error} Tried {ATTEMPTS} times.") from error

    def text(self, url: str, hosts: Collection[str], content_type: str, maximum: int) -> tuple[str, str]:
        """A page or an API's answer in full, and the address that gave it."""

        def attempt() -> tuple[str, str]:
            with self.get(url, hosts, {"Accept": content_type}) as response:
                found = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if found != content_type:
                    raise RefusedError(
                        f"{response.url}: the content type is {found!r}, expected {content_type}."
                    )
                content = bytearray()
                try:
                    for chunk in response.iter_content(CHUNK):
                        content += chunk
                        if len(content) > maximum:
                            raise RefusedError(
                                f"{response.url}: more than {maximum:,} bytes, expected fewer."
                            )
                except BROKEN as error:
                    raise PassingError(
                        f"{response.url}: broken off after {len(content):,} bytes, expected all of it."
                    ) from error
                return content.decode("utf-8", errors="replace"), response.url

        return self.patiently(attempt)
