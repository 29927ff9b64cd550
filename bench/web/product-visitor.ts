import type { Reply, Sending } from './browser-requests'
import {
  opening,
  type PageForm,
  posting,
  REDIRECT_STATUS,
  readForm,
  type Series,
} from './product-forms'
import type { Customers } from './testbed'

/** The cookie that every page gives to a browser that has none. */
const VISIT = 'visit=cookies-kept'

export const RESET_COOKIE = 'reset-challenge'
export const SESSION_COOKIE = 'session'

/** A product that answers at `origin`. `open` sends a request and takes any status. */
export type ProductSite = {
  origin: string
  customers: Customers
  open(sending: Sending): Promise<Reply>
}

/** How browsers of one kind fill in the forms of the product. */
export type Visitor = ReturnType<typeof createVisitor>

export function createVisitor({ origin, open }: ProductSite, series: Series) {
  const jar = (cookie = '') => (cookie ? `${VISIT}; ${cookie}` : VISIT)
  return {
    /** The status of a form that leads to another page. */
    redirectStatus: REDIRECT_STATUS[series],
    /** Opens a page, and reads its form with this field. With a cookie it is a later page of a flow. */
    async formOf(path: string, field: string, cookie?: string) {
      const page = await openReady({ open }, () => opening(path, jar(cookie), true))
      return readForm(page, { path, field, isDrawnByScript: cookie !== undefined })
    },
    /** A filled-in form. */
    post: (form: PageForm, values: Record<string, string>, cookie?: string) =>
      posting({ series, origin, cookie: jar(cookie) }, form, values),
    /** Fills in a form without JavaScript, outside any measurement. */
    submit: (form: PageForm, values: Record<string, string>, cookie?: string) =>
      open(posting({ series: 'form', origin, cookie: jar(cookie) }, form, values)),
    /** A page that is opened. */
    page: (path: string, cookie?: string) => opening(path, jar(cookie)),
    /** The same, with an answer that is not compressed. */
    readable: (path: string, cookie?: string) => opening(path, jar(cookie), true),
  }
}

const UNAVAILABLE = 503
const ATTEMPTS = 5

/** Opens a page. A process that has just started may take too long for its first answers. */
async function openReady({ open }: Pick<ProductSite, 'open'>, make: () => Sending): Promise<Reply> {
  for (let attempt = 1; ; attempt++) {
    const reply = await open(make())
    if (reply.status !== UNAVAILABLE || attempt === ATTEMPTS) return reply
  }
}
