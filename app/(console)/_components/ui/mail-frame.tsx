import classes from './ui.module.css'

type Props = { html: string; title: string; height?: number }

/**
 * A mail as its reader sees it: no scripts, no access to this page; links open in a new tab.
 * The policy of the page holds in there too, so that nothing is loaded from elsewhere.
 */
export function MailFrame({ html, title, height = 620 }: Props) {
  return (
    <iframe
      className={classes.paper}
      title={title}
      srcDoc={html.replace(/<head(\s[^<>]{0,200})?>/i, '$&<base target="_blank">')}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      height={height}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
    />
  )
}
