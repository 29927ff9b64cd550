import { describe, expect, it } from 'vitest'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import { type Answer, newClient } from '../support/client'
import { newEmail, newPhone, walkToConfirmation } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'

type Words = { [key: string]: string | Words }

const leavesOf = (words: Words): string[] =>
  Object.values(words).flatMap((word) => (typeof word === 'string' ? [word] : leavesOf(word)))

/** What the English pages say and the Indonesian ones never do; gaps and what both have in common are left out. */
const own = new Set(leavesOf(id))
const ENGLISH = leavesOf(en).filter(
  (words) => words.includes(' ') && !words.includes('{') && !own.has(words),
)

/** Everyday English, and what browsers and frameworks say by themselves. */
const LEAKS =
  /\b(the|and|your|please|click|submit|invalid|required|not found|could not|something|went wrong|try again|loading|server|error)\b/i

const OPEN = [
  '/',
  '/?q=gajah',
  '/login',
  '/register',
  '/register/done',
  '/reset',
  '/reset/done',
  '/help',
  '/unfreeze',
  '/unfreeze/done',
]
const GONE = ['/tidak/ada', '/secure/palsu', '/profile/faks']
const PROFILE = [
  '',
  '/points',
  '/password',
  '/devices',
  '/activity',
  '/freeze',
  '/restriction',
  '/phone',
  '/email',
  '/email/verify',
]
const WIZARD = [
  '',
  '/email',
  '/phone',
  '/phone/confirm',
  '/email/replace',
  '/email/remove',
  '/done',
]

/** What a page says to eyes and ears: its text, its title, and what stands in attributes. */
function saidBy({ html }: Answer) {
  const attributes = [
    ...html.matchAll(/ (?:aria-label|title|placeholder|alt|content)="([^"]*)"/g),
  ].map(([, words]) => words)
  return [textOf(html), /<title>(.*?)<\/title>/.exec(html)?.[1], ...attributes].join('\n')
}

function isIndonesian(page: Answer) {
  const said = saidBy(page)
  expect([page.path, page.html]).toEqual([page.path, expect.stringContaining('<html lang="id"')])
  expect([
    page.path,
    said.match(LEAKS)?.[0],
    ENGLISH.filter((words) => said.includes(words)),
  ]).toEqual([page.path, undefined, []])
  for (const [form] of page.html.matchAll(/<form\b.*?<\/form>/gs))
    if (/ required/.test(form)) expect(form).toMatch(/^<form[^>]* novalidate/i)
}

describe('every page in Indonesian', () => {
  it('E2 is so in every word: pages that are not there, refusals, titles and labels that only ears meet', async () => {
    const customer = await insertCustomer()
    const [stranger, client] = [newClient(), await insertSession(customer)]
    await insertRecovery(customer, 'email', newEmail())
    await walkToConfirmation(client, customer, 'phone', newPhone())
    for (const path of [...OPEN, ...GONE])
      isIndonesian(await stranger.follow(await stranger.open(path)))
    for (const path of PROFILE)
      isIndonesian(await client.follow(await client.open(`/profile${path}`)))
    for (const path of WIZARD)
      isIndonesian(await client.follow(await client.open(`/profile/recovery${path}`)))
  })

  it('E2 is so where it refuses: no bubble of the browser speaks first', async () => {
    const client = await insertSession(await insertCustomer())
    for (const [visitor, path, button] of [
      [newClient(), '/login', 'Masuk'],
      [newClient(), '/register', 'Daftar'],
      [newClient(), '/reset', 'Kirim kode'],
      [client, '/profile/password', 'Simpan kata sandi'],
      [client, '/profile/recovery/email', 'Simpan'],
      [client, '/profile/phone', 'Kirim kode'],
    ] as const) {
      const refused = await visitor.press(await visitor.open(path), button)
      expect(refused.html).toContain('Ada yang perlu kamu periksa')
      isIndonesian(refused)
    }
  })

  it('E2 is answered in the language that was asked for, to the last word of it', async () => {
    const client = newClient()
    await client.press(await client.open('/'), 'English')
    const indonesian = leavesOf(id).filter(
      (words) => words.split(' ').length > 2 && !words.includes('{'),
    )
    for (const path of [...OPEN, '/tidak/ada']) {
      const page = await client.follow(await client.open(path))
      expect(page.html).toContain('<html lang="en"')
      expect([path, indonesian.filter((words) => saidBy(page).includes(words))]).toEqual([path, []])
    }
  })
})
