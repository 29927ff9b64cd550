import { Minus, Plus } from './icons'
import { Price } from './price'
import type { ProductItem } from './product-grid'
import { ProductPicture } from './product-picture'

type Props = {
  product: Pick<ProductItem, 'id' | 'href' | 'name' | 'picture' | 'price'>
  quantity: { now: number; most: number; label: string }
  labels: { fewer: string; more: string; remove: string; removeName: string }
  action: (form: FormData) => Promise<void>
}

const STEP = 'grid size-11 place-items-center rounded-control border-2 border-edge text-accent'

/** A product in the cart: its quantity, and the buttons that change it. Child of a `<ul>`. */
export function CartRow({ product, quantity, labels, action }: Props) {
  const { id, href, name, picture, price } = product
  return (
    <li className="flex flex-wrap gap-4 border-t border-line py-4 first:border-0 first:pt-0 last:pb-0">
      <ProductPicture
        {...picture}
        className="size-16 shrink-0 sm:size-20 self-start rounded-control"
      />
      <div className="grid min-w-40 flex-1 gap-2">
        <a href={href} className="inline-flex min-h-11 items-center font-medium">
          {name}
        </a>
        <Price {...price} />
        <form action={action} className="flex flex-wrap items-center gap-1">
          <input type="hidden" name="product" value={id} />
          <Step to={quantity.now - 1} isOff={quantity.now === 1} label={labels.fewer} />
          <p className="min-w-8 text-center font-semibold tabular-nums">
            <span className="sr-only">{quantity.label}</span> {quantity.now}
          </p>
          <Step
            to={quantity.now + 1}
            isOff={quantity.now === quantity.most}
            label={labels.more}
            isMore
          />
          <button
            type="submit"
            name="quantity"
            value={0}
            aria-label={labels.removeName}
            className="ml-auto min-h-11 px-2 font-semibold text-accent underline underline-offset-4"
          >
            {labels.remove}
          </button>
        </form>
      </div>
    </li>
  )
}

type StepProps = { to: number; isOff: boolean; label: string; isMore?: boolean }

/** Never disabled: the button with the focus would lose it. At an end it sends the same quantity. */
function Step({ to, isOff, label, isMore }: StepProps) {
  const Icon = isMore ? Plus : Minus
  const same = isMore ? to - 1 : to + 1
  return (
    <button
      type="submit"
      name="quantity"
      value={isOff ? same : to}
      aria-disabled={isOff || undefined}
      aria-label={label}
      className={`${STEP} ${isOff ? 'opacity-50' : 'hover:border-accent hover:bg-tint'}`}
    >
      <Icon aria-hidden className="size-5" />
    </button>
  )
}
