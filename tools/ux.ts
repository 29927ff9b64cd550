import { main } from '@/lib/platform/command'
import { drawScreens } from './screenshots'

/** Takes a picture of every screen, and writes docs/ux.md. */
await main(drawScreens)
process.exit()
