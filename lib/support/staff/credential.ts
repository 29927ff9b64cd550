import * as z from 'zod'

/** A credential id has at most 1 023 bytes. */
const ID_MAX_CHARACTERS = 1_400

const encoded = z.string().regex(/^[\w-]+$/)
const shared = {
  id: encoded.max(ID_MAX_CHARACTERS),
  rawId: encoded.max(ID_MAX_CHARACTERS),
  type: z.literal('public-key'),
}

const attestation = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
})

const assertion = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: encoded.optional(),
  }),
})

/** What a script has posted as a new passkey; undefined when it has another shape. */
export const readAttestation = (text: string) => parse(attestation, text)

/** What a script has posted as a signature of a passkey; undefined when it has another shape. */
export const readAssertion = (text: string) => parse(assertion, text)

function parse<Output>(schema: z.ZodType<Output>, text: string): Output | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
