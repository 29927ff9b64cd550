import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { render } from 'react-email'
import { main } from '@/lib/platform/command'
import { env } from '@/lib/platform/env'
import { Gallery } from './emails/gallery'
import { listSamples } from './emails/samples'
import { openSecrets } from './launcher/postgres/secrets'

const FOLDER = '.emails'

/** Writes every message, as e-mail and SMS and in every language, into one HTML file. */
await main(async () => {
  if (!process.env.DATABASE_URL) openSecrets(process.env.DATA_DIR || '.data')
  const samples = await listSamples()
  const file = path.resolve(FOLDER, 'index.html')
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(file, await render(Gallery({ brand: env().BRAND_NAME, samples })))
  console.log(`${samples.length} e-mails and as many SMS: ${file}`)
})
