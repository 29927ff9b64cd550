import { readFileSync } from 'node:fs'

/** The instructions of a Dockerfile, continued lines joined. */
export function instructionsOf(dockerfile: string): { name: string; rest: string }[] {
  const lines = readFileSync(dockerfile, 'utf8').replace(/\\\n/g, ' ').split('\n')
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...words] = line.trim().split(/\s+/)
      return { name, rest: words.join(' ') }
    })
}
