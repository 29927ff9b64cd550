/** A spreadsheet calculates a cell that begins like this. */
const FORMULA = /^[=+\-@\t\r\n]/

/**
 * A line of CSV (RFC 4180). Every cell is quoted, and one that a spreadsheet would take for a
 * formula begins with an apostrophe.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quote).join(',')}\r\n`

const quote = (cell: string) =>
  `"${(FORMULA.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`
