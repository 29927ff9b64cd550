import { LOCALES } from '@/lib/platform/locale'
import { listTestsByPoint } from './coverage'
import { GROUPS } from './points'
import { SCREENS } from './screens'
import { fileOf, type View, viewsIn } from './views'

const SHOWN = 2

const INTRODUCTION = `# The customer's side

\`npm run ux\` writes this page: it starts the product with data of its own, walks every screen, takes the pictures, and reads from
the names of the tests which of them hold which point.

## 68 points

Each point stands by its id at the front of the name of every test that holds it, and a unit test sees to it that none is lost.
They hold on a telephone of 360 × 740 with touch and on a desktop of 1366 × 768, and without JavaScript unless they are about it.
`

const READING = `How some of them are meant, where the product decides between two goods:

- **O8** A code that the server refused is not shown again, as no secret that was submitted is; the one in the field is emptied.
- **D2** The wait between two codes is the same minute each time. It grows by the limits of an address: five in ten minutes, ten a
  day. The wait after wrong attempts doubles from thirty seconds.
- **W4** Nobody is warned of an end of time, since nothing is lost by it: a session lasts thirty days, and what was typed in the
  wizard waits on the server for thirty minutes after the last code, a saved address for good.
- **N2** There is no unread count to be named: no notice waits to be opened. Each goes to every address at once, and the activity
  lists them all.
- **L9** The browser that the tests use has no keyboard on its screen; a window of 360 × 380 stands for what it leaves. **O9** is
  tested with a browser whose reading of SMS is taken over by the test, as no SMS reaches it.
`

/** docs/ux.md: the points with the tests that hold them, and the gallery. */
export function newReport(): string {
  return `${[INTRODUCTION, pointTables(), READING, gallery()].join('\n').trim()}\n`
}

function pointTables() {
  const held = listTestsByPoint()
  const row = ([id, text]: [string, string]) =>
    `| ${id} | ${text} | ${(held.get(id) ?? []).map(link).join(', ')} |`
  return Object.entries(GROUPS)
    .map(
      ([group, points]) =>
        `### ${group}\n\n| | what must hold | held by |\n| --- | --- | --- |\n${Object.entries(points).map(row).join('\n')}\n`,
    )
    .join('\n')
}

function link(file: string) {
  const [, folder = '', name = ''] = /^tests\/(.+?)\/(?:.*\/)?(.+?)\.test/.exec(file) ?? []
  return `[${folder}/${name}](../${file})`
}

function gallery() {
  const sections = Object.entries(SCREENS).map(([group, screens]) => {
    const shown = Object.entries(screens).map(
      ([name, text]) => `**${name}** ${text}\n\n${pictures(name)}\n`,
    )
    return `### ${group}\n\n${shown.join('\n')}`
  })
  return `## Screens\n\nEach in Indonesian and light, on a telephone and on a desktop; dark and English behind the arrow.\n\n${sections.join('\n')}`
}

/** The first two at once, the other six when they are asked for. */
function pictures(name: string) {
  const images = LOCALES.flatMap(viewsIn).map(image(name))
  const [shown, folded] = [images.slice(0, SHOWN), images.slice(SHOWN)]
  return `${shown.join(' ')}\n\n<details><summary>dark, and in English</summary>\n\n${folded.join(' ')}\n\n</details>`
}

const image = (name: string) => (view: View) => {
  const seen = `${name}, ${view.width} px, ${view.scheme}, ${view.locale}`
  return `<img src="images/ux/${fileOf(name, view)}" alt="${seen}" title="${seen}" width="${view.width === 360 ? 180 : 400}" loading="lazy">`
}
