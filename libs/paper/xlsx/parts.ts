/** The parts of a workbook that are the same for every register (ECMA-376: SpreadsheetML, OPC). */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Styles of cells, by their place in the list below. */
export const styles = {
  plain: 0,
  title: 1,
  head: 2,
  text: 3,
  date: 4,
  number: 5,
  struck: 6,
  /** Text that looks like a formula, marked as the text it is. */
  quoted: 7,
  quotedStruck: 8,
} as const;
export type Style = (typeof styles)[keyof typeof styles];

const font = (inside: string): string =>
  `<font>${inside}<name val="Times New Roman"/><family val="1"/></font>`;
const box =
  '<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border>';
const wrapped = '<alignment vertical="top" wrapText="1"/>';
const cell = (number: number, fontId: number, more = ''): string =>
  `<xf numFmtId="${number}" fontId="${fontId}" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"${more}>${wrapped}</xf>`;

const stylesXml = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="4">${font('<sz val="11"/>')}${font('<b/><sz val="14"/>')}${font('<b/><sz val="11"/>')}${font('<strike/><sz val="11"/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/>${box}</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="9"><xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/><xf fontId="2" borderId="1" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>${cell(0, 0)}${cell(164, 0)}${cell(3, 0)}${cell(0, 3)}${cell(0, 0, ' quotePrefix="1"')}${cell(0, 3, ' quotePrefix="1"')}</cellXfs></styleSheet>`;

const contentTypesXml = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`;

const relsXml = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const workbookRelsXml = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

/** The first of two sheets: its name, what is printed of it, and which row stands on every page. */
export interface Area {
  /** Without a quote. */
  readonly sheet: string;
  /** Name of the second. */
  readonly beside: string;
  readonly lastColumn: string;
  readonly headRow: number;
  readonly lastRow: number;
}

export const workbookXml = ({ sheet, beside, lastColumn, headRow, lastRow }: Area): string =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/><sheet name="${beside}" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'${sheet}'!$A$1:$${lastColumn}$${lastRow}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheet}'!$${headRow}:$${headRow}</definedName></definedNames></workbook>`;

/** The same for every file, so that the same figures make the same bytes. ZIP has no earlier day. */
export const ZIPPED = {
  mtime: new Date(1980, 0, 1),
  mode: 0o100644,
  forceDosTimestamp: true,
} as const;

/** The parts that are the same in every workbook, by their names. */
export const sameParts = {
  '[Content_Types].xml': contentTypesXml,
  '_rels/.rels': relsXml,
  'xl/_rels/workbook.xml.rels': workbookRelsXml,
  'xl/styles.xml': stylesXml,
} as const;

/** The beginning of a sheet: columns' widths, and which rows stay when the others go by. */
export function sheetHead(widths: readonly number[], frozenRows: number): string {
  const columns = widths.map(
    (width, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const frozen =
    frozenRows === 0
      ? ''
      : `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`;
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

/** Its end: A4 lying, as wide as the page, numbered. */
export const SHEET_END =
  '</sheetData><pageMargins left="0.5" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;CTrang &amp;P/&amp;N</oddFooter></headerFooter></worksheet>';
