import { describe, expect, it } from 'vitest'
import { withTimeLimit } from '@/lib/platform/time-limit'

const forever = () => new Promise<never>(() => {})

describe('work under a time limit', () => {
  it('returns its value, or throws its error', async () => {
    await expect(withTimeLimit(1_000, undefined, async () => 'sent')).resolves.toBe('sent')
    await expect(
      withTimeLimit(1_000, undefined, async () => Promise.reject(new RangeError('no'))),
    ).rejects.toThrow(RangeError)
  })

  it('ends at the limit even when it ignores its signal', async () => {
    let told: AbortSignal | undefined
    const work = (signal: AbortSignal) => {
      told = signal
      return forever()
    }
    await expect(withTimeLimit(20, undefined, work)).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(told?.aborted).toBe(true)
  })

  it('ends when it is stopped, before or during the work', async () => {
    const stop = new AbortController()
    const cut = withTimeLimit(10_000, stop.signal, forever)
    stop.abort()
    await expect(cut).rejects.toMatchObject({ name: 'AbortError' })
    await expect(withTimeLimit(10_000, stop.signal, forever)).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
