/** A receipt has a few hundred bytes, or a few thousand. Whoever sends more has not been asked who they are yet. */
const LARGEST_BYTES = 64 * 1_024

/** Reads the body of a request as text; undefined as soon as it is longer than any receipt. */
export async function readBody({ body }: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Leaving the loop early cancels the stream.
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > LARGEST_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
