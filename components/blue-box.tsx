import { ArrowRight, ShieldPlus } from './icons'

type Props = { href: string; title: string; text: string }

/**
 * The blue box at the bottom of the profile. Its title is the link; the whole box can be pressed.
 */
export function BlueBox({ href, title, text }: Props) {
  return (
    <div className="no-print relative flex items-center gap-4 rounded-card border-2 border-brand bg-brand p-5 sm:p-6 text-on-brand shadow-card hover:border-brand-deep hover:bg-brand-deep has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <ShieldPlus aria-hidden className="size-8 shrink-0" />
      <div className="grid grow gap-1">
        <a
          href={href}
          className="text-lg font-bold no-underline outline-none after:absolute after:inset-0 after:rounded-card"
        >
          {title}
        </a>
        <p>{text}</p>
      </div>
      <ArrowRight aria-hidden className="size-6 shrink-0" />
    </div>
  )
}
