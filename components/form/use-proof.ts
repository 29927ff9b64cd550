'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { FormState } from './form-state'

/**
 * Computes the proof that an answer asks for, and then sends the form again with it. Without Web
 * Crypto (http on another host) the answer's sentence is shown instead: to wait, and to press the
 * button again. Returns whether it is computing.
 */
export function useProof(
  answered: FormState | undefined,
  sendAgain: (added: Record<string, string>) => void,
): boolean {
  const [isProving, setProving] = useState(false)
  const sendSolution = useEffectEvent(sendAgain)

  useEffect(() => {
    const proof = answered?.proof
    if (!proof || !globalThis.crypto?.subtle) return
    let isAwaited = true
    setProving(true)
    import('./solve-proof')
      .then(({ solveProof }) => solveProof(proof))
      .then((solution) => isAwaited && solution && sendSolution({ ticket: proof.ticket, solution }))
      .catch(() => {})
      .finally(() => isAwaited && setProving(false))
    return () => {
      isAwaited = false
    }
  }, [answered])

  return isProving
}
