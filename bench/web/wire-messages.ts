/** A message of the protocol of PostgreSQL. `name` and `text` are those of a statement, if it has one. */
export type WireMessage = { type: string; name: string; text: string }

const TYPE_BYTES = 1
const LENGTH_BYTES = 4

/**
 * Splits one direction of a connection into its messages: returns those that a chunk completes. A
 * client's first message has no type; it is left out. Encrypted connections are not understood; none
 * of a benchmark is.
 */
export function createMessageReader(isClient: boolean) {
  let rest = Buffer.alloc(0)
  let isAtStart = isClient
  return (chunk: Buffer): WireMessage[] => {
    rest = Buffer.concat([rest, chunk])
    const messages: WireMessage[] = []
    for (;;) {
      const typeBytes = isAtStart ? 0 : TYPE_BYTES
      if (rest.length < typeBytes + LENGTH_BYTES) return messages
      const end = typeBytes + rest.readInt32BE(typeBytes)
      if (rest.length < end) return messages
      const body = rest.subarray(typeBytes + LENGTH_BYTES, end)
      if (!isAtStart) messages.push(parse(String.fromCharCode(rest[0] ?? 0), body))
      isAtStart = false
      rest = rest.subarray(end)
    }
  }
}

/**
 * Parse has a name and a text, Bind a portal and the name of a statement, Query a text. A notice of the
 * server has fields of a letter and a text.
 */
function parse(type: string, body: Buffer): WireMessage {
  const [first, second] = type === 'P' || type === 'B' ? textsOf(body) : ['', '']
  if (type === 'P') return { type, name: first, text: second }
  if (type === 'B') return { type, name: second, text: '' }
  if (type === 'N') return { type, name: '', text: messageOf(body) }
  return { type, name: '', text: type === 'Q' ? body.toString('utf8', 0, body.length - 1) : '' }
}

/** The field M of a notice. */
const messageOf = (body: Buffer) =>
  body
    .toString('utf8')
    .split('\0')
    .find((field) => field.startsWith('M'))
    ?.slice(1) ?? ''

/** The two texts at the beginning of a message, each ended by a zero byte. */
function textsOf(body: Buffer): [string, string] {
  const end = body.indexOf(0)
  return [body.toString('utf8', 0, end), body.toString('utf8', end + 1, body.indexOf(0, end + 1))]
}
