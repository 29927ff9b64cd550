import { main } from '@/lib/platform/command'
import { captureScreens } from './screenshots'

/** Takes pictures of every screen and writes .ux/index.html, docs/ux.md and its contact sheet. */
await main(captureScreens)
process.exit()
