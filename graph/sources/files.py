"""Files of datasets as tables of text: out of archives, whatever their encoding."""

from __future__ import annotations

import codecs
import csv
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import polars as pl

from graph.errors import InvalidInput

LARGEST = 4 * 1024**3
"""Bytes that a file may unpack to: UCDP's largest is 0.26 GB, ACLED's 1.3 GB."""
BLOCK = 1024**2
OVERLONG = "overlong"
"""A column that marks the rows with more cells than there are columns."""
ROW = "row"
"""A column of the rows' numbers, from 1, the header aside."""
AT_ONCE = 20_000
"""Rows of a slice."""
Make = Callable[[pl.DataFrame], pl.DataFrame]


@contextmanager
def unpacked(path: Path, largest: int = LARGEST) -> Iterator[Path]:
    """The file as UTF-8 text: the first CSV of an archive, or itself.

    What is not UTF-8 is read as Windows-1252, which spreadsheets write. Raises InvalidInput where
    an archive holds no CSV, is damaged, or unpacks to more than ``largest`` bytes.
    """
    with TemporaryDirectory(prefix="polemos-") as folder:
        plain = path
        if zipfile.is_zipfile(path):
            plain = Path(folder) / "unpacked.csv"
            _extract(path, plain, largest)
        yield plain if is_utf8(plain) else _recoded(plain, Path(folder))


def _extract(path: Path, target: Path, largest: int) -> None:
    """Unpack the first CSV, counting what comes out: an archive's own figures can lie."""
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(_first_csv(archive, path)) as member,
            target.open("wb") as unpacked,
        ):
            _copy(member, unpacked, largest, path)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidInput(
            f"{path.name} is no sound archive ({error}). Fetch it again, or unpack it yourself."
        ) from error


def _first_csv(archive: zipfile.ZipFile, path: Path) -> str:
    for name in archive.namelist():
        if name.lower().endswith(".csv") and not name.startswith("__MACOSX/"):
            return name
    raise InvalidInput(
        f"{path.name} holds no file that ends in .csv. Give the archive of the CSV version."
    )


def _copy(source: IO[bytes], target: IO[bytes], largest: int, path: Path) -> None:
    left = largest
    while block := source.read(BLOCK):
        left -= len(block)
        if left < 0:
            raise InvalidInput(
                f"{path.name} unpacks to more than {largest:,} bytes, more than any release has."
                " Look at what it is; nothing was loaded."
            )
        target.write(block)


def is_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _recoded(path: Path, folder: Path) -> Path:
    target = folder / "recoded.csv"
    with (
        path.open(encoding="cp1252", errors="replace", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as recoded,
    ):
        shutil.copyfileobj(source, recoded, BLOCK)
    return target


def read_table(path: Path, columns: Sequence[str], make: Make) -> pl.DataFrame:
    """What ``make`` makes of a CSV file, slice by slice: the whole is never in memory as text.

    A slice has the cells as text, empty ones null, under the names given, and :data:`ROW`. A first
    line that is a header is recognised by the names in it, in any case and order; without one the
    columns are taken in the order given. A row too long is marked in :data:`OVERLONG`, one too
    short lacks its last cells. Raises InvalidInput where the header lacks a column, or there are
    no rows.
    """
    header = _header(path, columns)
    names = list(header or columns)
    try:
        table = _read_quickly(path, names, skip=bool(header))
        return pl.concat(map(make, _numbered(table, columns).collect_batches(chunk_size=AT_ONCE)))
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        table = _read_leniently(path, names, skip=bool(header)).lazy()
        return pl.concat(map(make, _numbered(table, columns).collect().iter_slices(AT_ONCE)))
    except pl.exceptions.NoDataError as error:
        raise InvalidInput(f"{path.name} holds no rows. Fetch it again.") from error


def _numbered(table: pl.LazyFrame, columns: Sequence[str]) -> pl.LazyFrame:
    return table.select(*columns, OVERLONG).with_row_index(ROW, 1)


def _read_quickly(path: Path, names: list[str], skip: bool) -> pl.LazyFrame:
    table = pl.scan_csv(
        path, has_header=False, skip_rows=1 if skip else 0, infer_schema=False, new_columns=names
    )
    return table.with_columns(pl.lit(False).alias(OVERLONG))


def _header(path: Path, columns: Sequence[str]) -> list[str] | None:
    """The names in the first line as ours, None where it is a row already."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = [cell.strip().lower() for cell in next(csv.reader(file), [])]
    if not first:
        raise InvalidInput(f"{path.name} is empty. Fetch it again.")
    known = set(first) & set(columns)
    if len(known) * 2 < len(columns):
        if len(first) != len(columns):
            raise InvalidInput(
                f"{path.name} has no header, and its first row has {len(first)} cells instead of"
                f" {len(columns)}. Give a file with the columns {', '.join(columns[:4])}, …"
            )
        return None
    missing = [column for column in columns if column not in known]
    if missing:
        raise InvalidInput(
            f"The header of {path.name} lacks {', '.join(missing)}. Give a file with all columns."
        )
    return [name if first.count(name) == 1 else f"{name}.{at}" for at, name in enumerate(first)]


def _read_leniently(path: Path, header: list[str], skip: bool) -> pl.DataFrame:
    """Row by row, for a file with rows of the wrong length, which polars refuses as a whole."""
    width = len(header)
    columns: list[list[str | None]] = [[] for _ in header]
    overlong: list[bool] = []
    with path.open("rb") as raw:
        rows = csv.reader(TextIOWrapper(raw, "utf-8-sig", newline=""))
        try:
            for number, row in enumerate(rows):
                if (number == 0 and skip) or not row:
                    continue
                overlong.append(len(row) > width)
                for column, cell in zip(columns, [*row, *[""] * (width - len(row))], strict=False):
                    column.append(cell or None)
        except csv.Error as error:
            raise InvalidInput(
                f"{path.name} is no CSV from line {rows.line_num} on ({error}). Look at that line."
            ) from error
    cells = dict(zip(header, columns, strict=True))
    table = pl.DataFrame(cells, dict.fromkeys(header, pl.String))
    return table.with_columns(pl.Series(OVERLONG, overlong, pl.Boolean))
