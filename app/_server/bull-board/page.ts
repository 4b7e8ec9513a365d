type Frame = {
  basePath: string
  nonce: string | undefined
  head?: string
  body?: string
}

/**
 * Bull Board's page, fit for a strict policy: every script carries the nonce, addresses do not depend
 * on a `<base>`, which the policy may forbid, and nothing is loaded from elsewhere.
 */
export function framedPage(html: string, { basePath, nonce, head = '', body = '' }: Frame): string {
  const page = html
    .replace(/<link[^>]+href="https?:\/\/[^>]*>/g, '')
    .replace(/<base[^>]*>/, () => `<script>${namedBase(basePath)}</script>`)
    .replace(/(src|href)="static\//g, `$1="${basePath}/static/`)
    .replace('</head>', () => `${head}</head>`)
    .replace(/<body[^>]*>/, (opening) => `${opening}${body}`)
  return nonce ? page.replaceAll('<script', `<script nonce="${nonce}"`) : page
}

/**
 * Bull Board looks for its path in a `<base>` element. One that is not HTML's own is found like any
 * other, and changes nothing about the page's addresses.
 */
function namedBase(basePath: string): string {
  const href = JSON.stringify(`${basePath}/`).replaceAll('<', '\\u003c')
  return `document.head.append(document.createElementNS('', 'base')); document.head.querySelector('base').setAttribute('href', ${href})`
}
