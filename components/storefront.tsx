import type { ReactNode } from 'react'
import { Button } from './button'
import { INPUT_CLASS } from './form/field'
import { Gift, RotateCcw, Search, ShieldCheck, ShoppingBag, Truck } from './icons'

const PROMISE = [ShieldCheck, Truck, RotateCcw]

/** The search of the shop. It leads to the list of what was found. */
export function SearchBar({
  label,
  placeholder,
  button,
  query,
}: {
  label: string
  placeholder: string
  button: string
  query: string
}) {
  return (
    <search>
      <form action="/#products" className="flex gap-2">
        <label htmlFor="q" className="sr-only">
          {label}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          defaultValue={query}
          placeholder={placeholder}
          autoComplete="off"
          className={INPUT_CLASS}
        />
        <Button>
          <Search aria-hidden className="size-5" />
          <span className="sr-only sm:not-sr-only">{button}</span>
        </Button>
      </form>
    </search>
  )
}

type HeroProps = {
  heading: string
  text: string
  promises: readonly string[]
  children: ReactNode
}

/**
 * The banner. It leaves space at its right end for the pop-up, so the pop-up covers and moves
 * nothing.
 */
export function Hero({ heading, text, promises, children }: HeroProps) {
  return (
    <div className="grid gap-4 lg:*:col-start-1 lg:*:row-start-1">
      <div className="empty:hidden lg:z-10 lg:m-4 lg:w-88 lg:self-start lg:justify-self-end">
        {children}
      </div>
      <div className="rounded-card relative overflow-hidden bg-linear-to-br from-brand to-brand-deep p-6 text-on-brand sm:p-8 lg:min-h-80 lg:pr-104">
        <h1 className="text-3xl font-extrabold">{heading}</h1>
        <p className="mt-2 mb-6 max-w-md text-lg">{text}</p>
        <Promises promises={promises} />
        <HeroArt />
      </div>
    </div>
  )
}

/** What the shop promises about all its goods. */
export function Promises({ promises }: { promises: readonly string[] }) {
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-2">
      {promises.map((promise, index) => {
        const Icon = PROMISE[index] ?? ShieldCheck
        return (
          <li key={promise} className="flex items-center gap-2 font-medium">
            <Icon aria-hidden className="size-5" />
            {promise}
          </li>
        )
      })}
    </ul>
  )
}

function HeroArt() {
  return (
    <div aria-hidden className="absolute inset-y-0 right-0 hidden w-104 text-on-brand/25 lg:block">
      <ShoppingBag className="absolute top-10 right-24 size-56 stroke-1" />
      <Gift className="absolute right-72 bottom-8 size-20 -rotate-12 stroke-1" />
      <Truck className="absolute right-8 bottom-6 size-24 stroke-1" />
    </div>
  )
}

/** What was found, with the pop-up above it, on a wide window to its right. */
export function Results({ popup, children }: { popup: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-6 lg:flex-row lg:items-start">
      <div className="empty:hidden lg:order-last lg:w-88 lg:shrink-0">{popup}</div>
      <div className="grow">{children}</div>
    </div>
  )
}
