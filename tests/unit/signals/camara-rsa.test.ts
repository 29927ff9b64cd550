import { decodeProtectedHeader } from 'jose'
import { expect, it } from 'vitest'
import { ALL_WELL, ask, askOwnOperator, operator } from './operator-actions'

askOwnOperator('RS256')

it('with an RSA key, requests for tokens are signed by RS256', async () => {
  expect(await ask()).toEqual(ALL_WELL)
  const [token] = operator().askedOf('token')
  expect(decodeProtectedHeader(String(token?.fields.client_assertion)).alg).toBe('RS256')
})
