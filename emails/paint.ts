import type { CSSProperties } from 'react'
import { colours } from '@/components/theme'

type Paint = {
  'background-color'?: keyof typeof colours
  'border-color'?: keyof typeof colours
  color: keyof typeof colours
}
type Scheme = 'light' | 'dark'

/** What each part of an e-mail is themed with. */
const PAINTS = {
  canvas: { 'background-color': 'canvas', color: 'ink' },
  card: { 'background-color': 'surface', 'border-color': 'line', color: 'ink' },
  header: { 'background-color': 'brand', 'border-color': 'brand', color: 'on-brand' },
  button: { 'background-color': 'brand', color: 'on-brand' },
  stop: { 'background-color': 'danger', color: 'surface' },
  link: { color: 'accent' },
  muted: { color: 'muted' },
  code: { 'background-color': 'tint', 'border-color': 'tint', color: 'accent' },
  facts: { 'background-color': 'raised', 'border-color': 'line', color: 'ink' },
  warning: { 'background-color': 'warning-tint', 'border-color': 'warning-tint', color: 'warning' },
} as const satisfies Record<string, Paint>

/** A part's class, and its light colours inline: mailboxes that know neither style sheets nor dark mode show those. */
export function themed(name: keyof typeof PAINTS, style: CSSProperties = {}) {
  const paint: Paint = PAINTS[name]
  const { 'background-color': ground, 'border-color': edge, color } = paint
  return {
    className: name,
    style: {
      ...style,
      color: colours[color].light,
      ...(ground && { backgroundColor: colours[ground].light }),
      ...(edge && { borderColor: colours[edge].light }),
    },
  }
}

/** Dark colours where the reader's device is dark; `!important`, to outrank the inline ones. */
export const STYLE_SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; background-color: ${colours.canvas.light}; }
@media (prefers-color-scheme: dark) {
${Object.entries(PAINTS)
  .map(([name, paint]) => `  .${name} { ${declare(paint, 'dark')} }`)
  .join('\n')}
}
`

function declare(paint: Paint, scheme: Scheme) {
  return Object.entries(paint)
    .map(([property, colour]) => `${property}: ${colours[colour][scheme]} !important;`)
    .join(' ')
}
