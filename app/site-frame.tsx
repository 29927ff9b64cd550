import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LanguageOffer } from '@/components/language-offer'
import { SiteFooter } from '@/components/site-footer'
import { SiteHeader } from '@/components/site-header'
import { env } from '@/lib/platform/env'
import { LOCALES, type Locale } from '@/lib/platform/locale'
import { currentSession } from './_session/session'
import { countCart } from './_shop/cart'
import { chooseLocale } from './_text/choose-locale'
import { preferredLocale } from './_text/preferred-locale'
import { getTranslations } from './_text/translations'
import { logOut } from './login/actions'

/** Header, content and footer of a page of the shop. The care console has a frame of its own. */
export function ShopFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <OfferedLanguage />
      <Header />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-page px-4 py-6 outline-none sm:py-8"
      >
        {children}
      </main>
      <Footer />
    </>
  )
}

/** The header of the shop, for a signed-in customer or a stranger. */
async function Header() {
  const t = await getTranslations('header')
  const session = await currentSession()
  const count = await countCart()
  const links = session
    ? [{ href: '/profile', label: t('profile') }]
    : [
        { href: '/login', label: t('login') },
        { href: '/register', label: t('register'), isMain: true },
      ]
  return (
    <SiteHeader
      brand={env().BRAND_NAME}
      skipLabel={t('skip')}
      navLabel={t('nav')}
      cart={{ href: '/keranjang', label: t('cart', { count }), count }}
      links={links}
      leave={
        session
          ? {
              label: t('logout'),
              pending: t('logoutPending'),
              failed: t('logoutFailed'),
              action: logOut,
            }
          : undefined
      }
    />
  )
}

/** The offer of another language, on a first visit with a browser that prefers it. */
async function OfferedLanguage() {
  const locale = await preferredLocale()
  if (!locale) return null
  const t = await getTranslations('language')
  return (
    <LanguageOffer
      locale={locale}
      {...(await offerIn(locale))}
      current={await getLocale()}
      decline={t('keep')}
      choose={chooseLocale}
    />
  )
}

async function offerIn(locale: Locale) {
  const t = await getTranslations('language', locale)
  return { text: t('offer'), accept: t('accept') }
}

/** The footer: links to the help and to the other language. */
async function Footer() {
  const t = await getTranslations('footer')
  const current = await getLocale()
  const others = LOCALES.filter((locale) => locale !== current).map((locale) => ({
    locale,
    name: t(locale),
  }))
  return (
    <SiteFooter
      note={t('note', { brand: env().BRAND_NAME })}
      links={[{ href: '/help', label: t('help') }]}
      language={{ label: t('language'), others, choose: chooseLocale }}
    />
  )
}
