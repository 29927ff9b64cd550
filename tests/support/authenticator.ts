import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'

const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40]
/** The origin of the embedded product. */
const HERE = 'http://localhost:3000'

/** How an answer differs from that of an honest browser and authenticator. */
export type Oddity = {
  isVerified?: boolean
  origin?: string
  rpId?: string
  challenge?: string
  counter?: number
  userHandle?: string | null
  type?: string
}

export type Authenticator = ReturnType<typeof newAuthenticator>

/**
 * An authenticator in software, with one passkey (ES256), and the browser around it: what they
 * return as JSON. Its counter rises with each signature, unless `counts` is false.
 */
export function newAuthenticator({ counts = true } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const made = { counter: 0, owner: '' }

  function create(
    { challenge, rp, user }: PublicKeyCredentialCreationOptionsJSON,
    odd: Oddity = {},
  ): string {
    made.owner = user.id
    const clientData = clientDataOf('webauthn.create', { challenge, ...odd })
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)])
    const authData = dataOf(odd.rpId ?? rp.id ?? '', ATTESTED, odd, 0, credential)
    const response = {
      clientDataJSON: encode(clientData),
      attestationObject: encode(attestationOf(authData)),
      transports: ['internal'],
    }
    return JSON.stringify(credentialOf(response))
  }

  function get(
    { challenge, rpId = '' }: PublicKeyCredentialRequestOptionsJSON,
    odd: Oddity = {},
  ): string {
    made.counter += counts ? 1 : 0
    const clientData = clientDataOf('webauthn.get', { challenge, ...odd })
    const authData = dataOf(odd.rpId ?? rpId, 0, odd, odd.counter ?? made.counter)
    const { userHandle = made.owner } = odd
    const signed = Buffer.concat([authData, sha256(clientData)])
    const response = {
      clientDataJSON: encode(clientData),
      authenticatorData: encode(authData),
      signature: encode(sign('sha256', signed, privateKey)),
      ...(userHandle && { userHandle }),
    }
    return JSON.stringify(credentialOf(response))
  }

  const credentialOf = (response: object) => ({
    id: encode(id),
    rawId: encode(id),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })

  return { id: encode(id), create, get }
}

function clientDataOf(own: string, { challenge, origin = HERE, type = own }: Oddity) {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

function dataOf(
  rpId: string,
  flag: number,
  { isVerified = true }: Oddity,
  counter: number,
  credential = Buffer.alloc(0),
) {
  const fixed = Buffer.alloc(5)
  fixed.writeUInt8(PRESENT | (isVerified ? VERIFIED : 0) | flag)
  fixed.writeUInt32BE(counter, 1)
  return Buffer.concat([sha256(Buffer.from(rpId)), fixed, credential])
}

/** The public key in COSE: kty EC2, alg ES256, crv P-256, x, y. */
function coseKey(key: KeyObject) {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ])
}

/** `{ fmt: 'none', attStmt: {}, authData }` in CBOR. */
function attestationOf(authData: Buffer) {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(authData.length)
  return Buffer.concat([
    Buffer.from([0xa3]),
    textOf('fmt'),
    textOf('none'),
    textOf('attStmt'),
    Buffer.from([0xa0]),
    textOf('authData'),
    Buffer.from([0x59]),
    length,
    authData,
  ])
}

const textOf = (text: string) =>
  Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

const encode = (bytes: Buffer) => bytes.toString('base64url')
