import { COMPARISON, TAPS } from './comparison'
import { labelOf, listTestsByRequirement } from './coverage'
import { INTERPRETATIONS, REQUIREMENTS } from './requirements'
import { SCREENS } from './screens'

const INTRODUCTION = `# The customer's side

\`npm run ux\` writes this page. It starts the product with its own data, opens every screen, takes the pictures, and reads from
the names of the tests which tests cover which point. It writes the full report, with every picture in both sizes, schemes and
languages, to \`.ux/index.html\`, which git ignores.

## 68 points

The name of each test that covers a point starts with the point's id. The browser tests use a phone of 360 × 740 with touch and a
desktop of 1366 × 768. \`browser/no-script\` and the tests in \`http/\` use no JavaScript.
`

const CONTACT_SHEET = `## Screens

Each screen on a phone, in light colours and in Indonesian:

![A thumbnail of each screen, with its name](images/contact-sheet.webp)
`

/**
 * Builds docs/ux.md: the points with their tests, the contact sheet, and what each screen shows.
 */
export function newReport(): string {
  const parts = [
    INTRODUCTION,
    listRequirements(),
    listNotes(),
    compare(),
    countTaps(),
    CONTACT_SHEET,
    listScreens(),
  ]
  return `${parts.join('\n').trim()}\n`
}

function listRequirements() {
  const testsByRequirement = listTestsByRequirement()
  return Object.entries(REQUIREMENTS)
    .map(([group, requirements]) => {
      const rows = Object.entries(requirements).map(([id, text]) => {
        const tests = testsByRequirement.get(id) ?? []
        return `| ${id} | ${text} | ${tests.map(link).join(', ')} |`
      })
      return `### ${group}\n\n| | requirement | tests |\n| --- | --- | --- |\n${rows.join('\n')}\n`
    })
    .join('\n')
}

const link = (file: string) => `[${labelOf(file)}](../${file})`

function listNotes() {
  const notes = Object.entries(INTERPRETATIONS).map(([id, text]) => `- **${id}** ${text}`)
  return `How the product interprets some of them:\n\n${notes.join('\n')}\n`
}

function compare() {
  const rows = COMPARISON.map(({ screen, others, here }) => `| ${screen} | ${others} | ${here} |`)
  return `## Beside others\n\n| screen | what others do | what the product does |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

function countTaps() {
  const rows = TAPS.map(
    ({ flow, screens, taps, steps }) => `| ${flow} | ${screens} | ${taps} | ${steps} |`,
  )
  return `Taps on a phone, beside typing, counted by [browser/taps](../tests/browser/taps.test.ts). The code field has the focus by itself, and the identifier that was typed before is filled in:\n\n| flow | screens | taps | which |\n| --- | ---: | ---: | --- |\n${rows.join('\n')}\n`
}

const listScreens = () =>
  Object.entries(SCREENS)
    .map(([group, screens]) => {
      const rows = Object.entries(screens).map(([name, text]) => `| ${name} | ${text} |`)
      return `### ${group}\n\n| screen | what it shows |\n| --- | --- |\n${rows.join('\n')}\n`
    })
    .join('\n')
