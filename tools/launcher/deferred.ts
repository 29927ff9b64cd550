/** A promise that never resolves, and the means to reject it: what others race against. */
export function failable() {
  let fail: (reason: Error) => void = () => {}
  const promise = new Promise<never>((_, reject) => {
    fail = reject
  })
  // Nobody may be racing yet when it fails.
  promise.catch(() => {})
  return { promise, fail }
}
