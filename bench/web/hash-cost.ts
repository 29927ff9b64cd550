import { verify } from '@node-rs/argon2'
import { cpuMsOf } from '@/bench/support/process-cpu'
import { hashPassword } from '@/lib/accounts'
import { PASSWORD } from './seed'

const HASHES = 60
const AT_ONCE = 2

/** Milliseconds of CPU that the verification of one password takes on this machine, without load. */
export async function measureHashMs(): Promise<number> {
  const stored = await hashPassword(PASSWORD)
  const before = cpuMsOf(process.pid)
  for (let count = 0; count < HASHES; count += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, () => verify(stored, PASSWORD)))
  return (cpuMsOf(process.pid) - before) / HASHES
}
