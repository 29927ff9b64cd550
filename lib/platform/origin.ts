/**
 * The origin of a request: the IP address of the client, its user agent, and the hash of the device
 * cookie, by which a known device is recognised after its session ended.
 */
export type Origin = { ip: string; userAgent: string; device?: string }
