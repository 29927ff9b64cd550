import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import type { Locale } from '@/lib/platform/locale'
import { DOCS_IMAGES, PICTURES, REPORT_FOLDER } from './folders'
import { SCREEN_NAMES } from './screens'
import { fileOf, type View, viewsIn } from './views'

const QUALITY = 60
const IN_README = ['home-popup', 'wizard-authorise', 'profile', 'reset']
const SIZES = {
  360: { height: 740, maxHeight: 3_000 },
  1366: { height: 768, maxHeight: 2_400 },
} as const

const sessions = new WeakMap<Page, Promise<CDPSession>>()

/**
 * One session of a page, which stays: when one ends, so do the virtual authenticators of the page.
 */
function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  return session
}

/** Takes a picture of the page's screen in each view, then resets the viewport to a phone's. */
export async function takePictures(page: Page, name: string, locale: Locale) {
  if (!SCREEN_NAMES.includes(name)) throw new Error(`unknown screen: ${name}`)
  const devtools = await sessionOf(page)
  for (const view of viewsIn(locale)) await takePicture(page, devtools, name, view)
  if (locale === 'id' && IN_README.includes(name)) await takeReadmePicture(page, devtools, name)
  await page.setViewportSize({ width: 360, height: SIZES[360].height })
}

/** Takes a picture for the README: the first phone screen, at two pixels per CSS pixel. */
async function takeReadmePicture(page: Page, devtools: CDPSession, name: string) {
  const { height } = SIZES[360]
  await page.setViewportSize({ width: 360, height })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const picture = await capture(devtools, { width: 360, height, scale: 2 })
  writeFileSync(path.join(DOCS_IMAGES, `${name}.webp`), picture)
}

async function takePicture(page: Page, devtools: CDPSession, name: string, view: View) {
  const { height, maxHeight } = SIZES[view.width]
  await page.setViewportSize({ width: view.width, height })
  await page.emulateMedia({ colorScheme: view.scheme, reducedMotion: 'reduce' })
  const pageHeight = await page.evaluate(() => document.documentElement.scrollHeight)
  const picture = await capture(devtools, {
    width: view.width,
    height: Math.min(Math.max(pageHeight, height), maxHeight),
    scale: 1,
  })
  writeFileSync(path.join(REPORT_FOLDER, PICTURES, fileOf(name, view)), picture)
}

/** Captures the top left part of a page as WebP. */
export async function capture(
  devtools: CDPSession,
  { scale, ...size }: { width: number; height: number; scale: number },
) {
  const clip = { x: 0, y: 0, ...size, scale }
  const options = { format: 'webp', quality: QUALITY, captureBeyondViewport: true, clip } as const
  const { data } = await devtools.send('Page.captureScreenshot', options)
  return Buffer.from(data, 'base64')
}
