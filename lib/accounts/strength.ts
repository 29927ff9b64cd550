import path from 'node:path'
import { Piscina } from 'piscina'
import { env } from '@/lib/platform/env'
import type { Candidate, Strength } from './strength-thread'

const MINUTES = 60 * 1_000
/** The dictionaries take much memory, so an idle thread ends. */
const IDLE_MS = 15 * MINUTES

const COMPILED = 'dist/strength-thread.js'
const SOURCE = 'lib/accounts/strength-thread.ts'

/**
 * Estimates the number of guesses of an attacker who knows Indonesian, English and the customer's
 * own words. One thread estimates, one password after the other, so the process answers other
 * requests meanwhile.
 */
export function estimateStrength(password: string, ownWords: string[]): Promise<Strength> {
  const candidate: Candidate = { password, ownWords: [...ownWords, env().BRAND_NAME] }
  threads ??= startThreads()
  return threads.run(candidate)
}
let threads: Piscina<Candidate, Strength> | undefined

function startThreads() {
  const isCompiled = env().NODE_ENV === 'production'
  return new Piscina<Candidate, Strength>({
    filename: path.resolve(/* turbopackIgnore: true */ isCompiled ? COMPILED : SOURCE),
    execArgv: isCompiled ? [] : ['--import', 'tsx'],
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  })
}
