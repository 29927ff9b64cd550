import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { SCRATCH } from '@/tests/support/environment'

const PACKAGE = 'lighthouse@12.8.2'
const FOLDER = path.resolve(SCRATCH, PACKAGE)
const ENTRY = path.join(FOLDER, 'node_modules/lighthouse/core/index.js')
/** npm writes this file when every package is installed. */
const INSTALLED = path.join(FOLDER, 'node_modules/.package-lock.json')

/** What is read of a result of Lighthouse. */
export type Result = {
  finalDisplayedUrl: string
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; numericValue?: number }>
  environment: { benchmarkIndex: number }
  runtimeError?: { message: string }
}

type Lighthouse = (url: string, flags: object) => Promise<{ lhr: Result } | undefined>

let loaded: Promise<Lighthouse> | undefined

/**
 * Loads Lighthouse. The first use installs it, because it needs 142 packages that nothing else uses.
 */
export function loadLighthouse(): Promise<Lighthouse> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Lighthouse> {
  if (!existsSync(INSTALLED)) await install()
  const { default: lighthouse } = await import(pathToFileURL(ENTRY).href)
  return lighthouse
}

async function install() {
  // npm does not repair a package that an interrupted installation has left incomplete.
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(path.join(FOLDER, 'package.json'), '{}')
  const args = ['install', PACKAGE, '--no-audit', '--no-fund']
  await promisify(execFile)('npm', args, { cwd: FOLDER })
}
