import type { Page } from 'playwright-core'
import type { StaffRole } from '@/prisma/client/enums'
import { arrivesAt, isTakenOver, press } from './pages'
import { origin } from './running'
import { insertStaff, insertStaffSession } from './staff-fixtures'
import { addAuthenticator } from './virtual-authenticator'
import { type Mode, visit } from './walk'

/** Signs a browser in to the console as somebody of a role, without a passkey. Returns the id. */
export async function actAs(page: Page, role: StaffRole): Promise<string> {
  const staffId = await insertStaff(role)
  const value = await insertStaffSession(staffId)
  await page.context().addCookies([{ name: 'care-session', value, url: origin() }])
  return staffId
}

/** A browser with an authenticator, in which the passkey of an invitation was made. */
export async function enrol(mode: Mode, link: string): Promise<Page> {
  const page = await visit(mode)
  await addAuthenticator(page)
  await page.goto(link)
  await isTakenOver(page)
  await press(page, 'Buat kunci sandi')
  await arrivesAt(page, '/care/invitation/done')
  return page
}

/** Signs in to the console with the passkey of a browser. */
export async function signInToConsole(page: Page): Promise<void> {
  await page.goto('/care/sign-in')
  await isTakenOver(page)
  await press(page, 'Masuk dengan kunci sandi')
  await arrivesAt(page, '/care')
}
