/**
 * A receipt has at most a few thousand bytes. The body is read before its signature is checked, so
 * its size is limited.
 */
const LARGEST_BYTES = 64 * 1_024

/** Reads the body of a request as text; undefined as soon as it is longer than a receipt can be. */
export async function readBody(
  { body }: Request,
  largestBytes = LARGEST_BYTES,
): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the stream.
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > largestBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
