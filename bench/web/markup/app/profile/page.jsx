import { readFileSync } from 'node:fs'
import { createElement } from 'react'

export const dynamic = 'force-dynamic'

/** The body of the profile as [name, attributes, children], read once. */
const tree = JSON.parse(readFileSync('markup.json', 'utf8'))

const render = (node, key) =>
  typeof node === 'string'
    ? node
    : createElement(node[0], { key, ...node[1] }, node[2].length > 0 ? node[2].map(render) : null)

export default function Page() {
  return tree.map(render)
}
