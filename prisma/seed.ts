import { createAccount, hashPassword } from '@/lib/accounts'
import { addAddress, parseEmail, parsePhone } from '@/lib/addresses'
import { transaction } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'
import { creditRecoveryReward } from '@/lib/points'

/** A demo customer as the launcher prints it. */
export type DemoCustomer = { identifier: string; password: string; hasRecovery: boolean }

const PASSWORD = 'warung-kopi-ujung-gang'

const DEMO = [
  {
    name: 'Budi Santoso',
    email: 'budi@contoh.example',
    phone: '0812-0000-0001',
    recovery: undefined,
  },
  {
    name: 'Siti Rahmawati',
    email: 'siti@contoh.example',
    phone: '0812-0000-0002',
    recovery: 'siti.cadangan@contoh.example',
  },
] as const

const origin = { ip: '127.0.0.1', userAgent: 'demo data' }

/**
 * Writes the demo customers of a local start, once: one who still lacks a recovery account, and one who has it, with its
 * points. Returns their logins. A database that holds any user is left as it is.
 */
export async function seed(): Promise<DemoCustomer[]> {
  const now = new Date()
  const passwordHash = await hashPassword(PASSWORD)
  await transaction(async (tx) => {
    await tx.$executeRaw`lock table "User" in exclusive mode`
    if ((await tx.user.count()) > 0) return
    for (const { name, email, phone, recovery } of DEMO) {
      const account = {
        name,
        email: accepted(parseEmail(email)),
        phone: accepted(parsePhone(phone)),
        passwordHash,
        locale: 'id' as const,
      }
      const { userId } = accepted(await createAccount(tx, account, origin, now))
      await tx.address.updateMany({
        where: { userId, kind: 'email' },
        data: { confirmedAt: now, lastVerifiedAt: now },
      })
      if (!recovery) continue
      const address = accepted(parseEmail(recovery))
      await addAddress(tx, { userId, role: 'recovery', address, confirmedAt: now, origin, now })
      await creditRecoveryReward(tx, { userId, address, now })
    }
  })
  return DEMO.map(({ email, recovery }) => ({
    identifier: email,
    password: PASSWORD,
    hasRecovery: recovery !== undefined,
  }))
}

function accepted<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(`the demo data is refused: ${result.refusal}`)
  return result.value
}
