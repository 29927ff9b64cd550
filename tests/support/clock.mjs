// With --import, this moves `new Date()` and `Date.now()` of a process by the milliseconds in
// CLOCK_FILE, and a worker by those in CLOCK_FILE.worker, too. It does not change timers and explicit
// dates.
import { readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 50
const RealDate = Date

const files = [process.env.CLOCK_FILE]
if (process.argv[2] === 'worker') files.push(`${process.env.CLOCK_FILE}.worker`)

let lookedAt = 0
let offset = 0

function now() {
  const real = RealDate.now()
  if (real - lookedAt > LOOK_EVERY_MS) {
    lookedAt = real
    offset = files.map(readOffset).reduce((sum, one) => sum + one, 0)
  }
  return real + offset
}

function readOffset(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || 0
  } catch {
    return 0
  }
}

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})
