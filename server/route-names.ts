import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import * as z from 'zod'

const ROUTES = '.next/routes-manifest.json'
const ACTIONS = '.next/server/server-reference-manifest.json'

const routes = z.array(z.object({ page: z.string() }))
const routesManifest = z.object({ staticRoutes: routes, dynamicRoutes: routes })

const actionsManifest = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string() })),
})

const boundAction = z.object({ id: z.string() })

/** Names for paths and server actions, of which there is a fixed number in each build. */
export type RouteNames = {
  /** The pattern of a path, such as `/secure/[token]`; `other` for a path that is no page. */
  routeOf(url: string | undefined): string
  /**
   * The server action that a request calls, such as `reset/submitReset`; `unknown` for one of
   * another build, and undefined when it calls none.
   */
  actionOf(request: IncomingMessage, form: FormData): string | undefined
  /** Every action that a request names. Of several in one form, React calls the last. */
  actionsOf(request: IncomingMessage, form: FormData): string[]
}

/** Reads the names of this build. Without a build, in development, every path is `other`. */
export function readRouteNames(): RouteNames {
  const { staticRoutes, dynamicRoutes } = existsSync(ROUTES)
    ? routesManifest.parse(read(ROUTES))
    : { staticRoutes: [], dynamicRoutes: [] }
  const pages = new Set(staticRoutes.map(({ page }) => page))
  const patterns = dynamicRoutes.map(({ page }) => ({ page, parts: page.split('/') }))
  const actions = existsSync(ACTIONS) ? actionsManifest.parse(read(ACTIONS)).node : {}
  const names = new Map(Object.entries(actions).map(([id, action]) => [id, nameOf(action)]))
  const actionsOf = ({ headers }: IncomingMessage, form: FormData) => {
    const id = headers['next-action']
    return [...(id === undefined ? [] : [String(id)]), ...idsIn(form)].map(
      (named) => names.get(named) ?? 'unknown',
    )
  }
  return {
    routeOf(url = '') {
      const [pathname = ''] = url.split('?', 1)
      if (pathname.startsWith('/_next/')) return '/_next'
      if (pages.has(pathname)) return pathname
      const given = pathname.split('/')
      return patterns.find(({ parts }) => isLike(parts, given))?.page ?? 'other'
    },
    actionOf: (request, form) => actionsOf(request, form)[0],
    actionsOf,
  }
}

/** Whether a path matches a pattern. A part in brackets matches any text. */
const isLike = (parts: readonly string[], given: readonly string[]) =>
  parts.length === given.length &&
  parts.every((part, nth) => part === given[nth] || (part.startsWith('[') && given[nth] !== ''))

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** The name has the folder in front, because two files may export the same name. */
function nameOf({ exportedName, filename }: { exportedName: string; filename: string }) {
  return path.posix.join(path.posix.relative('app', path.posix.dirname(filename)), exportedName)
}

/** How React names the action of a form that was sent without JavaScript. */
function idsIn(form: FormData): string[] {
  return [...form].flatMap(([name, value]) => {
    const [, id] = /^\$ACTION_ID_(\w+)$/.exec(name) ?? []
    if (id) return [id]
    return /^\$ACTION_\d+:0$/.test(name) ? [readBound(value)] : []
  })
}

function readBound(value: FormDataEntryValue) {
  try {
    return boundAction.parse(JSON.parse(String(value))).id
  } catch {
    return ''
  }
}
