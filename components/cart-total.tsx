import { buttonClass } from './button'

type Props = { label: string; total: string; checkout: string; demo: string }

/** The sum of the cart. The button opens the text that says that nothing can be ordered. */
export function CartTotal({ label, total, checkout, demo }: Props) {
  return (
    <>
      <p role="status" className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span>{label}</span>
        <strong className="text-xl tabular-nums">{total}</strong>
      </p>
      <details>
        <summary className={`${buttonClass()} w-full list-none`}>{checkout}</summary>
        <p className="mt-4 rounded-control bg-warning-tint p-4 text-warning">{demo}</p>
      </details>
    </>
  )
}
