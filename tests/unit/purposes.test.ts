import { expect, it } from 'vitest'
import { PURPOSES } from '@/lib/challenges/purposes'

const purposesWith = (isMeant: (policy: (typeof PURPOSES)['register']) => boolean) =>
  Object.entries(PURPOSES)
    .filter(([, policy]) => isMeant(policy))
    .map(([purpose]) => purpose)
    .sort()

it('a signed-in customer is counted only where the code goes to a confirmed address', () => {
  const counted = purposesWith(({ limitedBy }) => limitedBy === 'customer')
  const asked = purposesWith(
    ({ askedBy, isRecipientConfirmed }) => askedBy === 'customer' && isRecipientConfirmed,
  )
  expect(counted).toEqual(asked)
})

it('a frozen account passes only the challenges of an unfreeze', () => {
  expect(purposesWith(({ worksWhileFrozen }) => worksWhileFrozen)).toEqual([
    'unfreeze_first',
    'unfreeze_second',
  ])
})
