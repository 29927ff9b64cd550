import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { logTo } from '@/lib/platform/log'
import { loadPages } from '@/server/load-pages'

const loaded: string[] = []
Object.assign(globalThis, { loadedPages: loaded })

/** A build whose pages record that they are loaded, and throw if their name says so. */
function compile(...names: string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pages-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of names)
    writeFileSync(
      path.join(folder, `${name}.js`),
      `loadedPages.push('${name}'); if ('${name}' === 'broken') throw new TypeError()`,
    )
  const manifest = path.join(folder, 'app-paths-manifest.json')
  writeFileSync(
    manifest,
    JSON.stringify(Object.fromEntries(names.map((name) => [name, `${name}.js`]))),
  )
  return manifest
}

it('loads every page and logs the one that fails, but loads none while a request is answered', async () => {
  const lines: string[] = []
  const before = logTo({ write: (line) => void lines.push(line) })
  onTestFinished(() => void logTo(before))
  const server = createServer()
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  const loading = loadPages(server, compile('first', 'broken', 'last'))
  server.emit('request', response.req, response)
  server.emit('listening')
  await sleep(50)
  expect(loaded).toEqual([])
  response.emit('close')
  await loading
  expect(loaded).toEqual(['first', 'broken', 'last'])
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      event: 'page_not_loaded',
      page: 'broken.js',
      error: expect.objectContaining({ name: 'TypeError' }),
    }),
  ])
})
