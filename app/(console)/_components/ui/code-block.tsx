import classes from './ui.module.css'

/** Text as a machine writes it, in a box that scrolls. */
export function CodeBlock({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <pre className={classes.code} tabIndex={0}>
      {text}
    </pre>
  )
}
