import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it, onTestFinished } from 'vitest'
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
  await nextTurn()
  collectGarbage()
  expect(immediate.deref()).toBeUndefined()
  expect(render.signal.reason).toEqual(new Error('the render completed'))
})
