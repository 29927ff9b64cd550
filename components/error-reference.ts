const REQUEST = /^Reference: ([\w-]{8,64})$/

/**
 * What customer care finds a failed request by. The server answers a failed action with the request
 * id as text, which is then the message of the error. Any other error of the server has the digest of
 * Next, which is in the log too, but is the same for all equal errors.
 */
export function referenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const [, requestId] = REQUEST.exec(error.message) ?? []
  return requestId ?? ('digest' in error ? String(error.digest) : undefined)
}
