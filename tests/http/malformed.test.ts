import { describe, expect, it } from 'vitest'
import { type Answer, newClient } from '../support/client'
import { insertCustomer, insertSession } from '../support/fixtures'
import { formsOf, initialValues, textOf } from '../support/html'

const MALFORMED = 'Maaf, kami tidak bisa membaca isianmu'
const OUTDATED = 'Muat ulang halaman ini, ya'
const UNKNOWN = '40'.padEnd(42, '0')

const client = () => newClient({ headers: { accept: 'text/html' } })

/** The fields of the form of a page, to be posted as a browser does without JavaScript. */
function fieldsOf(page: Answer, button = 'Masuk'): Map<string, string> {
  const form = formsOf(page.html).find(({ buttons }) =>
    buttons.some(({ label }) => label === button),
  )
  if (!form) throw new Error(`no form at ${page.path}`)
  return new Map(initialValues(form))
}

function bodyOf(fields: Iterable<[string, string]>) {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  return body
}

const idOf = (fields: Map<string, string>) =>
  [...fields].flatMap(([name, value]) => /[0-9a-f]{42}/.exec(name + value)?.[0] ?? [])[0] ?? ''

describe('an action whose arguments are not readable is answered with 400', () => {
  it.each([
    ['broken bound arguments', ':1', '["$'],
    ['another number of arguments', ':1', '[]'],
    ['a descriptor that breaks off', ':0', '{"id":"'],
  ])('and a page: %s', async (_what, field, value) => {
    const browser = client()
    const page = await browser.open('/login')
    const fields = fieldsOf(page)
    const name = [...fields.keys()].find((one) => one.endsWith(field))
    if (!name) throw new Error(`no field ${field}: ${[...fields.keys()]}`)
    const answer = await browser.request('/login', {
      method: 'POST',
      body: bodyOf(fields.set(name, value)),
    })
    expect([answer.status, textOf(answer.html)]).toEqual([400, expect.stringContaining(MALFORMED)])
  })

  it.each([
    ['no argument', '[]'],
    ['text for a form', '[{},"a form"]'],
    ['no JSON', '{'],
  ])('to a script: %s', async (_what, body) => {
    const page = await client().open('/login')
    const { status } = await newClient().request('/login', {
      method: 'POST',
      headers: { 'next-action': idOf(fieldsOf(page)), 'content-type': 'text/plain' },
      body,
    })
    expect(status).toBe(400)
  })

  it('to a script of a signed-in customer', async () => {
    const customer = await insertSession(await insertCustomer())
    const id = idOf(fieldsOf(await customer.open('/profile/phone'), 'Kirim kode'))
    const { status } = await customer.request('/profile/phone', {
      method: 'POST',
      headers: { 'next-action': id, 'content-type': 'text/plain' },
      body: '[{"role":"primary","kind":"phone"},{},"a form"]',
    })
    expect(status).toBe(400)
  })

  it('and a page: a form that breaks off', async () => {
    const answer = await client().request('/login', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\nContent-Disposition: form-data; name="identifier"\r\n\r\nsiti',
    })
    expect([answer.status, textOf(answer.html)]).toEqual([400, expect.stringContaining(MALFORMED)])
  })
})

describe('an action of another build is answered with 409', () => {
  it('and a page that repeats what was typed, but no password', async () => {
    const browser = client()
    const fields = fieldsOf(await browser.open('/login'))
    const outdated = [...fields].map(
      ([name, value]) => [name, value.replace(idOf(fields), UNKNOWN)] as [string, string],
    )
    const typed: [string, string][] = [
      ['identifier', '<b>siti@surat.example</b>'],
      ['password', 'kapal kertas biru'],
    ]
    const answer = await browser.request('/login', {
      method: 'POST',
      body: bodyOf([...outdated, ...typed]),
    })
    expect([answer.status, textOf(answer.html)]).toEqual([409, expect.stringContaining(OUTDATED)])
    expect(answer.html).toContain('<li>&#60;b&#62;siti@surat.example&#60;/b&#62;</li>')
    expect(answer.html).not.toContain('kapal')
  })

  it('to a script, which then keeps its page', async () => {
    const answer = await newClient().request('/login', {
      method: 'POST',
      headers: { 'next-action': UNKNOWN, 'content-type': 'text/plain' },
      body: '[]',
    })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('x-nextjs-action-not-found')).toBe('1')
  })
})
