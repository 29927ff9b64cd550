import path from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import { API, type Type } from 'typescript/unstable/sync'

const FOLDERS = /^(app|components|emails|lib|server|cli|tools)\//

export type Source = { file: string; root: SourceFile }

/** The sources of the product, parsed by the compiler. */
export function openSources() {
  const api = new API({ cwd: path.resolve('.') })
  const [project] = api
    .updateSnapshot({ openProjects: [path.resolve('tsconfig.json')] })
    .getProjects()
  if (!project) throw new Error('tsconfig.json is no project')
  const sources = project.program.getSourceFileNames().flatMap((name): Source[] => {
    const file = path.relative('.', name)
    const root = FOLDERS.test(file) ? project.program.getSourceFile(name) : undefined
    return root ? [{ file, root }] : []
  })
  return {
    sources,
    /** The possible strings of each expression; none when it can be any string. */
    stringsOf: (nodes: readonly Node[]): string[][] =>
      project.checker.getTypeAtLocation(nodes).map(literalsOf),
    close: () => api.close(),
  }
}

/** All nodes below one, in source order. */
export function nodesBelow(node: Node): Node[] {
  const nodes: Node[] = []
  node.forEachChild((child) => {
    nodes.push(child, ...nodesBelow(child))
  })
  return nodes
}

function literalsOf(type: Type | undefined): string[] {
  if (type?.isUnionType()) return type.getTypes().flatMap(literalsOf)
  return type?.isStringLiteralType() ? [type.value] : []
}
