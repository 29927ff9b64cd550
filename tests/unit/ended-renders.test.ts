import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it, onTestFinished, vi } from 'vitest'
import { freeEndedRenders } from '@/server/ended-renders'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Ends a render in an immediate, as React does. */
function endRender(render: AbortController) {
  return new Promise<WeakRef<object>>((resolve) => {
    const immediate = new WeakRef(
      setImmediate(() => {
        render.abort(new Error('the render completed'))
        resolve(immediate)
      }),
    )
  })
}

it('a render that ended does not keep the immediate in which it ended', async () => {
  const { abort } = AbortController.prototype
  onTestFinished(() => {
    AbortController.prototype.abort = abort
  })
  freeEndedRenders()
  const render = new AbortController()
  const immediate = await endRender(render)
  // Node or V8 can keep the immediate for some turns. The stack of an error keeps it for ever.
  await vi.waitFor(
    () => {
      collectGarbage()
      expect(immediate.deref()).toBeUndefined()
    },
    { timeout: 10_000 },
  )
  expect(render.signal.reason).toEqual(new Error('the render completed'))
})
