import { env } from '@/lib/platform/env'
import { type Locale, TIME_ZONE } from '@/lib/platform/locale'
import type { PersonData } from './collect'
import type { Cell, Fact } from './facts'
import { fieldNames, personWords, sayValue, sectionNames } from './words'

const STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem}
h1{line-height:1.2}ol{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
li{border:1px solid #8889;border-radius:.5rem;padding:.75rem 1rem}dl{margin:0}
dl div{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.5rem;padding:.125rem 0}
dt{opacity:.8}dd{margin:0;overflow-wrap:anywhere}
@media print{li{break-inside:avoid}}`

/** A person's data as JSON, page by page. Times are ISO 8601 in UTC. */
export async function* writeJson({ exportedAt, sections }: PersonData): AsyncGenerator<string> {
  yield `{\n"exportedAt": ${JSON.stringify(exportedAt)},\n"sections": {`
  for (const [nth, name] of sectionNames.entries()) {
    yield `${nth > 0 ? ',' : ''}\n"${name}": [`
    let separator = '\n'
    for await (const facts of sections[name]()) {
      if (facts.length === 0) continue
      yield separator + facts.map((fact) => JSON.stringify(fact)).join(',\n')
      separator = ',\n'
    }
    yield ']'
  }
  yield '\n}\n}\n'
}

/** A person's data as a page that a browser opens without a network. Times are in WIB. */
export async function* writePage(
  { exportedAt, sections }: PersonData,
  locale: Locale,
): AsyncGenerator<string> {
  const t = personWords(locale)
  const title = escapeHtml(t('title', { brand: env().BRAND_NAME }))
  yield `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><style>${STYLE}</style></head>
<body>
<h1>${title}</h1>
<p>${escapeHtml(t('intro', { at: sayCell('', exportedAt, locale) }))}</p>
`
  for (const name of sectionNames) {
    yield `<section><h2>${escapeHtml(t(`section.${name}`))}</h2>`
    yield* writeRows(sections[name](), locale)
    yield '</section>\n'
  }
  yield '</body>\n</html>\n'
}

async function* writeRows(pages: AsyncIterable<Fact[]>, locale: Locale): AsyncGenerator<string> {
  const t = personWords(locale)
  let isEmpty = true
  for await (const facts of pages) {
    if (facts.length === 0) continue
    if (isEmpty) yield '<ol>'
    isEmpty = false
    yield facts.map((fact) => `<li><dl>${writeFact(fact, locale)}</dl></li>`).join('')
  }
  yield isEmpty ? `<p>${escapeHtml(t('none'))}</p>` : '</ol>'
}

/** The fields of a row that have a value. */
function writeFact(fact: Fact, locale: Locale) {
  const t = personWords(locale)
  return fieldNames
    .map((field) => [field, sayCell(field, fact[field], locale)] as const)
    .filter(([, words]) => words !== '')
    .map(
      ([field, words]) =>
        `<div><dt>${escapeHtml(t(`field.${field}`))}</dt><dd>${escapeHtml(words)}</dd></div>`,
    )
    .join('')
}

function sayCell(field: string, cell: Cell | undefined, locale: Locale): string {
  if (cell === null || cell === undefined) return ''
  const language = locale === 'id' ? 'id' : 'en-GB'
  if (typeof cell === 'number') return new Intl.NumberFormat(language).format(cell)
  if (typeof cell === 'string') return sayValue(field, cell, locale)
  return `${CLOCK[locale].format(cell)} WIB`
}

/** To make one takes longer than to write a row. */
const CLOCK = { id: clockOf('id'), en: clockOf('en-GB') }

function clockOf(language: string) {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: TIME_ZONE,
  })
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one)
