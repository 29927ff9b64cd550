import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { newFolder } from '../support/environment'

const TOOL = 'promtool'
/** A shop of two hours for each alert, on a busy machine. */
const TEST_MS = 180_000

/** Runs the tool of Debian's package prometheus. */
function promtool(...args: string[]) {
  const { error, status, stdout, stderr } = spawnSync(TOOL, args, { encoding: 'utf8' })
  if (error)
    throw new Error('prometheus is missing. Install the package: apt-get install prometheus')
  return [status, status === 0 ? '' : stdout + stderr]
}

const RULES = 'deploy/prometheus/alerts.yml'
const PASSED = [0, '']

it('Prometheus accepts the alert rules and the scrape configuration', () => {
  expect(promtool('check', 'rules', RULES)).toEqual(PASSED)
  const config = 'deploy/prometheus/prometheus.yml'
  expect(promtool('check', 'config', '--syntax-only', config)).toEqual(PASSED)
})

it(
  'every alert fires for its cause, and none for a shop in good health',
  () => {
    const tests = 'tests/system/alerts.yml'
    expect(promtool('test', 'rules', tests)).toEqual(PASSED)
    const alerts = [...readFileSync(RULES, 'utf8').matchAll(/- alert: (\w+)/g)].map(
      ([, name]) => name,
    )
    const tested = [...readFileSync(tests, 'utf8').matchAll(/alertname="(\w+)"/g)]
    expect(tested.map(([, name]) => name).sort()).toEqual(alerts.sort())
  },
  TEST_MS,
)

it('Prometheus accepts every query of the dashboard', () => {
  const dashboard = readFileSync('deploy/grafana/recovery-account.json', 'utf8')
  const queries = [...dashboard.matchAll(/^ *"expr": (".*"),?$/gm)].map(([, text = '']) =>
    String(JSON.parse(text)).replaceAll('$__rate_interval', '5m'),
  )
  expect(queries.length).toBeGreaterThan(30)
  const rules = queries.map((expr, nth) => ({ record: `query:${nth}`, expr }))
  const folder = newFolder('queries')
  const file = path.join(folder, 'rules.yml')
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }))
  expect(promtool('check', 'rules', file)).toEqual(PASSED)
  rmSync(folder, { recursive: true })
})
