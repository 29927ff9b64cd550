import { ArrowRight, type IconType } from './icons'

type Props = { href: string; icon: IconType; label: string; detail?: string | undefined }

/** A link that fills a row. Child of a `<ul>`. */
export function LinkRow({ href, icon: Icon, label, detail }: Props) {
  return (
    <li className="border-t border-line first:border-0">
      <a href={href} className="flex min-h-12 items-center gap-4 font-medium hover:text-accent">
        <Icon className="size-6 shrink-0 text-accent" />
        <span className="grid grow">
          <span>{label}</span>
          {detail && <span className="text-sm font-normal text-muted">{detail}</span>}
        </span>
        <ArrowRight className="size-5 shrink-0 text-muted" />
      </a>
    </li>
  )
}
