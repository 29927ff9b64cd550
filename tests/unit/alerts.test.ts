import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const ALERTS = readFileSync('deploy/prometheus/alerts.yml', 'utf8')
const OPERATIONS = readFileSync('docs/operations.md', 'utf8')

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, one]) => one)

/** The fragment of a heading's link. */
const anchorOf = (heading: string | undefined) => heading?.toLowerCase().replaceAll(' ', '-')

it('every alert leads to a runbook that names it', () => {
  const rules = ALERTS.split('- alert: ').slice(1)
  expect(rules.length).toBeGreaterThan(20)
  const runbooks = new Map(
    OPERATIONS.split('\n### ').map((part) => [anchorOf(part.split('\n', 1)[0]), part]),
  )
  const strays = rules.filter((rule) => {
    const [name] = found(rule, /^(\w+)/g)
    const [anchor] = found(rule, /runbook_url: docs\/operations\.md#(\S+)/g)
    return !runbooks.get(anchor)?.includes(`\`${name}\``)
  })
  expect(strays).toEqual([])
})
