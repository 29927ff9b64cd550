import { HeaderFrame } from './header-frame'
import { ShoppingBag, ShoppingCart } from './icons'
import { LogOutForm } from './log-out-form'

type Props = {
  brand: string
  skipLabel: string
  navLabel: string
  /** `label` names the cart and the number of pieces in it. */
  cart: { href: string; label: string; count: number }
  links: { href: string; label: string; isMain?: boolean }[]
  /** A form, because it changes state. */
  leave?:
    | { label: string; pending: string; failed: string; action: () => Promise<void> }
    | undefined
}

const LINK = 'inline-flex min-h-11 items-center rounded-control px-3 font-semibold no-underline'

export function SiteHeader({ brand, skipLabel, navLabel, cart, links, leave }: Props) {
  return (
    <HeaderFrame skipLabel={skipLabel} home={{ href: '/', label: brand, icon: ShoppingBag }}>
      <nav aria-label={navLabel} className="-mx-1 flex items-center gap-1">
        <CartLink {...cart} />
        {links.map(({ href, label, isMain }) => (
          <a
            key={href}
            href={href}
            className={`${LINK} ${isMain ? 'bg-brand text-on-brand hover:bg-brand-deep' : 'text-accent hover:bg-tint'}`}
          >
            {label}
          </a>
        ))}
        {leave && <LogOutForm {...leave} className={`${LINK} text-accent hover:bg-tint`} />}
      </nav>
    </HeaderFrame>
  )
}

function CartLink({ href, label, count }: Props['cart']) {
  return (
    <a
      href={href}
      className="relative inline-grid size-11 shrink-0 place-items-center rounded-control text-accent hover:bg-tint"
    >
      <ShoppingCart aria-hidden className="size-6" />
      <span className="sr-only">{label}</span>
      {count > 0 && (
        <span
          aria-hidden
          className="absolute top-0 right-0 grid h-5 min-w-5 place-items-center rounded-full bg-brand px-1 text-xs font-bold text-on-brand tabular-nums"
        >
          {count}
        </span>
      )}
    </a>
  )
}
