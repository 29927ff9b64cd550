import { describe, expect, it } from 'vitest'
import { colours } from '@/components/theme'

type Colour = keyof typeof colours

const TEXT: [Colour, Colour][] = [
  ['ink', 'canvas'],
  ['ink', 'surface'],
  ['ink', 'raised'],
  ['ink', 'tint'],
  ['ink', 'success-tint'],
  ['ink', 'warning-tint'],
  ['muted', 'canvas'],
  ['muted', 'surface'],
  ['muted', 'raised'],
  ['muted', 'tint'],
  ['accent', 'canvas'],
  ['accent', 'surface'],
  ['accent', 'raised'],
  ['accent', 'tint'],
  ['accent', 'warning-tint'],
  ['on-brand', 'brand'],
  ['on-brand', 'brand-deep'],
  ['danger', 'surface'],
  ['danger', 'danger-tint'],
  ['success', 'success-tint'],
  ['warning', 'warning-tint'],
]

const EDGES: [Colour, Colour][] = [
  ['edge', 'surface'],
  ['edge', 'canvas'],
  ['brand', 'surface'],
  ['brand', 'canvas'],
  ['danger', 'surface'],
  ['star', 'surface'],
  ['focus', 'surface'],
  ['focus', 'canvas'],
]

const luminance = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string) => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  it.each(TEXT)('W1 E3 %s is readable on %s', (text, ground) => {
    expect(contrast(colours[text][scheme], colours[ground][scheme])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(EDGES)('W1 %s is distinguishable from %s', (edge, ground) => {
    expect(contrast(colours[edge][scheme], colours[ground][scheme])).toBeGreaterThanOrEqual(3)
  })
})
