// What even an answer without Next.js has, bin/web sets.
const everywhere = [
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
]

// The bytes of a file say themselves who may frame them: a report is shown within its job's page.
const unframed = [{ key: 'X-Frame-Options', value: 'DENY' }]

// Pages get their policy, with a nonce, from proxy.ts.
const api = [
  { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; sandbox" },
]

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Titles belong into the head for every reader, not only for robots.
  htmlLimitedBots: /.*/,
  // A type error in a test is the developer's concern, never the operator's.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  serverExternalPackages: [
    ...['bullmq', 'ioredis', 'pg', 'pino', '@node-rs/argon2', 'sharp'],
    ...['@bull-board/api', '@bull-board/hono', '@bull-board/ui'],
  ],
  // Images are small already, and nobody is to have others made.
  images: { unoptimized: true },
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
    // A list of ten thousand people.
    serverActions: { bodySizeLimit: '5mb' },
  },
  // The mailing of lists had a page of its own.
  redirects: async () => [
    {
      source: '/jobs/new/email/list',
      destination: '/jobs/new/email?when=list',
      permanent: false,
    },
  ],
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/:path((?!api/v1/files/[^/]+/content$).*)', headers: unframed },
    { source: '/api/:path((?!v1/files/[^/]+/content$).*)', headers: api },
  ],
}

export default config
