import { addAuthenticator } from '@/tests/support/virtual-authenticator'
import { registerPersona, submitLoginForm } from './steps'
import type { Persona, Visitor } from './visitor'

const TARI: Persona = {
  name: 'Tari Lestari',
  email: 'tari@surat.example',
  phone: '0813 5550 7531',
  password: 'kincir angin di atas bukit',
}

/** Opens a browser for somebody else. */
type Another = () => Promise<Visitor>

/**
 * Staff are invited and confirmed; an agent asks for the unfreeze of an account whose owner does
 * not prove it, an approver approves, and the owner stops it with the link of the notice.
 */
export async function captureCare(visitor: Visitor, another: Another) {
  await loseAccount(visitor)
  const [agent, approver, auditor] = await hireStaff(visitor, another)
  await askForUnfreeze(agent)
  await approve(approver)
  await veto(visitor)
  await auditor.open('/care/log')
  await auditor.screenshot('care-log')
  for (const one of [agent, approver, auditor]) await one.close()
}

/**
 * The customer shows the word of the profile, and freezes an account that only customer care can
 * open.
 */
async function loseAccount(visitor: Visitor) {
  const { open, press, waitForPath, waitForText, screenshot } = visitor
  await registerPersona(visitor, TARI)
  await submitLoginForm(visitor, TARI.phone, TARI.password)
  await waitForPath('/profile')
  await open('/profile/care')
  await press('Tampilkan kata pengenal')
  await waitForText('Kata pengenalmu')
  await screenshot('profile-word')
  await open('/profile/freeze')
  await press('Bekukan akun')
  await waitForPath('/unfreeze')
}

/** An agent, an approver and an auditor who are signed in. */
async function hireStaff({ inviteAdministrator }: Visitor, another: Another) {
  const [inviting, confirming] = [await another(), await another()]
  // The demo has invited an administrator of this name, who now gets another link.
  await enrol(inviting, await inviteAdministrator('Demo'))
  await enrol(confirming, await inviteAdministrator('Ketut Suardana'))
  await inviting.open('/care/sign-in')
  await inviting.screenshot('care-sign-in')
  const administrators = [inviting, confirming] as const
  for (const administrator of administrators) await signIn(administrator)
  const hired = [await another(), await another(), await another()] as const
  for (const [nth, [name, role]] of HIRED.entries())
    await hire(administrators, hired[nth] ?? inviting, { name, role })
  await inviting.open('/care/staff')
  await inviting.screenshot('care-staff')
  for (const administrator of administrators) await administrator.close()
  return hired
}

const HIRED = [
  ['Bayu Pratama', 'Agen'],
  ['Dewi Anggraini', 'Penyetuju'],
  ['Rudi Hartanto', 'Auditor'],
] as const

type Person = { name: string; role: string }

/** One administrator invites, and the other one confirms who has made a passkey. */
async function hire(
  [inviting, confirming]: readonly [Visitor, Visitor],
  person: Visitor,
  { name, role }: Person,
) {
  await inviting.open('/care/staff/invite')
  await inviting.fill('Nama', name)
  await inviting.chooseExactly(role)
  await inviting.sign('Undang dengan kunci sandimu')
  await inviting.waitForPath('/care/staff/invited')
  await enrol(person, await inviting.page.getByText('/care/invitation/').innerText())
  await confirming.open('/care/staff')
  await confirming.page.locator('a[href^="/care/staff/confirm/"]').first().click()
  await confirming.sign('Sahkan dengan kunci sandimu')
  await confirming.waitForText('Orang ini sekarang bisa masuk.')
  await signIn(person)
}

async function enrol({ page, open, sign, waitForPath }: Visitor, link: string) {
  await addAuthenticator(page)
  await open(link)
  await sign('Buat kunci sandi')
  await waitForPath('/care/invitation/done')
}

async function signIn({ open, sign, waitForPath }: Visitor) {
  await open('/care/sign-in')
  await sign('Masuk dengan kunci sandi')
  await waitForPath('/care')
}

/** The agent finds the account, and asks for its unfreeze without a proof of the caller. */
async function askForUnfreeze({ page, open, fill, press, sign, waitForText, screenshot }: Visitor) {
  await open('/care')
  await screenshot('care-search')
  await fill('Email lengkap, nomor, nomor referensi, atau nomor kasus', TARI.phone)
  await fill('Alasan', 'pelanggan tidak bisa masuk sejak kemarin')
  await press('Cari akun')
  await waitForText('Kenapa pelanggan tidak bisa masuk')
  await screenshot('care-case')
  await page.locator('summary').first().click()
  await page.locator('#unfreeze-reason').fill('pelanggan kehilangan akses ke emailnya')
  await page.locator('#unfreeze-ticket').fill('TKT-2093')
  await screenshot('care-request')
  await sign('Minta dan tanda tangani')
  await waitForText('Permintaan tercatat.')
}

async function approve({ page, open, sign, waitForText, screenshot }: Visitor) {
  await open('/care')
  await page.locator('a[href^="/care/actions/"]').first().click()
  await waitForText('Yang akan berubah')
  await screenshot('care-approve')
  await sign('Setujui dan tanda tangani')
  await waitForText('Setiap email dan nomor diberi tahu')
}

/** The owner stops the unfreeze. */
async function veto({ open, press, waitForText, screenshot, receiveVetoLink }: Visitor) {
  await open(await receiveVetoLink(TARI.phone))
  await screenshot('veto')
  await press('Hentikan pembukaan akun')
  await waitForText('Pembukaan akun dihentikan')
  await screenshot('veto-stopped')
}
