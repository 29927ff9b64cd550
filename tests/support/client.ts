import { randomInt } from 'node:crypto'
import { formsOf, type HtmlForm, initialValues } from './html'
import { origin } from './running'

/** What the product answered. `location` is where it leads to, as a path. */
export type Answer = {
  path: string
  status: number
  headers: Headers
  html: string
  location: string | null
}

/** An address of the network that no other test comes from: limits by IP then count each test alone. */
export const newIp = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`

export type Client = ReturnType<typeof newClient>

type Given = { ip?: string; headers?: Record<string, string>; base?: string }

/** A browser without JavaScript, in as much as HTTP can see it: it keeps cookies, fills in forms and presses buttons. */
export function newClient({ ip = newIp(), headers = {}, base = origin() }: Given = {}) {
  const cookies = new Map<string, string>()
  const trail: string[] = []

  async function ask(path: string, request: RequestInit = {}): Promise<Answer> {
    trail.push(path)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const own = { 'x-forwarded-for': ip, ...(cookie && { cookie }), ...headers }
    const response = await fetch(base + path, {
      redirect: 'manual',
      ...request,
      headers: { ...own, ...request.headers },
    })
    keepCookies(cookies, response.headers.getSetCookie())
    const location = response.headers.get('location')
    return {
      path,
      status: response.status,
      headers: response.headers,
      html: await response.text(),
      location: location?.replace(base, '') ?? null,
    }
  }

  const open = (path: string) => ask(path)

  /** Fills in the form of a page that has this button, and presses the button. `from` is the site that this happens at. */
  function press(page: Answer, button: string, values: Record<string, string> = {}, from = base) {
    const form = formWith(page, button)
    const own = form.buttons.find(({ label }) => label === button)?.attributes
    const body = new FormData()
    for (const [name, value] of initialValues(form)) if (!(name in values)) body.append(name, value)
    for (const [name, value] of Object.entries(values)) body.append(name, value)
    if (own?.name) body.append(own.name, own.value ?? '')
    return ask(page.path, { method: 'POST', body, headers: { origin: from } })
  }

  /** Opens the page that an answer leads to, and the next, until one does not lead on. */
  async function follow(answer: Answer): Promise<Answer> {
    return answer.location === null ? answer : follow(await open(answer.location))
  }

  /** Opens a page, presses a button of it, and follows to where that leads. */
  async function send(path: string, button: string, values: Record<string, string> = {}) {
    return follow(await press(await open(path), button, values))
  }

  return { cookies, trail, ask, open, press, follow, send }
}

function formWith(page: Answer, button: string): HtmlForm {
  const form = formsOf(page.html).find(({ buttons }) =>
    buttons.some(({ label }) => label === button),
  )
  if (!form) throw new Error(`no button "${button}" at ${page.path} (${page.status})`)
  return form
}

function keepCookies(cookies: Map<string, string>, written: string[]) {
  for (const line of written) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '' || /max-age=0\b/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
}
