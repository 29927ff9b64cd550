import { main } from '@/lib/platform/command'
import { drawScreens } from './screenshots'

/** Takes pictures of every screen and writes .ux/index.html, docs/ux.md and its contact sheet. */
await main(drawScreens)
process.exit()
