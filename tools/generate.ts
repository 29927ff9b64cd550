import { main } from '@/lib/platform/command'
import { generateClient } from './prisma-client'

/** Generates the database client, when the schema has changed since the last time. */
await main(async () => generateClient())
