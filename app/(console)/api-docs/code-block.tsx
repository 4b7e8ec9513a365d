import classes from './api-docs.module.css'

/** Text as a machine writes it, in a box that scrolls. */
export function CodeBlock({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <pre className={classes.code} tabIndex={0}>
      {text}
    </pre>
  )
}
