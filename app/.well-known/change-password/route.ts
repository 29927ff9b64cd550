import { redirect } from 'next/navigation'

/** Where password managers send a customer to change a password (W3C well-known URL). */
export function GET() {
  redirect('/profile/password')
}
