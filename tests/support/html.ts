import { HTMLElement, type Node, parse, TextNode } from 'node-html-parser'

type Attributes = Record<string, string>

/** A form as a browser without JavaScript sees it: what it would send, and its buttons. */
export type HtmlForm = {
  fields: Attributes[]
  buttons: { label: string; attributes: Attributes }[]
}

/** The forms of a page, in their order. */
export const formsOf = (html: string): HtmlForm[] =>
  parse(html)
    .querySelectorAll('form')
    .map((form) => ({
      fields: form.querySelectorAll('input').map(({ attributes }) => attributes),
      buttons: form
        .querySelectorAll('button')
        .map((button) => ({ label: nameOf(button), attributes: button.attributes })),
    }))

/** What a form sends untouched: each named input, and of the radio buttons only the checked one. */
export function initialValues({ fields }: HtmlForm): [string, string][] {
  return fields.flatMap(({ name, type, value = type === 'radio' ? 'on' : '', checked }) =>
    name === undefined || (type === 'radio' && checked === undefined)
      ? []
      : [[name, value] as [string, string]],
  )
}

/** The visible text of a page: without markup, scripts and styles. */
export const textOf = (html: string): string =>
  textIn(parse(html, { blockTextElements: { script: false, style: false } }))

/** The text of the element with an id; undefined when the page has none. */
export function textById(html: string, id: string): string | undefined {
  const element = parse(html).getElementById(id)
  return element ? textIn(element) : undefined
}

const textIn = (node: Node) => spacedText(node).replace(/\s+/g, ' ').trim()

/** The name of a button: its text without what assistive technology does not read. */
const nameOf = (button: Node) => spacedText(button, isHidden).replace(/\s+/g, ' ').trim()

const isHidden = (node: Node) =>
  node instanceof HTMLElement && node.getAttribute('aria-hidden') === 'true'

/** React writes one sentence as several text nodes. Elements stand apart. */
function spacedText(node: Node, isLeftOut = (_: Node) => false): string {
  if (node instanceof TextNode) return node.text
  if (node.rawTagName === 'title' || isLeftOut(node)) return ''
  return ` ${node.childNodes.map((child) => spacedText(child, isLeftOut)).join('')} `
}

/**
 * A page without what differs from one request to the next, for a comparison of two byte by byte:
 * without nonces, the ids of a rendering, and scripts, which arrive in as many pieces as the
 * network makes.
 */
export function normalised(html: string): string {
  return html
    .replace(/nonce="[^"]*"/g, 'nonce=""')
    .replace(/<script\b[^>]*>.*?<\/script>/gs, '')
    .replace(/\$ACTION_KEY" value="[^"]*"/g, '$ACTION_KEY" value=""')
    .replace(/(?<=name="ticket" value=")[^"]*/g, '')
    .replace(/(?<=&quot;proof&quot;:).*?(?=&quot;waitSeconds)/g, '')
}

/** The path of the secure link in a message; empty when there is none. */
export const linkIn = ({ text }: { text: string }) => /\/secure\/[\w-]+/.exec(text)?.[0] ?? ''

/** The path of the link in a message that begins a reset; empty when there is none. */
export const resetLinkIn = ({ text }: { text: string }) =>
  /\/reset\/link\/[\w-]+/.exec(text)?.[0] ?? ''

/** The path of the link in a message that stops a new password; empty when there is none. */
export const stopLinkIn = ({ text }: { text: string }) => /\/stop\/[\w-]+/.exec(text)?.[0] ?? ''

/** The path of the link in a message that stops an unfreeze; empty when there is none. */
export const vetoLinkIn = ({ text }: { text: string }) => /\/veto\/[\w-]+/.exec(text)?.[0] ?? ''
