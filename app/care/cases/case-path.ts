/** What somebody may just have done in a case. Its page confirms it. */
export const CASE_DONE = [
  'word_sent',
  'word_passed',
  'asked',
  'approved',
  'waiting',
  'carried_out',
  'declined',
  'withdrawn',
] as const

type CaseDone = (typeof CASE_DONE)[number]

/** The path of the page of a case. The number may come from the browser. */
export const casePath = (number: string, done?: CaseDone): string =>
  `/care/cases/${encodeURIComponent(number)}${done ? `?done=${done}` : ''}`
