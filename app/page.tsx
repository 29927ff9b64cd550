import { getTranslations } from 'next-intl/server'
import { ProductGrid } from '@/components/product-grid'
import { RecoveryPopup } from '@/components/recovery-popup'
import { CategoryTiles, Hero, SearchBar } from '@/components/storefront'
import { isPopupDue } from '@/lib/accounts'
import { env } from '@/lib/platform/env'
import { currentSession } from './_session/session'
import { PageTitle } from './_text/page-title'
import { putOffPopup } from './actions'
import { CATEGORIES } from './storefront'
import { findProducts } from './storefront-search'

type Props = { searchParams: Promise<{ q?: string | string[] }> }

export default async function HomePage({ searchParams }: Props) {
  const query = [(await searchParams).q].flat().join(' ').trim()
  const t = await getTranslations('home')
  return (
    <div className="grid gap-8">
      <PageTitle screen="home" />
      <SearchBar
        label={t('searchLabel')}
        placeholder={t('searchPlaceholder')}
        button={t('searchButton')}
        query={query}
      />
      <Hero
        heading={t('heroHeading')}
        text={t('heroText')}
        promises={[t('promises.original'), t('promises.shipping'), t('promises.returns')]}
      >
        <Popup />
      </Hero>
      <CategoryTiles
        heading={t('categoriesHeading')}
        categories={CATEGORIES.map((id) => ({ id, name: t(`categories.${id}`) }))}
      />
      <ProductGrid
        heading={query ? t('searchHeading', { query }) : t('productsHeading')}
        products={await findProducts(query)}
        empty={t('searchEmpty')}
        all={query ? { href: '/', label: t('showAll') } : undefined}
      />
    </div>
  )
}

async function Popup() {
  const session = await currentSession()
  if (!session || !(await isPopupDue(session.userId, new Date()))) return null
  const t = await getTranslations('home.popup')
  return (
    <RecoveryPopup
      title={t('title')}
      text={t('text', { points: env().RECOVERY_REWARD_POINTS })}
      link={{ href: '/profile/recovery', label: t('link') }}
      closeLabel={t('close')}
      snooze={putOffPopup}
    />
  )
}
