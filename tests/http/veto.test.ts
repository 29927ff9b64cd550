import { describe, expect, it } from 'vitest'
import { insertWaiting, outcomeOf } from '../support/case-fixtures'
import { newClient } from '../support/client'
import { nextMessage } from '../support/customers'
import { findUser, insertCustomer } from '../support/fixtures'
import { textOf } from '../support/html'
import { isIndonesian } from '../support/language'
import { query } from '../support/product-database'

const STOP = 'Hentikan pembukaan akun'
const STOPPED = 'Customer Care tidak membuka akunmu untuk kasus ini.'

describe('the link that stops an unfreeze', () => {
  it('shows what will happen when, and a GET changes nothing', async () => {
    const { token, number, actionId } = await insertWaiting(await insertCustomer())
    for (const _ of [1, 2]) {
      const page = await newClient().open(`/veto/${token}`)
      expect(page.status).toBe(200)
      const text = textOf(page.html)
      for (const words of ['Customer Care akan membuka lagi akunmu', number, '021-25556060'])
        expect(text).toContain(words)
      expect(text).toMatch(/Dibuka \d+ \w+ \d{4}, \d\d\.\d\d WIB, kecuali kamu menghentikannya\./)
      isIndonesian({ path: '/veto', html: page.html })
    }
    expect(await outcomeOf(actionId)).toBeNull()
  })

  it('stops it without JavaScript and without a log-in, tells every address, and says so', async () => {
    const customer = await insertCustomer()
    const { token, number, actionId } = await insertWaiting(customer)
    const page = await newClient().send(`/veto/${token}`, STOP)
    expect(page.path).toBe(`/veto/${token}`)
    expect(textOf(page.html)).toContain(STOPPED)
    expect(textOf(page.html)).toContain(number)
    expect(textOf(page.html)).toContain('Akunmu sekarang dibekukan')
    expect(page.html).toContain('href="tel:02125556060"')
    expect(await outcomeOf(actionId)).toBe('vetoed')
    await nextMessage(customer.phone, 'notice.unfreeze_vetoed')
  })

  it('says in an older tab what is true now', async () => {
    const { token } = await insertWaiting(await insertCustomer())
    const client = newClient()
    const [old, other] = [await client.open(`/veto/${token}`), newClient()]
    await other.send(`/veto/${token}`, STOP)
    const answer = await client.follow(await client.press(old, STOP))
    expect(textOf(answer.html)).toContain(STOPPED)
  })

  it('says when the account was opened meanwhile, and stops nothing', async () => {
    const customer = await insertCustomer()
    const { token, actionId } = await insertWaiting(customer)
    const client = newClient()
    const old = await client.open(`/veto/${token}`)
    await query(
      `update "CaseAction" set "endedAt" = "dueAt", outcome = 'carried_out' where id = $1`,
      [actionId],
    )
    const { userId } = await findUser(customer)
    await query('update "User" set "frozenAt" = null where id = $1', [userId])
    const answer = await client.follow(await client.press(old, STOP))
    expect(textOf(answer.html)).toContain('Akun sudah dibuka lagi')
    expect(textOf(answer.html)).toContain('Akunmu sekarang tidak dibekukan.')
    expect(answer.html).not.toContain(STOP)
    expect(await outcomeOf(actionId)).toBe('carried_out')
  })

  it('says of an unknown token what to do', async () => {
    const { html } = await newClient().open('/veto/bukan-tautan')
    expect(textOf(html)).toContain('Tautan ini tidak kami kenali.')
    expect(html).toContain('href="tel:02125556060"')
  })
})
