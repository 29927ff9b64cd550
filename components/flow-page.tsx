import type { ReactNode } from 'react'
import { Card } from './card'
import { ArrowLeft } from './icons'
import { PageHeading } from './page-heading'
import { Steps, type StepsProps } from './steps'

type Props = {
  heading: string
  intro?: ReactNode
  steps?: StepsProps
  back?: { href: string; label: string }
  /** Links below the card, such as help. */
  after?: ReactNode
  children: ReactNode
}

/** The page of one step of a flow: back link, steps, heading, intro, and one card with the form. */
export function FlowPage({ heading, intro, steps, back, after, children }: Props) {
  return (
    <div className="mx-auto grid w-full max-w-form gap-4">
      {back && <BackLink {...back} />}
      <Card>
        <div className="grid gap-6">
          {steps && <Steps {...steps} />}
          <PageHeading heading={heading} intro={intro} />
          {children}
        </div>
      </Card>
      {after && (
        <div className="flex flex-wrap justify-center gap-x-6 gap-y-1 text-center">{after}</div>
      )}
    </div>
  )
}

type BackLinkProps = { href: string; label: string }

export function BackLink({ href, label }: BackLinkProps) {
  return (
    <a
      href={href}
      className="no-print inline-flex min-h-11 items-center gap-2 justify-self-start font-medium text-accent"
    >
      <ArrowLeft aria-hidden className="size-5" />
      {label}
    </a>
  )
}

/** A link in running text or below a card, with a target of at least 44 px. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      className="inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-4"
    >
      {children}
    </a>
  )
}
