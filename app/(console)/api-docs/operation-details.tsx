import { problemsOf } from '@/app/_api/openapi/problems'
import type { Operation } from '@/app/_api/operation'
import { CopyButton } from '../_components/ui/copy-button'
import classes from './api-docs.module.css'
import { CodeBlock } from './code-block'
import { curlOf, exampleOf } from './curl'
import { InlineCode } from './inline-code'
import { type Parameter, parametersOf } from './parameters'
import { type Call, TryIt } from './try-it'

type Props = { operation: Operation; origin: string }

/** One call: what it is for, how it is made, what it answers, and a form to try it. */
export function OperationDetails({ operation, origin }: Props) {
  const { id, method, path, summary, description, scope, answers } = operation
  const parameters = parametersOf(operation)
  const curl = curlOf(operation, origin)
  const isStream = Object.values(answers).some(
    ({ contentType }) => contentType === 'text/event-stream',
  )
  return (
    <details className={classes.operation} id={id}>
      <summary>
        <span className={classes.method} data-method={method}>
          {method}
        </span>
        <code>{path}</code>
        <span className={classes.summary}>{summary}</span>
      </summary>
      <div className={classes.body}>
        {description && (
          <p>
            <InlineCode text={description} />
          </p>
        )}
        <p>
          {scope === 'public' ? (
            'Needs no key.'
          ) : (
            <>
              A key needs the scope <code>{scope}</code>.
            </>
          )}
        </p>
        {parameters.length > 0 && <Parameters parameters={parameters} />}
        <h3>Request</h3>
        <div className={classes.copy}>
          <CopyButton text={curl} label={`Copy the request for ${summary.toLowerCase()}`}>
            Copy
          </CopyButton>
        </div>
        <CodeBlock text={curl} />
        <h3>Answers</h3>
        <Answers operation={operation} />
        {!isStream && (
          <>
            <h3>Try it</h3>
            <TryIt call={callOf(operation)} />
          </>
        )}
      </div>
    </details>
  )
}

function Parameters({ parameters }: { parameters: Parameter[] }) {
  return (
    <>
      <h3>Parameters</h3>
      <dl className={classes.pairs}>
        {parameters.map(({ name, where, meaning }) => (
          <div key={`${where} ${name}`}>
            <dt>
              <code>{name}</code> <small>{where}</small>
            </dt>
            <dd>
              <InlineCode text={meaning} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Answers({ operation }: { operation: Operation }) {
  // Two answers may be alike: what was just shown is not shown again.
  let shown: string | undefined
  const problems = Object.entries(problemsOf(operation)).filter(
    ([status]) => !(status in operation.answers),
  )
  return (
    <dl className={classes.pairs}>
      {Object.entries(operation.answers).map(([status, { description, example }]) => {
        const text = typeof example === 'string' ? example : JSON.stringify(example, null, 2)
        const isShown = text !== undefined && text !== shown
        shown = text
        return (
          <div key={status}>
            <dt>
              <code>{status}</code>
            </dt>
            <dd>
              <InlineCode text={description} />
              {isShown && <CodeBlock text={text} />}
            </dd>
          </div>
        )
      })}
      {problems.map(([status, when]) => (
        <div key={status}>
          <dt>
            <code>{status}</code>
          </dt>
          <dd>
            <InlineCode text={when} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function callOf(operation: Operation): Call {
  const { method, path, query, body } = operation
  const example = exampleOf(operation)
  return {
    method,
    path,
    parts: [...path.matchAll(/\{(\w{1,40})\}/g)].flatMap(([, name]) => name ?? []),
    query: Object.keys(query?.shape ?? {}),
    body: !body
      ? undefined
      : body.contentType
        ? { kind: 'file' }
        : { kind: 'json', text: JSON.stringify(example, null, 2) },
  }
}
