import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Client, newClient } from '../support/client'

/** A customer presses the button again, sooner than the page asks, so that a test takes less time. */
const PAUSE_MS = 300

/** A browser that asks for pages, and so gets a page when something fails. */
export const newBrowser = (): Client =>
  newClient({ headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })

/** What visitors saw. */
export type Seen = {
  /** The seconds of each answer. */
  answers: number[]
  /** When a visitor last saw an error page. */
  lastErrorAt: number
  /** Answers that tell a customer something wrong, or nothing. */
  dishonest: string[]
}

/** Thrown when a visitor gives up: every answer until the deadline was an error page. */
class GaveUp extends Error {}

/** One customer at the pages, who presses a button again after an error page. */
export type Visit = {
  /** Opens a page, presses a button of it, and follows. */
  step(path: string, button: string, values: Record<string, string>): Promise<Answer>
  open(path: string): Promise<Answer>
}

type Patience = { isOver: () => boolean }

export function startVisit(client: Client, seen: Seen, { isOver }: Patience): Visit {
  const isSignedIn = client.cookies.has('session')

  async function ask(path: string, request: () => Promise<Answer>): Promise<Answer> {
    while (true) {
      const at = performance.now()
      const answer = await request().catch(() => undefined)
      seen.answers.push((performance.now() - at) / 1_000)
      const fault = faultOf(answer, isSignedIn)
      if (fault) seen.dishonest.push(`${path}: ${fault}`)
      if (answer && answer.status < 500) return answer
      seen.lastErrorAt = performance.now()
      if (isOver()) throw new GaveUp(path)
      await sleep(PAUSE_MS)
    }
  }

  const open = async (path: string): Promise<Answer> =>
    follow(await ask(path, () => client.open(path)))

  async function follow(answer: Answer): Promise<Answer> {
    return answer.location === null ? answer : open(answer.location)
  }

  async function step(path: string, button: string, values: Record<string, string>) {
    const page = await open(path)
    return follow(await ask(path, () => client.press(page, button, values)))
  }
  return { step, open }
}

/** Why an answer is not honest; undefined when it is. */
function faultOf(answer: Answer | undefined, isSignedIn: boolean) {
  if (!answer) return 'no answer'
  const { status, location, headers, html } = answer
  if (isSignedIn && location?.startsWith('/login')) return 'told to be signed out'
  if (status < 500) return undefined
  if (status !== 503) return `status ${status}`
  if (!(Number(headers.get('retry-after')) > 0)) return '503 without Retry-After'
  return /Customer Care: [\w-]{8,}/.test(html) ? undefined : '503 without a reference'
}
