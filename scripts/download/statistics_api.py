"""Find data sets through the API of explore education statistics, the Department for Education's service."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from scripts.download.client import Client
from scripts.download.errors import RefusedError
from scripts.download.pages import Found
from scripts.download.register import Download

LARGEST_ANSWER = 5_000_000
PAGE_SIZE = 20


def value(answer: object, address: str, *path: str, kind: type = str) -> Any:  # noqa: ANN401
    """The field at the end of a path in an answer; the API's contract says that it is there."""
    found = answer
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    # Python counts true and false as whole numbers; the API does not.
    if not isinstance(found, kind) or isinstance(found, bool):
        raise RefusedError(
            f"{address}: {'.'.join(path)} is {json.dumps(found)[:60]}, "
            f"expected {kind.__name__} by the API's contract."
        )
    return found


def results(client: Client, download: Download, path: str, **parameters: str) -> Iterator[tuple[str, object]]:
    """Every result of a list with the address of its page, page after page."""
    number, pages, total, seen = 1, 1, 0, 0
    while number <= pages:
        query = urlencode(parameters | {"page": number, "pageSize": PAGE_SIZE})
        address = f"{download.url.rstrip('/')}/{path}?{query}"
        text, address = client.text(address, download.allowed_hosts, "application/json", LARGEST_ANSWER)
        try:
            answer = json.loads(text)
        except ValueError as error:
            raise RefusedError(f"{address}: the answer is not JSON ({error}), expected JSON.") from error
        if (said := value(answer, address, "paging", "page", kind=int)) != number:
            raise RefusedError(f"{address}: paging.page is {said}, expected {number}.")
        pages = value(answer, address, "paging", "totalPages", kind=int)
        total = value(answer, address, "paging", "totalResults", kind=int)
        page = value(answer, address, "results", kind=list)
        seen += len(page)
        yield from ((address, result) for result in page)
        number += 1
    if seen != total:
        raise RefusedError(
            f"{address}: {seen} results on {pages} pages, expected paging.totalResults, {total}."
        )


def publication(client: Client, download: Download) -> str:
    """The API's number of the publication whose page, which ends in its slug, the register names."""
    slug = urlsplit(download.page_url).path.rstrip("/").rpartition("/")[2]
    for address, result in results(client, download, "publications", search=slug.replace("-", " ")[:100]):
        if value(result, address, "slug") == slug:
            number: str = value(result, address, "id")
            return number
    raise RefusedError(f"{download.url}: no publication has the slug {slug!r}, expected one.")


def addresses(client: Client, download: Download) -> list[Found]:
    """Address of the CSV of the newest published data set with the title that the register asks for."""
    path = f"publications/{publication(client, download)}/data-sets"
    candidates = []
    titles = []
    for address, result in results(client, download, path):
        title = value(result, address, "title")
        titles.append(title)
        if re.search(download.link_pattern, title) and value(result, address, "status") == "Published":
            published = value(result, address, "latestVersion", "published")
            release = value(result, address, "latestVersion", "release", "slug")
            candidates.append((published, value(result, address, "id"), release))
    if not candidates:
        listed = "; ".join(titles) or "none"
        raise RefusedError(
            f"{download.url}/{path}: no published data set has a title like {download.link_pattern!r}, "
            f"found {listed}."
        )
    _, data_set, release = max(candidates)
    return [Found(f"{download.url.rstrip('/')}/data-sets/{data_set}/csv", {"release": release})]
