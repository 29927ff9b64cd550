import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { isIndonesian } from './language'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] }

/** The dark scheme differs only in colours. */
const OF_COLOURS = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

/** Expects that axe finds nothing wrong with a page, in light and dark. */
export async function isAccessible(page: Page, inLight = {}) {
  await page.evaluate(AXE)
  for (const [colorScheme, options] of [
    ['light', inLight],
    ['dark', OF_COLOURS],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    const violations = await page.evaluate<Violation[]>(
      `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`,
    )
    const found = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
    )
    expect([page.url(), colorScheme, ...found]).toEqual([page.url(), colorScheme])
  }
}

/** The elements that stick out of the window, are cut off, or move. */
async function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isHidden = (element: Element) =>
      element.clientWidth <= 1 || element.closest('svg, head, .sr-only') !== null
    const nameOf = (element: Element) =>
      `${element.tagName} "${(element.textContent ?? '').slice(0, 40)}"`
    const moving = document.getAnimations().map(() => 'something moves')
    const found = [...document.body.querySelectorAll('*')].flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      if (style.transitionDuration !== '0s' || style.animationName !== 'none')
        return [`${nameOf(element)} moves`]
      if (width === 0 || isHidden(element)) return []
      if (left < -1 || right > innerWidth + 1) return [`${nameOf(element)} sticks out`]
      const isCut =
        style.overflowX !== 'visible' &&
        element.scrollWidth > element.clientWidth &&
        element.tagName !== 'INPUT'
      return isCut ? [`${nameOf(element)} is cut off`] : []
    })
    const isWide = document.documentElement.scrollWidth > innerWidth
    return [...(isWide ? ['scrolls sideways'] : []), ...moving, ...found]
  })
}

/** Expects that a page loses nothing at its present size. */
async function fits(page: Page) {
  expect([page.url(), ...(await faultsOf(page))]).toEqual([page.url()])
}

/**
 * A window of 1280 × 1024 at 400 % (WCAG 2.2 1.4.10). Every browser of the tests asks for less
 * motion.
 */
const AT_400_PERCENT = { width: 320, height: 256 } as const

/** Expects that a page loses nothing at 400 %, and restores its size. */
async function fitsAt400Percent(page: Page) {
  const size = page.viewportSize()
  await page.setViewportSize(AT_400_PERCENT)
  await fits(page)
  if (size) await page.setViewportSize(size)
}

/** Expects that axe finds nothing wrong with a page, and that it loses nothing at 400 %. */
export async function isAccessibleAt400Percent(page: Page) {
  await isAccessible(page)
  await fitsAt400Percent(page)
}

const WIDE = { width: 1366, height: 768 } as const

/** Expects that a page is not wider than its window. */
export async function isNotWide(page: Page) {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect([page.url(), Math.max(0, sideways)]).toEqual([page.url(), 0])
}

/**
 * Expects that a screen passes axe, fits a phone, a desktop and 400 % zoom, and is in Indonesian.
 */
export async function isSound(page: Page) {
  await isAccessible(page)
  await isNotWide(page)
  const size = page.viewportSize()
  await page.setViewportSize(WIDE)
  await isNotWide(page)
  if (size) await page.setViewportSize(size)
  await fitsAt400Percent(page)
  isIndonesian({ path: page.url(), html: await page.content() })
}
