import { rmSync } from 'node:fs'
import { afterAll } from 'vitest'
import { embed } from '../support/environment'

const folder = embed('postgresql://nobody@127.0.0.1:1/there_is_none')

afterAll(() => rmSync(folder, { recursive: true }))
