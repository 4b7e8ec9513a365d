import { describe } from 'vitest'
import { secretsSuite } from './suite'

describe('secrets, with queues in Redis', () => secretsSuite('Redis'))
