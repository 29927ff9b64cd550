import { SavedCode } from '@/components/saved-code'
import { env } from '@/lib/platform/env'
import { isShowable } from '@/lib/saved-codes'
import { madeCode } from '../_session/made-code'
import { getFormatter, getTranslations } from '../_text/translations'
import { showSavedCode } from './show-saved-code'

/** The saved code that this browser has made, which it shows once. */
export async function MadeSavedCode() {
  const [t, format, now] = [
    await getTranslations('savedCodeDone'),
    await getFormatter(),
    new Date(),
  ]
  const brand = env().BRAND_NAME
  const words = {
    show: t('show'),
    heading: t('heading', { brand }),
    made: t('made', { date: format.dateTime(now, { dateStyle: 'long' }) }),
    use: t('use'),
    print: t('print'),
    printHint: t('printHint'),
    copy: t('copy'),
    copied: t('copied'),
    gone: t('gone'),
  }
  const isShown = !(await isShowable(await madeCode(), now))
  return <SavedCode action={showSavedCode} isShown={isShown} words={words} />
}

/** The saved code that replaces the one just used; nothing when none was used in this browser. */
export async function NewSavedCode() {
  if ((await madeCode()) === '') return null
  const t = await getTranslations('savedCodeDone')
  return (
    <section aria-labelledby="new-code" className="grid gap-4">
      <h2 id="new-code" className="font-semibold">
        {t('newHeading')}
      </h2>
      <p>{t('newIntro')}</p>
      <MadeSavedCode />
    </section>
  )
}
