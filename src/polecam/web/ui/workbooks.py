"""Workbooks written piece by piece: no table ever stands in memory as a whole, nor on the disk.

Texts are texts, so that no cell can start a formula; numbers are numbers, amounts have the sign of
the firm's money, days are days.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from polecam.web.ui import format as fmt
from polecam.web.ui.tables import DAY, MONEY, NUMBER, Spill, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
"""What a sheet can hold; the rest stands on another one."""
LONGEST = 32_000
TOGETHER = 256
"""Rows in a piece."""
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DAY_ONE = date(1899, 12, 30)
STYLES = {NUMBER: 0, MONEY: 1, DAY: 2, "head": 3}


def as_xlsx(tables: Iterable[Table]) -> Iterator[bytes]:
    """A workbook with a sheet for each table, or more where one cannot hold it."""
    return _pieces(tables, fmt.cell_format())  # now: it is written after the answer began


def _pieces(tables: Iterable[Table], money: str) -> Iterator[bytes]:
    spill, names = Spill(), list[str]()
    with zipfile.ZipFile(spill, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            rows, part = iter(table.rows), 1
            while True:
                names.append(_sheet_name(table.name, part, names))
                path = f"xl/worksheets/sheet{len(names)}.xml"
                full = list[bool]()
                with archive.open(path, "w", force_zip64=True) as file:
                    for piece in _sheet(table.columns, rows, full):
                        file.write(piece.encode())
                        yield spill.taken()
                if not any(full):
                    break
                part += 1
        for path, content in _parts(names, money):
            archive.writestr(path, content)
    yield spill.taken(0)


def _sheet(
    columns: Sequence[tuple[str, str]], rows: Iterator[Sequence[Any]], full: list[bool]
) -> Iterator[str]:
    """Pieces of a sheet; `full` gets whether rows may be left."""
    yield OPENING.format(columns=_widths(columns))
    yield _row(_text(head, STYLES["head"]) for head, _kind in columns)
    count, parts = 1, list[str]()
    for row in rows:
        pairs = zip(row, columns, strict=True)
        parts.append(_row(_cell(cell, kind) for cell, (_head, kind) in pairs))
        count += 1
        if len(parts) == TOGETHER or count == MOST_ROWS:
            yield "".join(parts)
            parts = []
        if count == MOST_ROWS:
            break
    yield "".join([*parts, "</sheetData></worksheet>"])
    full.append(count == MOST_ROWS)


def _widths(columns: Sequence[tuple[str, str]]) -> str:
    sizes = [max(12, min(40, len(head) + 4)) for head, _kind in columns]
    return "".join(
        f'<col min="{n}" max="{n}" width="{size}" customWidth="1"/>'
        for n, size in enumerate(sizes, 1)
    )


def _row(cells: Iterable[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _text(said: str, style: int = 0) -> str:
    clean = escape(UNPRINTABLE.sub("", said)[:LONGEST])
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{clean}</t></is></c>'


def _cell(cell: Any, kind: str) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if kind == MONEY:
        return f'<c s="{STYLES[MONEY]}"><v>{int(cell) / 100:.2f}</v></c>'
    if kind == DAY:
        return f'<c s="{STYLES[DAY]}"><v>{(cell - DAY_ONE).days}</v></c>'
    return f"<c><v>{int(cell)}</v></c>" if kind == NUMBER else _text(str(cell))


def _sheet_name(name: str, part: int, taken: Sequence[str]) -> str:
    """At most 31 letters without []:*?/\\, and none twice."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", name).strip() or "Tabela"
    said = clean[:31] if part == 1 else f"{clean[:27]} {part}"
    return said if said not in taken else f"{clean[:26]} {len(taken) + 1}"


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
QUOTE = {'"': "&quot;"}
OPENING = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    "<cols>{columns}</cols><sheetData>"
)
STYLE_SHEET = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164"'
    ' formatCode="{money}"/></numFmts>'
    '<fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>'
    "</styleSheet>"
)


def _parts(names: Sequence[str], money: str) -> Iterator[tuple[str, str]]:
    """What holds the sheets together; `money`: how amounts are shown."""
    kinds = {"xl/workbook.xml": f"{KIND}.sheet.main+xml", "xl/styles.xml": f"{KIND}.styles+xml"}
    targets = [f"worksheets/sheet{n}.xml" for n in range(1, len(names) + 1)]
    kinds |= {f"xl/{target}": f"{KIND}.worksheet+xml" for target in targets}
    overrides = "".join(
        f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in kinds.items()
    )
    content = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    yield "[Content_Types].xml", content
    yield "_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name="{escape(name, QUOTE)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    links = [("worksheet", target) for target in targets]
    yield "xl/_rels/workbook.xml.rels", _links([*links, ("styles", "styles.xml")])
    yield "xl/styles.xml", STYLE_SHEET.replace("{money}", escape(money, QUOTE))


def _links(targets: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
