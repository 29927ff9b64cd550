import { type CareContact, telephoneLink } from '@/components/care'
import { env } from '@/lib/platform/env'
import { getTranslations } from '../_text/translations'

/** The five ways to customer care, as the shop set them. */
export async function careContacts(): Promise<CareContact[]> {
  const t = await getTranslations('help')
  const { BRAND_NAME, CARE_PHONE, CARE_CHAT_URL, CARE_FACEBOOK_URL, CARE_TWITTER, CARE_EMAIL } =
    env()
  return [
    {
      kind: 'phone',
      label: t('phone'),
      value: CARE_PHONE,
      href: telephoneLink(CARE_PHONE),
    },
    { kind: 'chat', label: t('chat'), value: t('chatValue'), href: CARE_CHAT_URL },
    {
      kind: 'facebook',
      label: t('facebook'),
      value: t('facebookValue', { brand: BRAND_NAME }),
      href: CARE_FACEBOOK_URL,
    },
    {
      kind: 'twitter',
      label: t('twitter'),
      value: CARE_TWITTER,
      href: `https://twitter.com/${CARE_TWITTER.slice(1)}`,
    },
    { kind: 'email', label: t('email'), value: CARE_EMAIL, href: `mailto:${CARE_EMAIL}` },
  ]
}
