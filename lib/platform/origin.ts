/**
 * Where a request came from, as far as known: the client's IP address, what its browser calls itself, and the hash of the
 * secret by which a browser is known again after its session ended.
 */
export type Origin = { ip: string; userAgent: string; device?: string }
