import 'server-only'
import type { StaffMember } from '@/lib/support'
import type { StaffRole } from '@/prisma/client/enums'
import { getTranslations } from '../_text/translations'

const PAGES = [
  { href: '/care/staff', label: 'staff', roles: ['administrator'] },
  { href: '/care/log', label: 'log', roles: ['auditor'] },
] as const satisfies { href: string; label: string; roles: StaffRole[] }[]

/** The pages of the console that somebody's role permits. */
export async function careLinks(staff: StaffMember | null) {
  const t = await getTranslations('care')
  return PAGES.filter(({ roles }) => roles.some((role) => role === staff?.role)).map(
    ({ href, label }) => ({ href, label: t(`link.${label}`) }),
  )
}
