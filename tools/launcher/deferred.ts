/** A promise that never resolves and a function that rejects it, to be raced against other work. */
export function createDeferred() {
  let reject: (reason: Error) => void = () => {}
  const promise = new Promise<never>((_, rejectPromise) => {
    reject = rejectPromise
  })
  // A rejection before anyone awaits the promise must not end the process.
  promise.catch(() => {})
  return { promise, reject }
}
