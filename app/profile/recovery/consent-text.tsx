import { getTranslations } from '../../_text/translations'

/** What the customer agrees to by sending the form of a recovery address, above its button. */
export async function ConsentText({ button }: { button: string }) {
  const t = await getTranslations('consent')
  return <p className="text-sm text-muted">{t('text', { button })}</p>
}
