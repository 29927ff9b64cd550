import { db } from '@/lib/platform/db'
import { type Locale, parseLocale } from '@/lib/platform/locale'
import type { Fact } from './facts'
import { readMessages } from './messages'
import { type Reader, readAccount, readActivity, readAddresses } from './read-account'
import { readCases } from './read-cases'
import {
  readAttempts,
  readCodes,
  readDevices,
  readHeldPasswords,
  readLinks,
  readPoints,
  readSavedCodes,
  readSessions,
} from './read-traces'
import type { SectionName } from './words'

/**
 * Everything that is stored about a person: the rows of each section, in pages that are read on demand.
 */
export type PersonData = {
  exportedAt: Date
  language: Locale
  sections: Record<SectionName, () => AsyncIterable<Fact[]>>
}

/**
 * Opens everything that is stored about a person (UU PDP articles 6 and 7). The rows are read in pages
 * of 500, without a transaction: a browser may take minutes for a file, and no snapshot is kept for so
 * long. What happens meanwhile may be in one section and not yet in another. Secrets are not included:
 * hashes of the password, of codes, cookies and links say nothing about a person.
 */
export async function openPerson(
  userId: string,
  exportedAt: Date,
  reader: Reader,
): Promise<PersonData> {
  const { locale } = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const sections = {
    account: () => once(readAccount(userId)),
    addresses: () => once(readAddresses(userId)),
    activity: () => readActivity(userId, reader),
    points: () => readPoints(userId),
    sessions: () => readSessions(userId),
    devices: () => readDevices(userId),
    messages: () => readMessages(userId),
    codes: () => readCodes(userId),
    savedCodes: () => once(readSavedCodes(userId)),
    heldPasswords: () => once(readHeldPasswords(userId)),
    attempts: () => readAttempts(userId),
    links: () => readLinks(userId),
    cases: () => readCases(userId),
  }
  return { exportedAt, language: parseLocale(locale), sections }
}

async function* once(rows: Promise<Fact[]>) {
  yield await rows
}
