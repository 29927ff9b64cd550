import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'

const MANIFEST = path.resolve('.next/server/app-paths-manifest.json')
const BREAK_MS = 5

const pagesManifest = z.record(z.string(), z.string())

/**
 * Loads the code of every page, one page after another, while the server listens and answers no
 * request. A request for a page that is not loaded yet loads that page. With Next's own option
 * (`preloadEntriesOnStart`), the server accepts no connection until all pages are loaded. Logs each page
 * that cannot be loaded. `manifest`: the list of pages that the build wrote.
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
    } catch (error) {
      // Next answers a request for this page with 500, and does not log the reason.
      log.error({ event: 'page_not_loaded', page: file, error: reportError(error) })
    }
  }
  server.off('request', count)
}
