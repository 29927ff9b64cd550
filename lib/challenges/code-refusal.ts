/** Why a code is refused. */
export type CodeRefusal =
  | 'code_wrong'
  | 'code_expired'
  | 'code_exhausted'
  | 'code_superseded'
  | 'code_blocked'
  | 'challenge_gone'
