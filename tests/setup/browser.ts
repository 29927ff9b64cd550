import { afterAll } from 'vitest'
import { closeContexts } from '../support/walk'

// No test file depends on what the browser of another file has in memory.
afterAll(closeContexts)
