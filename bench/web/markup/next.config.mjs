export default {
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true },
  transpilePackages: ['@prisma/client'],
  serverExternalPackages: ['piscina'],
}
