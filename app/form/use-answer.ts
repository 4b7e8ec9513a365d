'use client'

import { useEffect, useState } from 'react'

/** After the last key. */
const PAUSE_MS = 300

/**
 * What the server makes of what is being typed; until it answers, and when it does not, what it said
 * before.
 * @param question as text; empty: there is nothing to ask
 * @param ask the same function each time
 * @param first the answer to the question one begins with, where it is known
 */
export function useAnswer<A>(
  question: string,
  ask: (question: string) => Promise<A | undefined>,
  first: A | undefined,
): { question: string; answer: A | undefined } {
  const [known, setKnown] = useState({
    question: first === undefined ? '' : question,
    answer: first,
  })

  useEffect(() => {
    if (question === known.question) return
    let isCurrent = true
    const timer = setTimeout(async () => {
      if (question === '') return setKnown({ question, answer: undefined })
      const answer = await ask(question).catch(() => undefined)
      if (isCurrent && answer !== undefined) setKnown({ question, answer })
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [question, known.question, ask])

  return known
}
