import { expect, it } from 'vitest'
import en from '@/messages/en.json'
import id from '@/messages/id.json'
import { newClient } from '../support/client'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'

const browserOf = (language: string) => newClient({ headers: { 'accept-language': language } })

const isOffered = (html: string) => textOf(html).includes(en.language.offer)

it.each([
  ['en-GB,en;q=0.9,id;q=0.8', true],
  ['zh-CN,zh;q=0.9', true],
  ['id-ID,id;q=0.9,en;q=0.8', false],
  ['en;q=0.5,id', false],
  ['*', false],
  [';;q=x', false],
])('a first visit with a browser of "%s" is offered English: %s', async (language, offered) => {
  const client = browserOf(language)
  expect(isOffered((await client.open('/login')).html)).toBe(offered)
})

it('the offer is answered once, on the same page, in either way', async () => {
  for (const [button, language] of [
    [en.language.accept, 'en'],
    [id.language.keep, 'id'],
  ] as const) {
    const client = browserOf('en')
    const answered = await client.press(await client.open('/reset'), button)
    const { html, path } = await client.follow(answered)
    expect([path, isOffered(html)]).toEqual(['/reset', false])
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${language}"`))
  }
})

it('a signed-in customer has a language, and is offered none', async () => {
  const client = await insertSession(await insertCustomer(), browserOf('en'))
  expect(isOffered((await client.open('/profile')).html)).toBe(false)
})
