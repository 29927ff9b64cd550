import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import GlobalErrorPage from '@/app/global-error'
import { db } from '@/lib/platform/db'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { logRequestFailure } from '@/lib/platform/request-failure'

const NAME = 'Siti Rahayu'
const EMAIL = 'siti.rahayu@example.com'
const PHONE = '+6281234567890'
const TOKEN = 'q3Rk9-ZtB2vX0mLw7YsC4nHd8JfPuA1e'
const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo'

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('the report of an error', () => {
  it.each([
    ['a quoted value', `invalid input "${NAME}"`, 'invalid input …'],
    ['an e-mail address', `no route to ${EMAIL}`, 'no route to …'],
    ['a telephone number', `${PHONE} is not reachable`, '… is not reachable'],
    ['a telephone number in groups', '0812-3456-7890 failed', '… failed'],
    ['a code', 'the code 482913 failed', 'the code … failed'],
    ['a token', `GET /secure/${TOKEN}`, 'GET …'],
    ['a value that is cut off', `${'x'.repeat(490)} "${NAME}"`, `${'x'.repeat(490)} …`],
  ])('hides %s', (_, message, expected) => {
    expect(reportError(new Error(message)).message).toBe(expected)
    expect(reportError(new Error('', { cause: new Error(message) })).cause?.message).toBe(expected)
  })

  it('keeps the name of a constraint', () => {
    const message = 'violates unique constraint "Address_live_role_kind"'
    expect(reportError(new Error(message)).message).toBe(message)
  })

  it('holds no value that Prisma quotes from a statement', async () => {
    const data = { name: NAME, passwordHash: HASH, locale: EMAIL, unknown: PHONE }
    const error = await failureOf(db().user.create(JSON.parse(JSON.stringify({ data }))))
    expect(String(error)).toContain(NAME)
    const report = reportError(error)
    expect(report).toMatchObject({ name: 'PrismaClientValidationError' })
    for (const value of Object.values(data)) expect(JSON.stringify(report)).not.toContain(value)
  })

  it('keeps the code and the frames, and of a thrown value its type alone', () => {
    const report = reportError(Object.assign(new Error(EMAIL), { code: 'ECONNREFUSED' }))
    expect(report).toMatchObject({ name: 'Error', message: '…', code: 'ECONNREFUSED' })
    expect(report.stack?.[0]).toContain('error-report.test.tsx')
    expect(reportError(EMAIL)).toEqual({ name: 'string', message: '' })
  })
})

it('a failed request is one line: the reference that the customer sees, and the route without its values', () => {
  const line = vi.spyOn(log, 'error').mockReturnValue()
  onTestFinished(() => void line.mockRestore())
  const error = Object.assign(new Error(`no such customer: ${EMAIL}`), { digest: '2734225325' })
  const headers = { 'x-request-id': 'proxy-request-1', cookie: `session=${TOKEN}` }
  const request = { path: `/secure/${TOKEN}?email=${EMAIL}`, method: 'GET', headers }
  const place = { routePath: '/secure/[token]/page', routeType: 'render' }
  logRequestFailure(error, request, place)
  const [fields] = line.mock.calls[0] ?? []
  expect(fields).toMatchObject({
    digest: error.digest,
    requestId: 'proxy-request-1',
    method: 'GET',
    route: '/secure/[token]',
    error: { message: 'no such customer: …' },
  })
  expect(JSON.stringify(fields)).not.toMatch(new RegExp(`${TOKEN}|${EMAIL}`))
  expect(renderToStaticMarkup(<GlobalErrorPage error={error} />)).toContain(error.digest)
})
