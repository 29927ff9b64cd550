import 'server-only'
import type { FormText } from '@/components/form/form-state'
import { env } from '@/lib/platform/env'
import { type Refusal, refusalSentences } from './refusal'
import { getTranslations, type Messages } from './translations'

type ScreenWith<Words> = {
  [Screen in keyof Messages]: Messages[Screen] extends Words ? Screen : never
}[keyof Messages]

/** The screens that have a title, and those that have a form. */
export type Screen = ScreenWith<{ title: string }>
export type FormScreen = ScreenWith<{ title: string; submit: string; pending: string }>

/** One of several forms of a page. */
export type FormPart = ScreenWith<{ submit: string; pending: string }>

/** The texts of a form, with the sentences of the refusals that its schema can report. */
export async function formText(
  screen: FormScreen,
  refusals: readonly Refusal[],
): Promise<FormText> {
  return { ...(await partText(screen, refusals)), title: await documentTitle(screen) }
}

/** The texts of one of several forms of a page, which writes the document title itself. */
export async function partText(screen: FormPart, refusals: readonly Refusal[]): Promise<FormText> {
  const t = await getTranslations()
  return {
    title: undefined,
    titlePrefix: t('common.titlePrefix'),
    summaryTitle: t('common.summaryTitle'),
    submit: t(`${screen}.submit`),
    pending: t(`${screen}.pending`),
    proving: t('common.proving'),
    showPassword: t('common.showPassword'),
    words: await refusalSentences(refusals),
  }
}

/** The heading of a screen. */
export async function screenHeading(screen: Screen): Promise<string> {
  const t = await getTranslations()
  return t(`${screen}.title`)
}

/** The title of a screen's document: its heading and the brand. */
export async function documentTitle(screen: Screen): Promise<string> {
  return `${await screenHeading(screen)} – ${env().BRAND_NAME}`
}
