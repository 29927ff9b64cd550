import { setTimeout as sleep } from 'node:timers/promises'
import { startReset } from '../http/flows'
import { newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { newMailbox, type Shop } from './mixed-load'

const AGAIN_MS = 200

/** A customer who is registered. */
export type Regular = Awaited<ReturnType<typeof register>>

/** On a busy machine, the first forms of a process that just started may take too long. */
export async function registerRegular(shop: Shop): Promise<Regular> {
  const regular = await register(shop).catch(() => sleep(AGAIN_MS))
  if (!regular) return registerRegular(shop)
  await served(regular.logIn)
  return regular
}

async function register({ base, fakes }: Shop) {
  const [customer, browser, codeTo] = [newCustomer(), newClient({ base }), newMailbox(fakes)]
  await browser.send('/register', 'Daftar', customer)
  await browser.send('/register/code', 'Verifikasi', { code: await codeTo(customer.phone) })
  return {
    /** Logs in, which stores a session; throws otherwise. */
    async logIn() {
      browser.cookies.delete('session')
      const given = { identifier: customer.phone, password: customer.password }
      const { path } = await browser.send('/login', 'Masuk', given)
      if (path !== '/profile') throw new Error(`the log-in ended at ${path}`)
    },
    /** Asks for a reset, and waits for its code, which a worker sends; throws otherwise. */
    async receiveCode() {
      const { path } = await startReset(newClient({ base }), customer.phone)
      if (path !== '/reset/code') throw new Error(`the reset ended at ${path}`)
      await codeTo(customer.phone)
    },
  }
}

/** The seconds from a time until web and worker serve a customer who tries again and again. */
export async function secondsUntilServed({ logIn, receiveCode }: Regular, since: number) {
  const times = await Promise.all([served(logIn), served(receiveCode)])
  const [web, worker] = times.map((at) => (at - since) / 1_000)
  return { web: web ?? Number.NaN, worker: worker ?? Number.NaN }
}

/** Does it again and again until it succeeds, and returns the time of that. */
async function served(act: () => Promise<void>): Promise<number> {
  for (;;) {
    try {
      await act()
      return Date.now()
    } catch {
      await sleep(AGAIN_MS)
    }
  }
}
