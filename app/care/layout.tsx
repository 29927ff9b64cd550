import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { CareHeader } from '@/components/care/care-header'
import { SiteFooter } from '@/components/site-footer'
import { env } from '@/lib/platform/env'
import { LOCALES } from '@/lib/platform/locale'
import { getTranslations } from '../_text/translations'
import { requireCareHost } from './_session/host'
import { currentStaff } from './_session/staff'
import { chooseCareLocale, signOut } from './actions'
import { careLinks } from './links'

/**
 * The frame of the care console. It reads no session of a customer and shows nothing of the shop.
 */
export default async function CareLayout({ children }: { children: ReactNode }) {
  await requireCareHost()
  const staff = await currentStaff()
  const t = await getTranslations()
  const leave = {
    label: t('care.signOut'),
    pending: t('care.signOutPending'),
    failed: t('care.signOutFailed'),
    action: signOut,
  }
  return (
    <>
      <CareHeader
        title={t('care.title')}
        skipLabel={t('header.skip')}
        navLabel={t('care.nav')}
        links={await careLinks(staff)}
        leave={staff ? leave : undefined}
      />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-page px-4 py-6 outline-none sm:py-8"
      >
        {children}
      </main>
      <CareFooter />
    </>
  )
}

async function CareFooter() {
  const t = await getTranslations()
  const current = await getLocale()
  const others = LOCALES.filter((locale) => locale !== current).map((locale) => ({
    locale,
    name: t(`footer.${locale}`),
  }))
  return (
    <SiteFooter
      note={t('care.note', { brand: env().BRAND_NAME })}
      links={[]}
      language={{ label: t('footer.language'), others, choose: chooseCareLocale }}
    />
  )
}
