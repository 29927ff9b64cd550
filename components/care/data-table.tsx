import type { ReactNode } from 'react'

export type DataRow = { key: string; cells: readonly ReactNode[] }

type Props = { caption: string; columns: readonly string[]; rows: readonly DataRow[] }

/**
 * A table that scrolls sideways inside its own box, which the keyboard can scroll too. The first
 * cell of a row names the row.
 */
export function DataTable({ caption, columns, rows }: Props) {
  return (
    <figure
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: in Safari, the keyboard scrolls only what has the focus
      tabIndex={0}
      className="relative overflow-x-auto"
    >
      <table className="w-full min-w-xl border-collapse text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b-2 border-line">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-2 pr-4 align-bottom font-semibold">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} columns={columns} cells={row.cells} />
          ))}
        </tbody>
      </table>
    </figure>
  )
}

function Row({ columns, cells }: { columns: readonly string[]; cells: readonly ReactNode[] }) {
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="py-2 pr-4 align-top font-medium">
        {cells[0]}
      </th>
      {columns.slice(1).map((column, nth) => (
        <td key={column} className="py-2 pr-4 align-top tabular-nums">
          {cells[nth + 1]}
        </td>
      ))}
    </tr>
  )
}
