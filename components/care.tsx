import { buttonClass } from './button'
import { AtSign, type IconType, Mail, MessageCircle, Phone, ThumbsUp } from './icons'

const ICON = {
  phone: Phone,
  chat: MessageCircle,
  facebook: ThumbsUp,
  twitter: AtSign,
  email: Mail,
} satisfies Record<string, IconType>

export type CareContact = { kind: keyof typeof ICON; label: string; value: string; href: string }

/** The contacts of customer care as links. */
export function CareList({ contacts }: { contacts: CareContact[] }) {
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {contacts.map(({ kind, label, value, href }) => {
        const Icon = ICON[kind]
        return (
          <li key={kind}>
            <a
              href={href}
              className="flex min-h-16 items-center gap-3 rounded-control border border-line bg-raised px-3 py-2 hover:border-accent"
            >
              <Icon aria-hidden className="size-6 shrink-0 text-accent" />
              <span className="grid min-w-0">
                <span className="text-sm text-muted">{label}</span>
                <span className="font-semibold break-words text-accent">{value}</span>
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

/** The contacts of customer care in a line, for a text that is not about them. */
export function CareLinks({ contacts }: { contacts: CareContact[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4">
      {contacts.map(({ kind, label, value, href }) => {
        const Icon = ICON[kind]
        return (
          <li key={kind}>
            <a
              href={href}
              className="inline-flex min-h-11 items-center gap-1.5 font-medium text-accent underline underline-offset-4"
            >
              <Icon className="size-4 shrink-0" />
              {kind === 'phone' || kind === 'email' ? value : label}
            </a>
          </li>
        )
      })}
    </ul>
  )
}

/** The telephone number of customer care as a button that calls it. */
export function CareCall({ label, phone }: { label: string; phone: string }) {
  return (
    <a href={telephoneLink(phone)} className={`${buttonClass('secondary')} w-full`}>
      <Phone aria-hidden className="size-5" />
      <span>{label}</span>
    </a>
  )
}

/** The link that calls a number in any notation. */
export const telephoneLink = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`
