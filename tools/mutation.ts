import { spawnSync } from 'node:child_process'
import { cliError, main } from '@/lib/platform/command'

const STRYKER = 'node_modules/@stryker-mutator/core/bin/stryker.js'
const CONFIG = 'tools/mutation/stryker.config.mjs'

/**
 * The tests of each module. Other tests reach a module through many others, and take far longer to
 * notice a mutant.
 */
const TESTS = {
  addresses:
    'domain/address*, domain/recovery-check, domain/recovery-health, domain/removal, domain/unfreeze-review-history, unit/address/*',
  points: 'domain/points*, domain/recovery-check, domain/restriction, domain/unfreeze-undo*',
  challenges:
    'domain/challenge*, domain/attempt*, domain/excess, domain/reset-link, domain/reset-repeated, domain/send-*, domain/metrics, domain/limits-flows, domain/races, domain/reset-unknown, domain/events, domain/recovery-health, domain/other-customers, domain/unfreeze-codes, domain/login, domain/known-devices*, domain/one-recipient, domain/prefix-shares, domain/registration, domain/registration-limits, domain/sms-pumping, domain/security-log-codes, domain/phone-channel, domain/saved-code-reset, domain/used-up, domain/recovery-check, unit/code, unit/purposes',
  accounts:
    'domain/registration*, domain/login, domain/known-devices*, domain/new-device-sms, domain/secure-link, domain/used-up, domain/excess, domain/one-recipient, domain/sessions*, domain/change-password, domain/replaced-password, domain/current-password, domain/phone-channel, domain/prefix-shares, domain/restored*, domain/popup, domain/security-log*, domain/events, domain/restriction, domain/freeze, domain/change-address, domain/confirm-email, unit/password, unit/guessable',
  contacts:
    'domain/recovery-*, domain/change-*, domain/consent, domain/confirm-email, domain/registration-email, domain/claim-email*, domain/lost-email, domain/removal, domain/replace-*, domain/reminder, domain/other-customers, domain/send-limits, domain/one-recipient, domain/races*, domain/unfreeze-overtaken, domain/reveal, domain/recycled-*, unit/number-decision',
  recovery:
    'domain/reset*, domain/races*, domain/security-log, domain/excess, domain/limits-flows, domain/used-up, domain/known-devices, domain/freeze*, domain/unfreeze*, domain/restriction*, domain/events, domain/flows, domain/lost-email, domain/other-accounts-recovery, domain/care-ended, domain/held-*, domain/recycled-number, domain/saved-code*',
  'saved-codes': 'domain/saved-code*, domain/flows',
  signals: 'unit/signals/*',
  'staff-log': 'domain/staff-log*, domain/activity-command, domain/care-ended, domain/care-races',
  support: 'domain/care*, domain/staff-*, unit/stuck',
} as const

type Module = keyof typeof TESTS

const isModule = (name: string): name is Module => name in TESTS

/**
 * Runs Stryker on a module of lib/, or on the named files of it, and prints each mutant that no test
 * of the module notices.
 */
await main(async () => {
  const [name = '', ...rest] = process.argv.slice(2)
  if (!isModule(name)) throw cliError(`Say which module: ${Object.keys(TESTS).join(', ')}.`)
  const start = rest.findIndex((argument) => argument.startsWith('-'))
  const [files, options] = start < 0 ? [rest, []] : [rest.slice(0, start), rest.slice(start)]
  const { status } = spawnSync(
    process.execPath,
    [STRYKER, 'run', CONFIG, '--mutate', mutatedIn(name, files), ...options],
    {
      stdio: 'inherit',
      env: { ...process.env, MUTATED_MODULE: name, MUTATION_TESTS: testsOf(name) },
    },
  )
  process.exitCode = status ?? 1
})

function mutatedIn(name: Module, files: string[]) {
  if (files.length === 0) return `lib/${name}/**/*.ts`
  return files.map((file) => `lib/${name}/${file}.ts`).join()
}

function testsOf(name: Module) {
  return TESTS[name]
    .split(', ')
    .map((file) => `tests/${file}.test.ts`)
    .join()
}
