'use client'

import { useSyncExternalStore } from 'react'

const subscribe = () => () => {}

/** Whether JavaScript has taken over: false in what the server sent. */
export function useIsHydrated() {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
}
