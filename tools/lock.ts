// npm leaves optional packages of other platforms out of the lockfile when the registry lacks them,
// and `npm ci` then refuses the lockfile. This adds the missing entries. Version, os and cpu
// suffice, because npm never fetches them on this platform.
import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

const FILE = 'package-lock.json'
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'windows',
]
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]
const LIBC_NAMES = new Map([
  ['musl', 'musl'],
  ['gnu', 'glibc'],
])

const Entry = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const Lock = z.looseObject({ packages: z.record(z.string(), Entry) })

// What zod returns has its keys in another order, so the entries of the file itself are written.
const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const packages = new Map(Object.entries(Lock.parse(lock).packages))

/**
 * Whether Node's module resolution finds the package: first beside its dependent, then in each
 * outer node_modules.
 */
function isLocked(dependent: string, name: string) {
  const steps = dependent.split('/node_modules/')
  const folders = steps.map((_, index) =>
    steps.slice(0, steps.length - index).join('/node_modules/'),
  )
  return [...folders, ''].some((folder) =>
    packages.has(`${folder ? `${folder}/` : ''}node_modules/${name}`),
  )
}

function entryFor(name: string, version: string, isDev: boolean) {
  const words = name.split(/[-/@]/)
  const system = words.find((word) => SYSTEMS.includes(word))
  const processor = words.find((word) => PROCESSORS.includes(word))
  const library = words.flatMap((word) => LIBC_NAMES.get(word) ?? [])
  return {
    version,
    ...(processor && { cpu: [processor] }),
    ...(isDev && { dev: true }),
    ...(library.length > 0 && { libc: library }),
    optional: true,
    ...(system && { os: [system === 'windows' ? 'win32' : system] }),
  }
}

const missing = [...packages].flatMap(([dependent, { dev, optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name, version]) => /^\d/.test(version) && !isLocked(dependent, name))
    .map(([name, version]) => ({ name, version, isDev: dev === true })),
)
for (const { name, version, isDev } of missing)
  lock.packages[`node_modules/${name}`] = entryFor(name, version, isDev)

lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
)
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${missing.length} entries added to ${FILE}`)
