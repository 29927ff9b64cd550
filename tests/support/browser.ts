import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Browser, chromium, firefox, type LaunchOptions } from 'playwright-core'
import { SCRATCH } from './environment'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
const IS_PACKAGED = process.platform === 'linux' && process.arch === 'x64'
const HOME = path.resolve(SCRATCH, 'chromium')

/** Launches a Chromium: see `findBrowser`. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--in-process-gpu']
  return chromium.launch({ ...(await findBrowser()), args, ...options })
}

const FIREFOX = '/usr/bin/firefox-esr'

/**
 * Launches the Firefox of the package `firefox-esr`, which is driven by WebDriver BiDi.
 * @throws {Error} which names the package, when it is missing.
 */
export async function launchFirefox(): Promise<Browser> {
  if (!existsSync(FIREFOX))
    throw new Error('firefox is missing. Install its package: apt-get install firefox-esr')
  return firefox.launch({ channel: 'moz-firefox', executablePath: FIREFOX })
}

/**
 * Finds the browser and what it needs: the one of CHROMIUM_PATH, else the one of the packages, a
 * headless Chromium for Linux on x64. Other machines use the system's, which takes three times the
 * processor time.
 */
export async function findBrowser(): Promise<LaunchOptions> {
  const own = process.env.CHROMIUM_PATH
  if (own && !existsSync(own)) throw new Error(`CHROMIUM_PATH (${own}) does not exist.`)
  const installed = own || (IS_PACKAGED ? undefined : SYSTEM.find(existsSync))
  if (installed) return { executablePath: installed }
  if (!existsSync(HOME)) await unpack()
  const LD_LIBRARY_PATH = path.join(HOME, 'al2023', 'lib')
  const FONTCONFIG_FILE = path.join(HOME, 'fonts.conf')
  return {
    executablePath: path.join(HOME, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH, FONTCONFIG_FILE },
  }
}

// Whole or not at all: a run that is interrupted here leaves nothing half unpacked under the final name.
async function unpack() {
  const draft = `${HOME}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  await withEnvironment({ TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' }, async () => {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  })
  writeFileSync(path.join(draft, 'fonts.conf'), fontConfiguration())
  rmSync(HOME, { recursive: true, force: true })
  renameSync(draft, HOME)
}

// The package's own names folders that do not exist here. Without any font Chromium draws no text at all; with the machine's, the
// pages look different on each.
function fontConfiguration() {
  const folder = `<dir>${path.join(HOME, 'fonts')}</dir>`
  const cache = `<cachedir>${path.join(HOME, 'fonts-cache')}</cachedir>`
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folder}${cache}</fontconfig>`
}

// The package unpacks to the system's temporary folder, and sets variables that only its own kind of machine needs.
async function withEnvironment(values: Record<string, string>, work: () => Promise<void>) {
  const before = { ...process.env }
  Object.assign(process.env, values)
  try {
    await work()
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}
