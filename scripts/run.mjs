// The one plain JavaScript file: it teaches Node our TypeScript and then imports scripts/<name>.ts.
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

const [name = '', ...args] = process.argv.slice(2)

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
process.argv.splice(1, process.argv.length, name, ...args)
register({ tsconfig: 'tsconfig.node.json' })
await import(new URL(`${name}.ts`, import.meta.url).href)
