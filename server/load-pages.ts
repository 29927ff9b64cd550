import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'

const MANIFEST = path.resolve('.next/server/app-paths-manifest.json')
const BREAK_MS = 5

const pagesManifest = z.record(z.string(), z.string())

/**
 * Loads the code of every page, one after another, once the server listens and while it answers
 * nobody. A page whose first request comes sooner is loaded by that request. Next's own option
 * (`preloadEntriesOnStart`) loads all pages in one go, and no connection is accepted until its end.
 * `manifest`: the list of pages that the build wrote.
 */
export async function loadPages(server: Server, manifest = MANIFEST): Promise<void> {
  let requests = 0
  const count = (_: IncomingMessage, response: ServerResponse) => {
    requests++
    response.once('close', () => requests--)
  }
  server.on('request', count)
  await once(server, 'listening')
  const load = createRequire(manifest)
  for (const file of Object.values(pagesManifest.parse(load(manifest)))) {
    do await sleep(BREAK_MS)
    while (requests > 0)
    try {
      await load(`./${file}`)
    } catch {
      // Each request for this page fails too, and is logged.
    }
  }
  server.off('request', count)
}
