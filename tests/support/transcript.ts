import type { Page } from 'playwright-core'
import { isDelivery } from './elapsed'

type Value = { value?: unknown }

type Node = {
  nodeId: string
  ignored: boolean
  role?: Value
  name?: Value
  description?: Value
  value?: Value
  properties?: { name: string; value: Value }[]
  childIds?: string[]
}

/** Roles that are read as one text: their name. */
const WHOLE = ['heading', 'link', 'button', 'textbox', 'radio']
/** Roles that are announced before their content. */
const AROUND = ['group', 'alert', 'status']
/** States that are announced when they are true. */
const STATES = ['required', 'invalid', 'checked', 'disabled', 'busy']

const UNSAID: unknown[] = [undefined, false, 'false']

/**
 * The lines that a screen reader announces for the main part of a page, from Chromium's
 * accessibility tree, first to last; `>` marks the focus. A label or hint that is announced with
 * its field is not repeated. The delivery state of a message and running times are left out.
 */
export async function transcribe(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Accessibility.enable')
  const { nodes }: { nodes: Node[] } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const main = nodes.find(({ role }) => role?.value === 'main')
  const said = nodes.filter(
    (node) => roleOf(node) !== 'StaticText' && [...WHOLE, ...AROUND].includes(roleOf(node)),
  )
  const withFields = said
    .map((node) => `${nameOf(node)} ${node.description?.value ?? ''}`)
    .join('\n')
  return main ? linesOf(main, byId, withFields) : []
}

function linesOf(node: Node, byId: Map<string, Node>, withFields: string): string[] {
  const role = roleOf(node)
  if (role === 'StaticText') return withFields.includes(nameOf(node)) ? [] : textOf(nameOf(node))
  if (WHOLE.includes(role)) return [lineOf(node)]
  const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? [])
  const inner = children.flatMap((child) => linesOf(child, byId, withFields))
  if (!AROUND.includes(role) || inner.length === 0) return inner
  return [lineOf(node), ...inner.map((line) => `  ${line}`)]
}

const textOf = (text: string) => (isDelivery(text) || /\d:\d\d$/.test(text) ? [] : [text])

function lineOf(node: Node): string {
  const property = (name: string) =>
    node.properties?.find((each) => each.name === name)?.value.value
  const description = String(node.description?.value ?? '')
    .replace(/\d+ menit/, '… menit')
    .replace(/\d:\d\d$/, '…')
  const said = [
    property('focused') === true && '>',
    roleOf(node),
    roleOf(node) === 'heading' && `level ${property('level')}`,
    nameOf(node),
    roleOf(node) === 'textbox' && node.value?.value && `"${node.value.value}"`,
    ...STATES.filter((name) => !UNSAID.includes(property(name))),
    description && `– ${description}`,
  ]
  return said.filter(Boolean).join(' ')
}

const roleOf = ({ ignored, role }: Node) => (ignored ? '' : String(role?.value ?? ''))

const nameOf = ({ name }: Node) => String(name?.value ?? '')

/** The top of a screen: its heading or the summary of refusals has the focus. */
export const top = (heading: string, intro: string, ...refusals: string[]) =>
  refusals.every((refusal) => refusal === '')
    ? [`> heading level 1 ${heading}`, intro]
    : [
        `heading level 1 ${heading}`,
        intro,
        '> alert',
        '  heading level 2 Ada yang perlu kamu periksa',
        ...refusals.map((sentence) => `  link ${sentence}`),
      ]

/** The top of a screen with one field, which has the focus when it is refused. */
export const topOfOne = (heading: string, intro: string, refusal = '') => [
  `${refusal ? '' : '> '}heading level 1 ${heading}`,
  intro,
]

/** The only field of a screen: see `textbox`. */
export const onlyTextbox = (name: string, hint: string, refusal = '', value = '') =>
  `${refusal ? '> ' : ''}${textbox(name, hint, refusal, value)}`

/** A field with its descriptions; the refusal is last. */
export const textbox = (name: string, hint: string, refusal = '', value = '') =>
  [
    `textbox ${name}`,
    value,
    'required',
    refusal && 'invalid',
    (hint || refusal) && '–',
    hint,
    refusal,
  ]
    .filter(Boolean)
    .join(' ')

/** The only field of a screen: see `group`. Its first choice has the focus when it is refused. */
export const onlyGroup = (name: string, choices: Record<string, string>, refusal = '') =>
  group(name, choices, refusal).map((line, index) =>
    refusal && index === 1 ? line.replace('radio', '> radio') : line,
  )

/** A group of choices with their hints. */
export const group = (name: string, choices: Record<string, string>, refusal = '') => [
  `group ${name}${refusal && ` – ${refusal}`}`,
  ...Object.entries(choices).map(
    ([choice, hint]) => `  radio ${choice} ${refusal && 'invalid '}– ${hint}`,
  ),
]
