// A registry that lacks some platform's optional packages leaves them out of the lockfile, and `npm ci` then refuses it.
// This writes the missing entries: version, os and cpu are enough, since no other platform ever fetches them.
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

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
const LIBRARIES = new Map([
  ['musl', 'musl'],
  ['gnu', 'glibc'],
])

const Entry = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
})
const Lock = z.looseObject({ packages: z.record(z.string(), Entry) })

const lock = Lock.parse(JSON.parse(readFileSync(FILE, 'utf8')))
const packages = new Map(Object.entries(lock.packages))

/** Node's own look-up: beside the dependent first, then one node_modules further out each time. */
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
  const library = words.flatMap((word) => LIBRARIES.get(word) ?? [])
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
  packages.set(`node_modules/${name}`, entryFor(name, version, isDev))

lock.packages = Object.fromEntries([...packages].sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${missing.length} entries added to ${FILE}`)
