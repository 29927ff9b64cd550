import { transactionUnlessRefused } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'
import { type EraseRefusal, erasePerson } from './erase'

/** Erases a person at once, for an operator. Refused as by `erasePerson`; then nothing was changed. */
export const eraseByOperator = (act: {
  userId: string
  reason: string
  now: Date
}): Promise<Result<undefined, EraseRefusal>> =>
  transactionUnlessRefused((tx) =>
    erasePerson(tx, { ...act, origin: { ip: 'operator', userAgent: '' } }),
  )
