import { headers } from 'next/headers'
import { auth } from '../auth.mjs'

export default async function Page() {
  const session = await auth.api.getSession({ headers: await headers() })
  return <p>{session ? session.user.name : 'nobody'}</p>
}
