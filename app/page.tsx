import { CategoryTiles } from '@/components/category-tiles'
import { DocumentTitle } from '@/components/document-title'
import { ProductGrid } from '@/components/product-grid'
import { RecoveryPopup } from '@/components/recovery-popup'
import { Hero, Results, SearchBar } from '@/components/storefront'
import { isPopupDue } from '@/lib/accounts'
import { env } from '@/lib/platform/env'
import { currentSession } from './_session/session'
import { toCard } from './_shop/product-card'
import { CATEGORIES } from './_shop/products'
import { listWanted, readWanted, type Wanted } from './_shop/search'
import { PageTitle } from './_text/page-title'
import { getTranslations } from './_text/translations'
import { putOffPopup } from './actions'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function HomePage({ searchParams }: Props) {
  const wanted = readWanted(await searchParams)
  const t = await getTranslations('shop')
  return (
    <div className="grid gap-8">
      <SearchBar
        label={t('searchLabel')}
        placeholder={t('searchPlaceholder')}
        button={t('searchButton')}
        query={wanted.query}
      />
      {wanted.query || wanted.category ? <Found wanted={wanted} /> : <Front wanted={wanted} />}
    </div>
  )
}

async function Front({ wanted }: { wanted: Wanted }) {
  const t = await getTranslations('shop')
  return (
    <>
      <PageTitle screen="home" />
      <Hero
        heading={t('heroHeading')}
        text={t('heroText')}
        promises={[t('promises.original'), t('promises.shipping'), t('promises.returns')]}
      >
        <Popup />
      </Hero>
      <Categories wanted={wanted} />
      <ProductGrid heading={t('productsHeading')} products={await cardsOf(wanted)} />
    </>
  )
}

async function Found({ wanted }: { wanted: Wanted }) {
  const t = await getTranslations('shop')
  const { query, category } = wanted
  const heading = category ? t(`categories.${category}`) : t('searchHeading', { query })
  const products = await cardsOf(wanted)
  return (
    <>
      <DocumentTitle title={`${heading} – ${env().BRAND_NAME}`} />
      {category && <Categories wanted={wanted} />}
      <Results popup={<Popup />}>
        <ProductGrid
          heading={heading}
          isMain
          products={products}
          count={products.length > 0 ? t('foundCount', { count: products.length }) : undefined}
          empty={t('searchEmpty')}
          all={{ href: '/', label: t('showAll') }}
        />
      </Results>
      {!category && <Categories wanted={wanted} />}
    </>
  )
}

const cardsOf = async (wanted: Wanted) => Promise.all((await listWanted(wanted)).map(toCard))

async function Categories({ wanted }: { wanted: Wanted }) {
  const t = await getTranslations('shop')
  return (
    <CategoryTiles
      heading={t('categoriesHeading')}
      categories={CATEGORIES.map((id) => ({
        id,
        name: t(`categories.${id}`),
        href: `/?category=${id}#products`,
        isCurrent: id === wanted.category,
      }))}
    />
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
