'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type FieldValues, type Resolver, useForm } from 'react-hook-form'
import type { core } from 'zod/mini'
import { errorsToShow, type ShownErrors } from './form-errors'
import type { FormAction, FormState, FormText } from './form-state'
import { useProof } from './use-proof'
import { choiceOf, useSend } from './use-send'

const NOTHING: ShownErrors = { fields: {} }

/**
 * Loads the schema of a form. Schema and zod are larger than the form itself, so a page loads them
 * when the customer first points at the form or types in it. The focus does not load them, because the
 * field for a code gets it without the customer.
 */
export type LoadSchema = () => Promise<core.$ZodType<FieldValues, FieldValues>>

/**
 * Checks a form in the browser first, then sends it. A second submit while one is under way does
 * nothing.
 */
export function useFlow(action: FormAction, schema: LoadSchema, text: FormText) {
  const { state, answered, post, isPending, send } = useSend(action)
  const [submissions, setSubmissions] = useState(0)
  const [hadFocus, setHadFocus] = useState(false)
  const isChecking = useRef(false)
  const isLoading = useRef(false)
  const chosen = useRef<Record<string, string>>({})
  const { register, handleSubmit, setValue, formState } = useForm({
    resolver: checkWith(schema),
    shouldFocusError: false,
    reValidateMode: 'onSubmit',
  })
  const refs = useRefsOfAnswer(state, formState.submitCount)
  const isProving = useProof(
    answered,
    (added) => refs.form.current && send(refs.form.current, { ...chosen.current, ...added }),
  )
  const errors = isProving ? NOTHING : errorsToShow(formState.errors, state, text.words)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const sender = event.currentTarget
    if (isChecking.current || isPending || isProving) return
    isChecking.current = true
    chosen.current = choiceOf(event)
    // A password manager may have filled a field without an event.
    for (const [name, value] of new FormData(sender)) setValue(name, value)
    setSubmissions((count) => count + 1)
    setHadFocus(sender.querySelector('input:focus') !== null)
    await handleSubmit(() => send(sender, chosen.current))(event)
    isChecking.current = false
  }

  function preload() {
    if (isLoading.current) return
    isLoading.current = true
    loadCheck(schema).catch(() => {
      isLoading.current = false
    })
  }

  return {
    ...refs,
    post,
    submit,
    preload,
    register,
    errors,
    values: state.values ?? {},
    isPending: isPending || isProving,
    isProving,
    ticket: state.proof?.ticket,
    submissions,
    hadFocus,
  }
}

/**
 * The refs of form and error summary. Each answer focuses the summary, or the refused field of a form
 * without one; an answer of the server also empties the secret fields.
 */
function useRefsOfAnswer(state: FormState, submitCount: number) {
  const form = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const isAnswered = submitCount > 0 || state.values !== undefined
    if (!isAnswered) return
    const refused = form.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    ;(summary.current ?? refused)?.focus()
  }, [state, submitCount])

  useEffect(() => {
    // What a proof is computed for is sent again as it is.
    if (state.values && !state.proof) emptySecrets(form.current)
  }, [state])

  return { form, summary }
}

const loadCheck = (schema: LoadSchema) => Promise.all([import('@hookform/resolvers/zod'), schema()])

/** If the schema cannot be loaded, only the server checks. */
function checkWith(schema: LoadSchema): Resolver<FieldValues> {
  return async (values, context, options) => {
    const check = await loadCheck(schema).catch(() => undefined)
    if (!check) return { values, errors: {} }
    const [{ zodResolver }, loaded] = check
    return zodResolver(loaded)(values, context, options)
  }
}

function emptySecrets(form: HTMLFormElement | null) {
  for (const input of form?.querySelectorAll<HTMLInputElement>('input[data-secret]') ?? [])
    input.value = ''
}
