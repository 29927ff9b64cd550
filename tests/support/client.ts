import { randomInt } from 'node:crypto'
import { formsOf, type HtmlForm, initialValues } from './html'
import { origin } from './running'

/** An answer of the product. `location` is the path of a redirect. */
export type Answer = {
  path: string
  status: number
  headers: Headers
  html: string
  location: string | null
}

/** An IP address that no other test uses, so that the limits by IP count each test alone. */
export const newIp = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`

export type Client = ReturnType<typeof newClient>

type Given = { ip?: string; headers?: Record<string, string>; base?: string }

/**
 * A browser without JavaScript, as far as HTTP shows it: it stores cookies, fills in forms and
 * presses buttons.
 */
export function newClient({ ip = newIp(), headers = {}, base = origin() }: Given = {}) {
  const cookies = new Map<string, string>()
  const trail: string[] = []

  async function request(path: string, init: RequestInit = {}): Promise<Answer> {
    trail.push(path)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const own = { 'x-forwarded-for': ip, ...(cookie && { cookie }), ...headers }
    const response = await fetch(base + path, {
      redirect: 'manual',
      ...init,
      headers: { ...own, ...init.headers },
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

  const open = (path: string) => request(path)

  /** Fills in the form with this button, and presses it. `from` is the origin that the browser names. */
  function press(
    page: Answer,
    button: string,
    values: Record<string, string> = {},
    from: string | null = base,
  ) {
    const form = formWith(page, button)
    const own = form.buttons.find(({ label }) => label === button)?.attributes
    const body = new FormData()
    for (const [name, value] of initialValues(form)) if (!(name in values)) body.append(name, value)
    for (const [name, value] of Object.entries(values)) body.append(name, value)
    if (own?.name) body.append(own.name, own.value ?? '')
    return request(page.path, {
      method: 'POST',
      body,
      headers: from === null ? {} : { origin: from },
    })
  }

  /** Follows redirects to the last page. */
  async function follow(answer: Answer): Promise<Answer> {
    return answer.location === null ? answer : follow(await open(answer.location))
  }

  /** Opens a page, presses a button of it, and follows the redirects. */
  async function send(path: string, button: string, values: Record<string, string> = {}) {
    return follow(await press(await open(path), button, values))
  }

  return { cookies, trail, request, open, press, follow, send }
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
