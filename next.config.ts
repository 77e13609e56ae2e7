import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { env } from './lib/env.ts';

const gatewayHost = {
  type: 'host' as const,
  value: `(?<gateway>[a-z0-9._-]+)\\.${env().GATEWAY_DOMAIN.replaceAll('.', '\\.')}\\.?`,
};

const config: NextConfig = {
  // Tests build beside a running instance, which must keep its own files.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` runs `tsc`; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', 'pino', 'undici'],
  // No page uses the optimizer of images, which would work for whoever asks.
  images: { unoptimized: true },
  // Of all that is the console's, files too: no content is guessed, and no page of another site takes it in.
  headers: async () => [
    {
      source: '/((?!gateway/).*)',
      missing: [gatewayHost],
      headers: [
        { key: 'x-content-type-options', value: 'nosniff' },
        { key: 'cross-origin-resource-policy', value: 'same-origin' },
      ],
    },
  ],
  // The host form of gateways' addresses, where no proxy stands in front; before pages, so that a gateway's host shows
  // none. The domain is the one known when this is built.
  rewrites: async () => ({
    beforeFiles: [
      // The route needs a segment; it reads the address itself.
      { source: '/', has: [gatewayHost], destination: '/gateway/:gateway/-' },
      { source: '/:path*', has: [gatewayHost], destination: '/gateway/:gateway/:path*' },
    ],
    afterFiles: [],
    fallback: [],
  }),
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
