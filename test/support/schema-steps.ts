type Field = { type: string; rest: string; isUnused: boolean }

/** What a program that reads and writes `before` misses in `after`, which another has brought about, in sentences. */
export function missingFor(before: string, after: string): string[] {
  const known = fieldsOf(before)
  const present = fieldsOf(after)
  const models = new Set([...known.keys()].map(modelOf))
  const lost = [...known].flatMap(([name, field]) => {
    const now = present.get(name)
    if (field.isUnused || (now && now.type === field.type)) return []
    return [now ? `${name} was ${field.type} and is ${now.type}` : `${name} is gone`]
  })
  const needed = [...present].flatMap(([name, field]) =>
    models.has(modelOf(name)) && !known.has(name) && !isOptional(field)
      ? [`${name} is new, and has neither a default nor a ?`]
      : [],
  )
  return [...lost, ...needed]
}

/** Columns alone: a relation's type is another model, and whether it is there changes no table. */
function fieldsOf(schema: string): Map<string, Field> {
  const blocks = [...schema.matchAll(/^(model|enum) (\w+) \{\n(.*?)^\}/gms)]
  const models = new Set(blocks.flatMap(([, kind, name]) => (kind === 'model' ? [name] : [])))
  const fields = new Map<string, Field>()
  for (const [, kind = '', name, body = ''] of blocks) {
    for (const line of body.split('\n')) {
      const [field = '', type = kind, ...rest] = line.trim().split(/\s+/)
      if (!/^\w+$/.test(field) || models.has(type.replace(/\W/g, ''))) continue
      const words = rest.join(' ')
      fields.set(`${name}.${field}`, { type, rest: words, isUnused: words.includes('@ignore') })
    }
  }
  return fields
}

function modelOf(name: string): string {
  return name.split('.', 1)[0] ?? ''
}

/** A value of an enum is for those alone who know it. */
function isOptional({ type, rest }: Field): boolean {
  return /[?\]]$/.test(type) || type === 'enum' || rest.includes('@default')
}
