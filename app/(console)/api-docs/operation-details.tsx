import type { Operation } from '@/app/_api/operation'
import { CodeBlock, InlineCode } from '../_components/ui/code-block'
import { CopyButton } from '../_components/ui/copy-button'
import ui from '../_components/ui/ui.module.css'
import classes from './api-docs.module.css'
import { curlOf, exampleOf, isStream } from './curl'
import { answersOf, Pairs, parametersOf } from './pairs'
import { type Call, TryIt } from './try-it'

type Props = { operation: Operation; origin: string }

/** The status whose colours a method is shown in. */
const COLORS = {
  GET: 'active',
  HEAD: 'queued',
  POST: 'completed',
  PATCH: 'retrying',
  DELETE: 'failed',
}

/** One call: what it is for, how it is made, what it answers, and a form to try it. */
export function OperationDetails({ operation, origin }: Props) {
  const { id, method, path, summary, description, scope } = operation
  const curl = curlOf(operation, origin)
  const needs = scope === 'public' ? 'Needs no key.' : `A key needs the scope \`${scope}\`.`
  return (
    <details className={classes.operation} id={id}>
      <summary>
        <span className={classes.method} data-status={COLORS[method]}>
          {method}
        </span>
        <code>{path}</code>
        <span className={ui.dim}>{summary}</span>
      </summary>
      <div className={classes.body}>
        {description && (
          <p>
            <InlineCode text={description} />
          </p>
        )}
        <p>
          <InlineCode text={needs} />
        </p>
        <Pairs title="Parameters" pairs={parametersOf(operation)} />
        <h3>
          Request
          <CopyButton text={curl} label={`Copy the request: ${summary}`}>
            Copy
          </CopyButton>
        </h3>
        <CodeBlock text={curl} />
        <Pairs title="Answers" pairs={answersOf(operation)} />
        {!isStream(operation) && (
          <>
            <h3>Try it</h3>
            <TryIt call={callOf(operation)} />
          </>
        )}
      </div>
    </details>
  )
}

function callOf(operation: Operation): Call {
  const { method, path, query, body } = operation
  const hasFile = body?.contentType !== undefined
  return {
    method,
    path,
    query: Object.keys(query?.shape ?? {}),
    hasFile,
    body: body && !hasFile ? JSON.stringify(exampleOf(operation), null, 2) : undefined,
  }
}
