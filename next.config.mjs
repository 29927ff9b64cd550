import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  experimental: {
    // A checkout that is built once does not read the cache, and writing it takes a third of the build's time.
    turbopackFileSystemCacheForBuild: !process.env.CI,
    // The server loads the pages itself, after it listens (server/load-pages.ts).
    preloadEntriesOnStart: false,
  },
  // A build checks the types of what it compiles: an image has neither tests nor benchmarks.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // By default Next does not bundle it. A production install would then need it, and with it
  // Prisma's command and TypeScript.
  transpilePackages: ['@prisma/client'],
  // It starts a file of its own in each thread.
  serverExternalPackages: ['piscina'],
  // Renamed pages, for browsers that still have them open.
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

/**
 * The plugin of next-intl is needed at build time only. A production install does not have that
 * package.
 */
export default async (phase) => {
  if (phase === PHASE_PRODUCTION_SERVER) return config
  const { default: createNextIntlPlugin } = await import('next-intl/plugin')
  return createNextIntlPlugin('./app/_text/i18n.ts')(config)
}
