import { startOwnProduct } from './running'

/** The product of a test file that moves its clock. */
export const product = startOwnProduct()

export const wait = (milliseconds: number) => product().advanceClock(milliseconds)
