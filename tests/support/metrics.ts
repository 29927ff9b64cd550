import { readFileSync } from 'node:fs'

const OWN = 'recovery_account_'

/** The sum of the samples of one metric of the product with these labels; undefined without any. */
export function sampleOf(text: string, name: string, labels: Record<string, string> = {}) {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  const values = text
    .split('\n')
    .filter((line) => line.startsWith(`${OWN}${name}{`) || line.startsWith(`${OWN}${name} `))
    .filter((line) => wanted.every((label) => line.includes(label)))
    .map((line) => Number(line.split(' ').at(-1)))
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : undefined
}

/** Every name of a series that a text of metrics can have. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' || type === 'summary'
      ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix)
      : [name],
  )
}

/** The names of the series that a file of `deploy/` asks for. */
export function namesAskedBy(file: string): string[] {
  const names = readFileSync(file, 'utf8').matchAll(/\b(?:recovery_account|process|nodejs)_\w+/g)
  return [...new Set([...names].map(([name]) => name))]
}
