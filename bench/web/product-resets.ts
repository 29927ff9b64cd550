import { randomBytes } from 'node:crypto'
import { cookieOf } from './browser-requests'
import { type BegunReset, beginResets } from './challenges'
import { cycle, type Visit } from './flow'
import { expectRedirect } from './product-forms'
import { RESET_COOKIE, type Visitor } from './product-visitor'
import type { BenchCustomer } from './seed'

/** One less than a challenge accepts, so that no visitor finds it used up. */
const WRONG_CODES = 4
const CODE_DIGITS = 6

const challengeCookie = (secret = '') => `${RESET_COOKIE}=${secret}`

/** Visitors who ask for a code. */
export async function requestCodes(visitor: Visitor, nextIdentifier: () => string) {
  const form = await visitor.formOf('/reset', 'identifier')
  const visit: Visit = async (send) => {
    const values = { identifier: nextIdentifier(), choice: 'primary_phone' }
    expectRedirect(await send(visitor.post(form, values), visitor.redirectStatus), '/reset/code')
  }
  return cycle([visit])
}

/** Begins resets, one more than `count`: the form of that one serves for all. */
async function beginCodes(visitor: Visitor, customers: readonly BenchCustomer[]) {
  const [first, ...begun] = await beginResets(customers)
  const cookie = challengeCookie(first?.secret)
  const form = await visitor.formOf('/reset/code', 'code', cookie)
  return { begun, form, cookie, code: first?.code ?? '' }
}

/** Visitors who enter a wrong code, four for each challenge. */
export async function enterWrongCodes(visitor: Visitor, take: TakeCustomers, count: number) {
  const customers = take(Math.ceil(count / WRONG_CODES) + 1)
  const { begun, form } = await beginCodes(visitor, customers)
  const visits = begun.flatMap(({ secret, code }) =>
    Array.from(
      { length: WRONG_CODES },
      (_, nth): Visit =>
        async (send) => {
          const wrong = wrongCode(code, nth + 1)
          await send(visitor.post(form, { code: wrong }, challengeCookie(secret)), 200)
        },
    ),
  )
  return visits.values()
}

/** Visitors who open the page of the code. */
export async function openCodePages(visitor: Visitor, take: TakeCustomers) {
  const begun = await beginResets(take(WRONG_CODES))
  return cycle(
    begun.map(
      ({ secret }): Visit =>
        async (send) => {
          await send(visitor.page('/reset/code', challengeCookie(secret)), 200)
        },
    ),
  )
}

/** Visitors who enter the right code, then a new password: two posts. */
export async function setPasswords(visitor: Visitor, take: TakeCustomers, count: number) {
  const { begun, form: codeForm, cookie, code } = await beginCodes(visitor, take(count + 1))
  const passed = await visitor.submit(codeForm, { code }, cookie)
  const passedCookie = challengeCookie(cookieOf(passed, RESET_COOKIE))
  const passwordForm = await visitor.formOf('/reset/password', 'newPassword', passedCookie)
  const visit =
    ({ secret, code }: BegunReset): Visit =>
    async (send) => {
      const post = visitor.post(codeForm, { code }, challengeCookie(secret))
      const right = await send(post, visitor.redirectStatus)
      expectRedirect(right, '/reset/password')
      const renewed = challengeCookie(cookieOf(right, RESET_COOKIE))
      const values = { newPassword: `kata sandi ${randomBytes(9).toString('hex')}` }
      expectRedirect(
        await send(visitor.post(passwordForm, values, renewed), visitor.redirectStatus),
        '/reset/done',
      )
    }
  return begun.map(visit).values()
}

/** Takes so many customers whose password may change. */
export type TakeCustomers = (count: number) => BenchCustomer[]

const wrongCode = (code: string, nth: number) =>
  String((Number(code) + nth) % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0')
