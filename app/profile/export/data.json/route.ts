import { writeJson } from '@/lib/personal-data'
import { download } from '../download'

/** The data of the account as JSON. */
export const GET = () => download({ name: 'data.json', type: 'application/json', write: writeJson })

export const dynamic = 'force-dynamic'
