import { ArrowRight, ShieldPlus } from 'lucide-react'
import Link from 'next/link'

type Props = { href: string; title: string; text: string }

/** The blue box at the bottom of the profile. */
export function BlueBox({ href, title, text }: Props) {
  return (
    <Link
      href={href}
      aria-labelledby="blue-box-title"
      aria-describedby="blue-box-text"
      className="no-print flex items-center gap-4 rounded-card border-2 border-brand bg-brand p-6 text-on-brand no-underline shadow-card hover:border-brand-deep hover:bg-brand-deep"
    >
      <ShieldPlus aria-hidden className="size-8 shrink-0" />
      <span className="grid grow gap-1">
        <span id="blue-box-title" className="text-lg font-bold">
          {title}
        </span>
        <span id="blue-box-text">{text}</span>
      </span>
      <ArrowRight aria-hidden className="size-6 shrink-0" />
    </Link>
  )
}
