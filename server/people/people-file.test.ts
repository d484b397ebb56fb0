import { expect, test } from 'vitest'
import { peopleFileSchema, planPeople } from './people-file.ts'

const file = peopleFileSchema.parse({
  teams: [{ name: 'Vienna', supervisor: 'stefan@firm.example' }],
  people: [
    { name: 'Stefan Huber', email: 'Stefan@firm.example', role: 'supervisor', team: 'Vienna' },
    { name: 'Lukas Gruber', email: 'lukas@firm.example', role: 'advisor', team: 'Vienna', manager: 'stefan@firm.example' },
  ],
})
const nobody = { colleagues: [], teams: [] }
const counter = () => {
  let n = 0
  return () => `id-${++n}`
}

test('makes people and teams that point at each other', () => {
  const plan = planPeople(file, nobody, counter())
  expect(plan).toMatchObject({
    ok: true,
    value: {
      teams: [{ id: 'id-3', name: 'Vienna', supervisorId: 'id-1' }],
      colleagues: [
        { id: 'id-1', email: 'stefan@firm.example', teamId: 'id-3', managerId: null },
        { id: 'id-2', email: 'lukas@firm.example', teamId: 'id-3', managerId: 'id-1' },
      ],
    },
  })
})

test('leaves people and teams that are there, and joins new ones to them', () => {
  const first = planPeople(file, nobody, counter())
  if (!first.ok) throw new Error('plan')
  expect(planPeople(file, first.value, counter())).toEqual({ ok: true, value: nobody })
  const more = peopleFileSchema.parse({ people: [{ name: 'Eva', email: 'eva@firm.example', role: 'advisor', team: 'Vienna', manager: 'lukas@firm.example' }] })
  expect(planPeople(more, first.value, () => 'new')).toMatchObject({ ok: true, value: { teams: [], colleagues: [{ id: 'new', teamId: 'id-3', managerId: 'id-2' }] } })
})

test('names everything that is wrong at once', () => {
  const wrong = peopleFileSchema.parse({
    teams: [{ name: 'Vienna', supervisor: 'ghost@firm.example' }],
    people: [
      { name: 'A', email: 'a@firm.example', role: 'advisor', team: 'Graz', manager: 'a@firm.example' },
      { name: 'A', email: 'a@firm.example', role: 'advisor' },
    ],
  })
  const plan = planPeople(wrong, nobody, counter())
  expect(!plan.ok && plan.error).toEqual([
    'a@firm.example is there twice',
    'Vienna: there is no ghost@firm.example',
    'a@firm.example: there is no Graz',
    'a@firm.example reports to themselves',
  ])
})
