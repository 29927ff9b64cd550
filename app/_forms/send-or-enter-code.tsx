import type { ReactNode } from 'react'
import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import type { FormAction } from '@/components/form/form-state'
import type { ChallengeView } from '@/lib/challenges'
import { type FormScreen, formText, screenHeading } from '../_text/screens'
import { CodeStep, type CodeStepProps } from './code-step'
import { Form } from './forms'
import { LookAlikeWarning } from './look-alike-warning'

type Send = {
  screen: FormScreen
  intro: string
  /** What the customer gives up by going on. */
  warning?: string | undefined
  action: FormAction
}
type Enter = Omit<CodeStepProps, 'view' | 'intro' | keyof Page> & {
  intro: (view: ChallengeView) => ReactNode
}
type Page = Pick<CodeStepProps, 'address' | 'steps' | 'back' | 'after'>

type Props = Page & { view: ChallengeView | null | undefined; send: Send; enter: Enter }

/**
 * A page with a button that sends a code. While a challenge with attempts is open, it is the code
 * screen.
 */
export async function SendOrEnterCode({ view, send, enter, address, ...page }: Props) {
  if (view && !view.isExhausted)
    return (
      <CodeStep
        {...enter}
        {...page}
        {...(address && { address })}
        view={view}
        intro={enter.intro(view)}
      />
    )
  return (
    <FlowPage heading={await screenHeading(send.screen)} intro={send.intro} {...page}>
      <LookAlikeWarning address={address} />
      {send.warning && <Alert tone="warning">{send.warning}</Alert>}
      <Form name="button" action={send.action} text={await formText(send.screen, [])} />
    </FlowPage>
  )
}
