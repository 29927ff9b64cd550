import { setTimeout as sleep } from 'node:timers/promises'
import { startReset } from '../http/flows'
import { type Client, newClient } from '../support/client'
import { type Customer, newCustomer, OTHER_PASSWORD } from '../support/customers'
import type { FakeProviders } from '../support/fake-providers'

const CODE_PATIENCE_MS = 10_000
const POLL_MS = 50
/** A customer presses the button again after an error page. */
const AGAIN_MS = 500
const GIVE_UP_MS = 90_000

export const DEEDS = ['registration', 'code', 'login', 'reset'] as const
type Deed = (typeof DEEDS)[number]

/** What a customer did and the product confirmed, in milliseconds of the clock. */
type Confirmed = { deed: Deed; startedAt: number; at: number }

/** One customer, what the product confirmed, and the browser with the session of the last log-in. */
export type Story = {
  customer: Customer
  confirmed: Confirmed[]
  browser: Client
  /** What the last unconfirmed try came to. */
  trouble?: string
  failure?: unknown
}

export type Load = {
  stories: Story[]
  /** How many deeds were begun. */
  attempted(): number
  slowestMs(): number
  /** Lets no new customer come, and waits until the others are done. */
  end(): Promise<void>
}

export type Shop = { base: string; fakes: FakeProviders }

/**
 * So many customers at a time, each of whom registers, confirms the e-mail by a code, logs in,
 * resets the password and logs in again; another one follows. After an error page a customer looks
 * whether it was done all the same, and does it again otherwise.
 */
export function startLoad(shop: Shop, customers: number): Load {
  const stories: Story[] = []
  let [isOver, attempted, slowestMs] = [false, 0, 0]
  const measure = async (deed: Promise<unknown>) => {
    const start = performance.now()
    await deed.finally(() => {
      slowestMs = Math.max(slowestMs, performance.now() - start)
    })
  }
  const live = async () => {
    while (!isOver) {
      const story = newStory(shop.base)
      stories.push(story)
      for (const [deed, act] of deedsOf(shop, story)) {
        attempted++
        await persist(story, deed, () => measure(act())).catch((error) => {
          story.failure = error
        })
        if (story.failure) break
      }
    }
  }
  const lives = Array.from({ length: customers }, live)
  return {
    stories,
    attempted: () => attempted,
    slowestMs: () => slowestMs,
    async end() {
      isOver = true
      await Promise.all(lives)
    },
  }
}

const newStory = (base: string): Story => ({
  customer: newCustomer(),
  confirmed: [],
  browser: newClient({ base }),
})

async function persist(story: Story, deed: Deed, act: () => Promise<unknown>) {
  const until = performance.now() + GIVE_UP_MS
  for (;;) {
    const startedAt = Date.now()
    try {
      await act()
      story.confirmed.push({ deed, startedAt, at: Date.now() })
      return
    } catch (error) {
      story.trouble = `${deed}: ${error}`
      if (performance.now() > until) throw error
      await sleep(AGAIN_MS)
    }
  }
}

type Step = readonly [Deed, () => Promise<unknown>]

function deedsOf(shop: Shop, story: Story): Step[] {
  const { customer, browser } = story
  const codeTo = newMailbox(shop.fakes)
  const stranger = newClient({ base: shop.base })
  const enter = async (path: string, code: string, next: string, client = browser) =>
    expectPath(await client.send(path, 'Verifikasi', { code }), next)
  const logIn = async () => {
    // With a session, the page of the log-in leads on.
    browser.cookies.delete('session')
    const values = { identifier: customer.phone, password: customer.password }
    expectPath(await browser.send('/login', 'Masuk', values), '/profile')
  }
  const unlessDone = async (act: () => Promise<void>) => act().catch(() => logIn())
  const register = async () => {
    const { name, email, phone, password } = customer
    await browser.send('/register', 'Daftar', { name, email, phone, password })
    await enter('/register/code', await codeTo(customer.phone), '/register/email')
  }
  let emailCode: string | undefined
  const confirmAtOnce = async () => {
    emailCode ??= await codeTo(customer.email)
    await enter('/register/email', emailCode, '/register/done')
  }
  const confirm = async () => {
    await confirmAtOnce().catch(() => logIn().then(confirmInProfile))
  }
  // The answer with the cookie of the registration was lost, or that to the right code.
  const confirmInProfile = async () => {
    const path = '/profile/email/verify'
    const page = await browser.open(path)
    if (page.location === '/profile') return
    if (page.html.includes('>Kirim kode<')) {
      emailCode = undefined
      await browser.press(page, 'Kirim kode')
    }
    emailCode ??= await codeTo(customer.email)
    const answer = await browser.send(path, 'Verifikasi', { code: emailCode })
    if (answer.status === 200) emailCode = undefined
    expectPath(answer, '/profile/done')
  }
  const reset = async () => {
    await startReset(stranger, customer.phone)
    const code = await codeTo(customer.phone)
    await enter('/reset/code', code, '/reset/password', stranger)
    const values = { newPassword: OTHER_PASSWORD }
    expectPath(await stranger.send('/reset/password', 'Simpan kata sandi', values), '/reset/done')
  }
  return [
    ['registration', () => unlessDone(register)],
    ['code', confirm],
    ['login', logIn],
    [
      'reset',
      () => {
        const { password } = customer
        customer.password = OTHER_PASSWORD
        return unlessDone(reset).catch((error) => {
          customer.password = password
          throw error
        })
      },
    ],
    ['login', logIn],
  ]
}

function expectPath({ path, status }: { path: string; status: number }, wanted: string) {
  if (path !== wanted || status !== 200) throw new Error(`${path} (${status}), not ${wanted}`)
}

/** Returns a function that waits for a new code to an address, and gives each one once. */
export function newMailbox(fakes: FakeProviders) {
  const read = new Set<string>()
  return async (typed: string) => {
    const to = typed.replace(/^0/, '+62')
    for (let waited = 0; waited < CODE_PATIENCE_MS; waited += POLL_MS) {
      const found = fakes.received.findLast(
        (message) => message.to === to && !read.has(message.id) && /\b\d{6}\b/.test(message.text),
      )
      if (found) {
        read.add(found.id)
        return /\b\d{6}\b/.exec(found.text)?.[0] ?? ''
      }
      await sleep(POLL_MS)
    }
    throw new Error('no code came')
  }
}
