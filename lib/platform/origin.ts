/**
 * The origin of a request: the IP address of the client, its user agent, and the secrets of its
 * device cookie, one for each account that was signed in there.
 */
export type Origin = { ip: string; userAgent: string; deviceSecrets?: readonly string[] }
