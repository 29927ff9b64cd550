export { askOperator, askRecycledYearly, asksOperators, type YearlyAnswer } from './ask'
export type { NumberSignals, SignalAnswer } from './provider'
