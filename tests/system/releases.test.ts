import { type ChildProcess, execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import translations from '@/messages/id.json'
import { reset } from '../http/flows'
import { type Client, newClient } from '../support/client'
import {
  type Customer,
  newEmail,
  newPhone,
  nextCode,
  OTHER_PASSWORD,
  walkLogin,
  walkRecovery,
  walkRegistration,
} from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { findPort } from '../support/product'
import { startOwnProduct } from '../support/running'
import { type Balancer, startBalancer } from './balancer'
import { assembleImage, type Image, inImage, startIn } from './image'
import { besideProduct, runCommand, type Start, startProcess, stopProcess } from './processes'

/** For two installations of packages and a build. */
const ASSEMBLY_MS = 900_000
const MANIFEST = '.next/server/server-reference-manifest.json'

/** What the next release changes: the code of an action, and the name of another one. */
const CHANGES = [
  ['app/login/actions.ts', /$/, '\nexport async function added(): Promise<void> {}\n'],
  ['app/actions.ts', /putOffPopup/g, 'postponePopup'],
  ['app/page.tsx', /putOffPopup/g, 'postponePopup'],
] as const

/** The present release, built in this checkout: database, web and worker. */
const present = startOwnProduct()
/** The next release, as an image, beside it on its database: a web process. */
let image: Image
let next: { origin: string; child: ChildProcess; start: Start }
let balancer: Balancer

const context = mkdtempSync(path.join(tmpdir(), 'context-'))

/** A checkout of the next release. */
function changeSources() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'])
  for (const file of listed.toString().split('\0').filter(Boolean)) {
    mkdirSync(path.dirname(path.join(context, file)), { recursive: true })
    cpSync(file, path.join(context, file))
  }
  for (const [file, found, replacement] of CHANGES) {
    const source = readFileSync(file, 'utf8')
    expect(source).toMatch(found)
    writeFileSync(path.join(context, file), source.replace(found, replacement))
  }
}

beforeAll(async () => {
  changeSources()
  image = await assembleImage(path.join(context, 'deploy/Dockerfile'), context)
  balancer = await startBalancer()
  const port = String(await findPort())
  const start = startIn(
    image,
    besideProduct({ PORT: port, HOST: '127.0.0.1', APP_ORIGIN: balancer.origin }),
  )
  next = { origin: `http://127.0.0.1:${port}`, start, child: await startProcess('web', start) }
}, ASSEMBLY_MS)

afterAll(async () => {
  balancer?.close()
  if (next) expect(await stopProcess(next.child)).toBe(0)
  for (const folder of [context, image?.folder ?? context])
    rmSync(folder, { recursive: true, force: true })
})

const actionsOf = (file: string) => {
  const { node } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.keys(node)
}

describe('the image', () => {
  it('is ready, as a user who owns and may write nothing', async () => {
    const answer = await fetch(`${next.origin}/readyz`)
    expect([answer.status, await answer.text()]).toEqual([200, 'ready\n'])
    expect((await fetch(`${next.origin}/login`)).status).toBe(200)
  })

  it('holds what runs, and neither sources nor development packages', () => {
    expect(readdirSync(inImage(image)).sort()).toEqual([
      ...['.next', 'dist', 'next.config.mjs', 'node_modules', 'package.json', 'prisma', 'server'],
    ])
    expect(readdirSync(inImage(image, 'node_modules'))).not.toContain('esbuild')
    expect(readdirSync(inImage(image, '.next'))).not.toContain('cache')
  })

  it('migrates', async () => {
    expect(await runCommand('migrate', next.start)).toContain('"applied":[]')
  })
})

describe('two releases', () => {
  it('have the same ids of actions, except of those that were added, removed or renamed', () => {
    const [one, other] = [actionsOf(MANIFEST), actionsOf(inImage(image, MANIFEST))]
    const only = (these: string[], those: string[]) => these.filter((id) => !those.includes(id))
    expect(one.length).toBeGreaterThan(40)
    expect([only(one, other).length, only(other, one).length]).toEqual([1, 2])
  })

  it('are told apart by browsers, which load a page of the other one anew', async () => {
    const names = await Promise.all(
      [present().origin, next.origin].map(async (origin) => {
        const html = await (await fetch(`${origin}/login`)).text()
        return /data-dpl-id="(\w+)"/.exec(html)?.[1]
      }),
    )
    expect(names).toEqual([expect.any(String), expect.any(String)])
    expect(names[0]).not.toBe(names[1])
  })

  it('refuse a form whose action the other one has removed with a page that says so', async () => {
    const customer = await insertCustomer()
    const browser = newClient({ base: balancer.origin, headers: { accept: 'text/html' } })
    const client = await insertSession(customer, browser)
    const releases = [present().origin, next.origin]
    for (const targets of [releases, releases.toReversed()]) {
      balancer.balance(targets)
      const answer = await client.press(await client.open('/'), translations.home.popup.close)
      expect(answer.status).toBe(409)
      expect(textOf(answer.html)).toContain(translations.request.outdated.heading)
    }
  })
})

async function changePhone(client: Client, customer: Customer) {
  const phone = newPhone()
  const typed = { phone, currentPassword: customer.password, proof: 'primary_phone' }
  await client.send('/profile/phone', 'Kirim kode', typed)
  const code = await nextCode(customer.phone)
  await client.send('/profile/phone/authorise', 'Verifikasi', { code })
  await client.send('/profile/phone/review', 'Kirim kode')
  const done = await client.send('/profile/phone/confirm', 'Verifikasi', {
    code: await nextCode(phone),
  })
  // The release before leads to the profile.
  expect(['/profile', '/profile/done']).toContain(done.path.split('?')[0])
  return { ...customer, phone }
}

/** Whether each form went to another release than the one that its page came from. */
function countCrossedForms() {
  const forms = balancer.passed.flatMap((request, index, all) =>
    request.method === 'POST' ? [[all[index - 1]?.target, request.target]] : [],
  )
  expect(forms.filter(([from, to]) => from === to)).toEqual([])
  return forms.length
}

it.each([
  ['pages of the present release, forms to the next one', false],
  ['pages of the next release, forms to the present one', true],
])('every flow works with %s', async (_, isReversed) => {
  const targets = [present().origin, next.origin]
  balancer.balance(isReversed ? targets.toReversed() : targets)
  const customer = await walkRegistration(undefined, newClient({ base: balancer.origin }))
  const client = await walkLogin(customer, newClient({ base: balancer.origin }))
  await walkRecovery(client, customer, 'email', newEmail())
  await client.open('/profile')
  const changed = await changePhone(client, customer)
  const stranger = newClient({ base: balancer.origin })
  expect((await reset(changed, OTHER_PASSWORD, stranger)).status).toBe(303)
  await client.open('/profile')
  const again = await walkLogin({ ...changed, password: OTHER_PASSWORD }, stranger)
  expect((await again.send('/profile/freeze', 'Bekukan akun')).path).toMatch(/^\/unfreeze/)
  expect(countCrossedForms()).toBeGreaterThan(12)
})
