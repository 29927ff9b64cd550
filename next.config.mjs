import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./app/_text/i18n.ts')

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
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

export default withNextIntl(config)
