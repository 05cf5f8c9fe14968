/**
 * The page's Content-Security-Policy as a meta tag, for hosts that cannot send headers. Only in the
 * built page: the development server needs inline scripts. public/_headers repeats it as a header.
 */
import type { Plugin } from 'vite';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

export function contentPolicy(): Plugin {
  return {
    name: 'windtunnel:content-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => ({
        html,
        tags: [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
            injectTo: 'head-prepend',
          },
          { tag: 'script', attrs: { src: './trusted-types.js' }, injectTo: 'head-prepend' },
        ],
      }),
    },
  };
}
