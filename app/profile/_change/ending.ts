/** Refusals that end a change. They are said where it can begin anew: the page of a step that is no more cannot say them. */
const ENDINGS = ['challenge_gone', 'taken', 'own_recovery', 'same_as_primary'] as const

export type Ending = (typeof ENDINGS)[number]

/** The part of an address that names the ending which has just led here. */
export type EndingParams = { searchParams: Promise<{ ended?: string }> }

export const endingOf = (word: string | undefined): Ending | undefined => ENDINGS.find((ending) => ending === word)
