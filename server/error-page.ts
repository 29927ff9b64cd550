import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import outage from '@/messages/outage.json'
import { escapeHtml, writeResendForm } from './resend-form'

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;margin:0;overflow-wrap:anywhere}main{max-width:32rem;margin:0 auto;padding:2rem 1rem}hr{margin:2rem 0}label{display:block;margin:1rem 0;font-weight:600}input,button{font:inherit;min-height:3rem;box-sizing:border-box}input:not([type=hidden]){display:block;width:100%;padding:.5rem}button{padding:.5rem 1.5rem;font-weight:600}a{display:inline-block;padding:.6rem 0}'

/** What a page says in one language. `reference` has a place for the request id. */
type Texts = {
  title: string
  heading: string
  text: string
  home: string
  retry?: string
  profile?: string
  typed?: string
  reference?: string
}

/** What an error page is about: a failure of ours, or a request that was refused. */
export type Fault =
  | 'outage'
  | 'stillLoggedIn'
  | 'tooLarge'
  | 'malformed'
  | 'outdated'
  | 'foreign'
  | 'missing'

/**
 * `reference`: the request id. `typed`: values of a form, which the customer would lose. `form`: the
 * form that failed, which the page sends again.
 */
export type Details = { reference?: string; typed?: readonly string[]; form?: FormData }

const TEXTS: Record<Fault, { id: Texts; en: Texts }> = {
  outage,
  stillLoggedIn: textsOf('stillLoggedIn'),
  tooLarge: textsOf('tooLarge'),
  malformed: textsOf('malformed'),
  outdated: textsOf('outdated'),
  foreign: textsOf('foreign'),
  missing: { id: id.notFound, en: en.notFound },
}

const LOCALES = { id, en }

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
    `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  )
  return formatPage(fault, details, nonce)
}

function textsOf(fault: keyof typeof id.request) {
  const { retry, home } = id.error
  const ways = fault === 'stillLoggedIn' ? [{}, {}] : [{ retry }, { retry: en.error.retry }]
  return {
    id: { home, ...ways[0], ...id.request[fault] },
    en: { home: en.error.home, ...ways[1], ...en.request[fault] },
  }
}

function formatPage(fault: Fault, details: Details, nonce: string) {
  const texts = TEXTS[fault]
  const button = fault === 'stillLoggedIn' ? 'leave' : 'send'
  const labels = [id, en].map(({ resend }) => resend[button])
  const again = details.form && writeResendForm(details.form, labels.join(' · '))
  const sections = (['id', 'en'] as const).map((language) =>
    formatSection(language, texts[language], {
      ...details,
      more: fault === 'outage' ? moreOf(language, details, again?.asksAgain) : [],
    }),
  )
  return `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>${texts.id.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style nonce="${nonce}">${STYLE}</style></head>
<body><main>${sections.join('<hr>')}${again ? `<hr>${again.html}` : ''}</main></body></html>\n`
}

/** What became of a posted form. Undefined `asksAgain`: the page cannot send it again. */
function moreOf(language: 'id' | 'en', { form }: Details, asksAgain: boolean | undefined) {
  const { resend } = LOCALES[language]
  if (!form) return []
  if (asksAgain === undefined) return [resend.back]
  return [resend.kept, ...(asksAgain ? [resend.secrets] : [])]
}

type Section = Details & { more: string[] }

function formatSection(
  language: string,
  texts: Texts,
  { reference, typed = [], form, more }: Section,
) {
  const numbered = reference && texts.reference?.replace('{reference}', reference)
  const values = typed.map((value) => `<li>${escapeHtml(value)}</li>`).join('')
  const paragraphs = [texts.text, ...more, ...(numbered ? [numbered] : [])]
  const links = [
    ...(texts.retry && !form ? [`<a href="">${texts.retry}</a>`] : []),
    ...(texts.profile ? [`<a href="/profile">${texts.profile}</a>`] : []),
    `<a href="/">${texts.home}</a>`,
  ]
  return `<section lang="${language}"><h1>${texts.heading}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
${values && texts.typed ? `<p>${texts.typed}</p><ul>${values}</ul>` : ''}
<p>${links.join(' · ')}</p></section>`
}
