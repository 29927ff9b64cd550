import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { HTMLElement, type Node, parse, TextNode } from 'node-html-parser'
import { startProcess } from '@/bench/support/processes'
import { deploymentId, hashSources, PAGES_STAMP } from '@/server/source-hash.mjs'
import { SCRATCH } from '@/tests/support/environment'
import { findPort } from '@/tests/support/product'
import { productEnvironment } from './environment'
import type { WebServer } from './product'

const SOURCES = 'bench/web/markup'
const NEXT = path.resolve('node_modules/next/dist/bin/next')
const FOLDER = path.resolve(SCRATCH, 'bench-markup')
const STAMP = path.join(FOLDER, 'built.sha256')

/** What the web process and its styles need. The pages are left out. */
const COPIED = [
  ...['app/_session', 'app/globals.css', 'components', 'lib', 'messages', 'server', 'prisma'],
  ...['dist', 'instrumentation.ts', 'postcss.config.mjs', 'tailwind.config.ts'],
  ...['tsconfig.json', 'package.json'],
]

type Tree = string | [string, Record<string, string | boolean>, Tree[]]

/**
 * Builds a copy of the product with one page: the markup of the profile, as `html` has it, without
 * any data. It has the same server, the same headers and the same styles. It is built once for the
 * same sources; the markup of another customer is as long.
 */
export async function prepareMarkup(html: string): Promise<void> {
  const hash = hashSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const name of COPIED) cpSync(name, path.join(FOLDER, name), { recursive: true })
  cpSync(SOURCES, FOLDER, { recursive: true })
  const body = parse(html).querySelector('body')
  writeFileSync(path.join(FOLDER, 'markup.json'), JSON.stringify(body?.childNodes.flatMap(toTree)))
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
  await promisify(execFile)(process.execPath, [NEXT, 'build'], {
    cwd: FOLDER,
    env: { ...env, NEXT_DEPLOYMENT_ID: deploymentId(hash) },
  })
  writeFileSync(path.join(FOLDER, PAGES_STAMP), hash)
  writeFileSync(STAMP, hash)
}

/** Starts the web process with the one page. */
export async function startMarkup(
  secrets: Record<string, string>,
  databaseUrl: string,
): Promise<WebServer> {
  const port = await findPort()
  const { pid, stop } = await startProcess({
    args: ['server/run.mjs', 'web'],
    environment: productEnvironment(secrets, databaseUrl, port),
    folder: FOLDER,
  })
  return { origin: `http://localhost:${port}`, pid, stop }
}

/** Scripts are left out: Next adds its own. */
function toTree(node: Node): Tree[] {
  if (node instanceof TextNode) return node.text === '' ? [] : [node.text]
  if (!(node instanceof HTMLElement) || node.rawTagName === 'script') return []
  const attributes = Object.entries(node.attributes).filter(([name]) => name !== 'style')
  return [
    [
      node.rawTagName.toLowerCase(),
      // An attribute without a value, such as `hidden`.
      Object.fromEntries(attributes.map(([name, value]) => [name, value === '' || value])),
      node.childNodes.flatMap(toTree),
    ],
  ]
}
