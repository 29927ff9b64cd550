const { abort } = AbortController.prototype

/**
 * Lets the memory of a request be freed after its render. React ends each render by aborting a signal
 * with a new error. V8 keeps the objects on the call stack of an error until its stack is read. One of
 * them is a timer of Node that refers to a timer of the next request. So one request that stays in
 * memory keeps all later ones. Here the stack is read at once.
 */
export function freeEndedRenders(): void {
  AbortController.prototype.abort = function (reason?: unknown) {
    if (reason instanceof Error) void reason.stack
    abort.call(this, reason)
  }
}
