import { afterAll } from 'vitest'
import { closeBrowser } from '../support/walk'

// Chromium becomes three times as slow after some hundred contexts, so each file starts a new one.
afterAll(closeBrowser)
