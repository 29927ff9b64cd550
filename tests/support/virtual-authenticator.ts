import type { CDPSession, Page } from 'playwright-core'

/** The authenticator of a page in Chromium. */
export type VirtualAuthenticator = {
  /** Whether it can make sure who uses it from now on. */
  verifies(isVerified: boolean): Promise<void>
  /** How many passkeys it has. */
  count(): Promise<number>
}

/** Gives a page an authenticator that keeps passkeys, verifies its user, and answers at once. */
export async function addAuthenticator(page: Page): Promise<VirtualAuthenticator> {
  const devtools: CDPSession = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    async verifies(isUserVerified) {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    async count() {
      const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.length
    },
  }
}
