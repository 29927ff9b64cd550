import { LOCALES } from '@/lib/platform/locale'
import { labelOf, listTestsByRequirement } from './coverage'
import { PICTURES } from './folders'
import { escapeHtml, newDocument } from './html'
import { INTERPRETATIONS, REQUIREMENTS } from './requirements'
import { SCREENS } from './screens'
import { fileOf, type View, viewsIn } from './views'

const TITLE = "The customer's side"
const OPEN_VIEWS = 2

const STYLE = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { margin: 0 auto; padding: 1rem; max-width: 100rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
nav ul { columns: 16rem; padding-left: 1rem; }
.views { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; margin: 0.5rem 0; }
img { border: 1px solid; max-width: 100%; }
`

/** Builds .ux/index.html: every picture of every screen, and the points with their tests. */
export function newGallery(): string {
  const body = `<h1>${escapeHtml(TITLE)}</h1>
<p><a href="#requirements">The 68 points and their tests</a> · <a href="contact-sheet.html">contact sheet</a></p>
${listLinks()}
<h2>Screens</h2>
<p>Each picture links to its file. The dark and the English pictures are folded.</p>
${listScreens()}
<h2 id="requirements">68 points</h2>
${listRequirements()}
<h3>How the product interprets some of them</h3>
<dl>${Object.entries(INTERPRETATIONS).map(newNote).join('\n')}</dl>`
  return newDocument({ title: TITLE, style: STYLE, body })
}

function listLinks() {
  const names = Object.values(SCREENS).flatMap((screens) => Object.keys(screens))
  const links = names.map((name) => `<li><a href="#${name}">${name}</a></li>`)
  return `<nav><ul>${links.join('\n')}</ul></nav>`
}

const listScreens = () =>
  Object.entries(SCREENS)
    .map(([group, screens]) => {
      const shown = Object.entries(screens).map(newScreen)
      return `<h3>${escapeHtml(group)}</h3>\n${shown.join('\n')}`
    })
    .join('\n')

function newScreen([name, text]: [string, string]) {
  const pictures = LOCALES.flatMap(viewsIn).map((view) => newPicture(name, view))
  return `<section id="${name}">
<h4>${name}</h4>
<p>${escapeHtml(text)}</p>
<div class="views">${pictures.slice(0, OPEN_VIEWS).join('\n')}</div>
<details><summary>dark, and in English</summary>
<div class="views">${pictures.slice(OPEN_VIEWS).join('\n')}</div></details>
</section>`
}

function newPicture(name: string, view: View) {
  const label = `${name}, ${view.width} px, ${view.scheme}, ${view.locale}`
  const file = `${PICTURES}/${fileOf(name, view)}`
  const width = view.width === 360 ? 180 : 400
  return `<a href="${file}"><img src="${file}" alt="${label}" title="${label}" width="${width}" loading="lazy"></a>`
}

function listRequirements() {
  const testsByRequirement = listTestsByRequirement()
  return Object.entries(REQUIREMENTS)
    .map(([group, requirements]) => {
      const rows = Object.entries(requirements).map(
        ([id, text]) =>
          `<tr><td>${id}</td><td>${escapeHtml(text)}</td><td>${(testsByRequirement.get(id) ?? []).map(newLink).join(', ')}</td></tr>`,
      )
      return `<h3>${escapeHtml(group)}</h3>
<table><tr><th></th><th>requirement</th><th>tests</th></tr>${rows.join('\n')}</table>`
    })
    .join('\n')
}

const newLink = (file: string) => `<a href="../${file}">${labelOf(file)}</a>`

const newNote = ([id, text]: [string, string]) => `<dt>${id}</dt><dd>${escapeHtml(text)}</dd>`
