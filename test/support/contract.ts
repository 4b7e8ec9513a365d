import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { openApiDocument } from '@/app/_api/openapi/document'
import type { Operation } from '@/app/_api/operation'
import { operations } from '@/app/_api/operations'

/**
 * Checks bodies against the OpenAPI document, as a stranger's client would: the document alone says
 * what fits.
 */
export function contract() {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema(openApiDocument(operations), 'api')

  function complaints(pointer: string[], value: unknown): string {
    const place = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
    const validate = ajv.getSchema(`api#/${encodeURI(place)}`)
    if (!validate) throw new Error(`The document has no ${place}`)
    return validate(value) ? '' : ajv.errorsText(validate.errors)
  }

  const call = ({ path, method }: Operation) => ['paths', path, method.toLowerCase()]
  return {
    /** What is wrong with a request's body; empty when nothing is. */
    ofRequest(operation: Operation, body: unknown): string {
      const type = operation.body?.contentType ?? 'application/json'
      return complaints([...call(operation), 'requestBody', 'content', type, 'schema'], body)
    },
    /** What is wrong with an answer's body; empty when nothing is. */
    ofAnswer(operation: Operation, status: number, body: unknown): string {
      const type = operation.answers[status]
        ? (operation.answers[status].contentType ?? 'application/json')
        : 'application/problem+json'
      const response = ['responses', String(status), 'content', type, 'schema']
      return complaints([...call(operation), ...response], body)
    },
  }
}
