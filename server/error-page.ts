import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import outage from '@/messages/outage.json'

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:32rem;margin:0 auto;padding:2rem 1rem}hr{margin:2rem 0}'

/** What a page says in one language. `reference` has a place for the request id. */
type Texts = {
  title: string
  heading: string
  text: string
  retry: string
  home: string
  typed?: string
  reference?: string
}

/** What an error page is about: a failure of ours, or a request that was refused. */
export type Fault = 'outage' | 'tooLarge' | 'malformed' | 'outdated' | 'foreign'

/** `reference`: the request id. `typed`: values of a form, which the customer would lose. */
export type Details = { reference?: string; typed?: readonly string[] }

const TEXTS: Record<Fault, { id: Texts; en: Texts }> = {
  outage: { id: outage, en: en.error },
  tooLarge: textsOf('tooLarge'),
  malformed: textsOf('malformed'),
  outdated: textsOf('outdated'),
  foreign: textsOf('foreign'),
}

/**
 * Sets the headers of an error page on the response, and returns the page. It stands in both
 * languages, because it is also shown when the language of the customer cannot be read.
 */
export function prepareErrorPage(
  response: ServerResponse,
  fault: Fault,
  details: Details = {},
): string {
  const nonce = randomUUID()
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
  )
  return formatPage(TEXTS[fault], details, nonce)
}

function textsOf(fault: keyof typeof id.request) {
  const { retry, home } = id.error
  return {
    id: { retry, home, ...id.request[fault] },
    en: { retry: en.error.retry, home: en.error.home, ...en.request[fault] },
  }
}

function formatPage(texts: (typeof TEXTS)[Fault], details: Details, nonce: string) {
  return `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>${texts.id.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style nonce="${nonce}">${STYLE}</style></head>
<body><main>${formatSection('id', texts.id, details)}<hr>${formatSection('en', texts.en, details)}</main></body></html>\n`
}

function formatSection(language: string, texts: Texts, { reference, typed = [] }: Details) {
  const numbered = reference && texts.reference?.replace('{reference}', reference)
  const values = typed.map((value) => `<li>${escapeHtml(value)}</li>`).join('')
  return `<section lang="${language}"><h1>${texts.heading}</h1><p>${texts.text}</p>
${numbered ? `<p>${numbered}</p>` : ''}
${values && texts.typed ? `<p>${texts.typed}</p><ul>${values}</ul>` : ''}
<p><a href="">${texts.retry}</a> · <a href="/">${texts.home}</a></p></section>`
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
