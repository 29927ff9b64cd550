type Attributes = Record<string, string>

/** A form as a browser without JavaScript sees it: what it would send, and its buttons. */
export type HtmlForm = {
  fields: Attributes[]
  buttons: { label: string; attributes: Attributes }[]
}

/** The forms of a page, in their order. */
export function formsOf(html: string): HtmlForm[] {
  return [...html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)].map(([, inner = '']) => ({
    fields: [...inner.matchAll(/<input\b([^>]*)>/g)].map(([, text = '']) => attributesOf(text)),
    buttons: [...inner.matchAll(/<button\b([^>]*)>(.*?)<\/button>/gs)].map(
      ([, text = '', content = '']) => ({
        label: textOf(content),
        attributes: attributesOf(text),
      }),
    ),
  }))
}

/** What a form sends untouched: its inputs with a name, of the radio buttons only the checked one. */
export function initialValues({ fields }: HtmlForm): [string, string][] {
  return fields.flatMap(({ name, type, value = type === 'radio' ? 'on' : '', checked }) =>
    name === undefined || (type === 'radio' && checked === undefined)
      ? []
      : [[name, value] as [string, string]],
  )
}

/** The words of a piece of a page, as they are read: without markup, scripts and styles. */
export function textOf(html: string): string {
  const visible = html
    .replace(/<(script|style|title)\b.*?<\/\1>/gs, ' ')
    .replace(/<!--.*?-->/gs, '')
  return decode(visible.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

/** The text of the element with an id; undefined when the page has none. It must not hold elements of its own kind. */
export function textById(html: string, id: string): string | undefined {
  const found = new RegExp(`<(\\w+)[^>]*\\bid="${id}"[^>]*>(.*?)</\\1>`, 's').exec(html)
  return found?.[2] === undefined ? undefined : textOf(found[2])
}

/**
 * A page as everybody is shown it, to compare two byte by byte: without what differs from one request to the next: nonces, ids
 * of one rendering, and the scripts, which come in as many pieces as the network asks for.
 */
export function normalised(html: string): string {
  return html
    .replace(/nonce="[^"]*"/g, 'nonce=""')
    .replace(/<script\b[^>]*>.*?<\/script>/gs, '')
    .replace(/\$ACTION_KEY" value="[^"]*"/g, '$ACTION_KEY" value=""')
}

function attributesOf(text: string): Attributes {
  const pairs = [...text.matchAll(/([\w:$-]+)(?:="([^"]*)")?/g)]
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decode(value)]))
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
  nbsp: ' ',
}

function decode(text: string) {
  return text.replace(/&([#\w]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

/** The path of the secure link in a message; empty when there is none. */
export const linkIn = ({ text }: { text: string }) => /\/secure\/[\w-]+/.exec(text)?.[0] ?? ''
