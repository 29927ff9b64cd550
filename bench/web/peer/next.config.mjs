export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Next also looks for a proxy and an instrumentation in the folders above, up to this one.
  turbopack: { root: import.meta.dirname },
}
