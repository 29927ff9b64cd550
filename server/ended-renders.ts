const { abort } = AbortController.prototype

/**
 * Lets the memory of a render be freed after its end. React ends each render by aborting a signal with
 * a new error. V8 keeps the objects of an error's call stack until somebody reads the stack. One of them
 * is the immediate in which the render ended. It leads to the next immediate, and so to the next
 * request, whose error leads to the one after: a connection or timer that a request opened kept all
 * requests after it.
 */
export function freeEndedRenders(): void {
  AbortController.prototype.abort = function (reason?: unknown) {
    if (reason instanceof Error) void reason.stack
    abort.call(this, reason)
  }
}
