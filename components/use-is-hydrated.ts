'use client'

import { useSyncExternalStore } from 'react'

const subscribe = () => () => {}

/** Whether the component is hydrated: false in the HTML of the server. */
export function useIsHydrated() {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
}
