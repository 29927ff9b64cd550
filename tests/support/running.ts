import { inject } from 'vitest'
import { readInbox } from './product'

/** The product that the whole run shares. A test that moves the clock or needs other settings starts one of its own. */
export const { origin: ORIGIN, dataDir: DATA_DIR } = inject('product')

/** What the local inbox received for an address, newest first. */
export const inbox = (to: string) => readInbox(ORIGIN, to)
