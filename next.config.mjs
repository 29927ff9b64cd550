import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Next would leave it outside the bundles, and npm would install Prisma's command and TypeScript beside it in production.
  transpilePackages: ['@prisma/client'],
  // Pages that were renamed, for browsers that have them open.
  redirects: async () => [
    { source: '/thaw/:step*', destination: '/unfreeze/:step*', permanent: false },
    { source: '/profile/email/prove', destination: '/profile/email/verify', permanent: false },
    {
      source: '/profile/recovery/:kind/prove',
      destination: '/profile/recovery/:kind/verify',
      permanent: false,
    },
  ],
}

/** What next-intl adds is for the compiler. A production install lacks that package. */
export default async (phase) => {
  if (phase === PHASE_PRODUCTION_SERVER) return config
  const { default: createNextIntlPlugin } = await import('next-intl/plugin')
  return createNextIntlPlugin('./app/_text/i18n.ts')(config)
}
