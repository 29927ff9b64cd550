import { redirect } from 'next/navigation'

/** Redirects password managers to the page that changes the password (W3C well-known URL). */
export function GET() {
  redirect('/profile/password')
}
