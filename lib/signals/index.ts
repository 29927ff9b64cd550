export { askOperator, askRecycled, asksOperators } from './ask'
export type { NumberSignals, SignalAnswer } from './provider'
