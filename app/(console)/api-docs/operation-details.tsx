import type { Operation } from '@/lib/openapi/operation'
import { problemsOf } from '@/lib/openapi/problems'
import { Fact, Facts } from '../_components/list/facts'
import { CodeBlock } from '../_components/ui/code-block'
import { CopyButton } from '../_components/ui/copy-button'
import ui from '../_components/ui/ui.module.css'
import classes from './api-docs.module.css'
import { curlOf, exampleOf } from './curl'
import { InlineCode } from './inline-code'
import { type Parameter, parametersOf } from './parameters'
import { type Call, TryIt } from './try-it'

/** Whose status's colours a method has. */
const looks = new Map([
  ['GET', 'active'],
  ['POST', 'completed'],
  ['PATCH', 'retrying'],
  ['DELETE', 'failed'],
])

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
        <span className={classes.method} data-status={looks.get(method)}>
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
          {scope === 'public' ? (
            'Needs no key.'
          ) : (
            <>
              A key needs the scope <code>{scope}</code>.
            </>
          )}
        </p>
        {parameters.length > 0 && <Parameters parameters={parameters} />}
        <div className={`${ui.line} ${ui.apart}`}>
          <h3>Request</h3>
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
      <Facts layout="pairs">
        {parameters.map(({ name, where, meaning }) => (
          <Fact
            key={`${where} ${name}`}
            name={
              <>
                <code>{name}</code> {where}
              </>
            }
          >
            <InlineCode text={meaning} />
          </Fact>
        ))}
      </Facts>
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
    <Facts layout="pairs">
      {Object.entries(operation.answers).map(([status, { description, example }]) => {
        const text = typeof example === 'string' ? example : JSON.stringify(example, null, 2)
        const isShown = text !== undefined && text !== shown
        shown = text
        return (
          <Fact key={status} name={<code>{status}</code>}>
            <InlineCode text={description} />
            {isShown && <CodeBlock text={text} />}
          </Fact>
        )
      })}
      {problems.map(([status, when]) => (
        <Fact key={status} name={<code>{status}</code>}>
          <InlineCode text={when} />
        </Fact>
      ))}
    </Facts>
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
