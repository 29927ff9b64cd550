import {
  type CallExpression,
  isCallExpression,
  isConditionalExpression,
  isJsxAttribute,
  isJsxExpression,
  isJsxText,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTemplateExpression,
  type Node,
} from 'typescript/unstable/ast'
import { afterAll, describe, expect, it } from 'vitest'
import id from '@/messages/id.json'
import { nodesBelow, openSources, type Source } from './source'

const { sources, stringsOf, close } = openSources()
afterAll(close)

type Words = { [key: string]: string | Words }

const keysOf = (words: Words, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keysOf(value, `${path}${key}.`),
  )

/** The functions that take a key: `t`, `t.raw`, and the translators of messages. */
const TRANSLATOR = /^(t|t\.raw|wordsIn\(\w+\)|LANGUAGE\[\w+\])$/
/** How such a translator is made: for the whole catalogue or a part of it. */
const ORIGIN =
  /getTranslations\((?:'([\w.]*)'(?:, \w+)?)?\)|\b(wordsIn|translatorOf|personWords)\(/g
/**
 * Their types come from the catalogue, so every key would count as used: their keys must occur as a
 * string.
 */
const CIRCULAR = ['app/_text/screens.ts', 'app/_text/refusal.ts']

/**
 * The part of the catalogue that a translator reads: that of the nearest one made before the call.
 */
function partOf({ root }: Source, call: CallExpression) {
  const origins = [...root.text.slice(0, call.expression.end).matchAll(ORIGIN)]
  const [, part, words] = origins.at(-1) ?? []
  if (words) return words === 'personWords' ? 'personData.' : 'message.'
  return part ? `${part}.` : ''
}

function usesOf(source: Source) {
  const calls = nodesBelow(source.root).filter(isCallExpression)
  return calls
    .filter((call) => TRANSLATOR.test(call.expression.getText(source.root)))
    .flatMap((call) =>
      call.arguments
        .slice(0, 1)
        .map((key) => ({ file: source.file, key, part: partOf(source, call) })),
    )
}

const uses = sources.flatMap(usesOf)
const strings = stringsOf(uses.map(({ key }) => key))
const written = new Set(
  sources.flatMap(({ root }) =>
    nodesBelow(root)
      .filter(isStringLiteral)
      .map(({ text }) => text),
  ),
)

/** The texts that the error pages of server/ read without a translator: it answers before Next does. */
const OF_SERVER = /^(request|resend)\./

/** Words of the product that occur in a person's data; they are looked up by what is stored. */
const STORED = /^personData\.value\./

const isWritten = (key: string) => written.has(key.split('.')[0] ?? '')

const used = new Set(
  uses.flatMap(({ file, part, key }, index) => {
    const keys = (strings[index] ?? []).map((word) => [word, part + word] as const)
    const isCircular = CIRCULAR.includes(file) && !isStringLiteral(key)
    return keys.filter(([word]) => !isCircular || isWritten(word)).map(([, full]) => full)
  }),
)

/** Attributes whose text is visible or announced. */
const AUDIBLE = [
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'alt',
  'content',
  'label',
  'legend',
  'placeholder',
  'title',
]

const LETTER = /\p{L}/u

/** The literal text of an expression, over all its branches. */
function literalOf(node: Node | undefined): string {
  if (!node) return ''
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text
  if (isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('')
  if (isConditionalExpression(node)) return literalOf(node.whenTrue) + literalOf(node.whenFalse)
  return isJsxExpression(node) ? literalOf(node.expression) : ''
}

function textsIn({ root }: Source): string[] {
  const nodes = nodesBelow(root)
  const attributes = nodes.filter(isJsxAttribute)
  const values = new Set<Node | undefined>(attributes.map(({ initializer }) => initializer))
  return [
    ...nodes.filter(isJsxText).map(({ text }) => text),
    ...nodes.filter((node) => isJsxExpression(node) && !values.has(node)).map(literalOf),
    ...attributes
      .filter(({ name }) => AUDIBLE.includes(name.getText(root)))
      .map(({ initializer }) => literalOf(initializer)),
  ]
}

describe('the message catalogue', () => {
  it('has no unused message', () => {
    expect(uses.length).toBeGreaterThan(300)
    const shown = keysOf(id).filter((key) => !OF_SERVER.test(key) && !STORED.test(key))
    expect(shown.filter((key) => !used.has(key))).toEqual([])
  })

  it('is read with keys whose values are known', () => {
    const unknown = uses.filter((_, index) => strings[index]?.length === 0)
    expect(unknown.map(({ file, key }) => `${file}: ${key.getText()}`)).toEqual([])
  })

  it('contains every text on a page', () => {
    const drawn = sources.filter(({ file }) => /^(app|components)\/.*\.tsx$/.test(file))
    const faults = drawn.flatMap((source) =>
      textsIn(source)
        .filter((text) => LETTER.test(text))
        .map((text) => `${source.file}: ${text.trim()}`),
    )
    expect(drawn.length).toBeGreaterThan(80)
    expect(faults).toEqual([])
  })
})
