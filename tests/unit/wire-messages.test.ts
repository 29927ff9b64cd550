import { describe, expect, it } from 'vitest'
import { createMessageReader } from '@/bench/web/wire-messages'

const zero = (text: string) => `${text}\0`

function message(type: string, body: string) {
  const length = Buffer.alloc(4)
  length.writeInt32BE(4 + body.length)
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)])
}

const START = message('', `\0\x03\0\0${zero('user')}${zero('bench')}\0`)
const PARSE = message('P', `${zero('byKey')}${zero('SELECT 1')}\0\0`)
const BIND = message('B', `${zero('')}${zero('byKey')}\0\0\0\0\0\0`)
const EXECUTE = message('E', `${zero('')}\0\0\0\0`)
const SYNC = message('S', '')
const QUERY = message('Q', zero('BEGIN'))

const EXPECTED = [
  { type: 'P', name: 'byKey', text: 'SELECT 1' },
  { type: 'B', name: 'byKey', text: '' },
  { type: 'E', name: '', text: '' },
  { type: 'S', name: '', text: '' },
  { type: 'Q', name: '', text: 'BEGIN' },
]

describe('the messages of a connection to PostgreSQL', () => {
  const sent = Buffer.concat([START, PARSE, BIND, EXECUTE, SYNC, QUERY])

  it('are found in one chunk, without the first one of the client', () => {
    expect(createMessageReader(true)(sent)).toEqual(EXPECTED)
  })

  it('are found in chunks that end anywhere', () => {
    const read = createMessageReader(true)
    expect([...sent].flatMap((byte) => read(Buffer.from([byte])))).toEqual(EXPECTED)
  })

  it('of a server begin with the first one', () => {
    expect(createMessageReader(false)(message('Z', 'I'))).toEqual([
      { type: 'Z', name: '', text: '' },
    ])
  })
})
