import { describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../../support/client'
import {
  kindsTo,
  nextMessage,
  walkLogin,
  walkRegistration,
  walkToAccount,
} from '../../support/customers'
import { linkIn, textOf } from '../../support/html'
import { isAccessibleAt400Percent } from '../../support/inspect'
import { product } from '../../support/own-clock'
import { reads, SENTENCE } from '../../support/pages'
import { PHONE, visit } from '../../support/walk'

const { freezeOwn, secure, secureFrozen, unfreeze } = translations

describe('a secure link', () => {
  it('changes nothing when it is forged or posted from another site, and no step of an unfreeze opens without one', async () => {
    const customer = await walkRegistration()
    const link = linkIn(await nextMessage(customer.email, 'notice.email_confirmed'))
    const client = newClient()
    expect(textOf((await client.open('/secure/forged')).html)).toContain(SENTENCE.link_unknown)
    const shown = await client.open(link)
    expect(shown.headers.get('referrer-policy')).toBe('same-origin')
    expect(shown.headers.get('cache-control')).toContain('no-store')
    expect((await client.press(shown, secure.submit, {}, 'https://jahat.example')).status).toBe(403)
    for (const path of ['/unfreeze/code', '/unfreeze/review'])
      expect((await client.open(path)).location).toBe('/unfreeze?ended=challenge_gone')
    expect(textOf((await client.open('/unfreeze')).html)).toContain(unfreeze.none)
    expect((await walkLogin(customer)).cookies.size).toBeGreaterThan(0)
    expect(product().readLog()).not.toContain(link.replace('/secure/', ''))
  })

  it('E3 O14 freezes once from two tabs, and leads to customer care when fewer than two addresses are undisputed', async () => {
    const customer = await walkToAccount()
    const client = newClient()
    const link = linkIn(await nextMessage(customer.phone, 'notice.registered'))
    const [one, other] = [await client.open(link), await client.open(link)]
    await client.press(one, secure.submit)
    const frozen = await client.follow(await client.press(other, secure.submit))
    await nextMessage(customer.phone, 'notice.frozen')
    expect((await kindsTo(customer.phone)).filter((kind) => kind === 'notice.frozen')).toHaveLength(
      1,
    )
    expect(textOf(one.html)).toContain(freezeOwn.careTitle)
    const text = textOf(frozen.html)
    expect(text).toContain(secureFrozen.nextCare)
    const [, reference] = /Nomor referensi: ([2-9A-Z]{8})/.exec(text) ?? []
    const { phone: identifier, password } = customer
    const stuck = await newClient().send('/login', 'Masuk', { identifier, password })
    expect(textOf(stuck.html)).toContain(`sebutkan nomor referensi ${reference}`)
    const page = await visit(PHONE)
    await page.goto(link)
    await reads(page, secureFrozen.nextCare)
    await isAccessibleAt400Percent(page)
    await page.goto('/secure/forged')
    await isAccessibleAt400Percent(page)
  })
})
