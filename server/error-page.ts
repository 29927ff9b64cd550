import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:32rem;margin:0 auto;padding:2rem 1rem}hr{margin:2rem 0}'

/** What a page says in one language. `reference` has a place for the request id. */
export type ErrorTexts = {
  heading: string
  text: string
  retry: string
  home: string
  reference?: string
}

export type ErrorPage = { title: string; id: ErrorTexts; en: ErrorTexts; reference?: string }

/**
 * Sets the headers of an error page on the response, and returns the page. It stands in both
 * languages, because it is also shown when the language of the customer cannot be read.
 */
export function prepareErrorPage(response: ServerResponse, page: ErrorPage): string {
  const nonce = randomUUID()
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'`,
  )
  return formatPage(page, nonce)
}

function formatPage({ title, id, en, reference }: ErrorPage, nonce: string) {
  return `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style nonce="${nonce}">${STYLE}</style></head>
<body><main>${formatSection('id', id, reference)}<hr>${formatSection('en', en, reference)}</main></body></html>\n`
}

function formatSection(language: string, texts: ErrorTexts, reference: string | undefined) {
  const numbered =
    reference && texts.reference
      ? `<p>${texts.reference.replace('{reference}', reference)}</p>\n`
      : ''
  return `<section lang="${language}"><h1>${texts.heading}</h1><p>${texts.text}</p>${numbered}
<p><a href="">${texts.retry}</a> · <a href="/">${texts.home}</a></p></section>`
}
