import { main } from '@/lib/platform/command'
import { generateClient } from './prisma-client'

/** Generates the database client if schema or packages have changed. */
await main(async () => generateClient())
