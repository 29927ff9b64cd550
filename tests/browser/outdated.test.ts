import { expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { isRefused, press } from '../support/pages'
import { PHONE, visit } from '../support/walk'

const UNKNOWN_ACTION = '40'.padEnd(42, '0')

it('a page that is older than the server says so, and keeps what was typed', async () => {
  const page = await visit(PHONE, { foreseen: /409/ })
  await page.route('**/login', (route, request) =>
    request.method() === 'POST'
      ? route.continue({ headers: { ...request.headers(), 'next-action': UNKNOWN_ACTION } })
      : route.continue(),
  )
  await page.goto('/login')
  const identifier = page.getByLabel('Email atau nomor handphone')
  await identifier.fill('ratih@surat.example')
  await page.getByLabel('Kata sandi', { exact: true }).fill('perahu kertas')
  await press(page, 'Masuk')
  await isRefused(page, translations.error.outdated)
  expect(await identifier.inputValue()).toBe('ratih@surat.example')
})
