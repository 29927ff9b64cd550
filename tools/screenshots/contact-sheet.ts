import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { capture } from './camera'
import { DOCS_IMAGES, PICTURES, REPORT_FOLDER } from './folders'
import { escapeHtml, newDocument } from './html'
import { SCREENS } from './screens'
import { fileOf } from './views'

const VIEW = { width: 360, scheme: 'light', locale: 'id' } as const
const SCALE = 1.05
const MOST_BYTES = 400_000
const [COLUMNS, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT, GAP] = [9, 120, 246, 14]
const WIDTH = COLUMNS * (THUMBNAIL_WIDTH + GAP) + GAP

const STYLE = `
* { box-sizing: border-box; margin: 0; }
body { width: ${WIDTH}px; padding: ${GAP}px; display: flex; flex-wrap: wrap; gap: ${GAP}px; font: 11px/1.3 sans-serif; color: #1a1a1a; background: #e6e8ec; }
h2 { font-size: 15px; margin-bottom: 6px; white-space: nowrap; }
.screens { display: flex; flex-wrap: wrap; gap: ${GAP}px; }
figure { width: ${THUMBNAIL_WIDTH}px; }
img { display: block; width: 100%; height: ${THUMBNAIL_HEIGHT}px; object-fit: cover; object-position: top; border: 1px solid #b4b8c0; background: #fff; }
figcaption { margin-top: 3px; white-space: nowrap; }
`

/**
 * Draws one picture with a thumbnail of each screen: the top of the light, Indonesian phone page.
 */
export async function drawContactSheet(browser: Browser) {
  const source = path.resolve(REPORT_FOLDER, 'contact-sheet.html')
  writeFileSync(source, newDocument({ title: 'Contact sheet', style: STYLE, body: listGroups() }))
  const page = await browser.newPage({ viewport: { width: WIDTH, height: THUMBNAIL_HEIGHT } })
  await page.goto(pathToFileURL(source).href)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  const devtools = await page.context().newCDPSession(page)
  const picture = await capture(devtools, { width: WIDTH, height, scale: SCALE })
  await page.close()
  if (picture.length > MOST_BYTES)
    throw new Error(`the contact sheet has ${picture.length} bytes, more than ${MOST_BYTES}`)
  writeFileSync(path.join(DOCS_IMAGES, 'contact-sheet.webp'), picture)
}

const listGroups = () =>
  Object.entries(SCREENS)
    .map(
      ([group, screens]) =>
        `<section><h2>${escapeHtml(group)}</h2>
<div class="screens">${Object.keys(screens).map(newThumbnail).join('\n')}</div></section>`,
    )
    .join('\n')

const newThumbnail = (name: string) =>
  `<figure><img src="${PICTURES}/${fileOf(name, VIEW)}" alt="">
<figcaption>${name}</figcaption></figure>`
