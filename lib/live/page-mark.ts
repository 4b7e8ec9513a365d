import { cache } from 'react'
import { markPage } from './hub'

/**
 * The mark of the page that is being rendered. Taken once per request, before anything is read for
 * the page: what changes afterwards its stream will tell.
 */
export const pageMark = cache(markPage)
