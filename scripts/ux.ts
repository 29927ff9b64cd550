import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { main } from './support/fault'

const DOOR = path.resolve('tests/ux/index.ts')

/** Takes a picture of every screen, and writes docs/ux.md. */
await main(async () => {
  const { drawScreens }: { drawScreens: () => Promise<void> } = await import(pathToFileURL(DOOR).href)
  await drawScreens()
})
process.exit()
