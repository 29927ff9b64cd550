/**
 * Every colour by its role, light and dark. The contrast of text is at least 4.5:1, of borders of
 * controls 3:1.
 */
export const colours = {
  canvas: { light: '#f2f6fc', dark: '#0c1424' },
  surface: { light: '#ffffff', dark: '#15203a' },
  raised: { light: '#f7f9fd', dark: '#1b2947' },
  ink: { light: '#132142', dark: '#e9eefb' },
  muted: { light: '#4b5a7a', dark: '#adbad6' },
  line: { light: '#d9e2f1', dark: '#2c3d60' },
  edge: { light: '#687795', dark: '#8495ba' },
  brand: { light: '#0a5bd3', dark: '#2f6fe4' },
  'brand-deep': { light: '#0847a8', dark: '#2560cd' },
  'on-brand': { light: '#ffffff', dark: '#ffffff' },
  accent: { light: '#0a53c2', dark: '#93baff' },
  tint: { light: '#e7f0ff', dark: '#1a2f5a' },
  focus: { light: '#0a3f94', dark: '#b7d2ff' },
  danger: { light: '#ab1f18', dark: '#ffb3aa' },
  'danger-tint': { light: '#fdeeec', dark: '#42201f' },
  success: { light: '#12633a', dark: '#93dcae' },
  'success-tint': { light: '#e5f5eb', dark: '#15362a' },
  star: { light: '#b86e00', dark: '#f4cd83' },
  warning: { light: '#754700', dark: '#f4cd83' },
  'warning-tint': { light: '#fff4de', dark: '#3a2f18' },
} as const

/** The system fonts of the device; no font is loaded. */
export const fonts = [
  'system-ui',
  '-apple-system',
  'Segoe UI',
  'Roboto',
  'Noto Sans',
  'Helvetica Neue',
  'Arial',
  'sans-serif',
]
