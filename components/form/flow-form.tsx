'use client'

import type { ReactNode } from 'react'
import { Button, type ButtonLook, SubmitButton } from '../button'
import { DocumentTitle } from '../document-title'
import { ErrorSummary } from './error-summary'
import { FieldContext } from './field-context'
import { isAnyShown } from './form-errors'
import type { FormAction, FormText } from './form-state'
import { PAGE_FORM_ID } from './page-form'
import { type LoadSchema, useFlow } from './use-flow'

export type FlowFormProps = {
  action: FormAction
  schema: LoadSchema
  text: FormText
  /** The initial values of the fields. */
  values?: Record<string, string>
  /** Its error stands at the field alone. Other forms list their errors above the fields too. */
  isOfOneField?: boolean
  /** Whether its action is a function of the browser, so that nothing can be posted without it. */
  needsScript?: boolean
  /** How the button looks. */
  look?: ButtonLook
  /** A second button, which sends the form with one more value. */
  alternative?: { name: string; value: string; label: string } | undefined
  children?: ReactNode
}

/**
 * The form of every flow. Alone on its page, it also writes the document title, which names a
 * refusal, and the languages of the footer belong to it without JavaScript: its action must go
 * through `submit`.
 */
export function FlowForm({
  action,
  schema,
  text,
  values = {},
  isOfOneField = false,
  needsScript = false,
  look = 'primary',
  alternative,
  children,
}: FlowFormProps) {
  const flow = useFlow(action, schema, text)
  const { errors, submissions, register } = flow
  const fields = {
    register,
    submissions,
    errors: errors.fields,
    isOfOneField,
    hadFocus: flow.hadFocus,
    values: { ...values, ...flow.values },
    showPassword: text.showPassword,
  }
  return (
    <form
      id={text.title && !needsScript ? PAGE_FORM_ID : undefined}
      ref={flow.form}
      action={flow.post}
      onSubmit={flow.submit}
      onPointerDown={flow.preload}
      onInput={flow.preload}
      noValidate
      className="grid gap-6"
    >
      {text.title && (
        <DocumentTitle
          title={text.title}
          prefix={isAnyShown(errors) ? text.titlePrefix : undefined}
        />
      )}
      {(isOfOneField ? errors.whole : isAnyShown(errors)) && (
        <ErrorSummary
          ref={flow.summary}
          title={errors.heading ?? text.summaryTitle}
          errors={errors}
        />
      )}
      {flow.ticket && <input type="hidden" name="ticket" value={flow.ticket} readOnly />}
      <FieldContext value={fields}>{children}</FieldContext>
      <div className="grid gap-3">
        <div role="status" className="-mb-3">
          {flow.isProving && <p className="mb-4 text-muted">{text.proving}</p>}
        </div>
        <SubmitButton
          label={text.submit}
          pendingLabel={text.pending}
          isPending={flow.isPending}
          look={look}
        />
        {alternative && (
          <Button look="secondary" name={alternative.name} value={alternative.value}>
            {alternative.label}
          </Button>
        )}
      </div>
    </form>
  )
}
