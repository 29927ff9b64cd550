import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { freezeCustomer } from '../support/case-fixtures'
import { nextMessage, OTHER_PASSWORD } from '../support/customers'
import { emptyEnvironment } from '../support/environment'
import { insertCustomer } from '../support/fixtures'
import {
  arrivesAt,
  BY_PHONE,
  finishReset,
  follow,
  isTakenOver,
  logIn,
  press,
  reads,
  startReset,
} from '../support/pages'
import { origin, startOwnProduct } from '../support/running'
import { enrol, signInToConsole } from '../support/staff-pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

const product = startOwnProduct()

/**
 * Invites one of the first two administrators, as somebody on the server does. Returns the link.
 */
async function inviteByCommand(name: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['server/run.mjs', 'staff', 'invite', '--name', name],
    {
      env: {
        ...process.env,
        ...emptyEnvironment(),
        DATA_DIR: product().dataDir,
        PORT: new URL(origin()).port,
      },
    },
  )
  return /http\S+/.exec(stdout)?.[0] ?? ''
}

/** One administrator invites, and the other one confirms who has made a passkey. */
async function hire(
  [inviting, confirming]: readonly [Page, Page],
  name: string,
  role: string,
): Promise<Page> {
  await inviting.goto('/care/staff/invite')
  await isTakenOver(inviting)
  await inviting.getByLabel('Nama', { exact: true }).fill(name)
  await inviting.getByRole('radio', { name: role, exact: true }).check()
  await press(inviting, 'Undang dengan kunci sandimu')
  await arrivesAt(inviting, '/care/staff/invited')
  const link = await inviting.getByText(`${origin()}/care/invitation/`).innerText()
  const page = await enrol(DESKTOP, link)
  await confirming.goto('/care/staff')
  await follow(confirming, `Sahkan ${name}`)
  await isTakenOver(confirming)
  await press(confirming, 'Sahkan dengan kunci sandimu')
  await reads(confirming, 'Orang ini sekarang bisa masuk.')
  await signInToConsole(page)
  return page
}

const wordIn = ({ text }: { text: string }) => /\b[B-Z]{4} ?[B-Z]{4}\b/.exec(text)?.[0] ?? ''

/**
 * The agent finds the frozen account, lets the caller read out a word, and asks for an unfreeze.
 */
async function askForUnfreeze(agent: Page, phone: string): Promise<string> {
  await agent.goto('/care')
  await agent.getByLabel('Email lengkap, nomor, nomor referensi, atau nomor kasus').fill(phone)
  await agent.getByLabel('Alasan').fill('penelepon tidak bisa masuk sejak kemarin')
  await press(agent, 'Cari akun')
  await agent.waitForURL(/\/care\/cases\/\w{6}$/)
  const number = agent.url().slice(-6)
  await reads(agent, 'Hanya Customer Care yang bisa membukanya')
  await press(agent, 'Kirim kata pengenal ke nomor utama')
  await reads(agent, 'Kata pengenal sudah dikirim.')
  await agent
    .getByLabel('Kata yang dibacakan penelepon')
    .fill(wordIn(await nextMessage(phone, 'caller_word')))
  await press(agent, 'Periksa kata')
  await reads(agent, 'Kata cocok.')
  await agent.getByText('Buka lagi akun', { exact: true }).click()
  await reads(agent, 'dijalankan begitu disetujui.')
  await press(agent, 'Minta dan tanda tangani')
  await reads(agent, 'Tulis alasan dengan 10 sampai 500 karakter.')
  await agent.locator('#unfreeze-reason').fill('pemilik membacakan kata dari nomornya')
  await agent.locator('#unfreeze-ticket').fill('TKT-2093')
  await press(agent, 'Minta dan tanda tangani')
  await reads(agent, 'Permintaan tercatat.')
  return number
}

it('the console helps a locked-out customer back in, with two administrators, an agent and an approver', async () => {
  // The demo has invited an administrator of this name, who now gets another link.
  const [one, two] = [await inviteByCommand('Demo'), await inviteByCommand('Ketut')]
  const administrators = [await enrol(DESKTOP, one), await enrol(DESKTOP, two)] as const
  for (const page of administrators) await signInToConsole(page)
  const agent = await hire(administrators, 'Bayu', 'Agen')
  const approver = await hire(administrators, 'Dewi', 'Penyetuju')
  const customer = await insertCustomer()
  await freezeCustomer(customer)

  const number = await askForUnfreeze(agent, customer.phone)

  await approver.goto('/care')
  await approver.getByRole('link', { name: `Tinjau Buka lagi akun, kasus ${number}` }).click()
  await reads(approver, 'pemilik membacakan kata dari nomornya')
  await reads(approver, /Kata pengenal dari 0813/)
  await isTakenOver(approver)
  await press(approver, 'Setujui dan tanda tangani')
  await reads(approver, 'Tindakan sudah dijalankan')
  expect(approver.url()).toBe(`${origin()}/care/cases/${number}?done=carried_out`)
  await reads(approver, 'Dibatasi sampai')

  const page = await visit(PHONE)
  await startReset(page, customer.phone, BY_PHONE)
  await finishReset(page, customer.phone, OTHER_PASSWORD)
  await logIn(page, customer.phone, OTHER_PASSWORD)
  await arrivesAt(page, '/profile')
}, 240_000)
