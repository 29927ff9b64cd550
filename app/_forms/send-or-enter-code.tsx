import { FlowPage } from '@/components/flow-page'
import type { FormAction } from '@/components/form/form-state'
import type { ChallengeView } from '@/lib/challenges'
import { type FormScreen, formText, screenHeading } from '../_text/screens'
import { CodeStep, type CodeStepProps } from './code-step'
import { Form } from './forms'

type Send = { screen: FormScreen; intro: string; action: FormAction }
type Enter = Omit<CodeStepProps, 'view' | 'intro' | keyof Page> & {
  intro: (view: ChallengeView) => string
}
type Page = Pick<CodeStepProps, 'steps' | 'back' | 'after'>

type Props = Page & { view: ChallengeView | null | undefined; send: Send; enter: Enter }

/**
 * A page with a button that sends a code. While a challenge with attempts is open, it is the code
 * screen.
 */
export async function SendOrEnterCode({ view, send, enter, ...page }: Props) {
  if (view && !view.isExhausted)
    return <CodeStep {...enter} {...page} view={view} intro={enter.intro(view)} />
  return (
    <FlowPage heading={await screenHeading(send.screen)} intro={send.intro} {...page}>
      <Form name="button" action={send.action} text={await formText(send.screen, [])} />
    </FlowPage>
  )
}
