import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Expects the first table under a heading of docs/security.md to list what this run came to. */
export function testTable(heading: string, read: () => Record<string, string>[]) {
  it(`lists what each attack came to in this run: ${heading}`, () => {
    const lines = readFileSync('docs/security.md', 'utf8').split('\n')
    const section = lines.slice(lines.indexOf(`## ${heading}`))
    const table = section.slice(section.findIndex((line) => line.startsWith('| ')) + 2)
    const end = table.findIndex((line) => !line.startsWith('| '))
    const rows = read().map((row) => `| ${Object.values(row).join(' | ')} |`)
    expect(table.slice(0, end)).toEqual(rows)
  })
}
