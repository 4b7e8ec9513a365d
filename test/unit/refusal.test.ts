import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '@/lib/db/refusal'

function answered(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('no', 2, 'error'), { code })
}

describe('what PostgreSQL answers', () => {
  it.each([
    ['22P02', 'no UUID'],
    ['22P05', 'a character it cannot hold'],
    ['22008', 'a time out of range'],
    ['23514', 'a check'],
    ['54001', 'nested too deep'],
    ['P0001', 'a trigger of the operator'],
    ['XX000', 'a fault within'],
  ])('refuses the row with %s (%s) [C5.2]', (code) => {
    expect(isRefusal(answered(code))).toBe(true)
  })

  it.each([
    ['08006', 'the connection failed'],
    ['25006', 'a standby'],
    ['28P01', 'another password'],
    ['3D000', 'no such database'],
    ['40001', 'serialization'],
    ['40P01', 'deadlock'],
    ['42P01', 'no such table'],
    ['53100', 'the disk is full'],
    ['53300', 'too many connections'],
    ['55P03', 'waited for a lock'],
    ['57014', 'took too long'],
    ['57P01', 'shut down'],
    ['57P03', 'starting up'],
    ['58030', 'the disk failed'],
  ])('passes: %s (%s) [C5.2]', (code) => {
    expect(isRefusal(answered(code))).toBe(false)
  })

  it.each([
    new Error('Query read timeout'),
    Object.assign(new Error('broken'), { code: 'EPIPE' }),
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    undefined,
  ])('passes too when it answers nothing: %s [C5.2]', (error) => {
    expect(isRefusal(error)).toBe(false)
  })
})
