"""What a cell shows where the reader of spreadsheets says less: errors, raised note marks, hidden numbers.

The reader gives an error cell as blank or 0, a formula that was never worked out as blank, a raised note mark
as one more digit, and a number whose format hides it as the number. Each such cell is found in the file's own
bytes and its text put in place, so that a column of figures refuses it by its address and everything else
never sees it.
"""

from __future__ import annotations

import io
import zipfile

from scripts.ingest.cells.ods import look as look_at_ods
from scripts.ingest.cells.said import Said
from scripts.ingest.cells.xls import look as look_at_xls
from scripts.ingest.cells.xlsx import look as look_at_xlsx
from scripts.ingest.errors import IngestError

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
#: The largest workbook held unpacks to 60 MB.
LARGEST_UNPACKED = 300_000_000
__all__ = ["Said", "look"]


def look(name: str, content: bytes) -> Said:
    """Cells of a workbook whose text is not what the reader of spreadsheets gives.

    Nothing is known of a kind other than xls, xlsx and ods.

    Args:
        name: What messages call the file.
        content: The file.

    Raises:
        IngestError: It is damaged, or unpacked or as a grid larger than one that is read.
    """
    if content.startswith(OLE_MAGIC):
        return look_at_xls(name, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise IngestError(name, f"a damaged workbook ({error})", "a workbook that can be read") from error
    size = sum(part.file_size for part in parts)
    if size > LARGEST_UNPACKED:
        found = f"a workbook of {size:,} bytes once unpacked"
        raise IngestError(name, found, f"at most {LARGEST_UNPACKED:,}")
    names = {part.filename for part in parts}
    if "xl/workbook.xml" in names:
        return look_at_xlsx(name, content)
    return look_at_ods(name, content) if "content.xml" in names else Said()
