import { jsonSchemaOf } from '@/app/_api/openapi/json-schema'
import { problemsOf } from '@/app/_api/openapi/problems'
import type { Operation } from '@/app/_api/operation'
import { Fact, Facts } from '../_components/list/facts'
import { CodeBlock, InlineCode } from '../_components/ui/code-block'

type Pair = { name: string; where?: string; meaning: string; example?: string | undefined }

/** Names, each with what it means. */
export function Pairs({ title, pairs }: { title: string; pairs: Pair[] }) {
  if (pairs.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <Facts layout="pairs">
        {pairs.map(({ name, where, meaning, example }) => (
          <Fact
            key={name}
            name={
              <>
                <code>{name}</code> {where}
              </>
            }
          >
            <InlineCode text={meaning} />
            {example && <CodeBlock text={example} />}
          </Fact>
        ))}
      </Facts>
    </>
  )
}

/** What can be sent with a call besides its path and body. */
export function parametersOf({ query, headers = {} }: Operation): Pair[] {
  const fields = Object.entries(query?.shape ?? {}).map(([name, field]) => {
    const schema = jsonSchemaOf(field, 'input')
    return { name, where: 'query', meaning: String(schema.description ?? kindOf(schema)) }
  })
  const others = Object.entries(headers).map(([name, meaning]) => ({
    name,
    where: 'header',
    meaning,
  }))
  return [...fields, ...others]
}

function kindOf({ enum: values, format, minimum, maximum, type, anyOf }: Record<string, unknown>) {
  if (Array.isArray(values)) return values.map((value) => `\`${value}\``).join(', ')
  if (format === 'uuid') return 'An id.'
  if (Array.isArray(anyOf)) return 'A time such as `2026-01-31T12:00:00Z`, or a day.'
  if (minimum !== undefined) return `A number from ${minimum} to ${maximum}.`
  return type === 'string' ? 'Text.' : 'A value.'
}

/** What a call answers, by status: first what it is for, then what may go wrong. */
export function answersOf(operation: Operation): Pair[] {
  const { answers } = operation
  const shown = new Set<string>()
  const good = Object.entries(answers).map(([name, { description, example }]) => {
    const text = typeof example === 'string' ? example : JSON.stringify(example, null, 2)
    // Answers that are alike show their body once.
    const isNew = !shown.has(text)
    shown.add(text)
    return { name, meaning: description, example: isNew ? text : undefined }
  })
  const problems = Object.entries(problemsOf(operation))
    .filter(([name]) => !(name in answers))
    .map(([name, meaning]) => ({ name, meaning }))
  return [...good, ...problems]
}
