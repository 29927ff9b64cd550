import * as z from 'zod'
import { formsOf, type HtmlForm } from '@/tests/support/html'
import {
  FRESH,
  fetchHeaders,
  multipart,
  multipartType,
  navigationHeaders,
  newAddress,
  postHeaders,
  type Reply,
  type Sending,
} from './browser-requests'

/** `form`: a browser without JavaScript. `action`: the script of the page calls the server action. */
export const SERIES = ['form', 'action'] as const

export type Series = (typeof SERIES)[number]

/**
 * The form of a page: its path, its fields in order, the id of its action, and the build that
 * answered. A page that a script has drawn after an action has no fields for browsers without
 * JavaScript.
 */
export type PageForm = {
  path: string
  fields: HtmlForm['fields']
  actionId: string
  deploymentId: string
  isDrawnByScript: boolean
}

const Reference = z.object({ id: z.string() })

/** Finds the form of a page with this field. */
export function readForm(
  page: Reply,
  { path, field, isDrawnByScript }: { path: string; field: string; isDrawnByScript: boolean },
): PageForm {
  const html = page.body.toString()
  const form = formsOf(html).find(({ fields }) => fields.some(({ name }) => name === field))
  if (!form) throw new Error(`${path} has no form with a field ${field} (status ${page.status})`)
  const reference = form.fields.find(({ name }) => /^\$ACTION_\d+:0$/.test(name ?? ''))?.value
  const { id } = Reference.parse(JSON.parse(reference ?? '{}'))
  const deploymentId = /\?dpl=([\w-]+)/.exec(html)?.[1] ?? ''
  return { path, fields: form.fields, actionId: id, deploymentId, isDrawnByScript }
}

/** A page that a visitor opens. The answer is not compressed when a benchmark reads it. */
export function opening(path: string, cookie: string, isRead = false): Sending {
  const headers = { ...navigationHeaders(cookie), 'x-forwarded-for': newAddress() }
  return { path, headers: isRead ? { ...headers, 'accept-encoding': 'identity' } : headers }
}

type Browser = { series: Series; origin: string; cookie: string }

/** A form that a visitor fills in and sends. */
export function posting(
  { series, origin, cookie }: Browser,
  form: PageForm,
  values: Record<string, string>,
): Sending {
  const { path, fields } = form
  const shared = {
    ...{ 'content-type': multipartType, 'x-forwarded-for': newAddress() },
    ...postHeaders(origin, path),
  }
  const sent = sentFields(fields, values)
  if (series === 'form')
    return {
      path,
      body: multipart(sent),
      headers: { ...navigationHeaders(cookie), ...FRESH, ...shared },
    }
  return {
    path,
    body: multipart([...argumentsOf(form, sent), ['0', '[{},"$K1"]']]),
    headers: { ...fetchHeaders(cookie), ...shared, ...actionHeaders(form) },
  }
}

/** The fields as React writes the second argument of an action. The first one follows them. */
const argumentsOf = ({ isDrawnByScript }: PageForm, sent: readonly (readonly [string, string])[]) =>
  sent
    .filter(([name]) => !(isDrawnByScript && name.startsWith('$ACTION')))
    .map(([name, value]) => [`_1_${name}`, value] as const)

const actionHeaders = ({ path, actionId, deploymentId }: PageForm) => ({
  accept: 'text/x-component',
  'next-action': actionId,
  'next-router-state-tree': stateTree(path),
  'x-deployment-id': deploymentId,
})

/** Fields in the order of the page. Of radio buttons only the chosen one is sent. */
function sentFields(fields: PageForm['fields'], values: Record<string, string>) {
  return fields.flatMap(({ name, type, value = '' }) => {
    if (name === undefined) return []
    const given = values[name]
    if (type === 'radio') return given === value ? [[name, value] as const] : []
    return [[name, given ?? value] as const]
  })
}

/** Which page the browser shows, as Next's router writes it. The numbers are flags of its cache. */
function stateTree(path: string): string {
  const page: unknown = ['__PAGE__', {}, null, null, 0]
  const tree = path
    .slice(1)
    .split('/')
    .reduceRight<unknown>((child, part) => [part, { children: child }, null, null, 0], page)
  return encodeURIComponent(JSON.stringify(['', { children: tree }, null, null, 16]))
}

/** The status of a form that leads to another page. The script of a page reads where from a header. */
export const REDIRECT_STATUS = { form: 303, action: 200 } as const satisfies Record<Series, number>

/** Throws when a reply does not lead to this path. */
export function expectRedirect(reply: Reply, path: string): void {
  const location = reply.headers.get('location') ?? reply.headers.get('x-action-redirect') ?? ''
  const [target = ''] = location.split(';')
  const { pathname } = new URL(target, 'http://localhost')
  if (pathname !== path)
    throw new Error(
      `led to ${location || 'no other page'} instead of ${path} (status ${reply.status})`,
    )
}
