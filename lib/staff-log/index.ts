export { recordStaffEvent } from './record'
export { verifyStaffLog } from './verify'
export { startStaffLogVerification } from './watch'
