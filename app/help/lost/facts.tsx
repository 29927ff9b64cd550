import { getTranslations } from '../../_text/translations'

/** What customer care asks for, what it can and cannot do, and how long that takes. */
export async function Facts() {
  const t = await getTranslations('lost')
  return (
    <div className="grid gap-4">
      <FactGroup
        heading={t('bring')}
        items={[
          t('bringList.address'),
          t('bringList.reference'),
          t('bringList.last'),
          t('bringList.proof'),
        ]}
      />
      <FactGroup
        heading={t('can')}
        items={[t('canList.freeze'), t('canList.undo'), t('canList.open')]}
      />
      <p>{t('cannot')}</p>
      <FactGroup
        heading={t('timeHeading')}
        items={[t('timeList.check'), t('timeList.frozen'), t('timeList.restricted')]}
      />
    </div>
  )
}

function FactGroup({ heading, items }: { heading: string; items: readonly string[] }) {
  return (
    <div className="grid gap-2">
      <h3 className="font-semibold">{heading}</h3>
      <ul className="grid list-disc gap-1 ps-5">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  )
}
