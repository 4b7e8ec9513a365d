import { AppError } from '@/lib/errors/app-error'

/** What Bull Board shows as the reason, with the status it answers. */
class Refusal extends Error {
  constructor(
    message: string,
    readonly statusCode: 400 | 403 | 404 | 409,
  ) {
    super(message)
  }
}

/** Runs `work`; what people are meant to read of its error becomes Bull Board's own answer. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof AppError ? new Refusal(error.message, statusOf(error)) : error
  }
}

function statusOf({ code }: AppError): Refusal['statusCode'] {
  switch (code) {
    case 'not_found':
      return 404
    case 'conflict':
      return 409
    case 'forbidden':
      return 403
    default:
      return 400
  }
}
