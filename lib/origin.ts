/** Where a request came from, as far as known: the client's IP address and what its browser calls itself. */
export type Origin = { ip: string; userAgent: string }
