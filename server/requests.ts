import { IncomingMessage, type ServerOptions } from 'node:http'
import type { Socket } from 'node:net'

/** The largest form of the product has a few kilobytes. */
const LARGEST_BODY_BYTES = 64 * 1_024

/**
 * Meta posts the receipts of up to a thousand WhatsApp messages together. Strangers can post there,
 * too, so only a few bodies at a time may be that large.
 */
const BATCH = { path: '/webhooks/whatsapp', bytes: 3 * 1_024 * 1_024, atOnce: 8 }

let batchesInHand = 0

const SECONDS = 1_000

/**
 * A request whose body is kept back until all of it has arrived. The pages then never wait for a
 * client, and never see a body that breaks off.
 */
export class WholeRequest extends IncomingMessage {
  #chunks: Buffer[] = []
  #bytes = 0
  #most: number | undefined
  #settle: (body: Buffer | undefined) => void = () => {}

  /**
   * The whole body when it has arrived. Undefined as soon as it is larger than 64 kB (a batch of
   * receipts: 3 MB); the rest is then discarded while it arrives. It never settles when the client goes
   * away.
   */
  readonly received: Promise<Buffer | undefined>
  /** Settles when the client has sent everything, discarded or not. */
  readonly ended: Promise<void>
  #end: () => void = () => {}

  constructor(socket: Socket) {
    super(socket)
    this.received = new Promise((resolve) => {
      this.#settle = resolve
    })
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** Called by Node's parser with each part of the body, and with null at its end. */
  override push(chunk: Buffer | null): boolean {
    if (chunk === null) return this.#finish()
    this.#bytes += chunk.length
    if (this.isTooLarge) {
      this.#chunks = []
      this.#settle(undefined)
    } else this.#chunks.push(chunk)
    return true
  }

  get isTooLarge() {
    const announced = Number(this.headers['content-length'] ?? 0)
    this.#most ??= this.#takeMost()
    return announced > this.#most || this.#bytes > this.#most
  }

  #takeMost() {
    if (this.url !== BATCH.path || batchesInHand >= BATCH.atOnce) return LARGEST_BODY_BYTES
    batchesInHand += 1
    this.once('close', () => {
      batchesInHand -= 1
    })
    return BATCH.bytes
  }

  #finish() {
    const body = Buffer.concat(this.#chunks)
    this.#chunks = []
    if (body.length > 0) super.push(body)
    this.#settle(this.isTooLarge ? undefined : body)
    this.#end()
    return super.push(null)
  }
}

/**
 * How long a client may take. Node answers 408 and closes the connection of one that takes longer,
 * also of one that sends nothing. `keepAliveTimeout` is longer than a load balancer keeps an idle
 * connection, so that it never sends a request on a connection that is being closed.
 */
export const REQUEST_LIMITS: ServerOptions<typeof WholeRequest> = {
  IncomingMessage: WholeRequest,
  headersTimeout: 10 * SECONDS,
  requestTimeout: 20 * SECONDS,
  connectionsCheckingInterval: 2 * SECONDS,
  keepAliveTimeout: 75 * SECONDS,
}
