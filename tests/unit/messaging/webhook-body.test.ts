import { describe, expect, it } from 'vitest'
import { receiveResend, receiveTwilio } from './webhook-actions'

describe.each([
  ['twilio', receiveTwilio],
  ['resend', receiveResend],
])('a body that is too long, sent to %s', (_, receive) => {
  const KILOBYTE = new Uint8Array(1_024).fill(97)

  /** A request with an endless body, which counts the kilobytes read and records a cancellation. */
  function endlessRequest() {
    const progress = { kilobytes: 0, isCancelled: false }
    const pull = (stream: ReadableStreamDefaultController) => {
      progress.kilobytes += 1
      stream.enqueue(KILOBYTE)
    }
    const cancel = () => {
      progress.isCancelled = true
    }
    const options = { method: 'POST', body: new ReadableStream({ pull, cancel }), duplex: 'half' }
    return { progress, request: new Request('http://localhost:3000/', options) }
  }

  it('is refused before all of it is read', async () => {
    const { progress, request } = endlessRequest()
    expect(await receive(request)).toBe(413)
    expect(progress.isCancelled).toBe(true)
    expect(progress.kilobytes).toBeLessThan(70)
  })

  it('is longer than 64 KB', async () => {
    const request = (bytes: number) =>
      new Request('http://localhost/', { method: 'POST', body: 'a'.repeat(bytes) })
    expect([await receive(request(65_536)), await receive(request(65_537))]).toEqual([401, 413])
  })
})
