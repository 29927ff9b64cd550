import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ErrorWords } from '@/components/error-words'
import { SiteFooter } from '@/components/site-footer'
import { SiteHeader } from '@/components/site-header'
import { env } from '@/lib/env'
import { LOCALES } from '@/lib/locale'
import { chooseLocale } from './_lib/choose-locale'
import { currentSession } from './_lib/session'
import { logOut } from './login/actions'
import './globals.css'

export const viewport: Viewport = { colorScheme: 'light dark' }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('footer')
  return { description: t('note', { brand: env().BRAND_NAME }), formatDetection: { telephone: false } }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('error')
  return (
    <html lang={await getLocale()}>
      <body className="flex min-h-dvh flex-col">
        <Header />
        <ErrorWords
          words={{
            title: t('title'),
            heading: t('heading'),
            text: t('text'),
            reference: t.raw('reference'),
            retry: t('retry'),
            home: t('home'),
            offline: t('offline'),
          }}
        >
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page px-4 py-6 outline-none sm:py-8">
            {children}
          </main>
        </ErrorWords>
        <Footer />
      </body>
    </html>
  )
}

async function Header() {
  const t = await getTranslations('header')
  const session = await currentSession()
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
      links={links}
      leave={session ? { label: t('logout'), action: logOut } : undefined}
    />
  )
}

async function Footer() {
  const t = await getTranslations('footer')
  const current = await getLocale()
  const others = LOCALES.filter((locale) => locale !== current).map((locale) => ({ locale, name: t(locale) }))
  return (
    <SiteFooter
      note={t('note', { brand: env().BRAND_NAME })}
      links={[{ href: '/help', label: t('help') }]}
      language={{ label: t('language'), others, choose: chooseLocale }}
    />
  )
}
