import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'
import { describeCounting } from './counting'

const SERVER = 'valkey-server'

// Debian has the package since version 13, so it is not required.
const isInstalled = spawnSync(SERVER, ['--version']).error === undefined

describe.skipIf(!isInstalled)('Valkey', () => describeCounting(SERVER))
