"""Is a file what its name says? An error page saved as a workbook must not pass for figures."""

from __future__ import annotations

import zipfile
from pathlib import Path

from scripts.download.errors import RefusedError

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
HEAD = 4096
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def opened(path: Path) -> str:
    """What is wrong with a zipped workbook; empty if nothing is."""
    try:
        with zipfile.ZipFile(path) as archive:
            if broken := archive.testzip():
                return f"its part {broken} is damaged"
            names = set(archive.namelist())
            if path_suffix(path) == ".xlsx":
                return "" if "xl/workbook.xml" in names else "the zip file holds no xl/workbook.xml"
            kind = archive.read("mimetype") if "mimetype" in names else b""
            return "" if kind.strip() == ODS else "the zip file's mimetype is not that of a spreadsheet"
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        return f"the zip file cannot be opened ({error})"


def path_suffix(path: Path) -> str:
    """The suffix of the file's name, that of the unfinished file's mark aside."""
    return path.with_suffix("").suffix.lower() if path.suffix == ".part" else path.suffix.lower()


def fault(path: Path) -> str:
    """What is wrong with a file's content, in words; empty if it is what the suffix says."""
    with path.open("rb") as source:
        head = source.read(HEAD)
        source.seek(-min(4, path.stat().st_size), 2)
        tail = source.read()
    suffix = path_suffix(path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "the content is an HTML page, perhaps an error page"
    if suffix in (".xlsx", ".ods"):
        if head.startswith(OLE):
            return "the content is an older or an encrypted workbook"
        return opened(path)
    if suffix == ".xls":
        return "" if head.startswith(OLE) else "the content is not an Excel 97 workbook"
    if suffix == ".parquet":
        return "" if head[:4] == tail == b"PAR1" else "the content does not begin and end as Parquet"
    if suffix == ".csv":
        if b"\0" in head or head.startswith((b"PK", OLE, b"%PDF")):
            return "the content is not text"
        return "" if b"," in head.partition(b"\n")[0] else "the first line has no comma"
    return f"nothing is known of {suffix or 'files without a suffix'}"


def check(path: Path, url: str) -> None:
    """Refuse a file whose content is not what its name says."""
    if found := fault(path):
        raise RefusedError(f"{url}: {found}, expected a {path_suffix(path).lstrip('.')} file.")
