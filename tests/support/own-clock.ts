import { startOwnProduct } from './running'

/** The product whose clock a test file moves. */
export const product = startOwnProduct()

export const wait = (milliseconds: number) => product().advanceClock(milliseconds)
