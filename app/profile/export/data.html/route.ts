import { writePage } from '@/lib/personal-data'
import { download } from '../download'

/** The data of the account as a page that opens without a network. */
export const GET = () => download({ name: 'data.html', type: 'text/html', write: writePage })

export const dynamic = 'force-dynamic'
