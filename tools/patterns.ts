import path from 'node:path'
import { check } from 'recheck'
import {
  isIdentifier,
  isNewExpression,
  isRegularExpressionLiteral,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast'
import { API } from 'typescript/unstable/sync'
import { cliError, main } from '@/lib/platform/command'

const CHECKED = /^(app|cli|components|emails|lib|server)\/|^[^/]+\.ts$/

/** Patterns that are made at run time, from text that is escaped first. */
const MADE = ['lib/platform/database-error.ts']

const TIMEOUT_MS = 60_000

/**
 * An attack is counted in steps. By its time, which is a second by default, a busy machine would make
 * a pattern look slow.
 */
const LIMITS = { timeout: TIMEOUT_MS, attackTimeout: null }

type Pattern = { place: string; source: string; flags: string }

/**
 * Proves that every regular expression of the product takes linear time, so that no input can block
 * the process. Names each one that does not, or that cannot be judged.
 */
await main(async () => {
  const faults: string[] = []
  for (const { place, source, flags } of findPatterns()) {
    const { status } = await check(source, flags, LIMITS)
    if (status !== 'safe') faults.push(`${place}: /${source}/${flags} is ${status}`)
  }
  if (faults.length > 0) throw cliError(`Patterns of more than linear time:\n${faults.join('\n')}`)
})

function findPatterns(): Pattern[] {
  const api = new API({ cwd: path.resolve('.') })
  const [project] = api
    .updateSnapshot({ openProjects: [path.resolve('tsconfig.json')] })
    .getProjects()
  if (!project) throw new Error('tsconfig.json is no project')
  const { program } = project
  const patterns = program.getSourceFileNames().flatMap((name) => {
    const file = path.relative('.', name)
    const root = CHECKED.test(file) ? program.getSourceFile(name) : undefined
    return root ? patternsBelow(root, root, file) : []
  })
  api.close()
  return patterns
}

function patternsBelow(node: Node, root: SourceFile, file: string): Pattern[] {
  const found: Pattern[] = []
  node.forEachChild((child) => {
    const place = `${file}:${root.text.slice(0, child.getStart(root)).split('\n').length}`
    if (isRegularExpressionLiteral(child)) {
      const end = child.text.lastIndexOf('/')
      found.push({ place, source: child.text.slice(1, end), flags: child.text.slice(end + 1) })
    }
    if (
      isNewExpression(child) &&
      isIdentifier(child.expression) &&
      child.expression.text === 'RegExp' &&
      !MADE.includes(file)
    )
      throw cliError(`${place}: a pattern that is made at run time cannot be judged`)
    found.push(...patternsBelow(child, root, file))
  })
  return found
}
