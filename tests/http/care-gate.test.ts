import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { atHost } from '../support/at-host'
import { startOwnProduct } from '../support/running'

startOwnProduct({ CARE_ORIGIN: 'http://care.localhost' })

const [care, shop, other] = ['care.localhost', 'localhost', '127.0.0.1'].map(atHost)
if (!care || !shop || !other) throw new Error('there are three hosts')

const manifest = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string() })),
})

/** The id of a server action of this build. */
function idOf(exportedName: string): string {
  const read = readFileSync('.next/server/server-reference-manifest.json', 'utf8')
  const { node } = manifest.parse(JSON.parse(read))
  const found = Object.entries(node).find(([, action]) => action.exportedName === exportedName)
  if (!found) throw new Error(`there is no action ${exportedName}`)
  return found[0]
}

const calling = (...names: string[]) => {
  const form = new FormData()
  for (const name of names) form.append(`$ACTION_ID_${idOf(name)}`, '')
  return form
}

const sameOrigin = (host: string) => ({ origin: `http://${host}` })

describe('at the hosts of the shop', () => {
  it.each([
    '/care',
    '/care/',
    '/care?x=1',
    '/care/sign-in',
    '/care/log',
    '/%63are/sign-in',
    '/care%2fsign-in',
    '/care/invitation/done',
    '/x/../care/sign-in',
    'http://localhost/care/sign-in',
  ])('there is no %s', async (path) => {
    for (const ask of [shop, other]) {
      const { status, html } = await ask(path)
      expect([status, html.includes('Konsol')]).toEqual([404, false])
    }
  })

  it('a path with doubled slashes leads to none of its pages', async () => {
    const { status, headers } = await shop('//care/sign-in')
    expect(status).toBeGreaterThanOrEqual(300)
    if (status < 400) expect((await shop(String(headers.location))).status).toBe(404)
  })

  it('the pages of the shop are there as before', async () => {
    expect((await shop('/')).status).toBe(200)
    expect((await shop('/login')).status).toBe(200)
  })
})

describe('at the host of the console', () => {
  it.each([
    '/login',
    '/profile',
    '/register',
    '/help',
    '/metrics',
    '/dev/inbox',
    '/secure/x',
    '/webhooks/twilio',
    '/.well-known/change-password',
    '/carex',
    '/care/../login',
    '/%6cogin',
    '/thaw',
  ])('there is no %s', async (path) => {
    expect((await care(path)).status).toBe(404)
  })

  it('the root leads to the console, and the console to its sign-in', async () => {
    const root = await care('/')
    expect([root.status, root.headers.location]).toEqual([302, '/care'])
    const first = await care('/care')
    expect([first.status, first.headers.location]).toEqual([307, '/care/sign-in'])
  })

  it('files of the build and the checks of monitoring are there', async () => {
    const { html } = await care('/care/sign-in')
    const [file = ''] = /\/_next\/static\/[^"]+\.js/.exec(html) ?? []
    for (const path of [file, '/icon.svg', '/healthz', '/readyz'])
      expect([path, (await care(path)).status]).toEqual([path, 200])
  })

  it('a path of the console that is no page is a 404 with a way back', async () => {
    const { status, html } = await care('/care/bukan')
    expect([status, html]).toEqual([404, expect.stringContaining('Ke konsol Customer Care')])
  })
})

describe('a server action of the console', () => {
  it('is not known at a path of the shop, by header or by field, alone or beside another one', async () => {
    const headers = { ...sameOrigin('localhost'), accept: 'text/html' }
    const byHeader = { ...headers, 'next-action': idOf('signOut') }
    const form = calling('submitLogin', 'signOut')
    const answers = [
      await shop('/login', { method: 'POST', headers: byHeader }),
      await shop('/login', { method: 'POST', headers, form: calling('signOut') }),
      await shop('/login', { method: 'POST', headers, form }),
      await shop('/care/sign-in', { method: 'POST', headers, form: calling('signOut') }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })

  it('is not known when it is bound to arguments either', async () => {
    const form = new FormData()
    form.append('$ACTION_REF_1', '')
    form.append('$ACTION_1:0', JSON.stringify({ id: idOf('signOut'), bound: '$@1' }))
    form.append('$ACTION_1:1', '[]')
    const { status } = await shop('/login', {
      method: 'POST',
      headers: sameOrigin('localhost'),
      form,
    })
    expect(status).toBe(404)
  })

  it('is called at the host of the console', async () => {
    const { status, headers } = await care('/care/sign-in', {
      method: 'POST',
      headers: sameOrigin('care.localhost'),
      form: calling('signOut'),
    })
    expect([status, headers.location]).toEqual([303, '/care/sign-in'])
  })

  it('is refused to a page of the shop', async () => {
    const { status } = await care('/care/sign-in', {
      method: 'POST',
      headers: sameOrigin('localhost'),
      form: calling('signOut'),
    })
    expect(status).toBe(403)
  })
})

it('a server action of the shop is not known at a path of the console', async () => {
  const { status } = await care('/care/sign-in', {
    method: 'POST',
    headers: sameOrigin('care.localhost'),
    form: calling('logOut'),
  })
  expect(status).toBe(404)
})
